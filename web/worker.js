// The worker that the engine runs in. The first message, {indexes, keep, idle}, says
// where the indexes are and what else the engine is told (wasm/worker), and has of each a port through which its
// manifest comes, or null if it could not be had. {bytes, packing} has a program compiled
// here, which comes through a port in pieces, then null, and goes back through it. {module}
// starts the engine, which takes over from there; {warmUp} has a reader that only warms up
// run here instead (warmUp in engine.js).
// Names such as "./wasm_exec.js" become those with a hash when a site is built.
// In a worker that is made of a blob, that script stands before this one.
"use strict";
import { compileStream } from "./compiling.js";
if (!("Go" in self)) {
  const { trustedTypes } = /** @type {any} */ (self);
  const types = trustedTypes?.createPolicy("kanbao", { createScriptURL: () => "./wasm_exec.js" });
  importScripts(types?.createScriptURL("") ?? "./wasm_exec.js");
}

/** @type {{ port: typeof self, early: unknown[], keep?: boolean, idle?: number, indexes?: { url: string, manifest: Promise<ArrayBuffer | null> }[] }} */
const boot = { port: self, early: [] };

self.onmessage = ({ data }) => {
  if (data.indexes) {
    Object.assign(boot, data);
    boot.indexes = data.indexes.map((/** @type {{ url: string, manifest: MessagePort }} */ { url, manifest }) => ({
      url,
      manifest: new Promise((resolve) => {
        manifest.onmessage = (message) => resolve(message.data);
      }),
    }));
  } else if (data.bytes) {
    compileStream(streamOf(data.bytes), data.packing).then((module) => data.bytes.postMessage({ module }), (error) => data.bytes.postMessage({ error }));
  } else if (data.module) {
    run(data.module);
  } else if (data.warmUp) {
    const go = new Go();
    WebAssembly.instantiate(/** @type {WebAssembly.Module} */ (data.warmUp), go.importObject).then((instance) => go.run(instance)).finally(() => self.postMessage("warm"));
  } else {
    boot.early.push(data);
  }
};

/**
 * @param {MessagePort} port
 * @returns {ReadableStream<Uint8Array>}
 */
function streamOf(port) {
  return new ReadableStream({
    start(controller) { port.onmessage = ({ data }) => (data ? controller.enqueue(data) : controller.close()); },
  });
}

/** @param {WebAssembly.Module} module */
async function run(module) {
  const go = new Go();
  go.argv = ["kanbao", "engine"];
  go.env = { GOGC: "200" }; // the engine collects by itself when it has nothing to do
  self.kanbaoEngine = boot;
  try {
    await go.run(await WebAssembly.instantiate(module, go.importObject));
    throw new Error("the engine has ended");
  } catch (error) {
    self.postMessage("ended: " + error);
  }
}

self.postMessage("ready");
