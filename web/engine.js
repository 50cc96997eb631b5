// Fetches wasm as small as host and browser can, and starts the engine in a
// worker. The reader (live.js) and the widget (kanbao.js) both use it; neither
// does before somebody wants to search.
import { failure } from "./fault.js";
import { smallest, unpacks } from "./packing.js";

// Whether punctuation is shown as it was written. The site generator writes it here.
const keep = false;

const silence = 10000; // ms that a network may bring nothing

/**
 * Waits for something, but not for a network that is silent.
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function inTime(promise) {
  /** @type {number | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TypeError("no answer from the network")), silence);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

const { scheduler } = /** @type {any} */ (globalThis);

/** Lets the page do what waits: what follows is a task of its own. */
const turn = () => scheduler?.yield?.() ?? new Promise((done) => { setTimeout(done); });

const busy = 15; // ms for which a page may wait
const piece = 1 << 15; // bytes that are unpacked at once

/**
 * Does something that needs the network, and once more if that was silent.
 * @template T
 * @param {() => Promise<T>} act
 */
const twice = (act) => inTime(act()).catch((error) => (error instanceof TypeError && navigator.onLine ? inTime(act()) : Promise.reject(error)));

/**
 * Fetches and compiles a wasm program.
 * @param {string} url
 * @param {(loaded: number, total: number) => void} [progress] is called with the bytes
 *   that have come and how many there are in all, 0 where that is not known
 * @param {string} [ending] of the form that the caller has asked for already, if it has
 */
export async function compile(url, progress = () => {}, ending = smallest(import.meta.url)) {
  const { answer, form } = await get(url, ending);
  try {
    return await compileAnswer(answer, progress);
  } catch (error) {
    // What the service worker has stored may be damaged: asked to reload, it fetches.
    const anew = navigator.serviceWorker?.controller ? await fetch(url + form, { cache: "reload" }).catch(() => undefined) : undefined;
    if (anew?.ok && !isPage(anew)) return compileAnswer(anew, progress);
    // A host may answer with a page of its own for what it does not have, and a
    // network stop on the way. What a policy forbids it forbids in any form.
    if (/unsafe-eval|\bCSP\b/.test(String(error)) || !form && !(error instanceof TypeError)) throw error;
    return compileAnswer(await plain(url), progress);
  }
}

/**
 * Compiles what a host has answered.
 * @param {Response} answer
 * @param {(loaded: number, total: number) => void} progress
 */
async function compileAnswer(answer, progress) {
  const encoded = answer.headers.get("content-encoding");
  const total = encoded ? 0 : Number(answer.headers.get("content-length"));
  if (!answer.body) throw failure("damaged", `${new URL(answer.url).pathname} is empty`);
  const reader = answer.body.getReader();
  let { value } = await inTime(reader.read());
  const first = value;
  let loaded = 0, since = performance.now();
  let stream = new ReadableStream({
    async pull(controller) {
      if (performance.now() - since > busy) { // a fast network never lets the page have its turn
        await turn();
        since = performance.now();
      }
      value ??= (await inTime(reader.read())).value;
      if (!value) return controller.close();
      controller.enqueue(value.subarray(0, piece));
      loaded += Math.min(value.length, piece);
      progress(loaded, total);
      value = value.length > piece ? value.subarray(piece) : undefined;
    },
    cancel: (reason) => reader.cancel(reason),
  });
  // What came is told by how it begins: a host may have unpacked it on the way,
  // and offline it is whichever form was stored.
  const packing = packingOf(first, answer.url);
  if (packing) stream = stream.pipeThrough(new DecompressionStream(/** @type {CompressionFormat} */ (packing)));
  return WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }));
}

/**
 * Returns how bytes are packed, as DecompressionStream calls it, "" if they are not.
 * @param {Uint8Array | undefined} bytes the first
 * @param {string} url where they came from
 */
function packingOf(bytes, url) {
  if (bytes?.[0] === 0 && bytes[1] === 0x61) return "";
  if (bytes?.[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes && url.endsWith(".br")) return "brotli";
  throw failure("damaged", `${new URL(url).pathname} is not wasm`);
}

/**
 * Fetches the wasm in a form, or in the next larger one that the host has.
 * @param {string} url
 * @param {string} form its ending
 * @returns {Promise<{ answer: Response, form: string }>}
 */
async function get(url, form) {
  if (form) {
    const answer = await twice(() => fetch(url + form));
    if (answer.ok && !isPage(answer)) return { answer, form };
    answer.body?.cancel();
  }
  const answer = await twice(() => fetch(url));
  if (form !== ".gz" && unpacks("gzip") && answer.ok && !answer.headers.get("content-encoding")) {
    answer.body?.cancel();
    return get(url, ".gz");
  }
  return { answer: await checked(answer), form: "" };
}

/** @param {string} url */
const plain = async (url) => checked(await twice(() => fetch(url)));

/** @param {Response} answer */
async function checked(answer) {
  const { pathname } = new URL(answer.url);
  if (answer.status >= 500) throw failure("unreachable", `${pathname}: ${answer.status}`);
  if (!answer.ok) throw failure((await replaced()) ? "outdated" : "refused", `${pathname}: ${answer.status}`);
  if (isPage(answer)) throw failure("page", pathname);
  return answer;
}

/**
 * Reports whether the site has been built anew: then this script, which has a hash in
 * its name, is not there either.
 */
const replaced = () => fetch(import.meta.url, { method: "HEAD", cache: "no-store" }).then((answer) => !answer.ok, () => false);

/**
 * Tells the page that a host has for what it does not have.
 * @param {Response} answer
 */
const isPage = (answer) => /^text\/html/.test(answer.headers.get("content-type") ?? "");

/**
 * What an engine runs in: requests go to its port, answers come from it.
 * @typedef {object} Host
 * @property {Port} port
 * @property {(module: WebAssembly.Module) => void} run starts the engine
 * @property {() => void} close ends it
 * @property {string} [noWorker] why it runs on the page's own thread, if it does
 */

/**
 * A worker or a MessagePort.
 * @typedef {object} Port
 * @property {(message: any) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 */

/**
 * Makes what the engine will run in, and fetches the manifest of each index meanwhile,
 * which on a second visit is the last thing that is waited for. When the engine ends,
 * by a fault, the port says so with a message that is no JSON; the first request after
 * that starts another.
 * @param {string[]} indexes the addresses of the indexes' folders
 * @returns {Promise<Host>}
 */
export async function launch(indexes) {
  /** @type {WebAssembly.Module | undefined} */
  let program;
  /** @type {Promise<Host> | undefined} */
  let host;
  /** @type {Port} */
  const port = {
    onmessage: null,
    postMessage(message) {
      if (!host && message.method === "cancel") return; // what it is about has ended
      host ??= begin().then((next) => {
        if (program) next.run(program);
        return next;
      });
      host.then((on) => on.port.postMessage(message), (error) => ended(String(error)));
    },
  };
  const ended = (/** @type {string} */ why) => {
    host?.then((last) => last.close(), () => {});
    host = undefined;
    port.onmessage?.(new MessageEvent("message", { data: `ended: ${why}` }));
  };
  const begin = async () => {
    const next = await oneHost(indexes);
    next.port.onmessage = (event) => {
      if (/^ended: /.test(event.data)) ended(event.data.slice(7));
      else port.onmessage?.(event);
    };
    return next;
  };
  const first = await begin();
  host = Promise.resolve(first);
  return {
    port,
    noWorker: first.noWorker,
    run: (module) => { first.run(program = module); },
    close: () => { host?.then((last) => last.close(), () => {}); },
  };
}

/**
 * An index, with its manifest once it has come, or null: the engine asks again, and tells.
 * @typedef {{ url: string, manifest: Promise<ArrayBuffer | null> }} Index
 */

/**
 * Returns what one engine runs in, a worker if there can be one.
 * @param {string[]} urls of the indexes
 * @returns {Promise<Host>}
 */
async function oneHost(urls) {
  const indexes = urls.map((url) => ({
    url,
    manifest: inTime(fetch(`${url}manifest.kb`, { cache: "no-cache" }).then((answer) => (answer.ok ? answer.arrayBuffer() : null))).catch(() => null),
  }));
  try {
    const worker = await makeWorker(indexes);
    return { port: worker, run: (module) => worker.postMessage({ module }), close: () => worker.terminate() };
  } catch (error) {
    return { ...onMainThread(indexes), noWorker: /** @type {Error} */ (error).message };
  }
}

/**
 * Resolves to a worker that knows its indexes. A browser takes no worker from another
 * origin, and under Cross-Origin-Embedder-Policy only one that is sent with the same;
 * and a worker is under the policy that its script is sent with, which may not let it
 * fetch an index from another origin. There its scripts are fetched and put into a blob,
 * which is of the page's own origin and policy.
 * @param {Index[]} indexes
 */
async function makeWorker(indexes) {
  const script = new URL("./worker.js", import.meta.url);
  const own = (/** @type {string | URL} */ url) => new URL(url).origin === self.origin;
  const ways = [() => workerFromBlob(indexes)];
  if (own(script)) ways.splice(indexes.every(({ url }) => own(url)) ? 0 : 1, 0, () => workerFrom(script.href, indexes));
  return ways[0]().catch((error) => { if (ways[1]) return ways[1](); throw error; });
}

/** @param {Index[]} indexes */
async function workerFromBlob(indexes) {
  const scripts = [new URL("./wasm_exec.js", import.meta.url), new URL("./worker.js", import.meta.url)];
  const texts = await Promise.all(scripts.map(async (url) => (await checked(await inTime(fetch(url)))).text()));
  const blob = URL.createObjectURL(new Blob(texts, { type: "text/javascript" }));
  try {
    return await workerFrom(blob, indexes);
  } finally {
    URL.revokeObjectURL(blob);
  }
}

/**
 * Resolves to a worker once it has loaded its script.
 * @param {string} url
 * @param {Index[]} indexes
 */
async function workerFrom(url, indexes) {
  const worker = new Worker(trusted(url));
  const ports = indexes.map(({ manifest }) => {
    const { port1, port2 } = new MessageChannel();
    manifest.then((file) => port1.postMessage(file));
    return port2;
  });
  worker.postMessage({ keep, indexes: indexes.map(({ url }, i) => ({ url, manifest: ports[i] })) }, ports);
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
 * @returns {Host}
 */
function onMainThread(indexes) {
  const { port1, port2 } = new MessageChannel();
  return {
    port: port1,
    run: (module) => start(module, "engine", { port: port2, indexes, keep, early: [] })
      .then(() => port2.postMessage("ended: the engine has ended")),
    close: () => port1.close(),
  };
}

/**
 * Runs a program of ours on this thread, until it ends.
 * @param {WebAssembly.Module} module
 * @param {"engine" | "page"} program
 * @param {object} boot what the program takes as its beginning
 */
export async function start(module, program, boot) {
  await import("./wasm_exec.js");
  const go = new Go();
  go.argv = ["kanbao", program];
  if (program === "page") go.env = { GOGC: "400" }; // it keeps half a megabyte, and a collection stands between a key and its hits
  const instance = await WebAssembly.instantiate(module, go.importObject);
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
 * Has a program start in a worker, where it ends at once, so that what a browser compiles
 * when it is called first is compiled before the page's own thread runs it. Resolves when
 * that is done, or cannot be.
 * @param {WebAssembly.Module} module
 */
export async function warmUp(module) {
  /** @type {Worker | undefined} */
  let worker;
  try {
    worker = new Worker(trusted(new URL("./worker.js", import.meta.url).href), { name: "warm-up" });
    worker.postMessage({ warmUp: module });
    await Promise.race([
      new Promise((done) => { Object.assign(/** @type {Worker} */ (worker), { onmessage: done, onerror: done }); }),
      new Promise((done) => { setTimeout(done, warm); }),
    ]);
  } catch { /* then it starts cold */ }
  worker?.terminate();
}
