// The worker that the engine runs in. The first message, {index, keep, manifest}, says
// where the index is and how punctuation is shown, and has a port through which its manifest comes, or null if
// it could not be had; the second, {module}, starts the engine, which takes over
// from there. Names such as "./wasm_exec.js" become those with a hash when a site is
// built.
"use strict";
importScripts("./wasm_exec.js");

/** @type {{ port: typeof self, early: unknown[], index?: string, keep?: boolean, manifest?: Promise<ArrayBuffer | null> }} */
const boot = { port: self, early: [] };

self.onmessage = ({ data }) => {
  if (data.index) {
    boot.index = data.index;
    boot.keep = data.keep;
    boot.manifest = new Promise((resolve) => {
      data.manifest.onmessage = (/** @type {MessageEvent} */ message) => resolve(message.data);
    });
    self.postMessage("ready");
  } else if (data.module) {
    run(data.module);
  } else {
    boot.early.push(data);
  }
};

/** @param {WebAssembly.Module} module */
async function run(module) {
  const go = new Go();
  go.argv = ["kanbao", "engine"];
  go.env = { GOGC: "200" }; // the engine collects by itself when it has nothing to do
  self.kanbao = boot;
  try {
    await go.run(await WebAssembly.instantiate(module, go.importObject));
    throw new Error("the engine has ended");
  } catch (error) {
    self.postMessage("ended: " + error);
  }
}
