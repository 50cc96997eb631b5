// Shows the page in simplified or traditional characters, as the reader chooses, and
// articles in vertical lines. buttons.js fetches this and calls display() when that
// changes. Characters go by phrase, and each becomes one, so that marks stay where they
// are. What is copied is what the author wrote (written.js).
import { convert, isIn, read } from "./phrases.js";
import { combine, scrollers, uncombine, upright } from "./down.js";
import { known, writtenOf } from "./written.js";

/** @import { Table } from "./phrases.js" */

/** @type {Record<string, string>} */
const ADDRESSES = { hans: new URL("./hans.txt", import.meta.url).href, hant: new URL("./hant.txt", import.meta.url).href };

// What is not text in Chinese, or not to be changed.
const SKIPPED = "script, style, noscript, template, textarea, code, pre, kbd, samp, math, svg, [translate=no], [contenteditable], [lang]:not([lang|=zh], html)";

// What text goes on through: elements within a line. Spans of ours are lines of their
// own. (To ask for their styles would have the browser go over the whole page.)
const INLINE = "a:not([class]), abbr, b, bdi, bdo, cite, del, dfn, em, font, i, ins, mark, q, ruby, rb, s, small, span:not([class^=kb-]), .kb-upright, strong, sub, sup, time, u, var";

const budget = 8; // ms at a stretch

/** @type {Record<string, Promise<Table>>} */
const tables = {};
/** @type {Table | undefined} */
let table;
let down = false; // articles are set in vertical lines
/**
 * Elements and text nodes that are to be looked at.
 * @type {Set<Node>}
 */
const waiting = new Set();
/**
 * Blocks that need not be looked at again for other nodes of theirs that wait.
 * @type {Set<Element>}
 */
const done = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const observer = new MutationObserver((records) => {
  note(records);
  work();
});

/** Shows the page as the reader has chosen. */
export async function display() {
  const chosen = () => document.documentElement.dataset.han ?? "";
  const han = chosen();
  if (ADDRESSES[han]) tables[han] ??= fetched(ADDRESSES[han]);
  let found;
  try {
    found = await tables[han];
  } catch (error) {
    delete tables[han]; // the next change tries again
    console.info(`Kanbao: ${/** @type {Error} */ (error).message}`);
  }
  const flow = document.documentElement.dataset.flow === "down";
  scrollers(flow);
  if (han !== chosen() || found === table && flow === down) return;
  table = found;
  down = flow;
  if (!down) uncombine();
  done.clear();
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  for (const text of texts(document.body)) waiting.add(text);
  for (const field of document.querySelectorAll("input[placeholder]")) waiting.add(field);
  work();
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return read(await answer.text());
}

/** @param {MutationRecord[]} records */
function note(records) {
  if (records.length) done.clear();
  for (const { target, addedNodes } of records) {
    waiting.add(target);
    for (const node of addedNodes) for (const text of texts(node)) waiting.add(text);
  }
}

// work converts what waits. It stops after a while and goes on when the browser has
// done what it has to.
function work() {
  clearTimeout(timer);
  note(observer.takeRecords());
  const end = performance.now() + budget;
  for (const node of waiting) {
    if (performance.now() > end) break;
    waiting.delete(node);
    if (node instanceof HTMLInputElement) show(node, "placeholder");
    const element = node instanceof Element ? node : node.parentElement;
    if (!element?.isConnected || element.closest(SKIPPED)) continue;
    const block = blockOf(element);
    if (!done.has(block)) convertBlock(block, partsOf(block));
    done.add(block);
  }
  if (down) scrollers(true);
  observer.takeRecords(); // of what has been done here
  if (waiting.size) timer = setTimeout(work);
  else done.clear();
}

/**
 * Converts the text of a block as one, though it may stand in several nodes: a mark
 * may begin in the middle of a phrase.
 * @param {Element} block
 * @param {(Text | undefined)[]} parts
 */
function convertBlock(block, parts) {
  const shown = parts.map((part) => part?.data ?? "\n").join("");
  const before = known.get(block);
  const written = before?.shown === shown ? before.written : parts.map((part) => (part ? writtenOf(part) : "\n")).join("");
  const now = converted(written, block);
  known.set(block, { shown: now, written });
  let at = 0;
  for (const part of parts) {
    const length = part?.data.length ?? 1;
    const piece = { shown: now.slice(at, at + length), written: written.slice(at, at + length) };
    at += length;
    if (!part) continue;
    known.set(part, piece);
    if (part.data !== piece.shown) part.data = piece.shown;
  }
  if (down && block.closest("main .kb-article")) for (const part of parts) if (part) combine(part);
}

/**
 * Returns a text as it is to be shown.
 * @param {string} written
 * @param {Element} element that it is in
 */
function converted(written, element) {
  let shown = written;
  if (table) {
    const script = { hans: "zh-Hans", hant: "zh-Hant" }[document.documentElement.dataset.han ?? ""];
    const already = isIn(table, written) ?? element.closest("[lang]")?.getAttribute("lang") === script;
    if (!already) shown = convert(table, written);
  }
  if (!down || !element.closest(".kb-article")) return shown;
  // In a live view the nodes are those of the reader, which counts them.
  return upright(shown, element.closest("#kb-live") ? 3 : 1);
}

/**
 * Returns the text nodes that a block itself has, with undefined where something else
 * stands between them.
 * @param {Element} block
 */
function partsOf(block) {
  /** @type {(Text | undefined)[]} */
  const parts = [];
  const walk = (/** @type {Element} */ parent) => {
    for (const node of parent.childNodes) {
      if (node instanceof Text) parts.push(node);
      else if (!(node instanceof Element) || node.matches("rt, rp")) continue;
      else if (node.matches(SKIPPED) || !node.matches(INLINE)) parts.push(undefined);
      else walk(node);
    }
  };
  walk(block);
  return parts;
}

/**
 * Returns the element that an element's text is set in.
 * @param {Element} element
 */
function blockOf(element) {
  while (element !== document.body && element.parentElement && element.matches(INLINE)) element = element.parentElement;
  return element;
}

/**
 * Returns the text nodes below a node that may be converted.
 * @param {Node} root
 */
function texts(root) {
  /** @type {Node[]} */
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Element) return node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return /[^\0-\x7f]/.test(/** @type {Text} */ (node).data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
  });
  if (root instanceof Text) found.push(root);
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/**
 * Converts an attribute that is read by people.
 * @param {HTMLInputElement} field
 * @param {"placeholder"} name
 */
function show(field, name) {
  const before = known.get(field);
  const written = before?.shown === field[name] ? before.written : field[name];
  const shown = converted(written, field);
  known.set(field, { shown, written });
  if (field[name] !== shown) field[name] = shown;
}
