// Adds the style sheets that not every page needs. A part of the scripts that import it.

const patience = 10000; // ms that a network may bring nothing, as in engine.js

/**
 * Adds a style sheet to the page, once, and waits for it. Where it does not come, the page
 * goes on without it.
 * @param {string} href
 * @returns {Promise<unknown>}
 */
export function styled(href) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
    setTimeout(done, patience);
  });
}
