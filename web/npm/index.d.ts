export type * from "./kanbao.js";

/**
 * Loads kanbao.js from the folder at `base`, which defines `<kanbao-search>` and has
 * `open()`. It is not bundled, so that it always fits the index of the site. Rejects
 * with a TypeError if it cannot be loaded.
 */
export function load(base: string | URL): Promise<typeof import("./kanbao.js")>;
