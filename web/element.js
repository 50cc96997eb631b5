// The element <kanbao-search base lang placeholder>: a search field that shows hits
// below itself, on any page. This is a part of kanbao.js. An engine is fetched when a
// field first has the focus.
import { Connection, address, connect, home } from "./connection.js";

/** @import { Correction, Suggestion, Without } from "./kanbao.d.ts" */
/** @import { Span } from "./connection.js" */

/**
 * The words of the element in one language: text.Widget. "{}" stands for a word or a
 * number; of two texts the first is for the number one.
 * @typedef {object} Words
 * @property {string} label
 * @property {string} hint
 * @property {string} loading
 * @property {string} results
 * @property {string} all
 * @property {string} none
 * @property {[string, string]} found
 * @property {[string, string]} atMost
 * @property {[string, string]} count
 * @property {string} meant
 * @property {string} without
 * @property {string} stop
 * @property {string} unreachable
 * @property {string} outdated
 * @property {string} damaged
 * @property {string} crashed
 * @property {string} tooLong
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
function language(tag) {
  if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return WORDS["zh-Hant"];
  return /^en/i.test(tag) ? WORDS.en : WORDS["zh-Hans"];
}

/**
 * Puts a word or number into a text.
 * @param {string} text
 * @param {string | number} value
 */
const fill = (text, value) => text.replace("{}", () => String(value));

/**
 * Puts a number into one of two texts.
 * @param {[string, string]} texts
 * @param {number} n
 */
const count = ([one, many], n) => (n === 1 ? one : fill(many, n));

const css = `
:host { display: block; position: relative; font: inherit; color: var(--kanbao-ink, CanvasText); }
:host([hidden]) { display: none; }
input { box-sizing: border-box; inline-size: 100%; min-block-size: 44px; padding-inline: 0.75em; font: inherit; color: inherit;
  background: var(--kanbao-paper, Canvas); border: 1px solid var(--kanbao-rule, GrayText); border-radius: var(--kanbao-radius, 2px); }
input:focus-visible { outline: 3px solid var(--kanbao-accent, #9e1b1f); outline-offset: 1px; }
.panel { position: absolute; z-index: var(--kanbao-z, 10); inset-inline: 0; margin-block-start: 4px; max-block-size: min(70vh, 32em); overflow-y: auto;
  background: var(--kanbao-paper, Canvas); border: 1px solid var(--kanbao-rule, GrayText); border-radius: var(--kanbao-radius, 2px); }
[hidden] { display: none !important; }
p { margin: 0; padding: 0.5em 0.75em; font-size: 0.875em; }
ol { margin: 0; padding: 0; list-style: none; }
a { display: block; padding: 0.6em 0.75em; min-block-size: 44px; box-sizing: border-box; color: inherit; text-decoration: none; line-height: 1.5; }
li + li a { border-block-start: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
a:hover, a[aria-selected="true"] { background: color-mix(in srgb, var(--kanbao-accent, #9e1b1f) 10%, transparent); }
a:focus-visible { outline: 3px solid var(--kanbao-accent, #9e1b1f); outline-offset: -3px; }
a[part="proposal"] { display: flex; align-items: center; justify-content: space-between; gap: 1em; }
b { display: block; font-weight: 600; }
small { display: block; font-size: 0.8em; opacity: 0.75; }
span { display: block; font-size: 0.9em; }
mark { color: inherit; background: var(--kanbao-mark, #f8e3a3); text-decoration: underline 2px var(--kanbao-accent, #9e1b1f); text-underline-offset: 0.2em; }
@media (prefers-color-scheme: dark) { mark { background: var(--kanbao-mark, #54431a); } }
button { min-block-size: 44px; padding-inline: 1em; font: inherit; }
.all { border-block-start: 1px solid var(--kanbao-rule, GrayText); color: var(--kanbao-accent, inherit); }
`;

/** @type {CSSStyleSheet} */
let sheet; // of all elements of the page

/** @type {Map<string, Promise<Connection>>} */
const connections = new Map(); // by the address of a site, for all elements of the page

/**
 * @param {string} root
 * @param {(loaded: number, total: number) => void} progress
 */
function connectionTo(root, progress) {
  let connection = connections.get(root);
  if (!connection) {
    connection = connect(root, progress).catch((error) => {
      connections.delete(root);
      throw error;
    });
    connections.set(root, connection);
  }
  return connection;
}

/**
 * Makes an HTML element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

/**
 * Marked text as nodes.
 * @param {Span[]} spans
 */
const marked = (spans) => spans.map(({ t, m }) => (m ? element("mark", { part: "mark" }, t) : t));

/**
 * A hit as it travels, with what is shown of it.
 * @typedef {{ url: string, title: Span[], date: string, page: string, snippet: Span[], block: number, heading: string, href: string }} SpanHit
 */

/**
 * Another query that is offered.
 * @typedef {{ text: string, label: string, note: string }} Proposal
 */

/**
 * Makes a line of the list.
 * @param {number} i
 * @param {string} part
 * @param {string} href
 * @param {(Node | string)[]} children
 */
const option = (i, part, href, ...children) => element("a", { id: `hit${i}`, role: "option", "aria-selected": "false", part, href }, ...children);

class KanbaoSearch extends HTMLElement {
  #words = language("");
  #input = element("input", {
    type: "search", role: "combobox", part: "input", autocomplete: "off", enterkeyhint: "search",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list",
  });
  #status = element("p", { role: "status", "aria-live": "polite", part: "status" });
  #list = element("ol", { id: "list", role: "listbox" });
  #all = element("a", { class: "all", part: "all" });
  #panel = element("div", { class: "panel", part: "panel", hidden: "" }, this.#status, this.#list, this.#all);
  #composing = false;
  #asked = ""; // what the list is about, or will be
  #chosen = -1;
  #page = true; // there is one that shows all results: not where another site was indexed
  #stop = new AbortController();

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#words = language(this.lang || document.documentElement.lang);
    this.#input.placeholder = this.getAttribute("placeholder") ?? this.#words.hint;
    this.#input.setAttribute("aria-label", this.#words.label);
    this.#list.setAttribute("aria-label", this.#words.results);
    this.#all.textContent = this.#words.all;
    const shadow = this.attachShadow({ mode: "open", delegatesFocus: true });
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#input, this.#panel);
    this.#listen();
  }

  get #root() {
    return new URL(this.getAttribute("base") ?? home, document.baseURI).href;
  }

  #listen() {
    const input = this.#input;
    input.addEventListener("focus", () => this.#connect().catch(() => {}));
    input.addEventListener("compositionstart", () => { this.#composing = true; });
    input.addEventListener("compositionend", () => { this.#composing = false; this.#search(); });
    input.addEventListener("input", (event) => { if (!event.isComposing && !this.#composing) this.#search(); });
    input.addEventListener("keydown", (event) => { if (!event.isComposing && event.keyCode !== 229) this.#pressed(event); });
    this.addEventListener("focusout", (event) => { if (!this.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#open(false); });
    this.addEventListener("focusin", () => { if (this.#asked) this.#open(true); });
  }

  async #connect() {
    const loading = setTimeout(() => { if (this.#asked) this.#tell(this.#words.loading); }, 300);
    try {
      return await connectionTo(this.#root, (loaded, total) => {
        if (this.#asked && total) this.#tell(`${this.#words.loading}${Math.floor((loaded / total) * 10) * 10}%`);
      });
    } finally {
      clearTimeout(loading);
    }
  }

  /** @param {string} text */
  #tell(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#open(true);
  }

  /** @param {boolean} open */
  #open(open) {
    this.#panel.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open && this.#list.childElementCount > 0));
  }

  async #search() {
    const text = this.#input.value.trim();
    if (text === this.#asked) return;
    this.#asked = text;
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    if (!text) return this.#show([], "");
    try {
      const connection = await this.#connect();
      if (signal.aborted) return;
      // Both before anything is shown, so that nothing moves; the hits count
      // where the suggestions fail.
      let failed = "";
      const [answer, suggestions] = await Promise.all([
        connection.ask({ method: "search", text, limit: 8 }, signal),
        connection.ask({ method: "suggest", text, limit: 5 }, signal).catch((error) => {
          failed = this.#why(error);
          return [];
        }),
      ]);
      const { total, exact, hits } = answer;
      const status = [total ? count(exact ? this.#words.found : this.#words.atMost, total) : this.#words.none, failed];
      this.#show(hits, status.filter(Boolean).join(this.#words.stop), total, this.#proposals(answer, suggestions));
    } catch (error) {
      if (signal.aborted) return;
      this.#show([], this.#why(error));
      this.#asked = ""; // so that the same is tried again
      if (/** @type {any} */ (error).kind === "too-long") return;
      const again = element("button", { type: "button", part: "again" }, this.#words.again);
      again.addEventListener("click", () => { this.#input.focus(); this.#search(); });
      this.#status.append(" ", again);
    }
  }

  /**
   * Puts an error into words.
   * @param {any} error
   */
  #why(error) {
    const { unreachable, outdated, damaged, crashed, tooLong } = this.#words;
    const kind = error.kind ?? (error instanceof TypeError ? "unreachable" : "crashed");
    return { unreachable, outdated, damaged, "too-long": tooLong }[/** @type {string} */ (kind)] ?? crashed;
  }

  /**
   * Returns other queries to offer.
   * @param {{ corrections: Correction[], without: Without[], total: number }} answer
   * @param {Suggestion[]} suggestions
   * @returns {Proposal[]}
   */
  #proposals({ corrections, without, total }, suggestions) {
    const words = this.#words;
    const articles = (/** @type {number} */ n) => count(words.count, n);
    return [
      ...corrections.map(({ text }) => ({ text, label: fill(words.meant, text), note: "" })),
      ...without.map(({ text, word, filter, total }) => (
        { text, label: fill(words.without, word || (filter?.values.join(" ") ?? "")), note: articles(total) })),
      ...(total ? suggestions : []).filter(({ text, url }) => !url && text !== this.#asked).slice(0, 3)
        .map(({ text, count }) => ({ text, label: text, note: count ? articles(count) : "" })),
    ];
  }

  /**
   * Shows what was found.
   * @param {SpanHit[]} hits
   * @param {string} status
   * @param {number} [total]
   * @param {Proposal[]} [proposals]
   */
  #show(hits, status, total = 0, proposals = []) {
    const root = this.#root;
    this.#choose(-1);
    this.#list.replaceChildren(
      ...proposals.map(({ text, label, note }, i) => {
        const link = option(i, "proposal", this.#addressOfAll(text), label, element("small", {}, note));
        link.addEventListener("click", (event) => this.#take(event, text));
        return element("li", { role: "presentation" }, link);
      }),
      ...hits.map((hit, i) => element("li", { role: "presentation" }, option(i + proposals.length, "hit", address(root, hit.url, hit.block, hit.href, this.#asked),
        element("b", { part: "title" }, ...marked(hit.title)),
        element("small", { part: "meta" }, [hit.date, hit.page, hit.heading].filter(Boolean).join(" · ")),
        element("span", { part: "snippet" }, ...marked(hit.snippet))))));
    this.#page = !hits.some(({ href }) => href);
    this.#all.hidden = total <= hits.length || !this.#page;
    this.#all.href = this.#addressOfAll();
    if (!status) return this.#open(false);
    this.#tell(status);
  }

  /**
   * Searches here for what a proposal says, unless it is to open elsewhere.
   * @param {MouseEvent} event
   * @param {string} text
   */
  #take(event, text) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#input.value = text;
    this.#input.focus();
    this.#search();
  }

  #addressOfAll(text = this.#asked) {
    const all = new URL("search/", this.#root);
    all.searchParams.set("q", text);
    return all.href;
  }

  /** @param {number} i -1 for none */
  #choose(i) {
    const links = this.#list.querySelectorAll("a");
    links[this.#chosen]?.setAttribute("aria-selected", "false");
    this.#chosen = i;
    if (i < 0) return this.#input.removeAttribute("aria-activedescendant");
    links[i].setAttribute("aria-selected", "true");
    links[i].scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", links[i].id);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const n = this.#list.childElementCount;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!n) return;
        this.#open(true);
        // Beyond either end is the field itself, which is -1.
        this.#choose(((this.#chosen + (event.key === "ArrowDown" ? 2 : 0) + n + 1) % (n + 1)) - 1);
        break;
      case "Enter":
        if (this.#chosen >= 0) this.#list.querySelectorAll("a")[this.#chosen].click();
        else if (!this.#page) this.#list.querySelectorAll("a")[0]?.click();
        else if (this.#input.value.trim()) {
          this.#asked = this.#input.value.trim();
          location.href = this.#addressOfAll();
        }
        break;
      case "Escape":
        if (this.#panel.hidden) return;
        this.#open(false);
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}

if (!customElements.get("kanbao-search")) customElements.define("kanbao-search", KanbaoSearch);
