// Kanbao's search for any page: the JavaScript API and, with it, the element
// <kanbao-search>. Loading this module fetches nothing else; the engine comes with the
// first open() or the first focus of an element.
//
//   import { open } from "…/kanbao.js";
//   const index = await open();                     // or open("…/"), a site's root, or several
//   const { total, hits } = await index.search("tide", { limit: 10 });
//   index.close();
//
//   <script type="module" src="…/kanbao.js"></script>
//   <kanbao-search></kanbao-search>
//
// docs/embedding.md has all of it, kanbao.d.ts the types.
import { FIELDS, address } from "./address.js";
import { Connection, connect, home } from "./connection.js";
import { checkOptions, checkText, rootsOf } from "./usage.js";
import "./element.js";

/** @import { Article, ArticleOptions, Index as Declared, Facet, FacetsOptions, SearchOptions, SearchResult, SuggestOptions, Suggestion, EngineStats } from "./kanbao.d.ts" */

/** Beyond this many, hits have only an id and a score: nobody reads so many snippets. */
const manyHits = 100;

/** @type {typeof import("./kanbao.d.ts").open} */
export async function open(base = home, options = {}) {
  const roots = rootsOf(base);
  checkOptions("open", options, ["signal"]);
  const { signal } = options;
  signal?.throwIfAborted();
  const opening = connect(roots);
  if (!signal) return new Index(await opening);
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason);
      opening.then((connection) => connection.close(), () => {});
    };
    signal.addEventListener("abort", stop, { once: true });
    // What is open is no longer the signal's: a limit of time may well pass after that.
    opening.then((connection) => resolve(new Index(connection)), reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** @implements {Declared} */
class Index {
  #connection;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * The engine answers in the form of the API; only addresses are added here.
   * @param {string} text
   * @param {SearchOptions} [options]
   * @returns {Promise<SearchResult>}
   */
  async search(text, options = {}) {
    checkText("what is searched for", text);
    checkOptions("search", options, ["limit", "offset", "sort", "filters", "facets", "confirm", "signal"]);
    const { signal, limit = 10, offset, sort, filters, facets, confirm } = options;
    const request = { method: "search", api: true, text, limit, offset, sort, filters, facets, confirm, idsOnly: limit > manyHits };
    /** @type {SearchResult} */
    const answer = await this.#connection.ask(request, signal);
    for (const hit of answer.hits) {
      for (const passage of [hit, ...hit.more]) passage.href = address(this.#connection.roots[hit.index], hit.url, passage.block, passage.href);
      hit.excerpt = hit.snippet;
    }
    return answer;
  }

  /**
   * @param {string} text
   * @param {SuggestOptions} [options]
   * @returns {Promise<Suggestion[]>}
   */
  async suggest(text, options = {}) {
    checkText("what is completed", text);
    checkOptions("suggest", options, ["limit", "signal"]);
    const { limit = 8, signal } = options;
    return this.#connection.ask({ method: "suggest", api: true, text, limit }, signal);
  }

  /**
   * @param {string} id
   * @param {ArticleOptions} [options]
   * @returns {Promise<Article>}
   */
  async article(id, options = {}) {
    checkText("the id of an article", id);
    checkOptions("article", options, ["index", "signal"]);
    const { index = 0, signal } = options;
    /** @type {Article} */
    const article = await this.#connection.ask({ method: "article", api: true, article: id, index }, signal);
    article.href = address(this.#connection.roots[article.index], article.url, 0, article.href);
    return article;
  }

  /**
   * @param {FacetsOptions} [options]
   * @returns {Promise<Facet[]>}
   */
  async facets(options = {}) {
    checkOptions("facets", options, ["fields", "filters", "signal"]);
    const { fields = FIELDS, filters, signal } = options;
    const { facets } = await this.#connection.ask({ method: "search", api: true, text: "", limit: 1, idsOnly: true, facets: fields, filters }, signal);
    return facets;
  }

  /** @returns {Promise<EngineStats>} */
  stats() {
    return this.#connection.ask({ method: "stats" });
  }

  close() {
    this.#connection.close();
  }
}
