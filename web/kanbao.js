// Kanbao's search for any page: the JavaScript API and, with it, the element
// <kanbao-search>. Loading this module fetches nothing else; the engine comes with the
// first open() or the first focus of an element.
//
//   import { open } from "…/kanbao.js";
//   const index = await open();                     // or open("…/"), a site's root
//   const { total, hits } = await index.search("tide", { limit: 10 });
//   index.close();
//
//   <script type="module" src="…/kanbao.js"></script>
//   <kanbao-search></kanbao-search>
//
// docs/embedding.md has all of it, kanbao.d.ts the types.
import { Connection, address, connect, home } from "./connection.js";
import "./element.js";

/** @import { Index as Declared, SearchOptions, SearchResult, SuggestOptions, Suggestion, EngineStats } from "./kanbao.d.ts" */

/** Beyond this many, hits have only an id and a score: nobody reads so many snippets. */
const manyHits = 100;

/** @type {typeof import("./kanbao.d.ts").open} */
export async function open(base = home) {
  return new Index(await connect(new URL(base, document.baseURI).href));
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
  async search(text, { signal, ...query } = {}) {
    const { limit = 10 } = query;
    const request = { ...query, method: "search", api: true, text: String(text), limit, idsOnly: limit > manyHits };
    /** @type {SearchResult} */
    const answer = await this.#connection.ask(request, signal);
    for (const hit of answer.hits) {
      for (const passage of [hit, ...hit.more]) passage.href = address(this.#connection.root, hit.url, passage.block, passage.href);
      hit.excerpt = hit.snippet;
    }
    return answer;
  }

  /**
   * @param {string} text
   * @param {SuggestOptions} [options]
   * @returns {Promise<Suggestion[]>}
   */
  suggest(text, { limit = 8, signal } = {}) {
    return this.#connection.ask({ method: "suggest", text: String(text), limit }, signal);
  }

  /** @returns {Promise<EngineStats>} */
  stats() {
    return this.#connection.ask({ method: "stats" });
  }

  close() {
    this.#connection.close();
  }
}
