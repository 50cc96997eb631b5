// What the reader has chosen: how to read it, change it, and hear of changes. A part
// of the scripts that import it.

/**
 * The choices, by name; one that is absent is the site's own. first.js sets them on
 * <html>, tokens.css says what they do.
 * @typedef {Record<string, string>} Choices
 */

/** @type {Choices} */
let unkept = {};

/** @returns {Choices} */
export function choices() {
  try {
    const kept = JSON.parse(localStorage.getItem("kanbao") ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return unkept; // where the browser keeps nothing, a page does
  }
}

/**
 * Changes choices, on this page and on others that are open.
 * @param {Choices} some those that change, "" for the site's own
 */
export function choose(some) {
  const all = Object.fromEntries(Object.entries({ ...choices(), ...some }).filter(([, value]) => value));
  unkept = all;
  try {
    localStorage.setItem("kanbao", JSON.stringify(all));
  } catch {
    // The page has them until it is left.
  }
  dispatchEvent(new CustomEvent("kb-choices", { detail: all }));
}

/**
 * Calls act now and whenever the choices have changed, here or on another page.
 * @param {() => void} act
 */
export function whenChosen(act) {
  act();
  for (const name of ["storage", "kb-choices", "pageshow"]) addEventListener(name, act);
}
