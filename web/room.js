// Where the screen has room for the list below the field. A part of live.js.

// The list would hide the hits on a narrow screen, and on a low one, which a phone has
// while its keyboard is shown. There it is a row above them.
const narrow = "(max-width: 48em)";
const low = 608; // CSS pixels

/** @type {CSSStyleSheet | undefined} */
let sheet; // has --kb-seen
let seen = 0; // CSS pixels of the screen above a keyboard
let told = 0;

/**
 * Puts the list where there is room for it, and tells the style sheet how much of the
 * screen is seen above a keyboard.
 * @param {HTMLElement} offers
 * @param {boolean} [anew] the screen may have changed. Else it is not looked at: a browser
 *   lays out the page first, with the hits that have just come.
 */
export function place(offers, anew = true) {
  if (anew || !seen) seen = visualViewport ? visualViewport.height * visualViewport.scale : innerHeight;
  const row = seen <= low || matchMedia(narrow).matches;
  document.documentElement.classList.toggle("kb-chips", row);
  const status = document.getElementById("kb-status"), form = document.getElementById("kb-search");
  if (row && status) {
    if (status.nextElementSibling !== offers) status.after(offers);
  } else if (offers.parentElement !== form) form?.append(offers);
  declare(Math.trunc(seen));
}

/**
 * Sets --kb-seen. A rule of its own is what the policy allows, and a style attribute is not.
 * @param {number} height
 */
function declare(height) {
  if (height === told) return;
  told = height;
  if (!sheet) {
    if (!globalThis.CSSStyleSheet?.prototype.replaceSync) return;
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(`:root{--kb-seen:${height}px}`);
}
