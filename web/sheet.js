// Adds the style sheets that not every page needs. A part of the scripts that import it.

/**
 * Adds a style sheet to the page, once, and waits for it. Without it the page goes on.
 * @param {string} href
 * @returns {Promise<unknown>}
 */
export function styled(href) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  });
}
