// What an article's page does beyond being read: marks the section of the outline that
// is being read, has a link at each paragraph, enlarges pictures, and copies or shares
// the article or a passage with where it is from. Without it the page is all there. An
// article out of the index gets the same from live.js.
import { author } from "./author.js";
import { inInterface } from "./interface.js";

/**
 * What is said, in one language: text.Tools. "{}" stands for a number.
 * @typedef {object} Words
 * @property {string} paragraph
 * @property {string} selected
 * @property {string} quote
 * @property {string} link
 * @property {string} share
 * @property {string} copied
 * @property {string} failed
 * @property {string} from
 * @property {string} picture
 * @property {string} larger
 * @property {string} smaller
 * @property {string} close
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const words = () => inInterface(WORDS);
const page = /** @type {HTMLElement | null} */ (document.querySelector("#kb-main .kb-article"));
/** The article that is seen: that of the page, or one out of the index. */
const article = () => /** @type {HTMLElement | null} */ (document.querySelector("#kb-live .kb-article") ?? page);

/**
 * The address of the article that is seen, or of one of its blocks.
 * @param {string} [block]
 */
function address(block) {
  const url = new URL(location.href);
  url.search = "";
  url.hash = block ?? "";
  return url.href;
}

/**
 * Says something that goes away by itself, also to those who listen.
 * @param {string} text
 */
function say(text) {
  const status = document.querySelector(".kb-said") ?? Object.assign(document.createElement("p"), { className: "kb-said" });
  if (!status.isConnected) {
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = text;
  setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, 2500);
}

/** @param {string} text */
const copy = (text) => (navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard")))
  .then(() => say(words().copied), () => say(words().failed));

/**
 * @param {string} text
 * @param {string} url
 */
const share = (text, url) => navigator.share({ title: document.title, text, url }).catch(() => {}); // who changes their mind is no fault

/**
 * @param {string} label
 * @param {() => void} act
 */
const button = (label, act) => Object.assign(document.createElement("button"), { type: "button", className: "kb-act", textContent: label, onclick: act });

// Below the article: cite, link, share.
document.addEventListener("click", ({ target }) => {
  const does = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest?.(".kb-actions [data-does]"))?.dataset.does;
  if (does === "cite") copy(article()?.querySelector(".kb-citation")?.textContent?.trim() ?? "");
  else if (does === "link") copy(address());
  else if (does === "share") share("", address());
});

// A passage that is selected.
const bar = document.createElement("div");
bar.className = "kb-selected";
bar.hidden = true;
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", words().selected);

/** The text that is selected in the article, and the block that it begins in. */
function passage() {
  const selection = getSelection();
  const text = selection ? author(selection, selection.toString()).trim() : "";
  const range = text && selection?.rangeCount ? selection.getRangeAt(0) : null;
  const node = range?.startContainer;
  const at = node instanceof Element ? node : node?.parentElement;
  if (!range || !at || !article()?.querySelector(".kb-text")?.contains(range.commonAncestorContainer)) return null;
  return { text, block: at.closest("[id^=p]")?.id, range };
}

/** @param {{ text: string, block?: string }} of */
const quoted = (of) => `${of.text}\n${words().from}${article()?.dataset.citation ?? document.title}${words().from === "— " ? ", " : "，"}${address(of.block)}`;

function offer() {
  const of = passage();
  bar.hidden = !of;
  if (!of) return;
  bar.replaceChildren(
    button(words().quote, () => copy(quoted(of))),
    button(words().link, () => copy(address(of.block))),
    ...("share" in navigator ? [button(words().share, () => share(of.text, address(of.block)))] : []));
  if (!bar.isConnected) document.body.append(bar);
  // Above what is selected where there is a mouse; a phone has its own there, and this
  // is at its lower edge (article-tools.css).
  if (!matchMedia("(pointer: coarse)").matches) {
    const { top, bottom, left } = of.range.getBoundingClientRect();
    const high = bar.offsetHeight + 8;
    bar.style.insetBlockStart = `${Math.max(4, top > high ? top - high : Math.min(bottom + 8, innerHeight - high))}px`;
    bar.style.insetInlineStart = `${Math.max(4, Math.min(left, innerWidth - bar.offsetWidth - 4))}px`;
  }
}

/** @type {number | undefined} */
let later;
document.addEventListener("selectionchange", () => {
  clearTimeout(later);
  later = setTimeout(offer, 250);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") bar.hidden = true; });
addEventListener("scroll", () => { if (!bar.hidden && !matchMedia("(pointer: coarse)").matches) offer(); }, { passive: true });

// Pictures.
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("a.kb-enlarge");
  if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  import("./enlarge.js").then(({ enlarge }) => enlarge(link, words()), () => { location.href = link.href; });
});

/** @type {AbortController | undefined} */
let listening; // of the article that was dressed last

/**
 * Gives an article what only scripts can: a link at each paragraph, a button to share it
 * where that can be done, and an outline that says where one is.
 * @param {HTMLElement} it
 */
export function dress(it) {
  listening?.abort();
  listening = new AbortController();
  const { signal } = listening;
  for (const b of /** @type {NodeListOf<HTMLElement>} */ (it.querySelectorAll("[data-does=share]"))) b.hidden = !("share" in navigator);
  for (const block of it.querySelectorAll(".kb-text [id^=p]")) {
    const link = document.createElement("a"); // without text, so that nobody copies it
    link.className = "kb-anchor";
    link.href = `#${block.id}`;
    block.append(link);
  }
  const name = () => {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (it.querySelectorAll(".kb-anchor"))) {
      link.setAttribute("aria-label", words().paragraph.replace("{}", link.hash.slice(2)));
    }
  };
  name();
  addEventListener("kb-choices", name, { signal });
  outline(it, signal);
}

/**
 * Has the outline open where it stands in the margin, and the section that is read marked.
 * @param {HTMLElement} it
 * @param {AbortSignal} signal ends it
 */
function outline(it, signal) {
  const list = it.querySelector(".kb-outline");
  const fold = list?.querySelector("details");
  if (!list || !fold) return;
  const links = /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("a")]);
  const headings = links.map((link) => it.querySelector(`.kb-text > [id="${link.hash.slice(1)}"]`));
  const wide = () => getComputedStyle(list).position === "sticky";
  const open = () => { if (wide()) fold.open = true; };
  const mark = () => {
    let now = -1;
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    if (end && scrollY > 0) now = headings.length - 1;
    else headings.forEach((heading, i) => { if (heading && heading.getBoundingClientRect().top < Math.min(160, innerHeight / 4)) now = i; });
    links.forEach((link, i) => {
      if (i === now) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  fold.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest("a") && !wide()) fold.open = false; });
  const observers = [new ResizeObserver(open), new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" })];
  for (const observer of observers) observer.observe(observer instanceof ResizeObserver ? list : it);
  signal.addEventListener("abort", () => observers.forEach((observer) => observer.disconnect()));
  /** @type {number | undefined} */
  let frame;
  addEventListener("scroll", () => { frame ??= requestAnimationFrame(() => { frame = undefined; mark(); }); }, { passive: true, signal });
  open();
  mark();
}

if (page) dress(page);
