// A connection to an engine: requests go out, answers come back. This is a part of
// kanbao.js, which loads nothing else until somebody connects.
import { failure } from "./fault.js";
import { smallest } from "./packing.js";

/**
 * A span of marked text, as package query has it: text, and whether it matches.
 * @typedef {{ t: string, m: boolean }} Span
 */

/** The site that this script belongs to. */
export const home = new URL("./", import.meta.url).href;

/**
 * What the page's policy has blocked.
 * @typedef {Pick<SecurityPolicyViolationEvent, "effectiveDirective" | "blockedURI">} Blocked
 */

/** @type {Blocked[]} */
const blocked = []; // since somebody connected
let watching = false;

/** The smallest wasm: whether it compiles shows whether the page may run any. */
const nothing = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** Has what the policy blocks remembered, and fails if the page can run no wasm. */
function prepare() {
  if (!watching) document.addEventListener("securitypolicyviolation", (event) => { if (blocked.length < 50) blocked.push(event); });
  watching = true;
  if (!globalThis.Worker) throw failure("unsupported", "the browser has no Worker");
  checkWasm();
}

/** Fails if the page can run no wasm, whatever its workers can. */
export function checkWasm() {
  if (!globalThis.WebAssembly?.compileStreaming || !globalThis.ReadableStream) {
    throw failure("unsupported", "the browser has no WebAssembly.compileStreaming or ReadableStream");
  }
  try {
    new WebAssembly.Module(nothing);
  } catch {
    throw failure("policy", "script-src 'wasm-unsafe-eval'");
  }
}

/**
 * Returns an error that names the cause of one, as far as that can be found out, and
 * has the console say what must be done.
 * @param {any} error
 * @param {string[]} roots the addresses of the sites that are searched
 * @returns {Promise<any>}
 */
export async function explain(error, roots) {
  try {
    return (await import("./diagnosis.js")).explain(error, roots, blocked);
  } catch {
    return error.kind ? error : failure(error instanceof TypeError ? "unreachable" : "crashed", String(error)); // there is no network
  }
}

let asked = false; // for the engine's program

/**
 * Starts an engine, and resolves once it has opened the indexes of the sites at roots,
 * of several at least one. What it rejects with names the cause.
 * @param {string[]} roots
 * @param {(loaded: number, total: number) => void} [progress] as for compile in program.js
 */
export async function connect(roots, progress) {
  try {
    prepare();
    return await begin(roots, progress);
  } catch (error) {
    throw await explain(error, roots);
  }
}

/** @type {Map<string, Promise<Connection>>} */
const connections = new Map(); // by the addresses of their sites, for all elements of the page

/**
 * Is connect, but that all who ask for the same sites have one connection.
 * @param {string[]} roots
 * @param {(loaded: number, total: number) => void} progress
 */
export function connectionTo(roots, progress) {
  const key = roots.join("\n");
  let connection = connections.get(key);
  if (!connection) {
    connection = connect(roots, progress).catch((error) => {
      connections.delete(key);
      throw error;
    });
    connections.set(key, connection);
  }
  return connection;
}

/**
 * @param {string[]} roots
 * @param {(loaded: number, total: number) => void} [progress]
 */
async function begin(roots, progress) {
  const ending = smallest(import.meta.url);
  if (!asked) preload(new URL("./engine.wasm", import.meta.url).href + ending);
  asked = true;
  const { launch } = await import("./engine.js");
  const engine = await launch(roots.map((root) => new URL("index/", root).href), { progress, ending });
  const { noWorker } = engine;
  if (noWorker) import("./diagnosis.js").then(({ warn }) => warn(noWorker), () => {});
  const connection = new Connection(engine, roots);
  try {
    await connection.request({ method: "open" });
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
  /** @type {Pick<import("./engine.js").Engine, "port" | "close"> | undefined} */
  #engine;
  #last = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: unknown) => void }>} */
  #waiting = new Map();
  /** @type {Map<number, { error?: import("./kanbao.d.ts").KanbaoError }>} */
  #causes = new Map(); // by the index that has failed, what explain says of it once it has

  /**
   * @param {Pick<import("./engine.js").Engine, "port" | "close">} engine
   * @param {string[]} roots the addresses of the sites
   */
  constructor(engine, roots) {
    this.#engine = engine;
    this.roots = roots;
    engine.port.onmessage = ({ data }) => this.#receive(data);
  }

  /**
   * Asks the engine. A request is a protocol.Request (wasm/protocol) without an id.
   * What it rejects with names the cause.
   * @param {{ method: string } & Record<string, unknown>} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>} the result, as package encode writes it
   */
  async ask(request, signal) {
    try {
      const result = await this.request(request, signal);
      for (const failed of result?.failed ?? []) {
        failed.base = this.roots[failed.index];
        this.#explain(failed);
      }
      return result;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const kind = /** @type {any} */ (error).kind;
      throw kind === "unreachable" || kind === "damaged" ? await explain(error, this.roots) : error;
    }
  }

  /**
   * Has the cause told why one of several indexes has failed, and says it from the
   * next answer on: nobody waits for that.
   * @param {import("./kanbao.d.ts").Failed} failed
   */
  #explain(failed) {
    const known = this.#causes.get(failed.index);
    if (known?.error) Object.assign(failed, { kind: known.error.kind, message: known.error.message });
    if (known) return;
    /** @type {{ error?: import("./kanbao.d.ts").KanbaoError }} */
    const cause = {};
    this.#causes.set(failed.index, cause);
    explain(failure(failed.kind, failed.message), [failed.base]).then((error) => { cause.error = error; });
  }

  /**
   * Is ask, but that it rejects with what the engine says.
   * @param {{ method: string } & Record<string, unknown>} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  request(request, signal) {
    return new Promise((resolve, reject) => {
      if (!this.#engine) return reject(failure("usage", "the index is closed"));
      signal?.throwIfAborted();
      const id = ++this.#last;
      const stop = () => {
        if (!this.#waiting.delete(id)) return;
        this.#engine?.port.postMessage({ method: "cancel", of: id });
        reject(signal?.reason);
      };
      // One signal may be that of many requests, and outlive them.
      const end = (/** @type {(value: any) => void} */ act) => (/** @type {any} */ value) => {
        signal?.removeEventListener("abort", stop);
        act(value);
      };
      this.#waiting.set(id, { resolve: end(resolve), reject: end(reject) });
      this.#engine.port.postMessage({ ...request, id });
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** @param {string} text JSON, or why there will be no more answers */
  #receive(text) {
    if (!text.startsWith("{")) return this.#fail(failure("crashed", text)); // the next request starts another
    const { id, result, error } = JSON.parse(text);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(failure(error.kind === "invalid" ? "usage" : error.kind, error.message));
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
