// Runs an engine of split.Count in Node, asks it what a first search asks, and prints
// which of its functions it has called: node profile.js ENGINE WASM_EXEC INDEX.
"use strict";
const { readFileSync } = require("node:fs");
const [, , file, wasmExec, url] = process.argv;
// A desk on a fast network, where the engine fetches ahead when it has nothing to do.
Object.defineProperty(globalThis, "navigator", { value: { connection: { effectiveType: "4g", saveData: false }, deviceMemory: 8 } });
require(wasmExec);

/** @type {Map<number, (answer: any) => void>} */
const waiting = new Map();
const port = {
  onmessage: (/** @type {{ data: object }} */ _event) => {},
  postMessage(/** @type {string} */ text) {
    const answer = JSON.parse(text);
    if (answer.error && answer.error.kind !== "cancelled") throw new Error(answer.error.message);
    waiting.get(answer.id)?.(answer.result);
  },
};
const ask = (/** @type {object} */ request) => new Promise((resolve) => {
  const id = waiting.size + 1;
  waiting.set(id, resolve);
  port.onmessage({ data: { ...request, id } });
});

/** What is typed, as the element and the first hits ask for it. */
async function search(/** @type {string} */ text) {
  const [found] = await Promise.all([
    ask({ method: "search", text, limit: 10, filters: [] }),
    ask({ method: "suggest", text, limit: 5 }),
  ]);
  const ended = ask({ method: "search", text: `${text} ${waiting.size}`, limit: 10 }); // as by the next letter
  port.onmessage({ data: { method: "cancel", of: waiting.size } });
  await ended;
  await ask({ method: "search", lane: "page", text, sort: "", limit: 10 });
  await ask({ method: "search", api: true, text, limit: 10 });
  return found.hits.map((/** @type {any} */ hit) => JSON.stringify(hit).match(/\p{Script=Han}{4}/u)?.[0] ?? "");
}

(async () => {
  const go = new Go();
  go.argv = ["kanbao", "engine"];
  go.env = { GOGC: "off", GOMEMLIMIT: "96MiB" }; // as until it is whole (web/worker.js)
  const manifest = fetch(`${url}manifest.kb`).then((answer) => answer.arrayBuffer());
  globalThis.kanbaoEngine = { port, indexes: [{ url, manifest }], keep: false, idle: 300, early: [{ method: "open", id: 0 }] };
  const { instance } = await WebAssembly.instantiate(readFileSync(file), go.importObject);
  go.run(instance);
  let words = [...await search("中国"), ...await search("的")];
  for (const word of words.filter(Boolean).slice(0, 12)) {
    for (let n = 1; n <= word.length; n++) words = await search(word.slice(0, n));
  }
  for (const text of [words.slice(0, 2).join(" "), `"${words[0]}"`, "GDP 2024", "bei jing", "2.3%", "𠮷犇骉㐂龘", "", words.join("")]) await search(text);
  await new Promise((done) => { setTimeout(done, 5000); }); // in which it looks whether it may fetch ahead, which the deferred part does
  const called = Object.keys(instance.exports).filter((name) => /^called/.test(name) && instance.exports[name].value);
  process.stdout.write(JSON.stringify(called), () => process.exit(0));
})();
