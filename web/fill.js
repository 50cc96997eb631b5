// How words are chosen and filled in. This is a part of kanbao.js and of what it loads.

/**
 * Returns what there is for a language tag as pages have them.
 * @template T
 * @param {Record<string, T>} of by language
 * @param {string} tag
 */
export function inLanguage(of, tag) {
  if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return of["zh-Hant"];
  return /^en/i.test(tag) ? of.en : of["zh-Hans"];
}

/**
 * Puts a word or number into a text.
 * @param {string} text
 * @param {string | number} value
 */
export const fill = (text, value) => text.replace("{}", () => String(value));

/**
 * Puts a number into one of two texts.
 * @param {[string, string]} texts
 * @param {number} n
 */
export const count = ([one, many], n) => (n === 1 ? one : fill(many, n));

/**
 * Makes an HTML element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
export function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}
