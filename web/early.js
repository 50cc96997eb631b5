// Shows the first hits of a search before the reader is there, which is a program as
// large as the engine. Until then this does what the reader does: what is typed is
// searched for and becomes the address of the page, and going back leaves the search.
// What else is wanted waits for the reader, which takes over what is shown (live.js).
import { addressed, stateOf } from "./address.js";
import { Connection } from "./connection.js";
import { element, fill } from "./fill.js";
import { foundOf, lessOf, linksOf } from "./hits.js";
import { interfaceLanguage } from "./interface.js";
import { place } from "./room.js";
import { Asking, Typing, isAlone, step } from "./typing.js";

/** @import { SpanHit } from "./hits.js" */
/** @import { Correction, Reading, Without } from "./kanbao.d.ts" */
/** @import { Proposal } from "./hits.js" */

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
const calm = 300; // ms without a key, after which the reader may keep the page busy
const calmer = 700; // ms without a key, after which the line is free for it, and it starts under what is composed
const unused = 500; // ms in which nobody types, after which the reader is fetched

const pause = (/** @type {number} */ ms) => new Promise((done) => { setTimeout(done, ms); });

/** Reports whether this page is one on which hits may be shown before the reader is there. */
export const suits = () => !("shell" in document.documentElement.dataset) && stateOf().chosen.length === 0;

export class Early {
  #field = /** @type {HTMLInputElement} */ (document.getElementById("kb-q"));
  #view = element("div", { id: "kb-early", class: "kb-main", role: "main" });
  #results = element("section", { class: "kb-results" });
  #listening = new AbortController();
  #typing = new Typing(this.#field, {
    typed: (text) => this.#asking.ask(text),
    pressed: (event) => this.#pressed(event),
    submitted: (event) => this.#submit(event),
  }, this.#listening.signal);
  #asking = new Asking((text, signal) => this.#search(text, signal), () => this.#want()); // the reader asks again, and says why
  #answers = false; // an engine does
  #answer = (/** @type {Connection} */ _) => {};
  #connected = new Promise((/** @type {(connection: Connection) => void} */ done) => { this.#answer = done; });
  #pressedAt = 0; // when a key was last pressed, as performance.now() has it
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
    const { text } = stateOf();
    this.#inPlace = this.#atSearch() && text !== "" && text === this.#field.value.trim();
    this.#listen();
    this.#asking.ask(this.#typing.text);
  }

  #listen() {
    const { signal } = this.#listening;
    this.#field.addEventListener("input", () => {
      this.#pressedAt = performance.now();
      this.#submitted = false;
    }, { signal });
    this.#view.addEventListener("keydown", (event) => { if (isAlone(event)) this.#pressed(event); }, { signal });
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
    this.#answers = true;
    this.#answer(new Connection({ port, close() {} }, [this.root]));
    if (!this.#typing.composing) this.#asking.ask(this.#typing.text);
    if (!this.#typing.text) pause(unused).then(() => { if (!this.#field.value) this.#want(); });
  }

  /** Resolves when the reader is to be fetched: the first hits are shown, and nobody types. */
  async wanted() {
    await this.#wanted;
    await this.#calm(calmer);
  }

  /** Resolves when the reader may start. */
  async idle() {
    await this.#calm(this.#typing.composing ? calmer : calm);
    await new Promise((done) => { (globalThis.requestIdleCallback ?? setTimeout)(done, { timeout: 200 }); });
  }

  /** @param {number} ms in which nobody is to have typed */
  async #calm(ms) {
    for (let left; (left = this.#pressedAt + ms - performance.now()) > 0;) await pause(left);
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   */
  async #search(text, signal) {
    if (!text) return this.#leave();
    const connection = await this.#connected;
    const { sort } = stateOf();
    this.#show(text, await connection.request({ method: "search", lane: "page", text, sort: this.#inPlace ? sort : "", limit: most }, signal));
    requestAnimationFrame(() => setTimeout(this.#want)); // once it is painted
  }

  /**
   * @param {string} text
   * @param {{ hits: SpanHit[], total: number, exact: boolean, relaxed: boolean, read: Reading[], corrections: Correction[], without: Without[] }} answer
   */
  #show(text, answer) {
    const { hits, total, relaxed, read, corrections } = answer, { words } = this, found = foundOf(answer, text, words), less = lessOf(answer.without, text, words);
    const name = document.querySelector(`meta[property="og:site_name"]`)?.getAttribute("content");
    this.#enter(text);
    this.#shown = text;
    document.title = fill(words.title, text) + (name ? ` - ${name}` : "");
    this.tell(found);
    const heading = element("h1", { class: "kb-unseen" }, words.results);
    const reads = read.map(({ typed, as }) => element("p", { class: "kb-note" }, fill(words.read, typed), this.#others(as.map((one) => [one, text.replace(typed, () => one)]))));
    const meant = corrections.length ? [element("p", { class: "kb-meant" }, words.meant, this.#others(corrections.map((one) => [one.text, one.text])))] : [];
    if (!total) return this.#results.replaceChildren(heading, element("div", { class: "kb-state" }, element("h2", {}, found), ...meant, ...reads));
    const remarks = [
      ...reads,
      ...meant,
      ...(relaxed ? [element("p", { class: "kb-note" }, words.relaxed)] : []),
      ...(less.length ? [element("ul", { class: "kb-without" }, ...less.map((one) => this.#less(one)))] : []),
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

  /** @param {Proposal} proposal */
  #less({ text, label, note }) {
    return element("li", {}, element("a", { class: "kb-link", href: this.#address(text) }, label), element("span", { class: "kb-n" }, note));
  }

  /** What stands above the hits, and works once the reader is there. */
  #toolbar() {
    const { by, orders, narrow } = this.words, sort = this.#inPlace ? stateOf().sort : "";
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
    const { sort } = stateOf();
    return addressed(new URL("search/", this.root), { text, sort: this.#inPlace ? sort : "", chosen: [] }).href;
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
    const { text } = stateOf();
    if (this.#atSearch() && text) {
      this.#inPlace = true;
      this.#field.value = text;
      this.#asking.ask(text);
    } else if (this.#view.isConnected) {
      if (this.#typing.text === this.#shown) this.#field.value = text;
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
    this.#asking.end();
    this.#shown = "";
    this.#inPlace = false;
    document.title = this.#title;
    this.tell("");
    this.#view.remove();
    cover(false);
    scrollTo(0, history.state?.scroll ?? 0);
  }

  /** @param {Event} event */
  #submit(event) {
    if (!this.#answers) return; // the browser goes to the search page
    event.preventDefault();
    this.#submitted = true;
    this.#typing.putAway();
    this.#asking.ask(this.#typing.text);
  }

  /** @param {KeyboardEvent} event in the field or among the hits */
  #pressed(event) {
    if (!this.#view.isConnected) return;
    const links = /** @type {HTMLElement[]} */ ([...this.#view.querySelectorAll(".kb-hit")]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement)), inField = event.target === this.#field;
    /** @type {HTMLElement | undefined} */
    let to;
    if (event.key === "ArrowDown" || event.key === "ArrowUp" && !inField) to = links[step(at, links.length, event.key)] ?? this.#field;
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
    const { text, composing } = this.#typing;
    if (!this.#listening.signal.aborted && this.#view.isConnected) {
      const depth = history.state?.depth ?? 0;
      try { note("replaceState", { depth, scroll: Math.round(scrollY) }, text && !composing ? this.#address(text) : location.href); } catch { /* as above */ }
      const observer = new MutationObserver(() => { if (this.#replaced()) observer.disconnect(); });
      observer.observe(document.body, { childList: true, subtree: true });
    }
    this.end();
    this.#typing.composing = false;
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
    this.#listening.abort();
    this.#asking.end();
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
  const marks = method === "replaceState" ? document.querySelector("#kb-main .kb-article") && stateOf().text : "";
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
