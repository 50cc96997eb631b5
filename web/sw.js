// The service worker. It keeps one build of the site in one cache: installed
// whole or not at all, and deleted when no page of that build is open any more.
// Whatever is not of this site it leaves to the browser, caches of others too. When
// its own script is gone from the server, it lets go of the site.
//
// Nothing is stored before it is compared with its name: a host, or a hotel that
// wants to be paid first, may answer anything with a page of its own.
//
// A build's parts cannot get mixed, because their names hold hashes. Two things
// have no hash: pages come from the network first and are kept only if they use
// this build's scripts; the index's manifest comes from the network first and is
// used only if it is of the format that this build's engine reads.
import { unpacks } from "./packing.js";

/**
 * The build that this worker keeps. The site generator writes it here: site.precache.
 * sums has what the hashes of files are that have none in their names; off says that the
 * site wants no worker any more.
 * @typedef {{ version: string, core: string[], index: string[], whole: boolean, pages: string[], sums: Record<string, string>, format: string, off?: boolean }} Build
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
const list = "offline.json"; // all that an offline copy of this build consists of
const wanted = "kanbao/offline-wanted"; // what stands in a cache whose reader has asked for all of it

let ended = false; // this worker has let go of the site

/** Opens the cache of this build, and makes it where there is none. */
function cache() {
  if (ended) throw new Error("this worker has ended");
  return caches.open(name);
}

/**
 * Deletes a copy that is damaged.
 * @param {string | URL} at
 */
async function drop(at) {
  if (await caches.has(name) && !ended) await (await caches.open(name)).delete(at);
}

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

/**
 * Returns a file out of any cache of this site.
 * @param {string} path
 */
async function anywhere(path) {
  for (const n of await caches.keys()) {
    if (!n.startsWith(prefix)) continue;
    const copy = await caches.match(new URL(path, scope), { cacheName: n, ignoreVary: true, ignoreSearch: true });
    if (copy) return copy;
  }
  return undefined;
}

/**
 * Returns a file of this build that an older one has left, for which nothing need be
 * fetched: its name or the build says what is in it.
 * @param {string} path
 */
async function inherited(path) {
  if (!hashed(path) && !BUILD.sums[path]) return undefined;
  for (const form of path.endsWith(".wasm") ? [`${path}.br`, `${path}.gz`, path] : [path]) {
    const copy = await anywhere(form);
    if (copy && await sound(form, copy.clone(), true)) return copy;
  }
  return undefined;
}

/**
 * Does something for each of a list, some at a time. When it returns or throws, nothing
 * goes on.
 * @param {string[]} list
 * @param {(path: string) => Promise<void>} act
 */
async function all(list, act) {
  const rest = [...list];
  const done = await Promise.allSettled(Array.from({ length: 4 }, async () => {
    for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
      await act(path).catch((error) => {
        rest.length = 0;
        throw error;
      });
    }
  }));
  for (const one of done) if (one.status === "rejected") throw one.reason;
}

/**
 * Stores a file of this build unless it is there.
 * @param {string} path
 */
async function keep(path) {
  if (await stored(path)) return;
  const answer = await inherited(path) ?? (path.endsWith(".wasm") ? await wasm(path) : await get(path));
  await (await cache()).put(answer.url || new URL(path, scope), answer);
}

/**
 * Stores a file of this build unless it is there and sound.
 * @param {string} path
 */
async function renew(path) {
  const copy = await stored(path);
  if (copy && !(await sound(path, copy.clone()))) await drop(copy.url || new URL(path, scope));
  await keep(path);
}

/**
 * Fetches a file past the HTTP cache, unless its name says what is in it and the
 * HTTP cache has just that.
 * @param {string} path
 */
async function get(path) {
  for (const cache of hashed(path) ? /** @type {RequestCache[]} */ (["default", "reload"]) : /** @type {RequestCache[]} */ (["reload"])) {
    const answer = await fetch(new URL(path, scope), { cache, signal: AbortSignal.timeout(60000) });
    if (!answer.ok || !(await sound(path, answer.clone()))) continue;
    return answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer;
  }
  throw new Error(`${path}: the server does not answer with this file of this build`);
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
    if (kept?.ok && await sound(path + form, kept.clone())) return kept;
  }
  for (const form of forms) {
    const answer = await get(path + form).catch(() => undefined);
    if (answer?.url) return answer;
  }
  return get(path);
}

/**
 * Tells whether an answer is the file of this build that it should be: by the hash in
 * its name, or for what has none by its type and by what stands in it.
 * @param {string} path
 * @param {Response} answer which is read
 * @param {boolean} [exact] what has no hash in its name must be the same to the byte; else a
 *   host may have changed a page on its way
 */
async function sound(path, answer, exact) {
  try {
    if (exact && !hashed(program(path))) return thirteen(await sha256(await answer.arrayBuffer())) === BUILD.sums[path];
    if (path === manifest) return soundManifest(new Uint8Array(await answer.arrayBuffer()));
    if (chunk(path)) return path === `index/${thirteen(await sha256(await answer.arrayBuffer()))}.kb`;
    if (hashed(program(path))) {
      const bytes = await unpacked(path, await answer.arrayBuffer());
      return (await sha256(bytes)).startsWith(/-([0-9a-f]{8})\.\w+(\.\w+)?$/.exec(path)?.[1] ?? "-");
    }
    if (path.endsWith(".webmanifest")) return typeof await answer.json() === "object";
    return await ours(answer);
  } catch {
    return false;
  }
}

/**
 * Tells a page that uses this build's scripts.
 * @param {Response} answer which is read
 */
async function ours(answer) {
  const page = /^text\/html/.test(answer.headers.get("content-type") ?? "");
  return page && Boolean(loader) && (await answer.text()).includes(/** @type {string} */ (loader));
}

/**
 * Tells a manifest by its checksum: 8 bytes that are those of the hash of all that
 * follows their length (docs/index-format.md).
 * @param {Uint8Array<ArrayBuffer>} file
 */
async function soundManifest(file) {
  if (!begins(file)) return false;
  let at = 12;
  while (file[at++] & 0x80);
  const sum = await sha256(file.slice(at).buffer);
  return hex(file.subarray(4, 12)) === sum.slice(0, 16);
}

/**
 * Tells a manifest of the format that this build's engine reads.
 * @param {Uint8Array} file
 */
const begins = (file) => hex(file.subarray(0, 4)) === BUILD.format;

const hex = (/** @type {Uint8Array} */ bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

const sha256 = async (/** @type {BufferSource} */ bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

/**
 * Returns the name of a chunk: the first 64 bits of its hash in 13 letters and digits
 * of base 32.
 * @param {string} sum in hexadecimal
 */
function thirteen(sum) {
  const digits = (BigInt(`0x${sum.slice(0, 16)}`) << 1n).toString(32).padStart(13, "0");
  return digits.replace(/./g, (digit) => "0123456789abcdefghjkmnpqrstvwxyz"[parseInt(digit, 32)]);
}

/**
 * Returns the bytes of a file that may be packed, as its name says.
 * @param {string} path
 * @param {ArrayBuffer} bytes
 */
async function unpacked(path, bytes) {
  const form = /\.wasm\.(br|gz)$/.exec(path)?.[1];
  if (!form || new Uint8Array(bytes)[0] === 0) return bytes; // the host may have unpacked it
  const packing = /** @type {CompressionFormat} */ (form === "br" ? "brotli" : "gzip");
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(packing))).arrayBuffer();
}

/**
 * Tells a file whose name says what is in it.
 * @param {string} path
 */
const hashed = (path) => /^(kanbao|index)\/.*[0-9a-z]{8,}\.\w+$/.test(path) && path !== manifest;

/**
 * Returns the path of a program without the ending of its form, and any other as it is.
 * @param {string} path
 */
const program = (path) => path.replace(/(\.wasm)\.(br|gz)$/, "$1");

/**
 * Tells a file of the index. Which of them are of this build only the manifest says;
 * their names say what is in them, so any build may keep any.
 * @param {string} path
 */
const chunk = (path) => path.startsWith("index/");

/**
 * Tells a table of han.js. Only those who have chosen the other script need one.
 * @param {string} path
 */
const table = (path) => /^kanbao\/han[st]-/.test(path);

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
  const plain = program(path);
  for (const form of plain.endsWith(".wasm") ? [plain, `${plain}.br`, `${plain}.gz`] : [path]) {
    const answer = await caches.match(new URL(form, scope), { cacheName: name, ignoreVary: true, ignoreSearch: true }) // which makes no cache;
    if (answer) return answer;
  }
  return undefined;
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

// letGo ends this worker and deletes all that it has stored. Pages that are open go on
// asking it; from now on it stores nothing for them.
async function letGo() {
  ended = true;
  await worker.registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(prefix)).map((n) => caches.delete(n)));
}

// shellFor makes a page for any address out of the search page, whose own links
// are relative to the folder that it lies in.
async function shellFor() {
  const copy = await stored(shell);
  if (!copy) return undefined;
  const html = (await copy.text()).replaceAll('"../', `"${scope.pathname}`).replace("<html ", "<html data-shell ");
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
