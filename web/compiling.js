// Unpacking and compiling of wasm programs. This is a part of engine.js, for the page's
// thread, and of worker.js.

/**
 * Unpacks and compiles a program while it comes.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {string} packing of the stream, as DecompressionStream calls it, "" for none
 */
export function compileStream(stream, packing) {
  const program = packing ? stream.pipeThrough(/** @type {any} */ (new DecompressionStream(/** @type {CompressionFormat} */ (packing)))) : stream;
  return WebAssembly.compileStreaming(new Response(program, { headers: { "content-type": "application/wasm" } }));
}
