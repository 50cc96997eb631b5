// What the author wrote where the page shows other characters (han.js), and copying
// that. A part of han.js.

/**
 * What text nodes, and elements that are set as a block, show, and what the author
 * wrote, which is as long. Where the text is another by now, somebody has changed it.
 * @type {WeakMap<Node, { shown: string, written: string }>}
 */
export const known = new WeakMap();

/**
 * Returns what the author wrote in a text node.
 * @param {Text} node
 */
export function writtenOf(node) {
  const piece = known.get(node);
  return piece && piece.shown === node.data ? piece.written : node.data;
}

/**
 * Returns the text nodes of a range, with the part of each that is in it.
 * @param {Range} range
 */
function nodesOf(range) {
  const root = range.commonAncestorContainer;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = root instanceof Text ? root : walker.nextNode(); node; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const text = /** @type {Text} */ (node);
    const from = text === range.startContainer ? range.startOffset : 0;
    const to = text === range.endContainer ? range.endOffset : text.length;
    found.push({ text, from, to });
  }
  return found;
}

/**
 * Returns what is selected as the author wrote it: as text, with the lines that the
 * page has, and as HTML.
 * @param {Selection} selection
 */
export function writtenIn(selection) {
  const html = document.createElement("div");
  let shown = "";
  let written = "";
  for (let i = 0; i < selection.rangeCount; i++) {
    const range = selection.getRangeAt(i);
    const copy = range.cloneContents();
    const nodes = nodesOf(range);
    const copies = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    for (const { text, from, to } of nodes) {
      const own = writtenOf(text).slice(from, to);
      if (copies.nextNode()) /** @type {Text} */ (copies.currentNode).data = own;
      if (!text.parentElement?.checkVisibility()) continue;
      shown += text.data.slice(from, to);
      written += own;
    }
    html.append(copy);
  }
  return { text: align(selection.toString(), shown, written), html: html.innerHTML };
}

const far = 500; // characters that a text may lack, since they cannot be selected

/**
 * Puts what was written in the place of what is shown in a text that has the same
 * characters but other white space.
 * @param {string} text
 * @param {string} shown
 * @param {string} written as long as shown
 */
function align(text, shown, written) {
  let at = 0;
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text[i];
    const found = unit.trim() ? shown.indexOf(unit, at) : -1;
    if (found < 0 || found - at > far) return unit;
    at = found + 1;
    return written[found];
  }).join("");
}

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (event.defaultPrevented || !event.clipboardData || !selection || selection.isCollapsed) return;
  if (/** @type {Element} */ (event.target).closest?.("input, textarea")) return;
  const { text, html } = writtenIn(selection);
  event.clipboardData.setData("text/plain", text);
  event.clipboardData.setData("text/html", html);
  event.preventDefault();
});

addEventListener("kb-written", (event) => {
  const { detail } = /** @type {CustomEvent<{ of: Selection | Text, text: string }>} */ (event);
  detail.text = detail.of instanceof Text ? writtenOf(detail.of) : writtenIn(detail.of).text;
});
