// What an article's page does beyond being read: marks the section of the outline that
// is being read, has a link at each paragraph, enlarges pictures, and copies or shares
// the article or a passage with where it is from. Without it the page is all there.
import { author } from "./author.js";

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

const words = WORDS[document.documentElement.lang] ?? WORDS["zh-Hans"];
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
  .then(() => say(words.copied), () => say(words.failed));

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
for (const b of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".kb-actions [data-does]"))) {
  if (b.dataset.does === "share") b.hidden = !("share" in navigator);
  b.onclick = () => {
    const cited = document.querySelector(".kb-citation")?.textContent?.trim() ?? "";
    if (b.dataset.does === "cite") copy(cited);
    else if (b.dataset.does === "link") copy(address());
    else share("", address());
  };
}

// A passage that is selected.
const bar = document.createElement("div");
bar.className = "kb-selected";
bar.hidden = true;
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", words.selected);

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
const quoted = (of) => `${of.text}\n${words.from}${article()?.dataset.cite ?? document.title}${words.from === "— " ? ", " : "，"}${address(of.block)}`;

function offer() {
  const of = passage();
  bar.hidden = !of;
  if (!of) return;
  bar.replaceChildren(
    button(words.quote, () => copy(quoted(of))),
    button(words.link, () => copy(address(of.block))),
    ...("share" in navigator ? [button(words.share, () => share(of.text, address(of.block)))] : []));
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
  import("./enlarge.js").then(({ enlarge }) => enlarge(link, words), () => { location.href = link.href; });
});

// A link at each paragraph. It has no text, so that nobody copies it.
page?.querySelectorAll(".kb-text [id^=p]").forEach((block) => {
  const link = document.createElement("a");
  link.className = "kb-anchor";
  link.href = `#${block.id}`;
  link.setAttribute("aria-label", words.paragraph.replace("{}", block.id.slice(1)));
  block.append(link);
});

// The outline: open where it stands in the margin, and the section that is read marked.
const outline = page?.querySelector(".kb-outline");
const fold = outline?.querySelector("details");
if (outline && fold) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...outline.querySelectorAll("a")]);
  const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
  const wide = () => getComputedStyle(outline).position === "sticky";
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
  new ResizeObserver(open).observe(outline);
  new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" }).observe(page ?? outline);
  /** @type {number | undefined} */
  let frame;
  addEventListener("scroll", () => { frame ??= requestAnimationFrame(() => { frame = undefined; mark(); }); }, { passive: true });
  open();
  mark();
}

export {}; // its names are its own
