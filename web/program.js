// Fetches a wasm program as small as host and browser can, and compiles it. This is a part
// of engine.js.
import { compileStream } from "./compiling.js";
import { failure } from "./fault.js";
import { smallest, unpacks } from "./packing.js";

/** @typedef {(stream: ReadableStream<Uint8Array>, packing: string) => Promise<WebAssembly.Module>} Compiler is like compileHere */

const silence = 10000; // ms that a network may bring nothing

/**
 * Waits for something, but not for a network that is silent.
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function inTime(promise) {
  /** @type {number | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TypeError("no answer from the network")), silence);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

const { scheduler } = /** @type {any} */ (globalThis);

/** Lets the page do what waits: what follows is a task of its own. */
export const turn = () => scheduler?.yield?.() ?? new Promise((done) => { setTimeout(done); });

const busy = 15; // ms for which a page may wait
const piece = 1 << 15; // bytes that are unpacked at once

/**
 * Unpacks and compiles a program on the page's thread, which has its turn meanwhile: a fast
 * network would never let it.
 * @type {Compiler}
 */
export function compileHere(stream, packing) {
  const reader = stream.getReader();
  let since = performance.now();
  /** @type {Uint8Array | undefined} */
  let value;
  return compileStream(new ReadableStream({
    async pull(controller) {
      if (performance.now() - since > busy) {
        await turn();
        since = performance.now();
      }
      if (!value?.length) value = (await reader.read()).value;
      if (!value) return controller.close();
      controller.enqueue(value.subarray(0, piece));
      value = value.subarray(piece);
    },
    cancel: (reason) => reader.cancel(reason),
  }), packing);
}

/**
 * Does something that needs the network, and once more if that was silent.
 * @template T
 * @param {() => Promise<T>} act
 */
const twice = (act) => inTime(act()).catch((error) => (error instanceof TypeError && navigator.onLine ? inTime(act()) : Promise.reject(error)));

/**
 * Fetches and compiles a wasm program.
 * @param {string} url
 * @param {Promise<Compiler>} compiler a worker's, so that this thread does something else,
 *   or compileHere; it is waited for while the first bytes come
 * @param {(loaded: number, total: number) => void} [progress] is called with the bytes
 *   that have come and how many there are in all, 0 where that is not known
 * @param {string} [ending] of the form that the caller has asked for already, if it has
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(url, compiler, progress = () => {}, ending = smallest(import.meta.url)) {
  const { answer, form } = await get(url, ending);
  const by = await compiler;
  try {
    return await compileAnswer(answer, by, progress);
  } catch (error) {
    // A worker may be under a policy of its own, and not every browser gives away what
    // one has compiled.
    if (by !== compileHere && !(error instanceof TypeError)) return compile(url, Promise.resolve(compileHere), progress, ending);
    // What the service worker has stored may be damaged: asked to reload, it fetches.
    const anew = controlled() ? await fetch(url + form, { cache: "reload" }).catch(() => undefined) : undefined;
    if (anew?.ok && !isPage(anew)) return compileAnswer(anew, compileHere, progress);
    // A host may answer with a page of its own for what it does not have, and a
    // network stop on the way. What a policy forbids it forbids in any form.
    if (/unsafe-eval|\bCSP\b/.test(String(error)) || !form && !(error instanceof TypeError)) throw error;
    return compileAnswer(await plain(url), compileHere, progress);
  }
}

/**
 * Compiles what a host has answered.
 * @param {Response} answer
 * @param {Compiler} compiler
 * @param {(loaded: number, total: number) => void} progress
 */
async function compileAnswer(answer, compiler, progress) {
  const encoded = answer.headers.get("content-encoding");
  const total = encoded ? 0 : Number(answer.headers.get("content-length"));
  if (!answer.body) throw failure("damaged", `${new URL(answer.url).pathname} is empty`);
  const reader = answer.body.getReader();
  let { value } = await inTime(reader.read());
  // What came is told by how it begins: a host may have unpacked it on the way,
  // and offline it is whichever form was stored.
  const packing = packingOf(value, answer.url);
  let loaded = 0;
  return compiler(new ReadableStream({
    async pull(controller) {
      value ??= (await inTime(reader.read())).value;
      if (!value) return controller.close();
      controller.enqueue(value);
      loaded += value.length;
      value = undefined;
      progress(loaded, total);
    },
    cancel: (reason) => reader.cancel(reason),
  }), packing);
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

/** Reports whether a service worker answers this page. A frame that is boxed off has none. */
export function controlled() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

/** @param {Response} answer */
export async function checked(answer) {
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
