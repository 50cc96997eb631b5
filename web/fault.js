// What errors look like. This is a part of kanbao.js and engine.js.

/** @import { ErrorKind, KanbaoError } from "./kanbao.d.ts" */

/**
 * @param {ErrorKind} kind
 * @param {string} message
 * @param {string} [advice] what whoever keeps the page or the site must do
 * @returns {KanbaoError}
 */
export function failure(kind, message, advice = "") {
  return Object.assign(new Error(message), { name: /** @type {const} */ ("KanbaoError"), kind, advice });
}
