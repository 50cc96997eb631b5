// The one script of every page. It does nothing until the reader wants to
// search: a focus of the field, "/", Ctrl or ⌘ with K, a query in the address, or
// an address whose page the service worker could not get.
const root = new URL(document.documentElement.dataset.root ?? "", location.href).href;
const field = /** @type {HTMLInputElement | null} */ (document.getElementById("kb-q"));
/** @type {Promise<void> | undefined} */
let going;

function begin() {
  import("./engine.js").catch(() => {}); // live.js needs it: one journey less
  going ??= import("./live.js")
    .then(({ live }) => live(root, begin))
    .catch(() => { going = undefined; }); // live.js has said why; the next focus tries again
}

if (field) {
  field.addEventListener("focus", begin);
  document.addEventListener("keydown", (event) => {
    const writing = /** @type {Element} */ (event.target).closest?.("input, textarea, select, [contenteditable]");
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.isComposing || !(command ? event.key.toLowerCase() === "k" : event.key === "/" && !writing && !event.altKey)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked?.trim()) field.value ||= asked;
  const searched = location.search && location.pathname === new URL("search/", root).pathname; // filters alone are a search, too
  if (asked?.trim() || searched || document.activeElement === field || "shell" in document.documentElement.dataset) begin();
}

// A newer service worker waits until no page of the old build is open. This page has
// just been loaded, so it may be of the newer build: then it asks that worker to take
// over. The shell stands for a page that the old build could not show, which the newer
// one may have.
const { serviceWorker } = navigator;
serviceWorker?.getRegistration(root).then((registration) => registration?.waiting?.postMessage({ takeOver: import.meta.url }));
if ("shell" in document.documentElement.dataset) {
  serviceWorker?.addEventListener("controllerchange", () => location.reload(), { once: true });
}
