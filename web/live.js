// Makes the page live: compiles the reader, runs it over the static page, and
// has the service worker store what the reader needs offline. loader.js calls it
// on the first intent to search.
import { compile, launch, start } from "./engine.js";

/**
 * What is said below the search field, in one language: text.Loader. "{}" stands for
 * a reason.
 * @typedef {object} Words
 * @property {string} loading
 * @property {string} old
 * @property {string} offline
 * @property {string} outdated
 * @property {string} failed
 * @property {string} again
 * @property {string} reload
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

/**
 * Resolves once the reader runs. Where it cannot, says why below the search field and
 * rejects.
 * @param {string} root the address of the site
 * @param {() => void} again tries once more
 */
export async function live(root, again) {
  const words = WORDS[document.documentElement.lang] ?? WORDS["zh-Hans"];
  const status = document.getElementById("kb-status");
  const tell = (/** @type {string} */ text) => { if (status && status.textContent !== text) status.textContent = text; };
  tell(words.loading);
  try {
    const index = new URL("index/", root).href;
    const [module, engine] = await Promise.all([
      compile(new URL("./app.wasm", import.meta.url).href, (loaded, total) => tell(words.loading + progress(loaded, total))),
      launch([index]),
      import("./wasm_exec.js"),
    ]);
    engine.run(module);
    tell("");
    start(module, "page", { port: engine.port, root }).catch(String).then((why) => {
      // The reader does not end but by a fault: the static page takes over again.
      document.documentElement.classList.remove("kb-is-live");
      document.getElementById("kb-live")?.replaceChildren();
      document.getElementById("kb-main")?.removeAttribute("hidden");
      tell(words.failed.replace("{}", () => why ?? "1"));
      offer(words.reload, () => location.reload());
    });
    store(root);
  } catch (error) {
    const said = why(/** @type {Error} */ (error), words);
    tell(said);
    if (said === words.outdated) offer(words.reload, () => location.reload());
    else if (said !== words.old) offer(words.again, again);
    throw error;
  }
}

/**
 * Puts a button behind what is said below the search field.
 * @param {string} label
 * @param {() => void} act
 */
function offer(label, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "kb-act", textContent: label, onclick: act });
  document.getElementById("kb-status")?.append(" ", button);
}

/**
 * Puts bytes into words, in steps, since every change is read aloud.
 * @param {number} loaded
 * @param {number} total 0 if it is not known
 */
function progress(loaded, total) {
  return total ? `${Math.min(100, Math.floor((loaded / total) * 10) * 10)}%` : `${Math.floor(loaded / 1e6)} MB`;
}

/**
 * Puts an error into words.
 * @param {Error} error
 * @param {Words} words
 */
function why(error, words) {
  if (!globalThis.WebAssembly?.compileStreaming || !globalThis.ReadableStream) return words.old;
  const { kind } = /** @type {any} */ (error);
  if (kind === "outdated") return words.outdated;
  if (!navigator.onLine || error instanceof TypeError || kind === "unreachable") return words.offline;
  return words.failed.replace("{}", () => error.message);
}

/**
 * Has everything stored that reading and searching need offline, now that the reader
 * has shown that they want it.
 * @param {string} root the address of the site
 */
async function store(root) {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root, updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => { document.documentElement.dataset.kept = String(data.kept); };
    active?.postMessage({ keep: "site" }, [port2]);
  } catch (error) {
    console.info(`Kanbao: nothing is stored for reading offline: ${/** @type {Error} */ (error).message}`);
  }
}
