// Addresses: of passages, and of searches. This is a part of kanbao.js and of what it
// loads.
import { partsOf, put } from "./encoding.js";

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
  const parts = partsOf(location.search);
  const all = (/** @type {string} */ of) => parts.filter(([name]) => name === of).map(([, value]) => value);
  const sort = /** @type {Sort} */ (all(`${before}sort`)[0] ?? "");
  const chosen = FIELDS.map((field) => ({ field, values: [...new Set(all(before + field).filter(Boolean))] })).filter(({ values }) => values.length);
  return { text: all(text)[0]?.trim() ?? "", sort: ["newest", "oldest"].includes(sort) ? sort : "", chosen };
}

/**
 * Writes a search into an address; whatever else is there stays.
 * @param {URL} url
 * @param {State} state
 * @param {Names} [names]
 */
export function addressed(url, { text, sort, chosen }, names = SITE) {
  const { before } = names;
  /** @type {[string, string][]} */
  const pairs = chosen.flatMap(({ field, values }) => values.map((value) => /** @type {[string, string]} */ ([before + field, value])));
  if (text) pairs.unshift([names.text, text]);
  if (sort) pairs.push([`${before}sort`, sort]);
  return put(url, pairs, [names.text, ...["sort", ...FIELDS].map((name) => before + name)], names === SITE);
}
