// The words of kanbao.js, for readers. This is a part of kanbao.js.
import { inLanguage } from "./fill.js";

/**
 * The words in one language: text.Widget. "{}" stands for a word or a number; of two
 * texts the first is for the number one.
 * @typedef {object} Words
 * @property {string} label
 * @property {string} hint
 * @property {string} loading
 * @property {string} results
 * @property {string} all
 * @property {string} none
 * @property {string} relaxed
 * @property {string} close
 * @property {[string, string]} found
 * @property {[string, string]} atMost
 * @property {[string, string]} count
 * @property {[string, string]} more
 * @property {string} meant
 * @property {string} without
 * @property {string} stop
 * @property {string} by
 * @property {string} best
 * @property {string} newest
 * @property {string} oldest
 * @property {string} narrow
 * @property {string} dropAll
 * @property {[string, string]} unfold
 * @property {Record<string, string>} fields
 * @property {string} unreachable
 * @property {string} outdated
 * @property {string} damaged
 * @property {string} crashed
 * @property {string} tooLong
 * @property {string} old
 * @property {string} partly
 * @property {string} setup
 * @property {string} policy
 * @property {string} cors
 * @property {string} noIndex
 * @property {string} refused
 * @property {string} notFile
 * @property {string} again
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

/**
 * Returns the words for a language tag as pages have them.
 * @param {string} tag
 */
export const language = (tag) => inLanguage(WORDS, tag);

/**
 * Puts an error into a reader's words.
 * @param {any} error
 * @param {Words} words
 */
export function inWords(error, words) {
  const { unreachable, outdated, damaged, crashed, tooLong, old, setup, policy, cors, noIndex, refused, notFile } = words;
  /** @type {Partial<Record<import("./kanbao.d.ts").ErrorKind, string>>} */
  const of = {
    unreachable, outdated, damaged, "too-long": tooLong, unsupported: old, usage: setup, policy, cors, "no-index": noIndex, refused, page: notFile,
  };
  return of[/** @type {keyof typeof of} */ (error.kind)] ?? crashed;
}
