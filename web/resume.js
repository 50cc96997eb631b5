// Remembers on the device how far an article has been read, and offers to go on from
// there. It is on articles' pages alone. It sends nothing to anybody.

const KEY = "kanbao:stopped";
const MOST = 60; // articles that are remembered, those that were read last
const EARLY = 3; // up to this block nothing is worth going back to
const path = location.pathname;

/** @typedef {[string, number]} Stop a path, and the number of a block */

/** @returns {Stop[]} */
function stops() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(all) ? all.filter((s) => Array.isArray(s) && typeof s[0] === "string" && Number.isInteger(s[1])) : [];
  } catch {
    return []; // nothing can be stored here, or something else was
  }
}

/** @param {number} block 0 if there is nothing to go back to */
function remember(block) {
  const others = stops().filter(([at]) => at !== path);
  try {
    localStorage.setItem(KEY, JSON.stringify((block ? [...others, [path, block]] : others).slice(-MOST)));
  } catch {
    // A device that keeps nothing offers nothing.
  }
}

const blocks = [...document.querySelectorAll(".kb-text > [id^=p]")].filter((b) => /^p\d+$/.test(b.id));
const number = (/** @type {Element} */ b) => Number(b.id.slice(1));

/** The block at the top of what is seen; 0 at the begin and at the end of the article. */
function reached() {
  const last = blocks.at(-1);
  if (!last || last.getBoundingClientRect().bottom <= innerHeight) return 0;
  const block = blocks.find((b) => b.getBoundingClientRect().bottom > innerHeight / 4);
  const n = block ? number(block) : 0;
  return n > EARLY ? n : 0;
}

const offer = document.getElementById("kb-resume");
const stopped = stops().find(([at]) => at === path)?.[1];
const target = stopped ? document.getElementById(`p${stopped}`) : null;
// Who comes by a link to a passage, or out of a search, wants to be there.
if (offer && target && !location.hash && !new URLSearchParams(location.search).has("q")) {
  const [go, no] = offer.querySelectorAll("button");
  const done = () => { offer.hidden = true; };
  go.addEventListener("click", () => {
    done();
    target.scrollIntoView({ block: "start" });
    target.setAttribute("tabindex", "-1");
    /** @type {HTMLElement} */ (target).focus({ preventScroll: true });
  });
  no.addEventListener("click", () => { done(); remember(0); });
  // Nobody who reads on by himself needs it.
  addEventListener("scroll", () => { if (reached() >= (stopped ?? 0)) done(); }, { passive: true });
  offer.hidden = false;
}

let waiting = 0;
addEventListener("scroll", () => {
  if (offer && !offer.hidden) return; // what is remembered stays until it was used or refused
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (document.documentElement.scrollTop > 0) remember(reached()); }, 400);
}, { passive: true });
