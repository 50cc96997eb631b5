// The service worker. It keeps one build of the site in one cache: installed
// whole or not at all, and deleted when no page of that build is open any more.
// Whatever is not of this site it leaves to the browser, caches of others too.
//
// A build's parts cannot get mixed, because their names hold hashes. Two things
// have no hash: pages come from the network first and are kept only if they use
// this build's scripts; the index's manifest comes from the network first and is
// used only if it is of the format that this build's engine reads.
import { unpacks } from "./packing.js";

/**
 * The build that this worker keeps. The site generator writes it here: site.precache.
 * @typedef {{ version: string, core: string[], index: string[], whole: boolean, pages: string[] }} Build
 */
const BUILD = /** @type {Build} */ ({});

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const scope = new URL(worker.registration.scope);
const prefix = `kanbao:${scope.pathname}:`;
const name = prefix + BUILD.version;
const patience = 3000; // ms to wait for a network that does not answer while a copy is at hand

const manifest = "index/manifest.kb";
const core = new Set(BUILD.core);
const loader = BUILD.core.find((path) => /^kanbao\/loader-\w+\.js$/.test(path));
const shell = "search/";

worker.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const before = await caches.has(name);
  try {
    // Whoever has an older build offline is to have this one, too, before it
    // takes the older one's place: the network may be gone by then.
    const wished = await caches.match(new URL(manifest, scope), { ignoreVary: true });
    await all(BUILD.core, keep);
    if (wished) await keepSite();
  } catch (error) {
    if (!before) await caches.delete(name);
    throw error;
  }
}

worker.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(prefix) && n !== name).map((n) => caches.delete(n)));
  await worker.clients.claim();
}

worker.addEventListener("message", (event) => {
  const { keep: wish, takeOver } = event.data ?? {};
  if (wish === "site") {
    event.waitUntil(keepSite().then(
      (kept) => event.ports[0]?.postMessage({ kept }),
      (error) => event.ports[0]?.postMessage({ kept: false, error: error.message }),
    ));
  }
  if (takeOver) event.waitUntil(takeOverFrom(/** @type {WindowClient} */ (event.source), takeOver));
});

/**
 * Lets this build begin if the page that asks is of this build and the only one that
 * is open.
 * @param {WindowClient} page
 * @param {string} script the address of its loader
 */
async function takeOverFrom(page, script) {
  if (relative(new URL(script)) !== loader) return;
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.every((c) => c.id === page.id || relative(new URL(c.url)) === undefined)) await worker.skipWaiting();
}

// keepSite stores what searching and reading need offline, and reports whether
// that is everything: the chunks of a large index are kept as they are used.
async function keepSite() {
  await all([...BUILD.index, ...BUILD.pages], keep);
  return BUILD.whole;
}

/**
 * Does something for each of a list, some at a time.
 * @param {string[]} list
 * @param {(path: string) => Promise<void>} act
 */
async function all(list, act) {
  const rest = [...list];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let path = rest.shift(); path !== undefined; path = rest.shift()) await act(path);
  }));
}

/**
 * Stores a file of this build unless it is there.
 * @param {string} path
 */
async function keep(path) {
  const cache = await caches.open(name);
  if (await stored(path)) return;
  const answer = path.endsWith(".wasm") ? await wasm(path) : await get(path);
  await cache.put(answer.url, answer);
}

/**
 * Fetches a file past the HTTP cache, unless its name says what is in it.
 * @param {string} path
 */
async function get(path) {
  const answer = await fetch(new URL(path, scope), { cache: hashed(path) ? "default" : "reload" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer;
}

/**
 * Fetches a program, in the form in which the page has fetched it already if the
 * HTTP cache has that, else in the smallest that there is.
 * @param {string} path
 */
async function wasm(path) {
  const forms = [".br", ".gz"].filter((form) => unpacks(form === ".br" ? "brotli" : "gzip"));
  for (const form of [...forms, ""]) {
    const kept = await fetch(new URL(path + form, scope), { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined);
    if (kept?.ok) return kept;
  }
  for (const form of forms) {
    const answer = await fetch(new URL(path + form, scope));
    if (answer.ok) return answer;
  }
  return get(path);
}

/**
 * Tells a file whose name says what is in it.
 * @param {string} path
 */
const hashed = (path) => /^(kanbao|index)\/.*[0-9a-z]{8,}\.\w+$/.test(path) && path !== manifest;

/**
 * Tells a file of the index. Which of them are of this build only the manifest says;
 * their names say what is in them, so any build may keep any.
 * @param {string} path
 */
const chunk = (path) => path.startsWith("index/");

/**
 * Returns the path below the root of the site, or undefined for what is not of the
 * site.
 * @param {URL} url
 */
function relative(url) {
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return undefined;
  const path = decodeURI(url.pathname.slice(scope.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
  return path === "" ? "./" : path;
}

/**
 * Returns the stored copy of a file, whichever form of a program it is.
 * @param {string} path
 */
async function stored(path) {
  const cache = await caches.open(name);
  const program = /^(.*\.wasm)(\.br|\.gz)?$/.exec(path)?.[1];
  for (const form of program ? [program, `${program}.br`, `${program}.gz`] : [path]) {
    const answer = await cache.match(new URL(form, scope), { ignoreVary: true, ignoreSearch: true });
    if (answer) return answer;
  }
  return undefined;
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? relative(new URL(request.url)) : undefined;
  if (path === undefined || request.headers.has("range")) return;
  const plain = path.replace(/(\.wasm)\.(br|gz)$/, "$1");
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (path === manifest) event.respondWith(newestManifest(request));
  else if (hashed(plain) && (core.has(plain) || chunk(plain))) event.respondWith(cacheFirst(event, path));
  else if (core.has(path)) event.respondWith(networkFirst(request, path));
});

/**
 * Answers with what never changes under its name.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function cacheFirst(event, path) {
  // Whoever asks to reload has found the copy damaged.
  const copy = event.request.cache === "reload" ? undefined : await stored(path);
  if (copy) return copy;
  const answer = await fetch(event.request);
  if (answer.ok && chunk(path)) {
    const kept = answer.clone();
    event.waitUntil(caches.open(name).then((cache) => cache.put(kept.url, kept)));
  }
  return answer;
}

/**
 * Asks the network, and takes the copy if it fails or is slow.
 * @param {Request} request
 * @param {string} path
 */
async function networkFirst(request, path) {
  const copy = await stored(path);
  if (!copy) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patience, copy));
  const fresh = fetch(request).then((answer) => (answer.status < 500 ? answer : copy), () => copy);
  return Promise.race([fresh, late]);
}

/**
 * Answers with the newest manifest that this build's engine reads: letters and
 * version at its beginning are those of the stored one.
 * @param {Request} request
 */
async function newestManifest(request) {
  const copy = await stored(manifest);
  if (!copy) return fetch(request);
  const answer = await networkFirst(request, manifest);
  const [old, young] = await Promise.all([copy.clone(), answer.clone()].map((a) => a.arrayBuffer()));
  const begins = (/** @type {ArrayBuffer} */ buffer) => new Uint8Array(buffer.slice(0, 4)).join();
  return answer.ok && begins(old) === begins(young) ? answer : copy;
}

/**
 * Answers a navigation: with the page, a copy of it, or the shell, in which the
 * reader opens an article out of the index.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  let answer;
  try {
    answer = await networkFirst(event.request, path);
  } catch (error) {
    return (await shellFor()) ?? Promise.reject(error);
  }
  if (answer.ok && !answer.redirected) event.waitUntil(keepPage(answer.clone(), path));
  return answer;
}

/**
 * Stores a page that uses this build's scripts.
 * @param {Response} answer
 * @param {string} path
 */
async function keepPage(answer, path) {
  if (!/^text\/html/.test(answer.headers.get("content-type") ?? "")) return;
  const copy = answer.clone();
  if (!loader || !(await answer.text()).includes(loader)) return;
  const cache = await caches.open(name);
  await cache.put(new URL(path, scope), copy);
}

// shellFor makes a page for any address out of the search page, whose own links
// are relative to the folder that it lies in.
async function shellFor() {
  const copy = await stored(shell);
  if (!copy) return undefined;
  const html = (await copy.text()).replaceAll('"../', `"${scope.pathname}`).replace("<html ", "<html data-shell ");
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
