/**
 * Loads kanbao.js of a site, which defines the element <kanbao-search> and has open().
 * It comes from the site when this is called, and is not bundled: so it always fits the
 * index there, also when the site has been built anew.
 *
 * @param {string | URL} base the address of the folder that kanbao.js lies in, as "https://news.example.cn/"
 * @returns {Promise<typeof import("./kanbao.js")>}
 */
export function load(base) {
  const root = new URL(String(base).replace(/\/?$/, "/"), document.baseURI);
  return import(/* webpackIgnore: true */ /* @vite-ignore */ new URL("kanbao.js", root).href);
}
