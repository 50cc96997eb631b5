// Makes the page live: starts the engine, shows what it finds first (early.js), and then
// runs the reader over the static page and that. Has the service worker store what the
// reader needs offline. loader.js calls it on the first intent to search.
import { checkWasm } from "./connection.js";
import { Early, suits } from "./early.js";
import { fetchReader, launch, start } from "./engine.js";
import { inInterface } from "./interface.js";
import { place } from "./room.js";
import { styled } from "./sheet.js";
import { Typing } from "./typing.js";

/** @import { Listener } from "./typing.js" */

/**
 * What is said below the search field, in one language: text.Loader. "{}" stands for
 * the number that a server has answered with.
 * @typedef {object} Words
 * @property {string} loading
 * @property {string} old
 * @property {string} none
 * @property {string} blocked
 * @property {string} offline
 * @property {string} outdated
 * @property {string} refused
 * @property {string} failed
 * @property {string} again
 * @property {string} reload
 * @property {import("./early.js").Words} early
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const words = () => inInterface(WORDS);

const quiet = 2000; // ms after which a reader that has been started should have taken over

/**
 * @param {string} text is said below the search field, aloud
 * @param {boolean} [passing] it stands over the page, which would move for it
 */
function tell(text, passing = false) {
  const status = document.getElementById("kb-status");
  status?.toggleAttribute("data-passing", passing);
  if (status && status.textContent !== text) status.textContent = text;
}

/**
 * Resolves once the reader runs. Where it cannot, says why below the search field and
 * rejects.
 * @param {string} root the address of the site
 * @param {() => void} again tries once more
 */
export async function live(root, again) {
  let settled = false;
  /** @type {Set<string>} */
  const blocked = new Set();
  const note = (/** @type {SecurityPolicyViolationEvent} */ event) => blocked.add(event.effectiveDirective);
  document.addEventListener("securitypolicyviolation", note);
  const home = location.pathname; // which early changes
  const early = suits() ? new Early(root, words().early, tell) : undefined;
  const reader = () => fetchReader(new URL("./app.wasm", import.meta.url).href, early !== undefined); // while it warms up nobody waits, for the hits are there
  tell(words().loading, true);
  try {
    checkWasm();
    const whole = early ? undefined : reader(); // there is nothing that it would be in the way of
    whole?.catch(() => {});
    const [engine] = await Promise.all([
      launch([new URL("index/", root).href], {
        progress(loaded, total) {
          if (!settled) tell(words().loading + percent(loaded, total), true); // what comes late does not hide why it failed
        },
        idle: quiet, // before, the reader starts, which needs the processor
      }),
      import("./wasm_exec.js"),
      styled(new URL("./live.css", import.meta.url).href),
    ]);
    settled = true;
    tell("");
    absolute();
    early?.answer(engine.port);
    await early?.wanted();
    const complete = engine.whole().catch(() => {}); // what does not come is fetched when it is needed
    const module = await (whole ?? complete.then(reader));
    await complete;
    await early?.idle();
    const field = /** @type {HTMLInputElement} */ (document.getElementById("kb-q"));
    const listen = (/** @type {Listener} */ to, /** @type {AbortSignal} */ signal) => new Typing(field, to, signal, early?.yield());
    read(module, { port: engine.port, root, home, article, dress, place, listen });
    setTimeout(store, quiet, root); // not while the reader starts
  } catch (error) {
    settled = true;
    early?.end();
    const reason = why(/** @type {Error} */ (error), blocked.size > 0);
    console.info(`Kanbao: search cannot be opened: ${error}`);
    tell(words()[reason].replace("{}", () => /[^/ ]*$/.exec(/** @type {Error} */ (error).message)?.[0] ?? ""));
    if (reason === "outdated") offer(words().reload, () => location.reload());
    else if (!/^(old|none|blocked)$/.test(reason)) offer(words().again, again);
    throw error;
  } finally {
    document.removeEventListener("securitypolicyviolation", note);
  }
}

/**
 * Makes the addresses in the static page absolute: they are relative to an address that
 * is about to change without the page. Links within the page stay as they are.
 */
function absolute() {
  for (const [selector, property] of [[`a[href]:not([href^="#"])`, "href"], ["link[href]", "href"], ["img[src]", "src"], ["form[action]", "action"]]) {
    for (const one of document.querySelectorAll(selector)) one.setAttribute(property, /** @type {any} */ (one)[property]);
  }
}

const seldom = 10000; // ms: a reader that ends sooner than that has a fault that stays

/**
 * Runs the reader, and another one if it ends, which it does by a fault: where it was is
 * in the address. Only if that one ends at once, and the next, the static page takes
 * over.
 * @param {WebAssembly.Module} module
 * @param {{ port: import("./engine.js").Port, root: string, home: string, article: (url: string) => Promise<string>, dress: typeof dress, place: typeof place, listen: (to: Listener, signal: AbortSignal) => Typing }} boot
 */
async function read(module, boot) {
  for (let early = 0; early < 3;) {
    const began = performance.now();
    const listening = new AbortController();
    const watched = watch();
    const { signal } = listening;
    const rest = (/** @type {() => void} */ done) => { setTimeout(() => { if (!signal.aborted) done(); }); };
    const painted = (/** @type {() => void} */ done) => { if (document.hidden) rest(done); else requestAnimationFrame(() => rest(done)); };
    const ended = await start(module, "page", { ...boot, watch: watched, rest, painted, signal }).catch(String);
    listening.abort();
    watched.end();
    boot.port.onmessage = null;
    const fresh = Object.assign(document.createElement("div"), { id: "kb-live" });
    document.getElementById("kb-live")?.remove();
    document.body.prepend(fresh); // the reader is in the first element
    console.info(`Kanbao: the reader has ended: ${ended ?? "by a fault"}`);
    early = performance.now() - began < seldom ? early + 1 : 0;
  }
  document.documentElement.classList.remove("kb-is-live");
  document.getElementById("kb-main")?.removeAttribute("hidden");
  tell(words().failed);
  offer(words().reload, () => location.reload());
}

/**
 * Tells whether anybody but the reader changes the live view: a translator of the
 * browser, an extension.
 */
function watch() {
  let changed = false;
  /** @type {Element | null} */
  let last = null;
  let focus = "";
  // What language.js does is seen nowhere but in what the page says of itself.
  const ours = (/** @type {MutationRecord} */ { target }) => (target instanceof Element ? target : target.parentElement)?.matches("[data-ui]");
  const observer = new MutationObserver((records) => { changed ||= !records.every(ours); });
  return {
    disturbed() {
      changed ||= !observer.takeRecords().every(ours) || Boolean(last && last.parentNode !== document.body);
      focus = changed && last?.contains(document.activeElement) ? document.activeElement?.id ?? "" : "";
      return changed;
    },
    drawn() {
      observer.takeRecords();
      changed = false;
      if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus({ preventScroll: true });
      const view = document.getElementById("kb-live");
      if (view === last || !view) return;
      observer.disconnect();
      observer.observe(last = view, { childList: true, characterData: true, subtree: true });
    },
    end: () => observer.disconnect(),
  };
}

/**
 * Returns the page of an article as HTML, or "" if it cannot be had in reasonable time.
 * The service worker's copy is of this build.
 * @param {string} url
 */
async function article(url) {
  try {
    const copy = await globalThis.caches?.match(url, { ignoreVary: true });
    if (copy || !navigator.onLine) return await copy?.text() ?? "";
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return answer.ok && /^text\/html/.test(answer.headers.get("content-type") ?? "") ? await answer.text() : "";
  } catch {
    return "";
  }
}

/**
 * Gives the article in the live view what scripts give that of a page, and the bar of
 * find.js if it is marked.
 * @param {string} asked what is marked in it
 * @param {ReturnType<typeof watch>} watched does not count it as a change by others
 */
async function dress(asked, watched) {
  const article = /** @type {HTMLElement | null} */ (document.querySelector("#kb-live .kb-article"));
  if (!article || article.dataset.dressed === "") return;
  article.dataset.dressed = "";
  const [tools, find] = await Promise.all([import("./article.js"), import("./find.js")]).catch(() => []); // it can be read without
  if (!tools || !find || !article.isConnected) return;
  const before = watched.disturbed();
  tools.dress(article);
  if (asked && article.querySelector("mark")) find.lead(asked, article);
  if (!before) watched.drawn();
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
function percent(loaded, total) {
  return total ? `${Math.min(100, Math.floor((loaded / total) * 10) * 10)}%` : `${Math.floor(loaded / 1e6)} MB`;
}

/**
 * Says why the reader could not be opened.
 * @param {Error} error
 * @param {boolean} blocked whether a policy has forbidden something meanwhile
 * @returns {"old" | "none" | "blocked" | "outdated" | "refused" | "offline" | "failed"}
 */
function why(error, blocked) {
  if (!globalThis.WebAssembly) return "none";
  if (!WebAssembly.compileStreaming || !globalThis.ReadableStream) return "old";
  if (blocked || /unsafe-eval|Content Security Policy/.test(error.message)) return "blocked";
  if (!navigator.onLine) return "offline";
  const { kind } = /** @type {any} */ (error);
  if (kind === "outdated" || /: (404|410)$|import/.test(error.message)) return "outdated"; // why a script does not come is not told
  if (kind === "page" || kind === "damaged" || /: \d+$/.test(error.message)) return "refused";
  return error instanceof TypeError || kind === "unreachable" ? "offline" : "failed";
}

/**
 * Has everything stored that reading and searching need offline, now that the reader
 * has shown that they want it.
 * @param {string} root the address of the site
 */
async function store(root) {
  if (!navigator.serviceWorker || !document.getElementById("kb-offline")) return; // the site may not want it
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
