// Cuts text into the sentences that are read aloud one by one. A part of listen.js.

const OPENING = "“‘「『《〈（【〔(";
const CLOSING = "”’」』》〉）】〕)";

// How long a sentence may be, in units. Longer ones are cut at other marks, and within
// quotation marks: voices give up on them.
const longest = 160;

/**
 * Returns where the sentences of a text are. What is within quotation marks or
 * brackets is not cut. White space at their ends is not theirs.
 * @param {string} text
 * @returns {[from: number, to: number][]}
 */
export function sentences(text) {
  /** @type {[number, number][]} */
  const found = [];
  let from = 0;
  const cut = (/** @type {number} */ to) => {
    const part = text.slice(from, to);
    const start = from + part.length - part.trimStart().length;
    const end = from + part.trimEnd().length;
    if (/[\p{L}\p{N}]/u.test(part)) found.push([start, end]);
    else if (found.length && part.trim()) found[found.length - 1][1] = end;
    from = to;
  };
  for (const end of ends(text)) {
    while (end - from > longest) {
      const at = resting(text, from, from + longest);
      if (at >= end) break;
      cut(at);
    }
    cut(end);
  }
  return found;
}

/**
 * Returns where sentences end: behind the marks that end them and what closes there.
 * @param {string} text
 */
function ends(text) {
  const all = [];
  let open = 0; // quotation marks and brackets
  let straight = false; // within "
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (OPENING.includes(unit)) open++;
    else if (CLOSING.includes(unit) && !(unit === "’" && /\w/.test(text[i + 1] ?? ""))) open = Math.max(0, open - 1);
    else if (unit === '"') straight = !straight;
    if (unit === "\n" || ended(text, i)) {
      if (unit !== "\n" && (open || straight)) continue;
      if (unit === "\n") [open, straight] = [0, false];
      all.push(i + 1);
    }
  }
  all.push(text.length);
  return all;
}

/**
 * Tells whether a sentence may end behind a unit: with the last of the marks that end
 * it and of what closes behind them.
 * @param {string} text
 * @param {number} at
 */
function ended(text, at) {
  const next = text[at + 1] ?? "";
  if (next && ("。！？!?；;…" + CLOSING + '"').includes(next)) return false;
  let last = at;
  while (last > 0 && (CLOSING + '"').includes(text[last])) last--;
  if ("。！？…；".includes(text[last])) return true;
  // Half-width marks are parts of figures and names unless a space follows.
  return "!?;.".includes(text[last]) && (!next || /\s/.test(next) || /\p{Script=Han}/u.test(text[last - 1] ?? "") && "!?;".includes(text[last]));
}

/**
 * Returns where a text may rest between two places.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
function resting(text, from, to) {
  for (const marks of ["。！？；", "，,、：:", " "]) {
    for (let i = to - 1; i > from + longest / 3; i--) if (marks.includes(text[i])) return i + 1;
  }
  return /[\uDC00-\uDFFF]/.test(text[to] ?? "") ? to - 1 : to;
}
