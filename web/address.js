// Addresses: of passages, and of searches. This is a part of kanbao.js and of what it
// loads.

/** @import { Field, Filter, Sort } from "./kanbao.d.ts" */

/** The fields that are filtered and counted by, in the order in which they are shown. */
export const FIELDS = /** @type {Field[]} */ (["date", "page", "author", "source", "tag", "category", "person", "place", "org"]);

/**
 * Returns the address of a passage of an article.
 * @param {string} root of the site
 * @param {string} url of the article, relative to the root
 * @param {number} block 0 leads to the beginning
 * @param {string} [href] of the passage, relative to the root, if it is on a page of
 *   another site
 * @param {string} [q] what is marked in the article
 */
export function address(root, url, block, href, q) {
  try {
    if (href) return safe(new URL(href, root), root);
    const to = new URL(url, root);
    if (q) to.searchParams.set("q", q);
    return safe(to, root) + (block ? `#p${block}` : "");
  } catch {
    return root; // one article of an index leaves the others their addresses
  }
}

/**
 * Returns an address that a reader may be sent to. That of an article comes out of an
 * index, which may be anybody's.
 * @param {URL} url
 * @param {string} instead if it is not one
 */
export const safe = (url, instead) => (/^https?:$/.test(url.protocol) ? url.href : instead);

/**
 * What is searched for: the text, the order, and the values that are chosen.
 * @typedef {{ text: string, sort: Sort, chosen: Filter[] }} State
 */

/**
 * Reads a search out of the address of the page, as the results page of a site has it.
 * @param {string} name of the parameter that has the text
 * @returns {State}
 */
export function stateOf(name) {
  const params = new URLSearchParams(location.search);
  const sort = /** @type {Sort} */ (params.get("sort") ?? "");
  const chosen = FIELDS.map((field) => ({ field, values: [...new Set(params.getAll(field).filter(Boolean))] })).filter(({ values }) => values.length);
  return { text: params.get(name)?.trim() ?? "", sort: ["newest", "oldest"].includes(sort) ? sort : "", chosen };
}

/**
 * Writes a search into an address; whatever else is there stays.
 * @param {URL} url
 * @param {string} name
 * @param {State} state
 */
export function addressed(url, name, { text, sort, chosen }) {
  for (const one of [name, "sort", ...FIELDS]) url.searchParams.delete(one);
  if (text) url.searchParams.set(name, text);
  for (const { field, values } of chosen) for (const value of values) url.searchParams.append(field, value);
  if (sort) url.searchParams.set("sort", sort);
  return url;
}
