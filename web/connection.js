// A connection to an engine: requests go out, answers come back. This is a part of
// kanbao.js, which loads nothing else until somebody connects.
import { smallest } from "./packing.js";

/** @import { ErrorKind } from "./kanbao.d.ts" */

/**
 * A span of marked text, as package query has it: text, and whether it matches.
 * @typedef {{ t: string, m: boolean }} Span
 */

/** The site that this script belongs to. */
export const home = new URL("./", import.meta.url).href;

/** @type {Promise<WebAssembly.Module> | undefined} */
let program; // the compiled engine, once for all connections of the page

/**
 * Starts an engine, and resolves once it has opened the index of the site at root.
 * @param {string} root
 * @param {(loaded: number, total: number) => void} [progress] as for compile in engine.js
 */
export async function connect(root, progress) {
  const wasm = new URL("./engine.wasm", import.meta.url).href;
  const ending = smallest(import.meta.url);
  if (!program) preload(wasm + ending);
  const { compile, launch } = await import("./engine.js");
  program ??= compile(wasm, progress, ending).catch((error) => {
    program = undefined; // so that the next one to ask tries again
    throw error;
  });
  const [compiled, engine] = await Promise.all([program, launch(new URL("index/", root).href)]);
  const connection = new Connection(engine, root);
  engine.run(compiled);
  try {
    await connection.ask({ method: "open" });
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/**
 * Asks for the wasm while the module that will is still on its way.
 * @param {string} url
 */
function preload(url) {
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: url });
  document.head.append(link);
  link.onload = link.onerror = () => link.remove();
}

/** A Connection sends requests to an engine and hands out its answers. */
export class Connection {
  /** @type {Awaited<ReturnType<typeof import("./engine.js").launch>> | undefined} */
  #engine;
  #last = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: unknown) => void }>} */
  #waiting = new Map();

  /**
   * @param {Awaited<ReturnType<typeof import("./engine.js").launch>>} engine
   * @param {string} root the address of the site
   */
  constructor(engine, root) {
    this.#engine = engine;
    this.root = root;
    engine.port.onmessage = ({ data }) => this.#receive(data);
  }

  /**
   * Asks the engine. A request is a protocol.Request (wasm/protocol) without an id.
   * @param {{ method: string } & Record<string, unknown>} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>} the result, as package encode writes it
   */
  ask(request, signal) {
    return new Promise((resolve, reject) => {
      if (!this.#engine) return reject(failure("crashed", "the index is closed"));
      signal?.throwIfAborted();
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#engine.port.postMessage({ ...request, id });
      signal?.addEventListener("abort", () => {
        if (!this.#waiting.delete(id)) return;
        this.#engine?.port.postMessage({ method: "cancel", of: id });
        reject(signal.reason);
      }, { once: true });
    });
  }

  /** @param {string} text JSON, or why there will be no more answers */
  #receive(text) {
    if (!text.startsWith("{")) return this.#fail(failure("crashed", text)); // the next request starts another
    const { id, result, error } = JSON.parse(text);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(failure(error.kind, error.message));
    else waiting.resolve(result);
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  close() {
    this.#fail(failure("cancelled", "the index was closed"));
    this.#engine?.close();
    this.#engine = undefined;
  }
}

/**
 * @param {ErrorKind} kind
 * @param {string} message
 */
function failure(kind, message) {
  return Object.assign(new Error(message), { name: "KanbaoError", kind });
}

/**
 * Returns the address of a passage of an article.
 * @param {string} root of the site
 * @param {string} url of the article, relative to the root
 * @param {number} block 0 leads to the beginning
 * @param {string} [href] of the passage, relative to the root, if it is on a page of
 *   another site
 * @param {string} [q] what is marked in the article
 */
export function address(root, url, block, href, q) {
  if (href) return new URL(href, root).href;
  const to = new URL(url, root);
  if (q) to.searchParams.set("q", q);
  return to.href + (block ? `#p${block}` : "");
}
