// The copies that the service worker keeps of a build's files, in a cache of that build.
// This is a part of sw.js.
import { BUILD, forms, hashed, name, prefix, program, scope, worker } from "./build.js";
import { unpacks } from "./packing.js";
import { sound } from "./sound.js";

export let ended = false; // this worker has let go of the site

/** Opens the cache of this build, and makes it where there is none. */
export function cache() {
  if (ended) throw new Error("this worker has ended");
  return caches.open(name);
}

/**
 * Returns the stored copy of a file, whichever form of a program it is.
 * @param {string} path
 */
export async function stored(path) {
  for (const form of forms(program(path))) {
    const answer = await caches.match(new URL(form, scope), { cacheName: name, ignoreVary: true, ignoreSearch: true }); // which makes no cache
    if (answer) return answer;
  }
  return undefined;
}

/**
 * Returns a file out of any cache of this site.
 * @param {string} path
 */
export async function anywhere(path) {
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
  for (const form of forms(path)) {
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
export async function all(list, act) {
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
export async function keep(path) {
  if (await stored(path)) return;
  const answer = await inherited(path) ?? (path.endsWith(".wasm") ? await wasm(path) : await get(path));
  await (await cache()).put(answer.url || new URL(path, scope), answer);
}

/**
 * Stores a file of this build unless it is there and sound.
 * @param {string} path
 */
export async function renew(path) {
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
  const usable = forms(path).filter((form) => form === path || unpacks(form.endsWith(".br") ? "brotli" : "gzip"));
  for (const form of usable) {
    const kept = await fetch(new URL(form, scope), { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined);
    if (kept?.ok && await sound(form, kept.clone())) return kept;
  }
  for (const form of usable.slice(0, -1)) {
    const answer = await get(form).catch(() => undefined);
    if (answer?.url) return answer;
  }
  return get(path);
}

/**
 * Deletes a copy that is damaged.
 * @param {string | URL} at
 */
export async function drop(at) {
  if (await caches.has(name) && !ended) await (await caches.open(name)).delete(at);
}

// letGo ends this worker and deletes all that it has stored. Pages that are open go on
// asking it; from now on it stores nothing for them.
export async function letGo() {
  ended = true;
  await worker.registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(prefix)).map((n) => caches.delete(n)));
}
