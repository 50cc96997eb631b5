// Shows the first hits of a search before the reader is there, which is a program as
// large as the engine. Until then this does what the reader does: what is typed is
// searched for and becomes the address of the page, and going back leaves the search.
// What else is wanted waits for the reader, which takes over what is shown (live.js).
import { addressed, stateOf } from "./address.js";
import { Connection } from "./connection.js";
import { count, element, fill } from "./fill.js";
import { linksOf } from "./hits.js";
import { interfaceLanguage } from "./interface.js";
import { place } from "./room.js";

/** @import { SpanHit } from "./hits.js" */
/** @import { Correction, Reading, Without } from "./kanbao.d.ts" */

/**
 * What is said of hits, in one language: text.Early. "{}" stands for a number or a word;
 * of two texts the first is for the number one.
 * @typedef {object} Words
 * @property {string} title
 * @property {string} results
 * @property {[string, string]} found
 * @property {[string, string]} atMost
 * @property {string} none
 * @property {string} relaxed
 * @property {string} meant
 * @property {string} read
 * @property {string} without
 * @property {[string, string]} count
 * @property {string} by
 * @property {[string, string, string]} orders
 * @property {string} narrow
 * @property {string} date
 * @property {string[]} months
 */

const most = 10; // hits, as many as the reader shows at first
const composed = 400; // ms without a letter after which what a touch keyboard composes is searched for
const calm = 300; // ms without a key, after which the reader may keep the page busy
const calmer = 700; // ms without a key, after which the line is free for it, and it starts under what is composed
const unused = 500; // ms in which nobody types, after which the reader is fetched

const pause = (/** @type {number} */ ms) => new Promise((done) => { setTimeout(done, ms); });

/** Reports whether this page is one on which hits may be shown before the reader is there. */
export const suits = () => !("shell" in document.documentElement.dataset) && stateOf("q").chosen.length === 0;

export class Early {
  #field = /** @type {HTMLInputElement} */ (document.getElementById("kb-q"));
  #view = element("div", { id: "kb-early", class: "kb-main", role: "main", tabindex: "-1" });
  #results = element("section", { class: "kb-results" });
  #listening = new AbortController();
  #stop = new AbortController();
  /** @type {Connection | undefined} */
  #connection;
  #composing = false;
  #before = ""; // what was in the field before something was composed
  #later = 0; // a timer
  #pressedAt = 0; // when a key was last pressed, as performance.now() has it
  #asked = ""; // what the engine was asked last
  #shown = ""; // what the hits are of that are shown
  #submitted = false;
  #going = false; // back, where the browser has not arrived yet
  #title = document.title; // of the page
  #clicked = -1; // the tool that was clicked, of those that wait for the reader
  #inPlace; // the address has the search that is shown
  #want = () => {};
  #wanted = new Promise((/** @type {(value?: unknown) => void} */ done) => { this.#want = done; });

  /**
   * @param {string} root the address of the site
   * @param {Words} words
   * @param {(text: string) => void} tell says something below the field
   */
  constructor(root, words, tell) {
    this.root = root;
    this.words = words;
    this.tell = tell;
    document.getElementById("kb-early")?.remove();
    this.#view.append(this.#results);
    if (interfaceLanguage() !== document.documentElement.lang) this.#view.lang = interfaceLanguage();
    this.#results.ariaLabel = words.results;
    const { text } = stateOf("q");
    this.#inPlace = this.#atSearch() && text !== "" && text === this.#field.value.trim();
    this.#listen();
  }

  #listen() {
    const { signal } = this.#listening, field = this.#field;
    field.addEventListener("compositionstart", () => {
      this.#composing = true;
      this.#before = field.value.trim();
    }, { signal });
    field.addEventListener("compositionend", () => { this.#composing = false; this.#search(); }, { signal });
    field.addEventListener("input", (event) => {
      clearTimeout(this.#later);
      this.#pressedAt = performance.now();
      this.#submitted = false;
      if (!this.#composing && !/** @type {InputEvent} */ (event).isComposing) this.#search();
      else if (matchMedia("(pointer: coarse)").matches) this.#later = setTimeout(() => this.#search(), composed);
    }, { signal });
    field.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    field.form?.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.#view.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    this.#view.addEventListener("click", ({ target }) => {
      this.#clicked = this.#tools().indexOf(/** @type {HTMLElement} */ (target));
    }, { signal });
    addEventListener("popstate", () => this.#moved(), { signal });
  }

  /**
   * Has an engine answer from now on.
   * @param {import("./engine.js").Port} port
   */
  answer(port) {
    this.#connection = new Connection({ port, run() {}, close() {} }, [this.root]);
    this.#search(this.#composing ? this.#before : undefined);
    if (!this.#field.value.trim()) pause(unused).then(() => { if (!this.#field.value) this.#want(); });
  }

  /** Resolves when the reader is to be fetched: the first hits are shown, and nobody types. */
  async wanted() {
    await this.#wanted;
    await this.#calm(calmer);
  }

  /** Resolves when the reader may start. */
  async idle() {
    await this.#calm(this.#composing ? calmer : calm);
    await new Promise((done) => { (globalThis.requestIdleCallback ?? setTimeout)(done, { timeout: 200 }); });
  }

  /** @param {number} ms in which nobody is to have typed */
  async #calm(ms) {
    for (let left; (left = this.#pressedAt + ms - performance.now()) > 0;) await pause(left);
  }

  async #search(text = this.#field.value.trim()) {
    clearTimeout(this.#later);
    if (!this.#connection || text === this.#asked) return;
    this.#asked = text;
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    if (!text) return this.#leave();
    try {
      const { sort } = stateOf("q");
      const answer = await this.#connection.request({ method: "search", lane: "page", text, sort: this.#inPlace ? sort : "", limit: most }, signal);
      this.#show(text, answer);
      requestAnimationFrame(() => setTimeout(this.#want)); // once it is painted
    } catch {
      if (!signal.aborted) this.#want(); // the reader asks again, and says why
    }
  }

  /**
   * @param {string} text
   * @param {{ hits: SpanHit[], total: number, exact: boolean, relaxed: boolean, read: Reading[], corrections: Correction[], without: Without[] }} answer
   */
  #show(text, { hits, total, exact, relaxed, read, corrections, without }) {
    const { words } = this, name = document.querySelector(`meta[property="og:site_name"]`)?.getAttribute("content");
    this.#enter(text);
    this.#shown = text;
    document.title = fill(words.title, text) + (name ? ` - ${name}` : "");
    this.tell(total ? count(exact || hits.length === total ? words.found : words.atMost, total) : fill(words.none, text));
    const heading = element("h1", { class: "kb-unseen" }, words.results);
    if (!total) return this.#results.replaceChildren(heading, element("div", { class: "kb-state" }, element("h2", {}, fill(words.none, text))));
    const remarks = [
      ...read.map(({ typed, as }) => element("p", { class: "kb-note" }, fill(words.read, typed), this.#others(as.map((one) => [one, text.replace(typed, () => one)])))),
      ...(corrections.length ? [element("p", { class: "kb-meant" }, words.meant, this.#others(corrections.map((one) => [one.text, one.text])))] : []),
      ...(relaxed ? [element("p", { class: "kb-note" }, words.relaxed)] : []),
      ...(without.length ? [element("ul", { class: "kb-without" }, ...without.map((one) => this.#less(one)))] : []),
    ];
    this.#results.replaceChildren(heading, element("div", { class: "kb-found" },
      ...(remarks.length ? [element("div", { class: "kb-remarks" }, ...remarks)] : []),
      ...(total > 1 ? [this.#toolbar()] : []),
      element("ol", { class: "kb-hits", "aria-label": words.results }, ...hits.map((hit, i) => this.#hit(hit, i, text)))));
  }

  /**
   * @param {SpanHit} hit
   * @param {number} i
   * @param {string} q
   */
  #hit(hit, i, q) {
    const [first, ...more] = linksOf({ roots: [this.root], template: null, target: "", q }, { ...hit, date: day(hit.date, this.words) });
    first.id = `kb-hit-${i}`;
    const { lang } = document.documentElement;
    if (this.#view.lang) {
      for (const link of [first, ...more]) link.lang = lang;
      first.querySelector("small")?.setAttribute("lang", this.#view.lang);
    }
    more.forEach((link, j) => { link.id = `kb-hit-${i}-${j + 1}`; });
    const passages = more.map((link) => element("li", {}, link));
    return element("li", {}, first, ...(more.length ? [element("ul", { class: "kb-passages" }, ...passages)] : []));
  }

  /** @param {string[][]} others what is shown of each, and what it searches for */
  #others(others) {
    return element("span", { class: "kb-choices" }, ...others.map(([label, text]) => element("a", { class: "kb-link", href: this.#address(text) }, label)));
  }

  /** @param {Without} without */
  #less({ text, word, filter, total }) {
    const label = fill(this.words.without, word || (filter?.values.join(" ") ?? ""));
    return element("li", {}, element("a", { class: "kb-link", href: this.#address(text) }, label), element("span", { class: "kb-n" }, count(this.words.count, total)));
  }

  /** What stands above the hits, and works once the reader is there. */
  #toolbar() {
    const { by, orders, narrow } = this.words, sort = this.#inPlace ? stateOf("q").sort : "";
    const buttons = orders.map((label, i) => element("button", { type: "button", "aria-pressed": String(["", "newest", "oldest"][i] === sort) }, label));
    return element("div", { class: "kb-tools" },
      element("div", { class: "kb-orders", role: "group", "aria-label": by }, ...buttons),
      element("button", { type: "button", class: "kb-narrow", "aria-expanded": "false" }, narrow));
  }

  /**
   * @param {HTMLElement} view
   * @returns {HTMLElement[]}
   */
  #tools(view = this.#view) { return [...view.querySelectorAll(/** @type {"button"} */ (".kb-tools button"))]; }

  /** @param {string} text */
  #address(text) {
    const { sort } = stateOf("q");
    return addressed(new URL("search/", this.root), "q", { text, sort: this.#inPlace ? sort : "", chosen: [] }).href;
  }

  /**
   * Puts the hits in the place of the page, at the address of the search.
   * @param {string} text
   */
  #enter(text) {
    const first = !this.#view.isConnected;
    if (first) {
      document.getElementById("kb-live")?.after(this.#view);
      cover(true);
      place(/** @type {HTMLElement | null} */ (document.getElementById("kb-offers")) ?? element("ul", { id: "kb-offers", hidden: "" }));
    }
    const depth = history.state?.kanbao ? history.state.depth : 0;
    try { // a browser may refuse, when it happens too often
      if (this.#inPlace) note("replaceState", { depth }, this.#address(text));
      else {
        const from = this.#field.dataset.from;
        delete this.#field.dataset.from;
        history.scrollRestoration = "manual";
        note("replaceState", { depth, scroll: Math.round(Number(from ?? scrollY)) }, location.href);
        note("pushState", { depth: depth + 1 }, this.#address(text));
      }
      this.#inPlace = true;
    } catch { /* the reader tries again */ }
    if (first) scrollTo(0, 0);
  }

  #atSearch() { return location.pathname === new URL("search/", this.root).pathname; }

  /** Follows the reader back and forward. */
  #moved() {
    this.#going = false;
    const { text } = stateOf("q");
    if (this.#atSearch() && text) {
      this.#inPlace = true;
      this.#field.value = text;
      this.#search();
    } else if (this.#view.isConnected) {
      if (this.#field.value.trim() === this.#shown) this.#field.value = text;
      this.#hide();
    }
  }

  /** Leaves the hits for what was there before them. */
  #leave() {
    if (!this.#view.isConnected) return;
    if (history.state?.depth) {
      if (!this.#going) history.back(); // a second press until it has gone would leave the site
      this.#going = true;
      return;
    }
    try { note("replaceState", { depth: 0 }, new URL("search/", this.root).href); } catch { /* as above */ }
    this.#hide();
  }

  #hide() {
    this.#stop.abort();
    this.#asked = this.#shown = "";
    this.#inPlace = false;
    document.title = this.#title;
    this.tell("");
    this.#view.remove();
    cover(false);
    scrollTo(0, history.state?.scroll ?? 0);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    if (!this.#connection) return; // the browser goes to the search page
    event.preventDefault();
    if (this.#composing) return;
    this.#submitted = true;
    if (matchMedia("(pointer: coarse)").matches) this.#field.blur();
    this.#search();
  }

  /** @param {KeyboardEvent} event in the field or among the hits */
  #pressed(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || !this.#view.isConnected) return;
    const links = /** @type {HTMLElement[]} */ ([...this.#view.querySelectorAll(".kb-hit")]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement)), inField = event.target === this.#field;
    /** @type {HTMLElement | undefined} */
    let to;
    if (event.key === "ArrowDown") to = links[at + 1] ?? this.#field;
    else if (event.key === "ArrowUp" && !inField) to = links[at - 1] ?? this.#field;
    else if (event.key === "Tab" && inField && !event.shiftKey) to = this.#tools()[0] ?? links[0];
    else if (event.key === "Tab" && event.shiftKey && event.target === (this.#tools()[0] ?? links[0])) to = this.#field;
    else if (event.key === "Escape" && !inField) to = this.#field;
    else if (event.key === "Escape") this.#leave();
    else return;
    event.preventDefault();
    to?.focus();
  }

  /**
   * The reader listens from now on. The address is that of what is in the field, and has
   * how far the hits were scrolled.
   * @returns {boolean} whether something is being composed
   */
  yield() {
    if (!this.#listening.signal.aborted && this.#view.isConnected) {
      const text = this.#field.value.trim();
      const depth = history.state?.depth ?? 0;
      try { note("replaceState", { depth, scroll: Math.round(scrollY) }, text && !this.#composing ? this.#address(text) : location.href); } catch { /* as above */ }
      const observer = new MutationObserver(() => { if (this.#replaced()) observer.disconnect(); });
      observer.observe(document.body, { childList: true, subtree: true });
    }
    this.end();
    const composing = this.#composing;
    this.#composing = false;
    return composing;
  }

  /** Takes the hits away once the reader shows its own, and reports whether it does. */
  #replaced() {
    const own = /** @type {HTMLElement | null} */ (document.getElementById("kb-live"));
    const left = !document.documentElement.classList.contains("kb-is-live");
    if (!left && (!own?.childElementCount || own.querySelector(".kb-results > h1:only-child"))) return false;
    const { activeElement } = document;
    const focus = this.#view.contains(activeElement) ? activeElement : null;
    const tool = this.#tools().indexOf(/** @type {HTMLElement} */ (focus));
    this.#view.remove();
    if (!own || left) return true;
    const instead = focus && (focus.id ? document.getElementById(focus.id) : this.#tools(own)[tool]);
    instead?.focus({ preventScroll: true });
    setTimeout(() => {
      dispatchEvent(new Event("resize")); // the reader counts what is beside the hits if it is seen
      if (this.#submitted) this.#field.form?.requestSubmit();
      this.#tools(own)[this.#clicked]?.click();
    });
    return true;
  }

  /** Listens and asks no more. What is shown stays. */
  end() {
    clearTimeout(this.#later);
    this.#listening.abort();
    this.#stop.abort();
  }
}

/**
 * Shows the hits and not the page, or the reverse; the reader does the same.
 * @param {boolean} hits
 */
function cover(hits) {
  document.documentElement.classList.toggle("kb-is-live", hits);
  for (const one of document.querySelectorAll("#kb-main, .skip")) one.toggleAttribute("hidden", hits);
}

/**
 * Writes an entry of the history as the reader does (wasm/page).
 * @param {"pushState" | "replaceState"} method
 * @param {{ depth: number, scroll?: number }} at
 * @param {string} url
 */
function note(method, { depth, scroll = 0 }, url) {
  const marks = method === "replaceState" ? document.querySelector("#kb-main .kb-article") && stateOf("q").text : "";
  history[method]({ kanbao: true, marks: marks || "", depth, scroll }, "", url);
}

/**
 * Puts a date into words. The browser's own take it a tenth of a second when they are asked
 * for first.
 * @param {string} date as YYYY-MM-DD
 * @param {Words} words
 */
function day(date, { date: words, months }) {
  const [, y, month, d] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  return name ? words.replace("{y}", String(Number(y))).replace("{month}", name).replace("{d}", String(Number(d))) : date;
}
