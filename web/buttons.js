// The buttons with which readers set pages as they like. A part of loader.js.
import { choices, choose, whenChosen } from "./choices.js";

/** Has the buttons in the masthead do what they say. */
export function buttons() {
  const button = (/** @type {string} */ id, /** @type {(it: HTMLElement) => void} */ act) => {
    const it = document.getElementById(id);
    it?.addEventListener("click", () => act(it));
    return it;
  };
  const care = button("kb-care", () => choose({ care: choices().care ? "" : "on" }));
  button("kb-settings", () => import("./settings.js").then(({ open }) => open(), () => {}));
  button("kb-listen", (it) => import("./listen.js").then(({ toggle }) => toggle(it), () => {}));
  /** @type {Promise<typeof import("./han.js")> | undefined} */
  let script;
  whenChosen(() => {
    const { dataset } = document.documentElement;
    care?.setAttribute("aria-checked", String(Boolean(dataset.care)));
    frame();
    if (dataset.lang) import("./language.js").catch(() => {});
    if (dataset.han === "hans" || dataset.han === "hant" || dataset.flow === "down") script ??= import("./han.js");
    script?.then(({ display }) => display(), () => { script = undefined; });
  });
  listen();
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", listen); // it may know them late
}

// frame gives the frame that a phone draws around the page the page's colour.
function frame() {
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--kb-paper");
  for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[name=theme-color]"))) {
    meta.dataset.own ??= meta.content;
    meta.content = document.documentElement.dataset.theme ? paper : meta.dataset.own;
  }
}

// listen offers to read aloud where the browser has a voice for the article's language.
function listen() {
  const root = document.documentElement;
  const lang = document.querySelector(".kb-article")?.closest("[lang]")?.getAttribute("lang") ?? root.lang;
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  root.toggleAttribute("data-voice", voices.some((voice) => voice.lang.toLowerCase().replace("cmn", "zh").startsWith(lang.slice(0, 2).toLowerCase())));
}
