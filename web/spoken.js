// The text of an article as it is read aloud, and the mark on what is being read. A
// part of listen.js.
import { unfold } from "./unfold.js";

// What is not read: code, readings of characters that are read anyway, the source of
// formulas, numbers of footnotes, which would be part of the figure before them.
const SILENT = "pre, rt, rp, [role=doc-noteref], [role=doc-backlink], annotation, annotation-xml, script, style, button, [aria-hidden=true]";

/** What is read as a paragraph: its text is that which stands in no other within it. */
export const PARAGRAPHS = [".kb-kicker", ".kb-title", ".kb-subtitle", ".kb-text > *", ...["p", "li", "td", "th", "dt", "dd", "blockquote", "figcaption", "caption", "summary"].map((tag) => `.kb-text ${tag}`)].join();

/**
 * Returns the text nodes of a paragraph that are read.
 * @param {Element} paragraph
 */
function nodesOf(paragraph) {
  /** @type {Text[]} */
  const nodes = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (!paragraph.closest(SILENT) && walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest(PARAGRAPHS) === paragraph && !node.parentElement.closest(SILENT)) nodes.push(node);
  }
  return nodes;
}

/**
 * Returns the text of a paragraph that is read.
 * @param {Element} paragraph
 */
export function textOf(paragraph) {
  return nodesOf(paragraph).map((node) => node.data).join("");
}

/**
 * Marks a part of a paragraph's text, and brings it into view.
 * @param {Element} paragraph
 * @param {number} from
 * @param {number} to
 */
export function mark(paragraph, from, to) {
  unmark();
  unfold(paragraph);
  const range = rangeOf(paragraph, from, to);
  if (globalThis.Highlight && CSS.highlights) CSS.highlights.set("kb-spoken", new Highlight(range));
  else paragraph.classList.add("kb-spoken");
  const { top, bottom } = range.getBoundingClientRect();
  const head = 80; // pixels that are kept free, also of the bar below
  if (top >= head && bottom <= innerHeight - 2 * head) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  scrollBy({ top: top - innerHeight / 3, behavior });
}

/** Takes the mark away. */
export function unmark() {
  globalThis.CSS?.highlights?.delete("kb-spoken");
  document.querySelector(".kb-spoken")?.classList.remove("kb-spoken");
}

/**
 * @param {Element} paragraph
 * @param {number} from
 * @param {number} to
 */
function rangeOf(paragraph, from, to) {
  const range = new Range();
  range.selectNodeContents(paragraph);
  let at = 0;
  for (const node of nodesOf(paragraph)) {
    const end = at + node.length;
    if (from >= at && from < end) range.setStart(node, from - at);
    if (to > at && to <= end) range.setEnd(node, to - at);
    at = end;
  }
  return range;
}
