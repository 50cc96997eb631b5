// Fetches wasm as small as host and browser can, and starts the engine in a
// worker. The reader (live.js) and the widget (kanbao.js) both use it; neither
// does before somebody wants to search.

// compile returns the module of a wasm file. progress is called with the bytes
// that have come and, where it is known, how many there are in all.
export async function compile(url, progress = () => {}) {
  const answer = await smallest(url);
  const encoded = answer.headers.get("content-encoding");
  const total = encoded ? 0 : Number(answer.headers.get("content-length"));
  const reader = answer.body.getReader();
  let { value: first } = await reader.read();
  let loaded = 0;
  let stream = new ReadableStream({
    async pull(controller) {
      const { value, done } = first ? { value: first } : await reader.read();
      first = undefined;
      if (done) return controller.close();
      loaded += value.length;
      progress(loaded, total);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  // What came is told by how it begins: a host may have unpacked it on the way,
  // and offline it is whichever form was stored.
  const packing = packingOf(first, answer.url);
  if (packing) stream = stream.pipeThrough(new DecompressionStream(packing));
  return WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }));
}

function packingOf(bytes, url) {
  if (bytes?.[0] === 0 && bytes[1] === 0x61) return "";
  if (bytes?.[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes && url.endsWith(".br")) return "brotli";
  throw new Error(`${new URL(url).pathname} is not wasm`);
}

// smallest fetches the wasm in the smallest form there is: as brotli where the
// browser unpacks that, else as the host packs it, else as gzip.
async function smallest(url) {
  if (unpacks("brotli")) {
    const br = await fetch(url + ".br");
    if (br.ok) return br;
  }
  if (unpacks("gzip")) {
    const control = new AbortController();
    const plain = await fetch(url, { signal: control.signal });
    if (plain.ok && plain.headers.get("content-encoding")) return plain;
    control.abort();
    const gz = await fetch(url + ".gz");
    if (gz.ok) return gz;
  }
  const plain = await fetch(url);
  if (!plain.ok) throw new Error(`${new URL(url).pathname}: ${plain.status}`);
  return plain;
}

function unpacks(format) {
  try {
    return Boolean(new DecompressionStream(format));
  } catch {
    return false;
  }
}

// launch makes the place that the engine will run in and lets it fetch the
// index's manifest meanwhile. It resolves to a port and run(module).
export async function launch(index) {
  let worker;
  try {
    worker = await makeWorker(index);
  } catch (reason) {
    console.info(`Kanbao: the engine runs on the main thread, because no worker can be made here (${reason.message}). Searching may hold up the page.`);
    return onMainThread(index);
  }
  return { port: worker, run: (module) => worker.postMessage({ module }), close: () => worker.terminate() };
}

async function makeWorker(index) {
  const script = new URL("./worker.js", import.meta.url);
  if (script.origin !== location.origin) throw new Error(`${script.origin} is another origin`);
  const worker = new Worker(script);
  worker.postMessage({ index });
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

async function onMainThread(index) {
  const { port1, port2 } = new MessageChannel();
  return {
    port: port1,
    run: (module) => start(module, "engine", { port: port2, index, manifest: null, early: [] })
      .then(() => port2.postMessage("gone: the engine has ended")),
    close: () => port1.close(),
  };
}

// start runs a program of ours on this thread, until it ends.
export async function start(module, program, boot) {
  await import("./wasm_exec.js");
  const go = new Go();
  go.argv = ["kanbao", program];
  const instance = await WebAssembly.instantiate(module, go.importObject);
  globalThis.kanbao = boot; // the program takes it before go.run returns
  await go.run(instance);
}
