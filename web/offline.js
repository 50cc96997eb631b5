// Stores the whole site on the device when a reader asks for it, and tells when a newer
// edition is there. loader.js loads this when it is wanted. The service worker fetches and
// verifies; what is stored already is not fetched again, so it goes on where it was
// stopped, by whatever that was.
import { inInterface, interfaceLanguage } from "./interface.js";

/**
 * The words in one language: text.Offline. "{}" stands for a size or a name.
 * @typedef {object} Words
 * @property {string} about
 * @property {string} download
 * @property {string} rest
 * @property {string} starting
 * @property {string} storing
 * @property {string} progress
 * @property {string} pause
 * @property {string} resume
 * @property {string} paused
 * @property {string} done
 * @property {string} remove
 * @property {string} removed
 * @property {string} again
 * @property {string} impossible
 * @property {string} unreachable
 * @property {string} lost
 * @property {string} full
 * @property {string} damaged
 * @property {string} outdated
 * @property {string} newer
 * @property {string} take
 * @property {string} later
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const words = () => inInterface(WORDS);

const batch = 8; // files that the worker is asked for at a time

/**
 * What offline.json says: site.offlineCopy.
 * @typedef {{ version: string, bytes: number, files: [string, number][] }} List
 */

/**
 * Puts a word or number into a text.
 * @param {string} text
 * @param {string | number} value
 */
const fill = (text, value) => text.replace("{}", () => String(value));

/** @param {number} bytes */
const size = (bytes) => (bytes < 95e4 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(bytes < 95e5 ? 1 : 0)} MB`);

const patience = 180000; // ms after which a worker that does not answer is taken for ended

/**
 * Asks a worker, and resolves with its answer.
 * @param {ServiceWorker} worker
 * @param {object} message
 * @returns {Promise<{ error?: string, message?: string, version?: string }>}
 */
function ask(worker, message) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, patience, new TypeError("the worker does not answer"));
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
}

/**
 * Shows what can be stored, or goes on storing it.
 * @param {string} root the address of the site
 * @param {HTMLElement} at
 */
export async function offer(root, at) {
  if (!navigator.serviceWorker || !globalThis.caches) return void at.replaceChildren(words().impossible);
  await new Copy(root, at).open();
}

/** A Copy is the site on the device, with what the reader sees of it. */
class Copy {
  #says = Object.assign(document.createElement("p"), { className: "kb-offline-says" });
  #bar = document.createElement("progress");
  #buttons = Object.assign(document.createElement("p"), { className: "kb-offline-acts" });
  #run = 0; // of the download that goes on, 0 if none does
  #runs = 0;
  /** @type {List | undefined} */
  #list;

  /**
   * @param {string} root
   * @param {HTMLElement} at
   */
  constructor(root, at) {
    this.root = root;
    this.prefix = `kanbao:${new URL(root).pathname}:`;
    this.#says.setAttribute("role", "status");
    this.#bar.setAttribute("aria-label", words().progress);
    this.#bar.hidden = true;
    at.lang = interfaceLanguage();
    at.replaceChildren(this.#says, this.#bar, this.#buttons);
    addEventListener("online", () => { if (this.#wished && !this.#run) this.#download(); });
  }

  // Whether the reader has asked for a copy, and has not stopped it.
  get #wished() {
    try { return localStorage.getItem(`${this.prefix}offline`) === "wished"; } catch { return false; }
  }

  set #wished(is) {
    try {
      if (is) localStorage.setItem(`${this.prefix}offline`, "wished");
      else localStorage.removeItem(`${this.prefix}offline`);
    } catch { /* then it does not go on by itself */ }
  }

  async open() {
    const list = await this.#fetchList();
    const missing = list && await this.#missing(list);
    if (!list || !missing) return this.#tell(words().unreachable, [[words().again, () => this.open()]]);
    if (!missing.length) return this.#complete(list);
    if (this.#wished) return this.#download();
    const rest = missing.reduce((sum, [, bytes]) => sum + bytes, 0);
    const label = fill(rest < list.bytes ? words().rest : words().download, size(rest));
    this.#tell(words().about, [[label, () => this.#download()]]);
  }

  /**
   * Fetches the list of what a copy consists of, or finds that of the copy.
   * @returns {Promise<List | undefined>}
   */
  async #fetchList() {
    try {
      const answer = await fetch(new URL("offline.json", this.root), { cache: "no-store" });
      const list = await answer.json();
      if (Array.isArray(list.files)) return (this.#list = list);
    } catch { /* no network, or a page of a host's own */ }
    return (this.#list ??= await (await caches.match(new URL("offline.json", this.root)))?.json());
  }

  /**
   * Returns the files of a list that are not stored.
   * @param {List} list
   */
  async #missing({ version, files }) {
    const name = this.prefix + version;
    const keys = await caches.has(name) ? await (await caches.open(name)).keys() : [];
    const have = new Set(keys.map(({ url }) => url.replace(/(\.wasm)\.(br|gz)$/, "$1")));
    return files.filter(([path]) => !have.has(new URL(path, this.root).href));
  }

  /**
   * Says how it is, and what can be done.
   * @param {string} text
   * @param {[string, () => void][]} acts
   */
  #tell(text, acts = []) {
    if (this.#says.textContent !== text) this.#says.textContent = text;
    this.#buttons.replaceChildren(...acts.map(([label, onclick]) => (
      Object.assign(document.createElement("button"), { type: "button", className: "kb-act", textContent: label, onclick }))));
  }

  /** @param {List} list */
  async #complete(list) {
    this.#wished = false; // there is nothing to go on with; the worker follows new builds
    this.#bar.hidden = true;
    await (await caches.open(this.prefix + list.version)).put(new URL("offline.json", this.root), Response.json(list));
    this.#tell(fill(words().done, size(list.bytes)), [[words().remove, () => this.#remove()]]);
  }

  async #download() {
    if (this.#run) return;
    const run = this.#run = ++this.#runs;
    this.#wished = true;
    this.#tell(words().starting, [[words().pause, () => this.#pause()]]);
    // Otherwise a browser that runs out of room may take the copy away.
    await navigator.storage?.persist?.().catch(() => false);
    try {
      const list = await this.#fetchList();
      if (!list) throw new TypeError("no network");
      const worker = await this.#worker(list);
      await this.#fetchAll(list, worker, run);
    } catch (error) {
      if (run !== this.#run) return; // it was stopped
      this.#bar.hidden = true;
      this.#tell(await this.#why(/** @type {Error} */ (error)), [[words().resume, () => this.#download()], [words().remove, () => this.#remove()]]);
    }
    if (run === this.#run) this.#run = 0;
  }

  /**
   * Has all that is missing stored, as long as nobody stops it.
   * @param {List} list
   * @param {ServiceWorker} worker
   * @param {number} run
   */
  async #fetchAll(list, worker, run) {
    const missing = await this.#missing(list);
    let done = list.bytes - missing.reduce((sum, [, bytes]) => sum + bytes, 0);
    this.#bar.max = list.bytes;
    this.#bar.hidden = false;
    while (run === this.#run && missing.length) {
      this.#bar.value = done;
      this.#says.textContent = fill(fill(words().storing, size(done)), size(list.bytes));
      const some = missing.splice(0, batch);
      const { error, message } = await ask(worker, { store: some.map(([path]) => path) });
      if (error) throw Object.assign(new Error(message), { name: error });
      for (const [, bytes] of some) done += bytes;
    }
    if (run === this.#run) await this.#complete(list);
  }

  /**
   * Returns the worker of the build that a list is of.
   * @param {List} list
   */
  async #worker({ version, bytes }) {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(new URL("sw.js", this.root), { scope: this.root, updateViaCache: "none" });
    await Promise.race([serviceWorker.ready, refused(registration, bytes)]);
    for (const last of [false, true]) {
      const active = registration.active;
      if (active && (await ask(active, { want: true })).version === version) return active;
      if (last) break;
      await registration.update();
      await settled(registration);
      const changed = new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
      if (!registration.waiting) continue;
      registration.waiting.postMessage({ force: true }); // the reader has asked for this build
      await changed;
    }
    throw Object.assign(new Error("the worker is of another build"), { name: "Outdated" });
  }

  /**
   * Puts an error into words.
   * @param {Error} error
   */
  async #why({ name, message }) {
    if (name === "QuotaExceededError") {
      const { quota = 0, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
      return fill(words().full, size(Math.max(0, quota - usage)));
    }
    if (name === "Outdated") return words().outdated;
    if (/of this build/.test(message) && navigator.onLine) return fill(words().damaged, message.split(":")[0]);
    return words().lost;
  }

  async #pause() {
    this.#run = 0;
    this.#wished = false;
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ want: false });
    this.#bar.hidden = true;
    this.#tell(words().paused, [[words().resume, () => this.#download()], [words().remove, () => this.#remove()]]);
  }

  async #remove() {
    this.#run = 0;
    this.#wished = false;
    const registration = await navigator.serviceWorker.getRegistration(this.root);
    await registration?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(this.prefix)) await caches.delete(name);
    const list = await this.#fetchList();
    this.#tell(words().removed, list ? [[fill(words().download, size(list.bytes)), () => this.#download()]] : []);
  }
}

/**
 * Waits until no worker is being installed.
 * @param {ServiceWorkerRegistration} registration
 */
async function settled({ installing }) {
  if (!installing) return;
  await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    installing.addEventListener("statechange", () => { if (installing.state !== "installing") resolve(); });
  });
}

/**
 * Tells the reader that a newer edition has been stored, and lets it begin if the reader
 * wants that.
 * @param {ServiceWorker} worker that of the newer edition
 */
export function announce(worker) {
  if (document.querySelector(".kb-newer")) return;
  const bar = Object.assign(document.createElement("div"), { className: "kb-newer", lang: interfaceLanguage() });
  const says = Object.assign(document.createElement("p"), { textContent: words().newer });
  const act = (/** @type {string} */ label, /** @type {() => void} */ onclick) => (
    Object.assign(document.createElement("button"), { type: "button", className: "kb-act", textContent: label, onclick }));
  bar.setAttribute("role", "status");
  bar.append(says, act(words().take, () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage({ force: true });
  }), act(words().later, () => bar.remove()));
  document.body.append(bar);
}

/**
 * Rejects when the first worker of a site cannot be installed, which nobody else tells.
 * @param {ServiceWorkerRegistration} registration
 * @param {number} bytes that all of the site takes
 * @returns {Promise<never>}
 */
function refused(registration, bytes) {
  const worker = registration.installing;
  return new Promise((_, reject) => {
    const look = async () => {
      if (worker?.state !== "redundant" || registration.active) return;
      reject(await room(bytes).then(() => new TypeError("the worker could not be installed"), (error) => error));
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

const probe = "probe of room"; // a cache

/**
 * Rejects with a QuotaExceededError where a site finds no room. What a browser says of its
 * room is an estimate, so it is tried.
 * @param {number} bytes that are wanted
 */
async function room(bytes) {
  try {
    await (await caches.open(probe)).put(new URL(probe, location.href), new Response(new Uint8Array(Math.min(bytes, 4 << 20))));
  } finally {
    await caches.delete(probe);
  }
}
