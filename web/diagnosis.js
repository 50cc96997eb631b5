// Finds out why a page cannot search, and tells whoever keeps it what to do. kanbao.js
// loads it when something has failed.
import { failure } from "./fault.js";
import { fill, inLanguage } from "./fill.js";

/** @import { KanbaoError } from "./kanbao.d.ts" */
/** @import { Blocked } from "./connection.js" */

const patience = 5000; // ms that a server has to answer
const settle = 100; // ms until the browser has told of what a policy blocked

/**
 * The words in one language: text.Advice. "{}" stands for what is missing or wrong.
 * @typedef {object} Words
 * @property {string} setup
 * @property {string} policy
 * @property {string} cors
 * @property {string} noIndex
 * @property {string} refused
 * @property {string} notFile
 * @property {string} damaged
 * @property {string} onPage
 */

/**
 * By language. The site generator writes them here.
 * @type {Record<string, Words>}
 */
const WORDS = {};

const said = new Set(); // advice that is in the console

/** Returns the words for the page. */
const words = () => inLanguage(WORDS, document.documentElement.lang);

/**
 * Returns an error that names the cause of one, as far as that can be found out, and
 * puts what must be done into the console.
 * @param {any} error
 * @param {string[]} roots the addresses of the sites that are searched
 * @param {Blocked[]} blocked
 * @returns {Promise<any>}
 */
export async function explain(error, roots, blocked) {
  const kind = error?.kind ?? (error instanceof TypeError ? "unreachable" : "");
  let named = error?.kind ? error : failure(kind || "crashed", String(error?.message ?? error));
  if (kind === "unreachable" || kind === "damaged" || !kind) {
    const causes = roots.map((root) => probe(root, fileOf(named.message), blocked));
    for (const cause of causes) {
      const found = await cause;
      if (found) {
        named = found;
        break;
      }
    }
    if (kind === "damaged" && !named.advice) named = failure(kind, named.message, fill(words().damaged, named.message));
  } else if (kind === "refused" || kind === "page") {
    named = serverFault(kind, named.message);
  } else if (kind === "policy") {
    named = policyFault(named.message);
  } else if (kind === "usage") {
    named = failure(kind, named.message, fill(words().setup, named.message));
  }
  if (named.advice && !said.has(named.advice)) console.warn(named.advice);
  said.add(named.advice);
  return named;
}

/**
 * Tells that search runs on the page's own thread.
 * @param {string} why
 */
export function warn(why) { console.warn(fill(words().onPage, why)); }


/**
 * Returns the file of an index that a message is about.
 * @param {string} message
 */
const fileOf = (message) => /[\w-]+\.kb\b/.exec(message)?.[0] ?? "manifest.kb";

/**
 * Returns why a file of an index cannot be had, or null if it can or nobody knows.
 * @param {string} root
 * @param {string} file
 * @param {Blocked[]} blocked
 * @returns {Promise<KanbaoError | null>}
 */
async function probe(root, file, blocked) {
  await new Promise((resolve) => { setTimeout(resolve, settle); });
  const byPolicy = violation(root, blocked);
  if (byPolicy) return byPolicy;
  const url = `${root}index/${file}`;
  const { origin } = new URL(url);
  let answer;
  try {
    answer = await get(url);
  } catch {
    if (!navigator.onLine || origin === self.origin) return null;
    const there = await get(url, { mode: "no-cors" }).then(() => true, () => false);
    return there ? failure("cors", `${origin} does not allow pages of ${self.origin} to read it`, fill(words().cors, origin)) : violation(root, blocked);
  }
  const page = isPage(answer);
  if (answer.ok && !page) return null;
  answer.body?.cancel();
  const script = await get(`${root}kanbao.js`, { method: "HEAD" }).catch(() => null);
  if (!script?.ok || isPage(script)) return failure("no-index", `there is no index at ${root}`, fill(words().noIndex, root));
  return serverFault(page ? "page" : "refused", page ? url : `${url}: ${answer.status}`);
}

/**
 * @param {"refused" | "page"} kind
 * @param {string} what the file and what became of it
 */
function serverFault(kind, what) {
  return failure(kind, what, fill(words()[kind === "page" ? "notFile" : "refused"], what));
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 */
const get = (url, options) => fetch(url, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });

/** @param {Response} answer */
const isPage = (answer) => /^text\/html/.test(answer.headers.get("content-type") ?? "");

/**
 * Returns what of the page's policy has blocked something of ours, or null.
 * @param {string} root
 * @param {Blocked[]} blocked
 */
function violation(root, blocked) {
  const ours = [root, new URL("../", import.meta.url).href];
  for (const { effectiveDirective, blockedURI } of blocked) {
    const directive = effectiveDirective.replace(/-(elem|attr)$/, "");
    const of = ours.find((one) => blockedURI.startsWith(one) || blockedURI === new URL(one).origin);
    if (of && directive !== "worker-src") return policyFault(`${directive} ${source(of)}`);
  }
  return null;
}

/**
 * Returns a URL's origin as a policy names it.
 * @param {string} url
 */
const source = (url) => (new URL(url).origin === self.origin ? "'self'" : new URL(url).origin);

/** @param {string} word what the policy lacks */
function policyFault(word) { return failure("policy", word, fill(words().policy, word)); }
