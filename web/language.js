// Shows the page's own words, which the templates mark with data-ui, in the language that
// the reader has chosen. first.js loads it before the page is painted where one is kept,
// and buttons.js when one is chosen. lang on <html> stays that of the articles; words in
// another language have a lang of their own.
import { author } from "./author.js";
import { whenChosen } from "./choices.js";
import { interfaceLanguage } from "./interface.js";

/**
 * What pages say in one language, in an order that all have: text.Page.
 * @typedef {object} Words
 * @property {string[]} months
 * @property {string[]} days
 * @property {string[]} messages
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const MARKED = "[data-ui]";
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "abbr"];
const root = document.documentElement;

/** What messages have room for, as patterns. */
const ROOM = /** @type {Record<string, string>} */ ({ n: "\\d+", of: "\\d+", y: "\\d{4}", d: "\\d{1,2}", page: "[\\w-]+", name: ".+" });

/**
 * What stood in text nodes and attributes before, and what stands there now.
 * @type {WeakMap<Node, { before: string, now: string }>}
 */
const known = new WeakMap();

/** The language that the page is in: at first that of its articles. */
let now = root.lang;
/** @type {(text: string) => string} */
let say = (text) => text;

/**
 * Returns a function that puts what the page says into another language. What it does
 * not know stays.
 * @param {Words} from
 * @param {Words} to
 * @returns {(text: string) => string}
 */
function translator(from, to) {
  /** @type {Map<string, string>} */
  const plain = new Map();
  /** @type {[RegExp, string][]} */
  const patterns = [];
  from.messages.forEach((message, i) => {
    if (!message.includes("{")) plain.set(message, to.messages[i]);
    else patterns.push([pattern(message, from), to.messages[i]]);
  });
  return (text) => {
    // Signs and white space around a message are not of it.
    const [, before, core, behind] = /^([\s‹›·]*)(.*?)([\s‹›·]*)$/s.exec(text) ?? ["", "", text, ""];
    const same = plain.get(core);
    if (same !== undefined) return before + same + behind;
    for (const [as, message] of patterns) {
      const found = as.exec(core)?.groups;
      if (found) return before + message.replace(/\{(\w+)\}/g, (_, name) => inPlace(name, found[name], from, to)) + behind;
    }
    return text;
  };
}

/**
 * Returns what stands in the other language for a part of a message.
 * @param {string} name
 * @param {string} value
 * @param {Words} from
 * @param {Words} to
 */
function inPlace(name, value, from, to) {
  if (name === "month") return to.months[from.months.indexOf(value)];
  if (name === "day") return to.days[from.days.indexOf(value)];
  return value;
}

/**
 * Returns what matches a message, its parts under their names.
 * @param {string} message
 * @param {Words} words
 */
function pattern(message, { months, days }) {
  const parts = message.split(/\{(\w+)\}/);
  const room = (/** @type {string} */ name) => ROOM[name] ?? (name === "month" ? months : days).join("|");
  return new RegExp(`^${parts.map((part, i) => (i % 2 ? `(?<${part}>${room(part)})` : part.replace(/[.*+?^$()|[\]\\/]/g, "\\$&"))).join("")}$`, "su");
}

/** Shows the page in the language that is chosen. */
function show() {
  const chosen = interfaceLanguage();
  if (chosen !== now) {
    const [from, to] = [WORDS[root.lang], WORDS[chosen]];
    say = chosen === root.lang || !from || !to ? (text) => text : translator(from, to);
    now = chosen;
    translate(root);
    observer.observe(root, { childList: true, subtree: true });
  }
  delete root.dataset.wait;
}

/**
 * Translates what is marked in an element.
 * @param {Element} all
 */
function translate(all) {
  if (all.matches(MARKED)) translateOne(all);
  for (const element of all.querySelectorAll(MARKED)) translateOne(element);
}

/** @param {Element} element */
function translateOne(element) {
  let own = !element.firstChild; // a script will put words there
  for (const node of element.childNodes) {
    if (!(node instanceof Text) || !node.data.trim()) continue;
    own = true;
    turn(node, (before) => {
      // Behind what a page is called stands what the site is called.
      const end = element instanceof HTMLTitleElement ? before.lastIndexOf(" - ") : -1;
      return end > 0 ? say(before.slice(0, end)) + before.slice(end) : say(before);
    });
  }
  for (const name of ATTRIBUTES) {
    const node = element.getAttributeNode(name);
    if (node) turn(node, say);
  }
  if (!own) return;
  if (now === root.lang) element.removeAttribute("lang");
  else element.setAttribute("lang", now);
}

/**
 * Has a node say something else. What others have put there meanwhile is what it said.
 * @param {Text | Attr} node
 * @param {(before: string) => string} as
 */
function turn(node, as) {
  const value = node.nodeValue ?? "";
  const last = known.get(node);
  const shown = node instanceof Text && last?.now !== value ? author(node, value) : value;
  const before = last && last.now === shown ? last.before : shown;
  const next = as(before);
  known.set(node, { before, now: next });
  if (next !== value) node.nodeValue = next;
}

const observer = new MutationObserver((records) => {
  for (const { target, addedNodes } of records) {
    const marked = target instanceof Element && target.matches(MARKED);
    if (marked) translateOne(target);
    for (const node of addedNodes) if (node instanceof Element) translate(node);
  }
});

whenChosen(show);
// A text that has come in two pieces is whole by now.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => translate(root));
