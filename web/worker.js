// The worker that the engine runs in. The first message, {indexes, keep, idle}, says
// where the indexes are and what else the engine is told (wasm/worker), and has of each a port through which its
// manifest comes, or null if it could not be had. {bytes, packing} has a program compiled
// here, which comes through a port in pieces, then null, and goes back through it. {module}
// starts the engine, with its {deferred} part if that is there; else that comes later, and lies
// at {url} if it is needed before, which {gate} tells us (engine.js). {warmUp} has a reader that only warms up run here instead
// (warmUp in engine.js). Anything else is for the engine.
// Names such as "./wasm_exec.js" become those with a hash when a site is built.
// In a worker that is made of a blob, that script stands before this one.
"use strict";
import { compileStream } from "./compiling.js";
import { complete } from "./deferred.js";

/** @import { Divided } from "./deferred.js" */

if (!("Go" in self)) {
  const { trustedTypes } = /** @type {any} */ (self);
  const types = trustedTypes?.createPolicy("kanbao", { createScriptURL: () => "./wasm_exec.js" });
  importScripts(types?.createScriptURL("") ?? "./wasm_exec.js");
}

/** @type {{ port: { onmessage: ((event: MessageEvent) => void) | null, postMessage: (answer: string) => void }, early: unknown[], whole?: boolean, keep?: boolean, idle?: number, indexes?: { url: string, manifest: Promise<ArrayBuffer | null> }[] }} */
const boot = { port: { onmessage: null, postMessage: (answer) => self.postMessage(answer) }, early: [] };

/** @type {Promise<WebAssembly.Instance>} */
let engine;

self.onmessage = (event) => {
  const { data } = event;
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
    run(data);
  } else if (data.deferred) {
    engine.then((instance) => complete(instance, data.deferred)).then(() => { boot.whole = true; });
  } else if (data.warmUp) {
    const go = new Go();
    WebAssembly.instantiate(/** @type {WebAssembly.Module} */ (data.warmUp), go.importObject).then((instance) => go.run(instance)).finally(() => self.postMessage("warm"));
  } else if (boot.port.onmessage) {
    boot.port.onmessage(event);
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

/**
 * @param {{ module: WebAssembly.Module, deferred?: WebAssembly.Module, url: string, gate: WebAssembly.Module }} what
 */
async function run({ module, deferred, url, gate }) {
  const go = new Go();
  go.argv = ["kanbao", "engine"];
  // The engine collects by itself when it has nothing to do. Until it has its deferred part,
  // with the collector in it, nothing is collected unless memory grows beyond all measure.
  go.env = deferred ? { GOGC: "200" } : { GOGC: "off", GOMEMLIMIT: "96MiB" };
  self.kanbaoEngine = boot;
  try {
    const instance = await (engine = WebAssembly.instantiate(module, go.importObject));
    if (deferred) {
      await complete(instance, deferred);
      boot.whole = true;
    } else guard(instance, gate, url);
    await go.run(instance);
    throw new Error("the engine has ended");
  } catch (error) {
    self.postMessage("ended: " + error);
  }
}

/**
 * Has the deferred part brought when the program needs it before it has come.
 * @param {WebAssembly.Instance} instance
 * @param {WebAssembly.Module} gate
 * @param {string} url
 */
function guard(instance, gate, url) {
  const { missing, table } = /** @type {Divided} */ (/** @type {unknown} */ (instance.exports));
  if (!missing) return; // it is whole
  const f = () => {
    new WebAssembly.Instance(bring(url), { "": instance.exports });
    missing.value = 0;
    boot.whole = true;
  };
  table.set(missing.value, new WebAssembly.Instance(gate, { e: { f } }).exports.f);
}

/**
 * Fetches a program and compiles it while this thread waits.
 * @param {string} url
 */
function bring(url) {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new Error(`${url}: ${request.status}`);
    return new WebAssembly.Module(request.response);
  } catch (error) {
    self.postMessage("ended: " + error); // it stands in the middle of a function that it does not have
    throw error;
  }
}

self.postMessage("ready");
