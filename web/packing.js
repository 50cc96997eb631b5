// What a browser can unpack, and so in which form a wasm program is asked for. This is a
// part of kanbao.js, engine.js and sw.js; the site generator puts it into each.

/**
 * Reports whether the browser has a DecompressionStream for a format.
 * @param {string} format "gzip" or "brotli"
 */
export function unpacks(format) {
  try {
    return Boolean(new DecompressionStream(/** @type {CompressionFormat} */ (format)));
  } catch {
    return false;
  }
}

/**
 * Returns the ending of the smallest form in which a program can be had: ".br" where
 * the browser unpacks that, "" where the host packs as well, which is seen by how it
 * sent a script, else ".gz". What a browser unpacks for its HTTP cache comes to the
 * page slower than what the page unpacks, by a tenth of a second.
 * @param {string} script the address of a script that the host has sent
 */
export function smallest(script) {
  if (unpacks("brotli")) return ".br";
  const [timing] = /** @type {(PerformanceResourceTiming & { contentEncoding?: string })[]} */ (performance.getEntriesByName(script));
  const encoding = timing?.contentEncoding;
  return encoding === undefined || /^(br|zstd)$/.test(encoding) || !unpacks("gzip") ? "" : ".gz";
}
