// What the author wrote, for scripts that quote or search the page: it may be shown in
// other characters (han.js), each of which has the length of the author's. A part of
// the scripts that import it.

/**
 * Returns what the author wrote.
 * @param {Selection | Text} of what is asked about
 * @param {string} shown what the page shows there
 */
export function author(of, shown) {
  const detail = { of, text: shown };
  dispatchEvent(new CustomEvent("kb-written", { detail })); // written.js answers, if it is there
  return detail.text;
}
