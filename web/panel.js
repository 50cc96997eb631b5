// What the dialog of the settings and the bar of listening have in common. A part of
// the scripts that import it.

/** Adds the style sheet of both to the page, and waits for it. */
export function styled() {
  const href = new URL("./panels.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  });
}

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {...Node} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}
