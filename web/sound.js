// Whether a file is what it should be. Nothing is stored before that is asked: a host, or a
// hotel that wants to be paid first, may answer anything with a page of its own. This is a
// part of sw.js.
import { BUILD, chunk, hashed, loader, manifest, program } from "./build.js";

/**
 * Tells whether an answer is the file of this build that it should be: by the hash in
 * its name, or for what has none by its type and by what stands in it.
 * @param {string} path
 * @param {Response} answer which is read
 * @param {boolean} [exact] what has no hash in its name must be the same to the byte; else a
 *   host may have changed a page on its way
 */
export async function sound(path, answer, exact) {
  try {
    if (exact && !hashed(program(path))) return thirteen(await sha256(await answer.arrayBuffer())) === BUILD.sums[path];
    if (path === manifest) return soundManifest(new Uint8Array(await answer.arrayBuffer()));
    if (chunk(path)) return path === `index/${thirteen(await sha256(await answer.arrayBuffer()))}.kb`;
    if (hashed(program(path))) {
      const bytes = await unpacked(path, await answer.arrayBuffer());
      return (await sha256(bytes)).startsWith(/-([0-9a-f]{8})\.\w+(\.\w+)?$/.exec(path)?.[1] ?? "-");
    }
    if (path.endsWith(".webmanifest")) return typeof await answer.json() === "object";
    return await ours(answer);
  } catch {
    return false;
  }
}

/**
 * Tells a page that uses this build's scripts.
 * @param {Response} answer which is read
 */
export async function ours(answer) {
  const page = /^text\/html/.test(answer.headers.get("content-type") ?? "");
  return page && Boolean(loader) && (await answer.text()).includes(/** @type {string} */ (loader));
}

/**
 * Tells a manifest by its checksum: 8 bytes that are those of the hash of all that
 * follows their length (docs/index-format.md).
 * @param {Uint8Array<ArrayBuffer>} file
 */
async function soundManifest(file) {
  if (!begins(file)) return false;
  let at = 12;
  while (file[at++] & 0x80);
  const sum = await sha256(file.slice(at).buffer);
  return hex(file.subarray(4, 12)) === sum.slice(0, 16);
}

/**
 * Tells a manifest of the format that this build's engine reads.
 * @param {Uint8Array} file
 */
const begins = (file) => hex(file.subarray(0, 4)) === BUILD.format;

const hex = (/** @type {Uint8Array} */ bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

const sha256 = async (/** @type {BufferSource} */ bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

/**
 * Returns the name of a chunk: the first 64 bits of its hash in 13 letters and digits
 * of base 32.
 * @param {string} sum in hexadecimal
 */
function thirteen(sum) {
  const digits = (BigInt(`0x${sum.slice(0, 16)}`) << 1n).toString(32).padStart(13, "0");
  return digits.replace(/./g, (digit) => "0123456789abcdefghjkmnpqrstvwxyz"[parseInt(digit, 32)]);
}

/**
 * Returns the bytes of a file that may be packed, as its name says.
 * @param {string} path
 * @param {ArrayBuffer} bytes
 */
async function unpacked(path, bytes) {
  const form = /\.wasm\.(br|gz)$/.exec(path)?.[1];
  if (!form || new Uint8Array(bytes)[0] === 0) return bytes; // the host may have unpacked it
  const packing = /** @type {CompressionFormat} */ (form === "br" ? "brotli" : "gzip");
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(packing))).arrayBuffer();
}
