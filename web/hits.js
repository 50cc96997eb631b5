// What is found, as nodes. This is a part of kanbao.js.
import { address, safe } from "./address.js";
import { count, element, fill } from "./fill.js";

/** @import { Correction, Suggestion, Without } from "./kanbao.d.ts" */
/** @import { Span } from "./connection.js" */
/** @import { Words } from "./words.js" */

/**
 * A passage of an article as it travels.
 * @typedef {{ snippet: Span[], block: number, heading: string, href: string }} SpanPassage
 */

/**
 * A hit as it travels, with what is shown of it.
 * @typedef {SpanPassage & { index: number, id: string, url: string, title: Span[], subtitle?: Span[], date: string, page: string, more: SpanPassage[] }} SpanHit
 */

/**
 * Another query that is offered.
 * @typedef {{ text: string, label: string, note: string }} Proposal
 */

/**
 * Where hits lead: to the sites they are of, or to what a template says.
 * @typedef {{ roots: string[], template: string | null, target: string, q?: string }} Leading
 */

/**
 * Marked text as nodes.
 * @param {Span[]} spans
 */
const marked = (spans) => spans.map(({ t, m }) => (m ? element("mark", { part: "mark" }, t) : t));

/** @param {Span[]} spans */
const plain = (spans) => spans.map(({ t }) => t).join("");

/**
 * @param {Leading} leading
 * @param {SpanHit} hit
 * @param {SpanPassage} passage of it
 */
function hrefOf({ roots, template, q }, hit, { block, href }) {
  if (!template) return address(roots[hit.index], hit.url, block, href, q);
  /** @type {Record<string, string>} */
  const values = { id: encodeURIComponent(hit.id), url: hit.url, block: String(block) };
  const filled = template.replace(/\{(id|url|block)\}/g, (_, name) => values[name]);
  try {
    return safe(new URL(filled, document.baseURI), document.baseURI);
  } catch {
    return document.baseURI;
  }
}

/** @type {WeakMap<Element, import("./kanbao.d.ts").Selection>} */
export const selections = new WeakMap(); // by the links that stand for them

/**
 * What each part of a hit is called on the pages of a site, where the reader makes the
 * same (app/reader/results.go).
 * @type {Record<string, string>}
 */
const CLASSES = { hit: "kb-hit", more: "kb-passage", title: "kb-hit-title", subtitle: "kb-hit-sub", meta: "kb-meta", heading: "kb-passage-of", snippet: "kb-hit-text" };

/**
 * Names a part for the style sheets of an element's host and of a site.
 * @param {string} part
 * @param {string} [name] its class, if that is not the same
 */
const named = (part, name = part) => ({ part, class: CLASSES[name] });

/**
 * Makes a link to a passage.
 * @param {Leading} leading
 * @param {SpanHit} hit
 * @param {SpanPassage} passage of it
 * @param {string} part
 * @param {(Node | string)[]} children
 */
function linkTo(leading, hit, passage, part, ...children) {
  const href = hrefOf(leading, hit, passage);
  const link = element("a", { ...named(part), href, ...(leading.target && { target: leading.target, rel: "noopener" }) }, ...children);
  selections.set(link, { id: hit.id, index: hit.index, url: hit.url, block: passage.block, title: plain(hit.title), href });
  return link;
}

/**
 * Makes the links of a hit: to its best passage, and to those of other sections.
 * @param {Leading} leading
 * @param {SpanHit} hit
 */
export function linksOf(leading, hit) {
  return [
    linkTo(leading, hit, hit, "hit",
      element("b", named("title"), ...marked(hit.title)),
      ...(hit.subtitle?.length ? [element("span", named("subtitle"), ...marked(hit.subtitle))] : []),
      element("small", named("meta"), [hit.date, hit.page, hit.heading].filter(Boolean).join(" · ")),
      element("span", named("snippet"), ...marked(hit.snippet))),
    ...hit.more.map((passage) => linkTo(leading, hit, passage, "more",
      ...(passage.heading ? [element("small", named("meta", "heading"), passage.heading)] : []),
      element("span", named("snippet"), ...marked(passage.snippet)))),
  ];
}

/**
 * Returns the queries without one of the words or filters, of which more is found.
 * @param {Without[]} without
 * @param {string} asked
 * @param {{ without: string, count: [string, string] }} words
 * @returns {Proposal[]}
 */
export function lessOf(without, asked, words) {
  return without.filter(({ text, word }) => word || text !== asked).map(({ text, word, filter, total }) => (
    { text, label: fill(words.without, word || (filter?.values.join(" ") ?? "")), note: count(words.count, total) }));
}

/**
 * Returns other queries to offer.
 * @param {{ corrections: Correction[], without: Without[], total: number }} answer
 * @param {Suggestion[]} suggestions
 * @param {string} asked
 * @param {Words} words
 * @returns {Proposal[]}
 */
export function proposalsOf({ corrections, without, total }, suggestions, asked, words) {
  return [
    ...corrections.map(({ text }) => ({ text, label: fill(words.meant, text), note: "" })),
    ...lessOf(without, asked, words),
    ...(total ? suggestions : []).filter(({ text, url }) => !url && text !== asked).slice(0, 3)
      .map(({ text, count: n }) => ({ text, label: text, note: n ? count(words.count, n) : "" })),
  ];
}

/**
 * Says how many articles were found.
 * @param {{ hits: unknown[], total: number, exact: boolean }} answer
 * @param {string} asked
 * @param {{ found: [string, string], atMost: [string, string], none: string }} words
 */
export function foundOf({ hits, total, exact }, asked, words) {
  return total ? count(exact || hits.length >= total ? words.found : words.atMost, total) : fill(words.none, asked);
}

/**
 * Says how many articles were found, and what else there is to say.
 * @param {{ hits: unknown[], total: number, exact: boolean, relaxed: boolean, failed: unknown[] }} answer
 * @param {string} asked
 * @param {Words} words
 */
export function statusOf(answer, asked, words) {
  return sentences([answer.relaxed ? words.relaxed : foundOf(answer, asked, words), answer.failed.length ? words.partly : ""], words);
}

/**
 * Puts sentences behind each other, of which some may be empty.
 * @param {string[]} of
 * @param {Words} words
 */
export function sentences(of, words) {
  const some = of.filter(Boolean), end = words.stop.trim();
  return some.map((one, i) => (i + 1 < some.length && one.endsWith(end) ? one.slice(0, -end.length) : one)).join(words.stop);
}
