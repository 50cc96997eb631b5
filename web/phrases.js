// Reads the tables of web/han and converts text with them. A part of han.js.

/**
 * What a script writes for what another does: characters and phrases, with "" for a
 * phrase whose characters become what they do alone; how long the longest phrase is
 * that begins with a unit; and the characters that only the script itself writes.
 * @typedef {{ characters: Map<string, string>, phrases: Map<string, string>, longest: Map<string, number>, own: Set<string> }} Table
 */

/**
 * @param {string} text of a table
 * @returns {Table}
 */
export function read(text) {
  const [characters, ...lines] = text.split("\n");
  /** @type {Table} */
  const table = { characters: new Map(), phrases: new Map(), longest: new Map(), own: new Set() };
  const all = Array.from(characters);
  for (let i = 0; i + 1 < all.length; i += 2) table.characters.set(all[i], all[i + 1]);
  for (const become of table.characters.values()) if (!table.characters.has(become)) table.own.add(become);
  for (const line of lines) {
    const [phrase, become = ""] = line.split(" ");
    if (!phrase) continue;
    table.phrases.set(phrase, become);
    table.longest.set(phrase[0], Math.max(phrase.length, table.longest.get(phrase[0]) ?? 0));
  }
  return table;
}

/**
 * Tells whether a text is in the script already: more of its characters are written
 * there alone than elsewhere alone. Where there are neither, it is not known.
 * @param {Table} table
 * @param {string} text
 */
export function isIn({ characters, own }, text) {
  let more = 0;
  let any = false;
  for (const c of text) {
    const step = Number(own.has(c)) - Number(characters.has(c));
    more += step;
    any ||= step !== 0;
  }
  return any ? more > 0 : undefined;
}

/**
 * Returns the text in the other script, which is as long.
 * @param {Table} table
 * @param {string} text
 */
export function convert({ characters, phrases, longest }, text) {
  const alone = (/** @type {string} */ c) => characters.get(c) ?? c;
  let done = "";
  for (let i = 0; i < text.length;) {
    let length = Math.min(longest.get(text[i]) ?? 0, text.length - i);
    while (length > 1 && !phrases.has(text.substr(i, length))) length--;
    const found = length > 1 ? text.substr(i, length) : String.fromCodePoint(text.codePointAt(i) ?? 0);
    const become = Array.from(phrases.get(found) ?? "");
    done += Array.from(found, (c, n) => (become[n] ?? ".") === "." ? alone(c) : become[n]).join("");
    i += found.length;
  }
  return done;
}
