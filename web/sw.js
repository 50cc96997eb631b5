// The service worker. It keeps one build of the site in one cache: installed
// whole or not at all, and deleted when no page of that build is open any more.
// Whatever is not of this site it leaves to the browser, caches of others too. When
// its own script is gone from the server, it lets go of the site.
//
// A build's parts cannot get mixed, because their names hold hashes. Two things
// have no hash: pages come from the network first and are kept only if they use
// this build's scripts; the index's manifest comes from the network first and is
// used only if it is of the format that this build's engine reads.
import { BUILD, chunk, hashed, loader, manifest, name, prefix, program, relative, scope, table, worker } from "./build.js";
import { all, anywhere, cache, drop, ended, keep, letGo, renew, stored } from "./copies.js";
import { ours, sound } from "./sound.js";

const patience = 3000; // ms to wait for a network that does not answer while a copy is at hand
const core = new Set(BUILD.core);
const shell = "search/";
const list = "offline.json"; // all that an offline copy of this build consists of
const wanted = "kanbao/offline-wanted"; // what stands in a cache whose reader has asked for all of it

worker.addEventListener("install", (event) => event.waitUntil(BUILD.off ? worker.skipWaiting() : install()));

async function install() {
  // A worker of this build that is there already has the cache, too.
  const shared = Boolean(worker.registration.active) && await caches.has(name);
  try {
    // Whoever has an older build offline is to have this one, too, before it
    // takes the older one's place: the network may be gone by then.
    const wished = await caches.match(new URL(manifest, scope), { ignoreVary: true });
    const whole = await anywhere(wanted);
    await all(BUILD.core, renew);
    if (wished || whole) await keepSite();
    if (whole) await keepAll();
  } catch (error) {
    if (!shared) await caches.delete(name);
    throw error;
  }
}

worker.addEventListener("activate", (event) => event.waitUntil(BUILD.off ? letGo() : activate()));

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(prefix) && n !== name).map((n) => caches.delete(n)));
  await worker.clients.claim();
}

worker.addEventListener("message", (event) => {
  const { keep: wish, takeOver, force, store, want } = event.data ?? {};
  const answer = (/** @type {unknown} */ data) => event.ports[0]?.postMessage(data);
  if (store) {
    event.waitUntil(all(store, renew).then(() => answer({}), (error) => answer({ error: error.name, message: error.message })));
  }
  if (want !== undefined) {
    const at = new URL(wanted, scope);
    event.waitUntil(Promise.resolve().then(cache).then(async (own) => { await (want ? own.put(at, new Response(BUILD.version)) : own.delete(at)); })
      .then(() => answer({ version: BUILD.version }), (error) => answer({ error: error.name, message: error.message })));
  }
  if (force) event.waitUntil(worker.skipWaiting());
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

// keepAll stores all of this build, for a reader who has asked for that, so that an
// edition that is new takes no more than what is new in it.
async function keepAll() {
  const answer = await fetch(new URL(list, scope), { cache: "no-store" });
  const { version, bytes, files } = await answer.json();
  if (version !== BUILD.version) throw new Error(`${list} is of another build`);
  await all(files.map((/** @type {[string, number]} */ [path]) => path), keep);
  const kept = await cache();
  await kept.put(new URL(wanted, scope), new Response(version));
  await kept.put(new URL(list, scope), Response.json({ version, bytes, files }));
}
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? relative(new URL(request.url)) : undefined;
  // What is not to be stored is a question to the server: which manifest it has now.
  if (BUILD.off || ended || path === undefined || request.headers.has("range") || request.cache === "no-store") return;
  const plain = program(path);
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (path === manifest) event.respondWith(newestManifest(request));
  else if (hashed(plain) && (core.has(plain) || chunk(plain) || table(plain))) event.respondWith(cacheFirst(event, path));
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
  if (copy && (chunk(path) || await proven(path, copy.clone()))) return copy;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keepAnswer(path, answer.clone()));
  return answer;
}

/**
 * The programs whose copies have been compared with their names since this worker began.
 * They are large, and who cannot compile one asks for it anew. Scripts are small.
 * @type {Set<string>}
 */
const proved = new Set();

/**
 * Reports whether a copy is what its name says, and deletes it if it is not. (The engine
 * does that for chunks, which are many.)
 * @param {string} path
 * @param {Response} copy which is read
 */
async function proven(path, copy) {
  if (proved.has(path)) return true;
  const is = copy.url ? relative(new URL(copy.url)) ?? path : path;
  if (!await sound(is, copy)) {
    await drop(new URL(is, scope));
    return false;
  }
  if (path.includes(".wasm")) proved.add(path);
  return true;
}

/**
 * Stores a file whose name says what is in it.
 * @param {string} path
 * @param {Response} answer
 */
async function keepAnswer(path, answer) {
  if (await caches.has(name) && await sound(path, answer.clone())) await (await cache()).put(new URL(path, scope), answer);
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
 * Answers with the newest manifest that is sound and that this build's engine reads.
 * @param {Request} request
 */
async function newestManifest(request) {
  let copy = await stored(manifest);
  if (copy && !(await sound(manifest, copy.clone()))) {
    await drop(new URL(manifest, scope));
    copy = undefined;
  }
  if (!copy) return mendManifest(await fetch(request));
  const answer = await networkFirst(request, manifest);
  return answer.ok && await sound(manifest, answer.clone()) ? answer : copy;
}

/**
 * Stores the manifest of this build where a copy was damaged.
 * @param {Response} answer which is returned
 */
async function mendManifest(answer) {
  if (answer.ok && await stored(shell) && await sound(manifest, answer.clone(), true)) {
    await (await cache()).put(new URL(manifest, scope), answer.clone());
  }
  return answer;
}

/**
 * The pages of which another build, or another site, has been late once: their copies
 * are not shown again unless the network fails.
 * @type {Set<string>}
 */
const outgrown = new Set();

/**
 * Answers a navigation: with the page, a copy of it, or the shell, in which the
 * reader opens an article out of the index.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  const copy = await stored(path);
  const fresh = fetch(event.request);
  // What is kept is kept before letting go, which deletes it.
  event.waitUntil(fresh.then(async (answer) => {
    if (answer.ok && !answer.redirected) await keepPage(answer.clone(), path);
    await letGoIfGone();
  }).catch(() => {}));
  const patient = new Promise((resolve) => {
    if (copy && !outgrown.has(path)) setTimeout(resolve, patience);
  });
  /** @type {Response | undefined} */
  let answer;
  try {
    answer = await Promise.race([fresh, patient]);
  } catch (error) {
    return copy ?? (await elsewhere(path)) ?? (await shellFor()) ?? Promise.reject(error);
  }
  if (!answer) {
    event.waitUntil(fresh.then((late) => replaceLate(event, path, late), () => {}));
    return /** @type {Response} */ (copy);
  }
  if (answer.status >= 500 && copy) return copy;
  return answer;
}

/**
 * Leads to what stands in for a page that is not stored: the address with its slash,
 * and for a day or a month the search for what is of it.
 * @param {string} path
 */
async function elsewhere(path) {
  if (!(await stored(shell))) return undefined;
  if (/^[aet]\/[^/]+$|^archive(\/[^/]+)?$|^(search|[et])$/.test(path)) return Response.redirect(new URL(`${path}/`, scope).href);
  const date = /^(?:e|archive)\/(?:.*\D)?(\d{4}-\d{2}(?:-\d{2})?)(?:-\d+)?\/$/.exec(path)?.[1];
  return date ? Response.redirect(new URL(`search/?date=${date}`, scope).href) : undefined;
}

/**
 * Has a page fetched again that was shown out of the cache because the network was
 * slow, if what has come by now is no page of this build.
 * @param {FetchEvent} event
 * @param {string} path
 * @param {Response} answer
 */
async function replaceLate(event, path, answer) {
  if (answer.status >= 500 || answer.ok && await ours(answer.clone())) return;
  outgrown.add(path);
  const client = await worker.clients.get(event.resultingClientId);
  await /** @type {WindowClient | undefined} */ (client)?.navigate(event.request.url);
}

/**
 * Stores a page that uses this build's scripts; not over one of this build the same page
 * of another.
 * @param {Response} answer
 * @param {string} path
 */
async function keepPage(answer, path) {
  if (BUILD.sums[path] && await stored(path) && !(await sound(path, answer.clone(), true))) return;
  if (await ours(answer.clone())) await (await cache()).put(new URL(path, scope), answer);
}

// letGoIfGone ends this worker, and with it all that it has stored, if its script is
// gone: the site has moved, or works without one now.
async function letGoIfGone() {
  const answer = await fetch(new URL("sw.js", scope), { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (answer?.status === 404 || answer?.status === 410) await letGo();
}

// shellFor makes a page for any address out of the search page, whose own links
// are relative to the folder that it lies in.
async function shellFor() {
  const copy = await stored(shell);
  if (!copy) return undefined;
  const html = (await copy.text()).replaceAll('"../', `"${scope.pathname}`).replace("<html ", "<html data-shell ");
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
