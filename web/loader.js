// The script of every page. It fetches the others when the reader wants what they
// do. Search is wanted by a focus of the field, "/", Ctrl or ⌘ with K, a query in the
// address, or an address whose page the service worker could not get. A query in the
// address of an article is marked in it (find.js).
import { buttons } from "./buttons.js";
import { inInterface } from "./interface.js";

const root = new URL(document.documentElement.dataset.root ?? "", location.href).href;
const field = /** @type {HTMLInputElement | null} */ (document.getElementById("kb-q"));
/** @type {Promise<void> | undefined} */
let going;

/**
 * What is said where live.js, which says all else, does not come. By language; the site
 * generator writes it here.
 * @type {Record<string, string>}
 */
const WORDS = {};

// A page in another encoding, as old sites have them, sends a search in that.
try {
  decodeURIComponent(location.search);
} catch {
  await import("./legacy.js").catch(() => {});
}

function begin() {
  import("./engine.js").catch(() => {}); // live.js needs it: one journey less
  going ??= import("./live.js")
    .then(({ live }) => live(root, begin))
    .catch(() => {
      going = undefined; // live.js has said why; the next focus tries again
      const status = document.getElementById("kb-status");
      if (status && !status.textContent) status.textContent = inInterface(WORDS);
    });
}

if (field) {
  field.addEventListener("focus", begin);
  field.addEventListener("blur", () => { delete field.dataset.from; });
  document.addEventListener("keydown", (event) => {
    const writing = /** @type {Element} */ (event.composedPath()[0]).closest?.("input, textarea, select, [contenteditable]");
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.isComposing || !(command ? event.key.toLowerCase() === "k" : event.key === "/" && !writing && !event.altKey)) return;
    event.preventDefault();
    if (document.activeElement !== field) field.dataset.from = String(scrollY); // the reader goes back there
    field.focus();
    field.select();
  });
  const asked = new URLSearchParams(location.search).get("q");
  const shell = "shell" in document.documentElement.dataset;
  // An article marks what it was found by; it needs no engine for that.
  const inArticle = !shell && document.querySelector("#kb-main .kb-article");
  if (inArticle && asked?.trim()) import("./find.js").then(({ find }) => find(asked)).catch(() => {});
  else if (asked?.trim()) field.value ||= asked;
  const searched = location.search && location.pathname === new URL("search/", root).pathname; // filters alone are a search, too
  if ((asked?.trim() && !inArticle) || searched || document.activeElement === field || shell) begin();
}

// On the picture of a printed page, arrow keys and a swipe turn to the page before or
// after it, as the links below it do.
for (const print of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".kb-print"))) {
  const turn = (/** @type {number} */ way) => /** @type {HTMLElement | null} */ (print.querySelector(way < 0 ? "[rel=prev]" : "[rel=next]"))?.click();
  let from = NaN;
  print.addEventListener("keydown", ({ key, altKey, ctrlKey, metaKey }) => {
    if (!altKey && !ctrlKey && !metaKey && (key === "ArrowLeft" || key === "ArrowRight")) turn(key === "ArrowLeft" ? -1 : 1);
  });
  print.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 && visualViewport?.scale === 1 ? touches[0].clientX : NaN; }, { passive: true });
  print.addEventListener("touchend", ({ changedTouches }) => {
    const way = from - changedTouches[0].clientX;
    if (Math.abs(way) > 80) turn(way);
  });
}

// The footer offers to store the whole site. What a reader has begun goes on by itself.
const offer = document.getElementById("kb-offline");
function storeAll() {
  import("./offline.js").then(({ offer: open }) => open(root, /** @type {HTMLElement} */ (offer))).catch(() => {});
}
if (offer) {
  const link = offer.querySelector("a");
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    storeAll();
  });
  let begun = false;
  try { begun = localStorage.getItem(`kanbao:${new URL(root).pathname}:offline`) === "wished"; } catch { /* nothing is kept here */ }
  if (begun || location.hash === "#kb-offline") storeAll();
  else addEventListener("hashchange", () => { if (location.hash === "#kb-offline" && link?.isConnected) storeAll(); });
}

// A newer service worker waits until no page of the old build is open. This page has
// just been loaded, so it may be of the newer build: then it asks that worker to take
// over. One that comes while the page is read is told to the reader, who chooses. The
// shell stands for a page that the old build could not show, which the newer one may
// have.
const { serviceWorker } = navigator;
serviceWorker?.getRegistration(root).then((registration) => registration?.waiting?.postMessage({ takeOver: import.meta.url }));
serviceWorker?.ready.then((registration) => {
  registration.addEventListener("updatefound", () => {
    const newer = registration.installing;
    newer?.addEventListener("statechange", () => {
      if (newer.state !== "installed" || !serviceWorker.controller) return;
      if (performance.now() < 30000 && !document.documentElement.classList.contains("kb-is-live")) newer.postMessage({ takeOver: import.meta.url });
      else import("./offline.js").then(({ announce }) => announce(newer)).catch(() => {});
    });
  });
});
if ("shell" in document.documentElement.dataset) {
  serviceWorker?.addEventListener("controllerchange", () => location.reload(), { once: true });
}

buttons();
