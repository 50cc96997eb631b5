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
 * How a search stands in an address: the parameter that has the text, and what is before
 * the names of the others.
 * @typedef {{ text: string, before: string }} Names
 */

/** On the results page of a site. @type {Names} */
const SITE = { text: "q", before: "" };

/**
 * Reads a search out of the address of the page.
 * @param {Names} [names]
 * @returns {State}
 */
export function stateOf({ text, before } = SITE) {
  const params = new URLSearchParams(location.search);
  const sort = /** @type {Sort} */ (params.get(`${before}sort`) ?? "");
  const chosen = FIELDS.map((field) => ({ field, values: [...new Set(params.getAll(before + field).filter(Boolean))] })).filter(({ values }) => values.length);
  return { text: params.get(text)?.trim() ?? "", sort: ["newest", "oldest"].includes(sort) ? sort : "", chosen };
}

/**
 * Writes a search into an address; whatever else is there stays.
 * @param {URL} url
 * @param {State} state
 * @param {Names} [names]
 */
export function addressed(url, { text, sort, chosen }, names = SITE) {
  const { before } = names;
  for (const one of [names.text, ...["sort", ...FIELDS].map((name) => before + name)]) url.searchParams.delete(one);
  if (text) url.searchParams.set(names.text, text);
  for (const { field, values } of chosen) for (const value of values) url.searchParams.append(before + field, value);
  if (sort) url.searchParams.set(`${before}sort`, sort);
  return url;
}
