// The deferred part of a program (wasm/split): what it does not call at first. This is a
// part of engine.js, for the page's thread, and of worker.js.

/** @typedef {{ missing?: WebAssembly.Global, table: WebAssembly.Table }} Divided is what a program exports for it */

/**
 * Gives a program its deferred part. One that is whole, or has it, needs none.
 * @param {WebAssembly.Instance} instance
 * @param {WebAssembly.Module} deferred
 */
export async function complete(instance, deferred) {
  const { missing } = /** @type {Divided} */ (/** @type {unknown} */ (instance.exports));
  if (!missing?.value) return;
  await WebAssembly.instantiate(deferred, { "": instance.exports });
  missing.value = 0;
}
