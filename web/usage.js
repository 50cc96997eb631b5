// Checks how kanbao.js is called, so that a mistake is told where it is made. This is
// a part of kanbao.js.
import { failure } from "./fault.js";

/** @import { Filter } from "./kanbao.d.ts" */

/**
 * @param {string} what
 * @param {string} want
 * @param {unknown} got
 */
function wrong(what, want, got) {
  let shown = String(got);
  try {
    shown = typeof got === "object" || typeof got === "string" ? JSON.stringify(got) : shown;
  } catch {
    // as it is
  }
  return failure("usage", `${what} must be ${want}, not ${shown?.slice(0, 80)}`);
}

const isName = (/** @type {unknown} */ value) => typeof value === "string" && value.trim() !== "";
const isWhole = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;

/** What each option must be, in words, and whether a value is that. */
const rules = /** @type {Record<string, [string, (value: any) => boolean]>} */ ({
  limit: ["a whole number from 1", (value) => isWhole(value) && value > 0],
  offset: ["a whole number from 0", isWhole],
  index: ["a whole number from 0", isWhole],
  sort: ['"", "newest", "oldest" or the name of a property', (value) => typeof value === "string"],
  facets: ["a list of names of fields", (value) => Array.isArray(value) && value.every(isName)],
  fields: ["a list of names of fields", (value) => Array.isArray(value) && value.every(isName)],
  filters: ["a list of {field, values, not}: field a name, values a list of strings, not true or false", (value) => Array.isArray(value) && value.every(isFilter)],
  confirm: ["true or false", (value) => typeof value === "boolean"],
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
});

/** @param {any} value */
const isFilter = (value) => value !== null && typeof value === "object" && isName(value.field)
  && Array.isArray(value.values) && value.values.every((/** @type {unknown} */ one) => typeof one === "string")
  && ["undefined", "boolean"].includes(typeof value.not)
  && Object.keys(value).every((key) => ["field", "values", "not"].includes(key));

/**
 * Throws an error of the kind "usage" unless options are an object, all of it are options
 * that a call has, and each is as it should be. An option that is undefined is none.
 * @param {string} call as "search"
 * @param {unknown} options
 * @param {string[]} names
 */
export function checkOptions(call, options, names) {
  if (options === null || typeof options !== "object" || Array.isArray(options)) throw wrong(`the options of ${call}`, "an object", options);
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !names.includes(name)) throw failure("usage", `${call} has no option ${JSON.stringify(name).slice(0, 80)}: it has ${names.join(", ")}`);
  }
  for (const name of names) {
    const value = /** @type {any} */ (options)[name]; // it may be inherited
    if (value === undefined) continue;
    const [want, is] = rules[name];
    if (!is(value)) throw wrong(`the option ${name} of ${call}`, want, value);
  }
}

/**
 * Throws an error of the kind "usage" unless a value is a string.
 * @param {string} what
 * @param {unknown} value
 */
export function checkText(what, value) {
  if (typeof value !== "string") throw wrong(what, "a string", value);
}

/**
 * Returns the addresses of sites, each with a slash at its end.
 * @param {unknown} bases one or a list
 * @returns {string[]}
 */
export function rootsOf(bases) {
  const list = Array.isArray(bases) ? bases : [bases];
  if (!list.length) throw wrong("base", "an address or a list of some", bases);
  return list.map((base) => {
    if (typeof base !== "string" && !(base instanceof URL)) throw wrong("base", "an address", base);
    let url;
    try {
      url = new URL(base, document.baseURI);
    } catch {
      throw wrong("base", "an address", base);
    }
    if (!/^https?:$/.test(url.protocol)) throw wrong("base", "an address of http or https", url.href);
    url.search = url.hash = "";
    if (!/\/$|\.html?$/i.test(url.pathname)) url.pathname += "/"; // a folder, as people write it
    return new URL("./", url).href;
  });
}

/**
 * Reads filters as an attribute has them: `source:gazette date:2024 -tag:"a b"`. Values
 * of one field are alternatives.
 * @param {string} text
 * @returns {Filter[]}
 */
export function filtersOf(text) {
  /** @type {Filter[]} */
  const filters = [];
  const rest = text.replace(/(-?)([^\s:"-][^\s:"]*):(?:"([^"]*)"|(\S+))/g, (_, minus, field, quoted, plain) => {
    const not = minus === "-", value = quoted ?? plain;
    const same = filters.find((filter) => filter.field === field && filter.not === not);
    if (same) same.values.push(value);
    else filters.push({ field, values: [value], not });
    return "";
  });
  if (rest.trim()) throw wrong("the attribute filters", "fields, each with a colon and a value", rest.trim());
  return filters;
}
