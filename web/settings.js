// The dialog in which a reader chooses how pages are set. What is chosen is seen at
// once, beside the dialog. loader.js opens it.
import { choices, choose, whenChosen } from "./choices.js";
import { inInterface, interfaceLanguage } from "./interface.js";
import { element, panelSheet } from "./panel.js";
import { styled } from "./sheet.js";

/**
 * The words of the dialog in one language: text.Settings.
 * @typedef {object} Words
 * @property {string} title
 * @property {string} lang
 * @property {string} size
 * @property {string} theme
 * @property {string} face
 * @property {string} leading
 * @property {string} measure
 * @property {string} para
 * @property {string} flow
 * @property {string} han
 * @property {string} auto
 * @property {string} paper
 * @property {string} white
 * @property {string} dark
 * @property {string} contrast
 * @property {string} serif
 * @property {string} sans
 * @property {string} tight
 * @property {string} medium
 * @property {string} loose
 * @property {string} narrow
 * @property {string} wide
 * @property {string} indent
 * @property {string} gap
 * @property {string} across
 * @property {string} down
 * @property {string} written
 * @property {string} hans
 * @property {string} hant
 * @property {string} zh-Hans
 * @property {string} zh-Hant
 * @property {string} en
 * @property {string} kept
 * @property {string} reset
 * @property {string} done
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

/**
 * What can be chosen: a choice, what pages have without one, and its values. Each value
 * has a word of its name; a percentage is one itself.
 * @type {[choice: keyof Words, usual: string, values: string[]][]}
 */
const CHOICES = [
  ["lang", document.documentElement.lang, ["zh-Hans", "zh-Hant", "en"]],
  ["size", "100", ["100", "125", "150", "175", "200", "250"]],
  ["theme", "auto", ["auto", "paper", "white", "dark", "contrast"]],
  ["face", "serif", ["serif", "sans"]],
  ["leading", "medium", ["tight", "medium", "loose"]],
  ["measure", "medium", ["narrow", "medium", "wide"]],
  ["para", "indent", ["indent", "gap"]],
  ["flow", "across", ["across", "down"]],
  ["han", "written", ["written", "hans", "hant"]],
];

/** @type {HTMLDialogElement | undefined} */
let dialog;

/** Opens the dialog, which is made the first time. */
export async function open() {
  await styled(panelSheet);
  if (dialog?.lang !== interfaceLanguage()) {
    dialog?.remove();
    dialog = make(inInterface(WORDS));
  }
  if (!dialog.open) dialog.showModal();
}

/**
 * Makes a dialog that is open anew in another language, with the focus where it was.
 * @param {HTMLDialogElement} made
 */
function renew(made) {
  const stops = (/** @type {Element} */ of) => /** @type {NodeListOf<HTMLElement>} */ (of.querySelectorAll("button, input"));
  const at = [...stops(made)].findIndex((stop) => stop === document.activeElement);
  made.close(); // the focus goes back to where it came from, and again when the new one closes
  open().then(() => { if (dialog && at >= 0) stops(dialog)[at].focus(); });
}

/** @param {Words} words */
function make(words) {
  const made = element("dialog", { id: "kb-choose", className: "kb-choose" });
  made.setAttribute("aria-labelledby", "kb-choose-title");
  made.translate = false; // its words name both scripts
  made.lang = interfaceLanguage();
  const form = element("form", { method: "dialog" });
  const head = element("div", { className: "kb-choose-head" },
    element("h2", { id: "kb-choose-title", textContent: words.title }),
    element("button", { className: "kb-act", textContent: words.done }));
  const foot = element("div", { className: "kb-choose-foot" },
    element("button", { type: "button", className: "kb-act", textContent: words.reset, onclick: () => choose(Object.fromEntries(CHOICES.map(([name]) => [name, ""]))) }),
    element("p", { className: "kb-meta", textContent: words.kept }));
  form.append(head, ...CHOICES.map((choice) => group(words, choice)), foot);
  form.addEventListener("change", ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    // The page's own language is no choice: another site of the host may have another.
    choose({ [name.replace("kb-", "")]: name === "kb-lang" && value === document.documentElement.lang ? "" : value });
  });
  made.append(form);
  // The form fills the dialog, so a click on the dialog itself is one beside it.
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  document.body.append(made);
  whenChosen(() => {
    const { dataset } = document.documentElement;
    if (made.open && made.lang !== interfaceLanguage()) return renew(made);
    for (const [name, usual] of CHOICES) {
      // In large type, the theme on the page is not the one that was chosen.
      const value = choices()[name] ?? (dataset.care && name === "theme" ? usual : dataset[name] ?? usual);
      const input = form.elements.namedItem(`kb-${name}`);
      if (input instanceof RadioNodeList) input.value = value;
    }
  });
  return made;
}

/**
 * Makes the values of a choice, of which one is chosen.
 * @param {Words} words
 * @param {(typeof CHOICES)[number]} choice
 */
function group(words, [name, , values]) {
  const set = element("fieldset", {}, element("legend", { textContent: words[name] }));
  set.dataset.choice = name;
  for (const value of values) {
    const word = words[/** @type {keyof Words} */ (value)] ?? `${value}%`;
    set.append(element("label", { className: "kb-choice" },
      element("input", { type: "radio", name: `kb-${name}`, value }),
      element("span", { textContent: word, lang: name === "lang" ? value : interfaceLanguage() })));
  }
  return set;
}
