// What the dialog of the settings and the bar of listening have in common. A part of
// the scripts that import it.

/** The style sheet of both. */
export const panelSheet = new URL("./panels.css", import.meta.url).href;

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
