// Fetches wasm as small as host and browser can, and starts the engine in a
// worker. The reader (live.js) and the widget (kanbao.js) both use it; neither
// does before somebody wants to search.
import { smallest, unpacks } from "./packing.js";

/**
 * Fetches and compiles a wasm program.
 * @param {string} url
 * @param {(loaded: number, total: number) => void} [progress] is called with the bytes
 *   that have come and how many there are in all, 0 where that is not known
 * @param {string} [ending] of the form that the caller has asked for already, if it has
 */
export async function compile(url, progress = () => {}, ending = smallest(import.meta.url)) {
  const answer = await get(url, ending);
  const encoded = answer.headers.get("content-encoding");
  const total = encoded ? 0 : Number(answer.headers.get("content-length"));
  if (!answer.body) throw new Error(`${new URL(url).pathname} is empty`);
  const reader = answer.body.getReader();
  let { value: first } = await reader.read();
  let loaded = 0;
  let stream = new ReadableStream({
    async pull(controller) {
      const value = first ?? (await reader.read()).value;
      first = undefined;
      if (!value) return controller.close();
      loaded += value.length;
      progress(loaded, total);
      controller.enqueue(value);
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
  throw new Error(`${new URL(url).pathname} is not wasm`);
}

/**
 * Fetches the wasm in a form, or in the next larger one that the host has.
 * @param {string} url
 * @param {string} ending of the form
 * @returns {Promise<Response>}
 */
async function get(url, ending) {
  if (ending) {
    const packed = await fetch(url + ending);
    if (packed.ok) return packed;
  }
  const control = new AbortController();
  const plain = await fetch(url, { signal: control.signal });
  if (ending !== ".gz" && unpacks("gzip") && !plain.headers.get("content-encoding")) {
    control.abort();
    return get(url, ".gz");
  }
  if (!plain.ok) throw new Error(`${new URL(url).pathname}: ${plain.status}`);
  return plain;
}

/**
 * What an engine runs in: requests go to its port, answers come from it.
 * @typedef {object} Host
 * @property {Port} port
 * @property {(module: WebAssembly.Module) => void} run starts the engine
 * @property {() => void} close ends it
 */

/**
 * A worker or a MessagePort.
 * @typedef {object} Port
 * @property {(message: any) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 */

/**
 * Makes what the engine will run in, a worker if there can be one, and fetches the
 * index's manifest meanwhile, which on a second visit is the last thing that is
 * waited for.
 * @param {string} index the address of the index's folder
 * @returns {Promise<Host>}
 */
export async function launch(index) {
  const manifest = fetch(index + "manifest.kb", { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null); // the engine asks again, and tells
  let worker;
  try {
    worker = await makeWorker(index, manifest);
  } catch (error) {
    const reason = /** @type {Error} */ (error);
    console.info(`Kanbao: the engine runs on the main thread, because no worker can be made here (${reason.message}). Searching may hold up the page.`);
    return onMainThread(index, manifest);
  }
  return { port: worker, run: (module) => worker.postMessage({ module }), close: () => worker.terminate() };
}

/**
 * Resolves to a worker that has loaded its script and knows its index.
 * @param {string} index
 * @param {Promise<ArrayBuffer | null>} manifest
 */
async function makeWorker(index, manifest) {
  const script = new URL("./worker.js", import.meta.url);
  if (script.origin !== location.origin) throw new Error(`${script.origin} is another origin`);
  const worker = new Worker(script);
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ index, manifest: port2 }, [port2]);
  manifest.then((file) => port1.postMessage(file));
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message || `${script.pathname} cannot be loaded`));
    };
  });
  worker.onmessage = worker.onerror = null;
  return worker;
}

/**
 * @param {string} index
 * @param {Promise<ArrayBuffer | null>} manifest
 * @returns {Promise<Host>}
 */
async function onMainThread(index, manifest) {
  const { port1, port2 } = new MessageChannel();
  return {
    port: port1,
    run: (module) => start(module, "engine", { port: port2, index, manifest, early: [] })
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
  const instance = await WebAssembly.instantiate(module, go.importObject);
  globalThis.kanbao = boot; // the program takes it before go.run returns
  await go.run(instance);
}
