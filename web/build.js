// The build of a site that the service worker keeps, and what the paths of its files say.
// This is a part of sw.js.

/**
 * The build that this worker keeps. The site generator writes it here: site.precache.
 * sums has what the hashes of files are that have none in their names; off says that the
 * site wants no worker any more.
 * @typedef {{ version: string, core: string[], index: string[], whole: boolean, pages: string[], sums: Record<string, string>, format: string, off?: boolean }} Build
 */
export const BUILD = /** @type {Build} */ ({});

export const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

export const scope = new URL(worker.registration.scope);
export const prefix = `kanbao:${scope.pathname}:`;
export const name = prefix + BUILD.version;

export const manifest = "index/manifest.kb";
export const loader = BUILD.core.find((path) => /^kanbao\/loader-\w+\.js$/.test(path));

/**
 * Returns the path below the root of the site, or undefined for what is not of the
 * site.
 * @param {URL} url
 */
export function relative(url) {
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return undefined;
  const path = decodeURI(url.pathname.slice(scope.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
  return path === "" ? "./" : path;
}

/**
 * Tells a file whose name says what is in it.
 * @param {string} path
 */
export const hashed = (path) => /^(kanbao|index)\/.*[0-9a-z]{8,}\.\w+$/.test(path) && path !== manifest;

/**
 * Returns the path of a program without the ending of its form, and any other as it is.
 * @param {string} path
 */
export const program = (path) => path.replace(/(\.wasm)\.(br|gz)$/, "$1");

/**
 * Returns the paths of the forms in which a file may be stored or sent, the smallest first:
 * a program has three.
 * @param {string} path
 */
export const forms = (path) => (path.endsWith(".wasm") ? [`${path}.br`, `${path}.gz`, path] : [path]);

/**
 * Tells a file of the index. Which of them are of this build only the manifest says;
 * their names say what is in them, so any build may keep any.
 * @param {string} path
 */
export const chunk = (path) => path.startsWith("index/");

/**
 * Tells a table of han.js. Only those who have chosen the other script need one.
 * @param {string} path
 */
export const table = (path) => /^kanbao\/han[st]-/.test(path);
