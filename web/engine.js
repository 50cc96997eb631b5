// Starts the engine in a worker, and the reader on the page's thread. The reader (live.js)
// and the widget (kanbao.js) both use it; neither does before somebody wants to search.
import { complete } from "./deferred.js";
import { checked, compile, compileHere, controlled, inTime, turn } from "./program.js";

/** @import { Compiler } from "./program.js" */

// Whether punctuation is shown as it was written. The site generator writes it here.
const keep = false;

/**
 * What an engine runs in: requests go to its port, answers come from it.
 * @typedef {object} Host
 * @property {Port} port
 * @property {Compiler} compile compiles the engine, or the reader
 * @property {(module: WebAssembly.Module, deferred?: WebAssembly.Module) => void} run starts the engine
 * @property {(deferred: WebAssembly.Module) => void} [add] gives it its deferred part if it
 *   has been started without; where it cannot be, it is missing
 * @property {() => void} close ends it
 * @property {string} [noWorker] why it runs on the page's own thread, if it does
 */

/**
 * A worker or a MessagePort.
 * @typedef {object} Port
 * @property {(message: any) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 */

/** @type {Promise<WebAssembly.Module> | undefined} */
let program; // the compiled engine, once for all that run it

/** @type {Promise<WebAssembly.Module> | undefined} */
let deferred; // what it does not call at first

const place = new URL("./engine-deferred.wasm", import.meta.url).href;

/** A program that exports the function that it imports: a table takes only what is exported. */
const gate = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // wasm, version 1
  1, 4, 1, 0x60, 0, 0, // a type: no parameters, no results
  2, 7, 1, 1, 0x65, 1, 0x66, 0, 0, // imports "e" "f", a function of that type
  7, 5, 1, 1, 0x66, 0, 0, // exports it as "f"
]);

/**
 * A running engine: requests go to its port, answers come from it.
 * @typedef {Pick<Host, "port" | "close" | "noWorker"> & { whole: () => Promise<unknown> }} Engine
 *   whole has it get its deferred part, which it has when nothing has been asked for a while
 */

/**
 * Starts an engine, and fetches the manifest of each index meanwhile, which on a second
 * visit is the last thing that is waited for. When the engine ends, by a fault, the port
 * says so with a message that is no JSON; the first request after that starts another.
 * @param {string[]} indexes the addresses of the indexes' folders
 * @param {object} [how]
 * @param {(loaded: number, total: number) => void} [how.progress] as for compile
 * @param {string} [how.ending] of the form of the program that the caller has asked for already
 * @param {number} [how.idle] ms in which nothing must have been asked before the engine
 *   fetches all of its indexes
 * @returns {Promise<Engine>}
 */
export async function launch(indexes, { progress, ending, idle = 700 } = {}) {
  /** @type {WebAssembly.Module} */
  let module;
  /** @type {Promise<Host> | undefined} */
  let host;
  /** @type {(() => Promise<unknown>) | undefined} */
  let lacks; // the engine runs without its deferred part; this gets it
  const whole = async () => lacks?.();
  const lull = new Lull(() => { whole().catch(() => {}); }); // what does not come is fetched when it is needed
  /** @type {Port} */
  const port = {
    onmessage: null,
    postMessage(message) {
      const cancels = message.method === "cancel";
      if (!host && cancels) return; // what it is about has ended
      if (!cancels) lull.ask();
      host ??= begin().then(async (next) => {
        next.run(module, await theRest(next.compile, ending));
        return next;
      });
      host.then((on) => on.port.postMessage(message), (error) => ended(String(error)));
    },
  };
  const close = () => {
    lull.end();
    lacks = undefined;
    host?.then((last) => last.close(), () => {});
  };
  const ended = (/** @type {string} */ why) => {
    close();
    host = undefined;
    port.onmessage?.(new MessageEvent("message", { data: `ended: ${why}` }));
  };
  const begin = async () => {
    const next = await oneHost(indexes, { keep, idle });
    next.port.onmessage = (event) => {
      if (/^ended: /.test(event.data)) return ended(event.data.slice(7));
      lull.answer();
      port.onmessage?.(event);
    };
    return next;
  };
  host = begin();
  program ??= compile(new URL("./engine.wasm", import.meta.url).href, host.then((next) => next.compile), progress, ending).catch((error) => {
    program = undefined; // so that the next one to ask tries again
    throw error;
  });
  // Where nothing has to be waited for, the engine starts whole.
  const stored = controlled() ? host.then((next) => theRest(next.compile, ending)).catch(() => undefined) : undefined;
  try {
    const [first, compiled, other] = await Promise.all([host, program, stored]);
    first.run(module = compiled, first.add ? other : other ?? await theRest(first.compile, ending));
    if (!other && first.add) lacks = () => theRest(first.compile, ending).then(first.add).then(() => { lacks = undefined; });
    lull.wait();
    return { port, close, noWorker: first.noWorker, whole };
  } catch (error) {
    close();
    throw error;
  }
}

const pause = 700; // ms

/** Does something when nothing has been asked for a while. */
class Lull {
  #asked = 0; // requests that have no answer yet
  #timer = 0;

  /** @param {() => void} act */
  constructor(act) { this.act = act; }

  ask() {
    this.#asked++;
    clearTimeout(this.#timer);
  }

  answer() {
    this.#asked--;
    this.wait();
  }

  wait() {
    clearTimeout(this.#timer);
    if (!this.#asked) this.#timer = setTimeout(this.act, pause);
  }

  end() {
    this.#asked = 0;
    clearTimeout(this.#timer);
  }
}

/**
 * Resolves to the engine's deferred part.
 * @param {Compiler} compiler
 * @param {string} [ending]
 */
function theRest(compiler, ending) {
  return deferred ??= compile(place, Promise.resolve(compiler), undefined, ending).catch((error) => {
    deferred = undefined;
    throw error;
  });
}

/**
 * What an engine is told when it begins, as wasm/worker has it.
 * @typedef {{ keep: boolean, idle: number }} Settings
 */

/**
 * An index, with its manifest once it has come, or null: the engine asks again, and tells.
 * @typedef {{ url: string, manifest: Promise<ArrayBuffer | null> }} Index
 */

/**
 * Returns what one engine runs in, a worker if there can be one.
 * @param {string[]} urls of the indexes
 * @param {Settings} settings
 * @returns {Promise<Host>}
 */
async function oneHost(urls, settings) {
  const indexes = urls.map((url) => ({
    url,
    manifest: inTime(fetch(`${url}manifest.kb`, { cache: "no-cache" }).then((answer) => (answer.ok ? answer.arrayBuffer() : null))).catch(() => null),
  }));
  try {
    const worker = await makeWorker(indexes, settings);
    const compile = compilerIn(worker);
    /** @type {Host} */
    const host = {
      port: worker,
      compile: (stream, packing) => compile(stream, packing).catch((error) => {
        if (!(error instanceof TypeError)) delete host.add; // nor could it compile what it is missing
        throw error;
      }),
      run: (module, deferred) => worker.postMessage({ module, deferred, url: place, gate: new WebAssembly.Module(gate) }), // a worker's own policy may let it compile nothing
      add: (deferred) => worker.postMessage({ deferred }),
      close: () => worker.terminate(),
    };
    return host;
  } catch (error) {
    return { ...onMainThread(indexes, settings), noWorker: /** @type {Error} */ (error).message };
  }
}

/**
 * Resolves to a worker that knows its indexes. A browser takes no worker from another
 * origin, and under Cross-Origin-Embedder-Policy only one that is sent with the same;
 * and a worker is under the policy that its script is sent with, which may not let it
 * fetch an index from another origin. There its scripts are fetched and put into a blob,
 * which is of the page's own origin and policy.
 * @param {Index[]} indexes
 * @param {Settings} settings
 */
async function makeWorker(indexes, settings) {
  const script = new URL("./worker.js", import.meta.url);
  const own = (/** @type {string | URL} */ url) => new URL(url).origin === self.origin;
  const ways = [() => workerFromBlob(indexes, settings)];
  if (own(script)) ways.splice(indexes.every(({ url }) => own(url)) ? 0 : 1, 0, () => workerFrom(script.href, indexes, settings));
  return ways[0]().catch((error) => { if (ways[1]) return ways[1](); throw error; });
}

/**
 * @param {Index[]} indexes
 * @param {Settings} settings
 */
async function workerFromBlob(indexes, settings) {
  const scripts = [new URL("./wasm_exec.js", import.meta.url), new URL("./worker.js", import.meta.url)];
  const texts = await Promise.all(scripts.map(async (url) => (await checked(await inTime(fetch(url)))).text()));
  const blob = URL.createObjectURL(new Blob(texts, { type: "text/javascript" }));
  try {
    return await workerFrom(blob, indexes, settings);
  } finally {
    URL.revokeObjectURL(blob);
  }
}

/**
 * Resolves to a worker once it has loaded its script.
 * @param {string} url
 * @param {Index[]} indexes
 * @param {Settings} [settings] of an engine
 */
async function workerFrom(url, indexes, settings) {
  const worker = new Worker(trusted(url), { name: settings ? "engine" : "warm-up" });
  const ports = indexes.map(({ manifest }) => {
    const { port1, port2 } = new MessageChannel();
    manifest.then((file) => port1.postMessage(file));
    return port2;
  });
  worker.postMessage({ ...settings, indexes: indexes.map(({ url }, i) => ({ url, manifest: ports[i] })) }, ports);
  await inTime(new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message || `no worker may be started from ${url}`));
    };
  })).finally(() => { worker.onerror = null; });
  worker.onmessage = null;
  return worker;
}

/**
 * Returns what has a worker unpack and compile, so that the page's thread does neither.
 * @param {Worker} worker
 * @returns {Compiler}
 */
const compilerIn = (worker) => async (stream, packing) => {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ bytes: port2, packing }, [port2]);
  /** @type {Promise<WebAssembly.Module>} */
  const compiled = new Promise((resolve, reject) => {
    port1.onmessageerror = () => reject(new Error("the worker's module cannot be had"));
    port1.onmessage = ({ data: { module, error } }) => (module ? resolve(module) : reject(error));
  });
  const sent = (async () => {
    // One by one, without asking whether there is room: a stream that is handed to a worker
    // waits for it at each.
    const reader = stream.getReader();
    for (let next; (next = (await reader.read()).value);) port1.postMessage(next, [next.buffer]);
    port1.postMessage(null);
  })();
  return Promise.race([compiled, sent.then(() => compiled)]).finally(() => port1.close());
};

/** @type {{ createScriptURL: (url: string) => any } | undefined} */
let types; // of the page, where it asks for Trusted Types

/**
 * Returns the address of a script of ours as the page's policy wants it.
 * @param {string} url
 */
function trusted(url) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  if (!trustedTypes) return url;
  try {
    types ??= trustedTypes.createPolicy("kanbao", { createScriptURL: (/** @type {string} */ script) => script });
  } catch {
    return url; // a policy that has no place for ours need not ask for one
  }
  return types?.createScriptURL(url);
}

/**
 * @param {Index[]} indexes
 * @param {Settings} settings
 * @returns {Host}
 */
function onMainThread(indexes, settings) {
  const { port1, port2 } = new MessageChannel();
  return {
    port: port1,
    compile: compileHere,
    run: (module, deferred) => start(module, "engine", { port: port2, indexes, ...settings, early: [], whole: true }, deferred)
      .then(() => port2.postMessage("ended: the engine has ended")),
    close: () => port1.close(),
  };
}

/**
 * Runs a program of ours on this thread, until it ends.
 * @param {WebAssembly.Module} module
 * @param {"engine" | "page"} program
 * @param {object} boot what the program takes as its beginning
 * @param {WebAssembly.Module} [deferred] its part, if it has one
 */
export async function start(module, program, boot, deferred) {
  await import("./wasm_exec.js");
  const go = new Go();
  go.argv = ["kanbao", program];
  if (program === "page") go.env = { GOGC: "400" }; // it keeps half a megabyte, and a collection stands between a key and its hits
  const instance = await WebAssembly.instantiate(module, go.importObject);
  if (deferred) await complete(instance, deferred);
  await turn();
  globalThis[program === "page" ? "kanbaoPage" : "kanbaoEngine"] = boot; // the program takes it once it has started
  try {
    await go.run(instance);
  } finally {
    for (const timer of go._scheduledTimeouts.values()) clearTimeout(timer); // nobody is there to be woken
  }
}

const warm = 1500; // ms in which a program should have warmed up

/**
 * Fetches the reader, and has a worker compile it. There it can warm up: it starts, and ends
 * at once, so that what a browser compiles when it is called first is compiled before the
 * page's own thread runs it. Resolves when that is done, or cannot be.
 * @param {string} url
 * @param {boolean} warmsUp
 */
export async function fetchReader(url, warmsUp) {
  const worker = workerFrom(new URL("./worker.js", import.meta.url).href, []);
  try {
    const module = await compile(url, worker.then(compilerIn, () => compileHere));
    if (warmsUp) await worker.then((it) => warmUp(it, module)).catch(() => {}); // then it starts cold
    return module;
  } finally {
    worker.then((it) => it.terminate(), () => {});
  }
}

/**
 * @param {Worker} worker
 * @param {WebAssembly.Module} module
 */
function warmUp(worker, module) {
  return Promise.race([
    new Promise((done) => {
      Object.assign(worker, { onmessage: done, onerror: done });
      worker.postMessage({ warmUp: module });
    }),
    new Promise((done) => { setTimeout(done, warm); }),
  ]);
}
