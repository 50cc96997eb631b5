// Fetches wasm as small as host and browser can, and starts the engine in a
// worker. The reader (live.js) and the widget (kanbao.js) both use it; neither
// does before somebody wants to search.

// compile returns the module of a wasm file. progress is called with the bytes
// that have come and, where it is known, how many there are in all. form is the
// one that the caller has asked for already, if it has.
export async function compile(url, progress = () => {}, form = smallest(import.meta.url)) {
  const answer = await get(url, form);
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

// get fetches the wasm in a form, or in the next larger one that the host has.
async function get(url, form) {
  if (form) {
    const packed = await fetch(url + form);
    if (packed.ok) return packed;
  }
  const control = new AbortController();
  const plain = await fetch(url, { signal: control.signal });
  if (form !== ".gz" && unpacks("gzip") && !plain.headers.get("content-encoding")) {
    control.abort();
    return get(url, ".gz");
  }
  if (!plain.ok) throw new Error(`${new URL(url).pathname}: ${plain.status}`);
  return plain;
}

// smallest returns the ending of the smallest form in which a program can be had:
// ".br" where the browser unpacks that, "" where the host packs as well, which is
// seen by how it sent a script, else ".gz". What a browser unpacks for its HTTP
// cache comes to the page slower than what the page unpacks, by a tenth of a
// second. kanbao.js has it once more, for it cannot wait for this module.
function smallest(script) {
  if (unpacks("brotli")) return ".br";
  const encoding = performance.getEntriesByName(script)[0]?.contentEncoding;
  return encoding === undefined || /^(br|zstd)$/.test(encoding) || !unpacks("gzip") ? "" : ".gz";
}

function unpacks(format) {
  try {
    return Boolean(new DecompressionStream(format));
  } catch {
    return false;
  }
}

// launch makes the place that the engine will run in and fetches the index's
// manifest meanwhile, which on a second visit is the last thing that is waited for.
// It resolves to a port and run(module).
export async function launch(index) {
  const manifest = fetch(index + "manifest.kb", { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null); // the engine asks again, and tells
  let worker;
  try {
    worker = await makeWorker(index, manifest);
  } catch (reason) {
    console.info(`Kanbao: the engine runs on the main thread, because no worker can be made here (${reason.message}). Searching may hold up the page.`);
    return onMainThread(index, manifest);
  }
  return { port: worker, run: (module) => worker.postMessage({ module }), close: () => worker.terminate() };
}

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

async function onMainThread(index, manifest) {
  const { port1, port2 } = new MessageChannel();
  return {
    port: port1,
    run: (module) => start(module, "engine", { port: port2, index, manifest, early: [] })
      .then(() => port2.postMessage("ended: the engine has ended")),
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
