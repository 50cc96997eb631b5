// Marks in an article what was searched for, and leads from one place to the next.
// loader.js loads it where the address of an article has a ?q=, as the hits of a search
// have it; so the marks are there after a reload, and for whom the address was sent to.
// An article out of the index has its marks already, and gets the bar from live.js.
import { author } from "./author.js";
import { inInterface, interfaceLanguage } from "./interface.js";
import { read } from "./phrases.js";
import { unfold } from "./unfold.js";

/**
 * What is said, in one language: text.Find. "{}" stands for what is looked for.
 * @typedef {object} Words
 * @property {string} label
 * @property {string} none
 * @property {string} previous
 * @property {string} next
 * @property {string} close
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

/**
 * Makes width and case of a text one. Each character stays one.
 * @param {string} text
 */
const fold = (text) => [...text].map((c) => {
  const folded = c.normalize("NFKC").toLowerCase();
  return folded.length === c.length ? folded : c;
}).join("");

const SIMPLIFIED = new URL("./hans.txt", import.meta.url).href;

/**
 * Returns what makes traditional characters of a text simplified, as a search does, and
 * leaves its length; without the table, what changes nothing.
 * @returns {Promise<(text: string) => string>}
 */
async function simplified() {
  const answer = await fetch(SIMPLIFIED).catch(() => undefined);
  if (!answer?.ok) return (text) => text;
  const { characters } = read(await answer.text());
  return (text) => [...text].map((c) => {
    const become = characters.get(c) ?? c;
    return become.length === c.length ? become : c;
  }).join("");
}

/**
 * The words and phrases that a query asks for, without what it narrows or leaves out.
 * @param {string} query
 */
function asked(query) {
  const terms = [];
  for (const [, sign, field, phrase, word] of query.matchAll(/([-－]?)([\w\p{Script=Han}]*[:：])?(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))/gu)) {
    const term = fold((phrase ?? word).trim());
    if (term && !sign && !field && !/^(or|and)$/.test(term)) terms.push(term);
  }
  return terms.length ? terms : [fold(query.trim())];
}

/**
 * The pieces of a term, as long as can be, that a text has: what was typed without
 * spaces may stand there apart.
 * @param {string} term
 * @param {string} text
 */
function pieces(term, text) {
  const found = [];
  for (let at = 0; at < term.length;) {
    let end = term.length;
    while (end > at + 1 && !text.includes(term.slice(at, end))) end--;
    if (end > at + 1) found.push(term.slice(at, end));
    at = end;
  }
  return found;
}

/** A stretch of text that runs on over elements: a block, or a heading. */
class Line {
  /** @param {Element} element */
  constructor(element) {
    /** @type {{ node: Text, at: number }[]} */
    this.nodes = [];
    let text = "";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) => (
      node.parentElement?.closest("rt, rp, math, button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      this.nodes.push({ node, at: text.length });
      text += author(node, node.data);
    }
    this.text = fold(text);
  }

  /**
   * Puts marks around the places of some terms and returns those of each place.
   * @param {string[]} terms
   */
  mark(terms) {
    /** @type {[number, number][]} */
    const places = [];
    for (const term of terms) {
      for (let at = this.text.indexOf(term); at >= 0; at = this.text.indexOf(term, at + term.length)) places.push([at, at + term.length]);
    }
    places.sort(([a, b], [c, d]) => a - c || d - b);
    let last = 0;
    const apart = places.filter(([from, to]) => from >= last && (last = to));
    return apart.reverse().map(([from, to]) => this.around(from, to)).reverse();
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  around(from, to) {
    const marks = [];
    for (const { node, at } of this.nodes) {
      const start = Math.max(0, from - at);
      const end = Math.min(node.data.length, to - at);
      if (start >= end) continue;
      // What lies before keeps the node, for the places before this one are marked after it.
      const part = start ? node.splitText(start) : node;
      if (end - start < part.data.length) part.splitText(end - start);
      const mark = document.createElement("mark");
      mark.className = "kb-find-mark";
      part.replaceWith(mark);
      mark.append(part);
      marks.push(mark);
    }
    return marks;
  }
}

/**
 * Marks what a query asks for in the article of the page, and shows the bar.
 * @param {string} query
 */
export async function find(query) {
  const article = document.querySelector("#kb-main .kb-article");
  if (!article) return;
  // An id of the author's may begin like ours, within a block.
  const blocks = [...article.querySelectorAll(".kb-kicker, .kb-title, .kb-subtitle, .kb-text > h2, .kb-text > h3, .kb-text > [id^=p]")];
  const lines = blocks.map((e) => new Line(e));
  let text = lines.map((line) => line.text).join("\n");
  let terms = asked(query);
  let whole = fold(query.trim().replace(/["“”]/g, ""));
  if (!text.includes(whole) && !terms.every((term) => text.includes(term))) {
    const simple = await simplified();
    for (const line of lines) line.text = simple(line.text);
    [text, whole, terms] = [simple(text), simple(whole), terms.map(simple)];
  }
  // As it stands, if it stands anywhere; else its words, else what there is of them.
  const looked = text.includes(whole) ? [whole] : terms.flatMap((term) => (text.includes(term) ? [term] : pieces(term, text)));
  const places = looked.length ? lines.flatMap((line) => line.mark(looked)) : [];
  const leave = show(query, places, article);
  // Where the address leads to a block, its first place is the first that is shown.
  leave(places.findIndex(([mark]) => follows(mark)));
}

/**
 * Returns what a fragment names. It may have been written by hand.
 * @param {string} hash
 */
function idOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

/** @param {Element} mark */
function follows(mark) {
  const block = location.hash && document.getElementById(idOf(location.hash));
  return block && (block.contains(mark) || block.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/**
 * Shows the bar for an article that is marked, at the place that is seen.
 * @param {string} query
 * @param {Element} article
 */
export function lead(query, article) {
  /** @type {HTMLElement[][]} */
  const places = [];
  for (const mark of article.querySelectorAll("mark")) {
    const last = places.at(-1);
    if (last && last[last.length - 1].nextSibling === mark) last.push(mark);
    else places.push([mark]);
  }
  const leave = show(query, places, article);
  const seen = places.findIndex(([mark]) => mark.getBoundingClientRect().bottom > 0);
  const block = location.hash ? places.findIndex(([mark]) => follows(mark)) : -1;
  leave(block >= 0 && places[block][0].getBoundingClientRect().bottom > 0 ? block : seen, true);
}

const often = 300; // ms

/**
 * Shows the bar, and returns what goes to a place.
 * @param {string} query
 * @param {HTMLElement[][]} places the marks of each place
 * @param {Element} article
 */
function show(query, places, article) {
  const words = inInterface(WORDS);
  document.querySelector(".kb-find")?.remove();
  const bar = document.createElement("div");
  bar.className = "kb-find";
  bar.lang = interfaceLanguage();
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", words.label.replace("{}", () => query));
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  const what = Object.assign(document.createElement("span"), { className: "kb-find-what", textContent: query });
  let now = -1;
  const go = (/** @type {number} */ to, still = false) => {
    if (!places.length) return;
    places[now]?.forEach((mark) => mark.classList.remove("kb-find-now"));
    now = (to + places.length) % places.length;
    places[now].forEach((mark) => mark.classList.add("kb-find-now"));
    count.textContent = `${now + 1}/${places.length}`;
    if (still) return;
    unfold(places[now][0]);
    places[now][0].scrollIntoView({ block: "center" });
  };
  const end = () => {
    clearInterval(watch);
    bar.remove();
    document.removeEventListener("keydown", escaped);
  };
  const close = () => {
    for (const mark of places.flat()) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    }
    end();
    const url = new URL(location.href);
    url.searchParams.delete("q");
    history.replaceState(history.state && { ...history.state, marks: "" }, "", url);
  };
  const escaped = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented || /** @type {Element} */ (event.target).closest?.("dialog, input, textarea, select")) return;
    close();
  };
  const button = (/** @type {string} */ label, /** @type {string} */ sign, /** @type {() => void} */ act) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: sign, onclick: act });
    b.setAttribute("aria-label", label);
    b.title = label;
    return b;
  };
  bar.append(what, count);
  if (places.length) bar.append(button(words.previous, "‹", () => go(now - 1)), button(words.next, "›", () => go(now + 1)));
  else count.textContent = words.none.replace("{}", () => query);
  what.hidden = !places.length;
  bar.append(button(words.close, "×", close));
  document.body.append(bar);
  document.addEventListener("keydown", escaped);
  // The live view takes an article away, or covers that of the page, without a word.
  const watch = setInterval(() => {
    if (!article.isConnected || !bar.isConnected) end();
    else bar.hidden = !article.checkVisibility();
  }, often);
  return (/** @type {number} */ to, still = false) => go(Math.max(0, to), still);
}
