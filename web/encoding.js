// The encoding of addresses. Forms of pages in GBK or Big5, as old sites have them, send
// what is typed in that, where all others send UTF-8; and old scripts send what escape
// has made of it. This is a part of kanbao.js and of what reads addresses.

const utf8 = "UTF-8";

/** Returns the encoding in which an address is that is not in UTF-8. */
function legacy() {
  const { characterSet, documentElement } = document;
  if (characterSet !== utf8) return characterSet;
  return /^zh-(hant|tw|hk|mo)/i.test(documentElement.lang) ? "big5" : "gb18030";
}

/**
 * Returns a name or a value out of the search of an address as text.
 * @param {string} part
 */
export function decoded(part) {
  const spaced = part.replaceAll("+", " ");
  try {
    const text = decodeURIComponent(spaced);
    // Some words of GBK are UTF-8, too, of which no character is Han.
    if (document.characterSet === utf8 || !/[^\0-\x7f]/.test(text) || /[^\0-\u07ff]/.test(text)) return text;
  } catch { /* it is not in UTF-8 */ }
  const escapes = /%(?:u([\da-f]{4})|([\da-f]{2}))/gi;
  const bytes = spaced.replace(escapes, (_, wide, narrow) => String.fromCharCode(parseInt(wide ?? narrow, 16)));
  if (/%u[\da-f]{4}/i.test(part)) return bytes;
  return new TextDecoder(legacy()).decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
}

/**
 * Returns a name or a value for the search of an address, as a form of this page sends it.
 * @param {string} text
 */
function encoded(text) {
  const whole = text.replace(/[\0-\x7f]+/g, (ascii) => encodeURIComponent(ascii)).replaceAll("%20", "+");
  // The browser encodes the search of a link as that of a form.
  return Object.assign(document.createElement("a"), { href: `https://a/?${whole}` }).search.slice(1);
}

/**
 * Returns what stands in the search of an address, each as name, value, and how it is written.
 * @param {string} search
 * @returns {[name: string, value: string, written: string][]}
 */
export function partsOf(search) {
  return search.replace("?", "").split("&").filter(Boolean).map((written) => {
    const [name, ...value] = written.split("=");
    return [decoded(name), decoded(value.join("=")), written];
  });
}

/**
 * Puts names and values into an address, in the place of those with the same names; all
 * else stays as it is written.
 * @param {URL} url
 * @param {[name: string, value: string][]} pairs
 * @param {string[]} [names] more of those that are to go
 * @param {boolean} [ours] a page of ours is there, which is in UTF-8, and not one of this
 *   host
 */
export function put(url, pairs, names = [], ours = false) {
  const gone = new Set([...names, ...pairs.map(([name]) => name)]);
  const kept = partsOf(url.search).filter(([name]) => !gone.has(name)).map(([, , written]) => written);
  const written = ours ? [String(new URLSearchParams(pairs))] : pairs.map((pair) => pair.map(encoded).join("="));
  url.search = [...kept, ...written].filter(Boolean).join("&");
  return url;
}
