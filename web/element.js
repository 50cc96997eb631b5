// The element <kanbao-search>: a search field that shows hits, on any page. This is a
// part of kanbao.js. An engine is fetched when a field first has the focus, or when
// there is something to search for.
import { addressed, stateOf } from "./address.js";
import { connectionTo, explain } from "./connection.js";
import { element } from "./fill.js";
import { linksOf, proposalsOf, selections, sentences, statusOf } from "./hits.js";
import { isDark, lens, look } from "./look.js";
import { Panel } from "./toplayer.js";
import { Settings } from "./attributes.js";
import { Asking, Typing, isAlone, step } from "./typing.js";
import { inWords, language } from "./words.js";

/** @import { KanbaoSearchElement } from "./kanbao.d.ts" */
/** @import { Results } from "./page.js" */

/** @implements {Pick<KanbaoSearchElement, "value" | "show">} */
class KanbaoSearch extends HTMLElement {
  static observedAttributes = ["base", "lang", "placeholder", "theme", "mode", "filters", "limit", "href-template", "open"];

  #settings = new Settings(this);
  #words = language("");
  #input = element("input", { type: "search", part: "input", autocomplete: "off", enterkeyhint: "search" });
  #close = element("button", { type: "button", class: "close", part: "close" });
  #bar = element("div", { class: "bar" }, this.#input, this.#close);
  #status = element("p", { role: "status", "aria-live": "polite", part: "status" });
  #list = element("ol", { id: "list", role: "listbox" });
  #all = element("a", { class: "all", part: "all", hidden: "" });
  #body = element("div", { class: "panel", part: "panel", hidden: "" }, this.#status, this.#list, this.#all);
  #box = element("div", { class: "box", part: "box" }, this.#bar, this.#body);
  #space = element("div");
  #label = element("span");
  #button = element("button", { type: "button", class: "open", part: "button", "aria-haspopup": "dialog" }, lens(), this.#label, element("kbd", { "aria-hidden": "true" }));
  #dialog = element("dialog", { part: "dialog" });
  #root = element("div", { class: "root", dir: "ltr" }); // as all words here are written
  #plain = element("i", { class: "plain" });
  #panel = new Panel(this.#box, this.#bar, this.#body, this.#space);
  /** @type {Results | undefined} */
  #results; // of the mode page
  #typing = new Typing(this.#input, {
    typed: (text) => this.#take(text),
    pressed: (event) => this.#pressed(event),
    submitted: (event) => this.#submitted(event),
  });
  #asking = new Asking((text, signal) => this.#search(text, signal), (error) => this.#failed(error));
  #chosen = -1;
  /** @type {boolean | undefined} */
  #page; // there is one that shows all results: not where another site was indexed. Not known yet
  #going = false; // to the first hit, once it is there
  #left = false; // by the reader: what comes late opens no panel
  /** @type {"" | "set" | "moved"} */
  #owed = ""; // why something is to be searched for as soon as this is in a page
  /** @type {Event | undefined} */
  #press; // of a pointer, the last one in here
  #away = new AbortController(); // of what listens outside of the element
  #ready = ""; // the addresses that kanbao:ready has told of
  #searched = ""; // the search of the page's address that was read or written last

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open", delegatesFocus: true });
    shadow.adoptedStyleSheets = [look()];
    shadow.append(this.#root, this.#plain);
    this.#listen();
  }

  connectedCallback() {
    this.#away = new AbortController();
    const { signal } = this.#away;
    document.addEventListener("pointerdown", (event) => { if (event !== this.#press) this.#dismiss(); }, { signal });
    document.addEventListener("keydown", (event) => this.#hotkey(event), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint(), { signal });
    // A link to a place of the page is told of as well.
    addEventListener("popstate", () => { if (location.search !== this.#searched) this.#read(); }, { signal });
    for (const name of ["storage", "kb-choices"]) addEventListener(name, () => this.#look(), { signal });
    this.#watch(signal);
    this.#say();
    this.#arrange();
    this.#paint();
    // What the page has set before this script came hides the accessor of the class.
    const early = Object.getOwnPropertyDescriptor(this, "value");
    if (early && Reflect.deleteProperty(this, "value")) this.value = early.value;
    else if (this.#owed) this.#take(this.#typing.text);
    this.#owed = "";
  }

  disconnectedCallback() {
    this.#away.abort();
    if (this.#panel.isOpen || this.#asking.busy && !this.#left) {
      this.#owed = "moved";
      setTimeout(() => { if (this.#owed === "moved") this.#owed = ""; }); // it was removed
    }
    this.#asking.end();
    this.#panel.close();
    if (this.#dialog.open) this.#dialog.close();
  }

  /**
   * @param {string} name
   * @param {string | null} old
   * @param {string | null} value
   */
  attributeChangedCallback(name, old, value) {
    if (!this.isConnected || old === value) return;
    if (name === "theme") return this.#paint();
    if (name === "mode") return this.#arrange();
    this.#say();
    if (name === "base") this.#page = undefined;
    if (name === "placeholder") return;
    if (this.#panel.isOpen || this.#results || this.#asking.busy) this.#again();
    else this.#asking.end();
  }

  get value() { return this.#input.value; }

  set value(text) {
    this.#input.value = String(text ?? "");
    if (this.isConnected) this.#take(this.#typing.text);
    else this.#owed = "set";
  }

  /** @param {string} text that somebody wants to be searched for */
  #take(text) {
    this.#left = false;
    this.#asking.ask(text);
  }

  /** Nothing is shown of what is folded, though it has a place. */
  get #isShown() { return this.#root.checkVisibility?.() ?? this.#root.getClientRects().length > 0; }

  show() {
    if (!this.#isShown) return; // a dialog that nobody sees would lock the page
    if (this.#settings.mode === "button" && !this.#dialog.open) {
      this.#paint();
      this.#dialog.showModal();
    }
    this.#input.focus();
    this.#input.select();
  }

  /** Says everything in the element's language. */
  #say() {
    const words = this.#words = language(this.lang || this.#settings.chosen || this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang);
    this.#input.placeholder = this.getAttribute("placeholder") ?? words.hint;
    this.#input.setAttribute("aria-label", words.label);
    this.#list.setAttribute("aria-label", words.results);
    this.#close.textContent = words.close;
    this.#all.textContent = words.all;
    this.#label.textContent = this.getAttribute("placeholder") ?? words.label;
    this.#dialog.setAttribute("aria-label", words.label);
    const [, , key] = this.#button.children;
    key.textContent = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘ K" : "Ctrl K";
  }

  #paint() {
    const theme = this.getAttribute("theme");
    this.#root.classList.toggle("dark", theme === "dark" || theme !== "light" && isDark(this, this.#plain));
  }

  /**
   * Has the element follow a page that changes its language or its colours.
   * @param {AbortSignal} signal
   */
  #watch(signal) {
    const { documentElement, body } = document;
    const observer = new MutationObserver(() => this.#look());
    observer.observe(document, { subtree: true, attributeFilter: ["lang"] });
    for (const e of [documentElement, body]) if (e) observer.observe(e, { attributes: true });
    signal.addEventListener("abort", () => observer.disconnect());
    document.addEventListener("transitionend", ({ target, propertyName }) => {
      if (propertyName === "background-color" && /** @type {Node} */ (target).contains(this)) this.#paint();
    }, { signal });
  }

  /** Looks what the page around it is like now. */
  #look() {
    const words = this.#words;
    this.#say();
    this.#paint();
    if (words !== this.#words && (this.#panel.isOpen || this.#results)) this.#again();
  }

  /** Puts the parts where the mode has them. */
  #arrange() {
    this.#panel.close();
    if (this.#dialog.open) this.#dialog.close();
    const mode = this.#settings.mode;
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list" };
    for (const [name, value] of Object.entries(combobox)) {
      if (mode === "page") this.#input.removeAttribute(name);
      else this.#input.setAttribute(name, value);
    }
    this.#asking.end();
    this.#results?.root.remove();
    this.#results = undefined;
    this.#dialog.replaceChildren(...(mode === "button" ? [this.#box] : []));
    this.#root.replaceChildren(...(mode === "button" ? [this.#button, this.#dialog] : [this.#space, this.#box]));
    if (mode === "page") this.#load().catch((error) => this.#failed(error));
  }

  /** Shows the results of the mode "page". */
  async #load() {
    const { Results } = await import("./page.js");
    if (this.#settings.mode !== "page" || this.#results) return;
    const results = this.#results = new Results({
      words: () => this.#words,
      links: (hit) => linksOf({ ...this.#settings.leading, q: this.#asking.asked }, hit),
      proposals: (answer) => proposalsOf(answer, [], this.#asking.asked, this.#words),
      status: (answer) => statusOf(answer, this.#asking.asked, this.#words),
      settings: () => ({ limit: this.#settings.limit, filters: this.#settings.filters }),
      addressOf: (state) => this.#addressOf(state),
      ask: async (request, signal) => (await this.#connect()).ask(request, signal),
      take: (text) => { this.value = text; },
      failed: (error) => this.#failed(error),
      answered: (text, answer) => this.#answered(text, answer),
    });
    results.changed = () => this.#again();
    results.root.addEventListener("click", (event) => this.#taken(event));
    this.#root.append(results.root);
    const typed = this.#input.value;
    this.#read();
    if (typed) this.value = typed; // while the script came
  }

  /** @param {import("./address.js").State} state */
  #addressOf(state) { return addressed(new URL(location.href), state, this.#settings.names); }

  /** Takes the search out of the page's address. */
  #read() {
    if (!this.#results) return;
    this.#searched = location.search;
    this.#results.state = stateOf(this.#settings.names);
    this.#input.value = this.#results.state.text;
    this.#again();
  }

  #listen() {
    const input = this.#input;
    input.addEventListener("focus", () => {
      this.#paint();
      this.#connect().catch(() => {});
    });
    // What is typed here is no command of the host's page, which cannot see that it is typed.
    input.addEventListener("keydown", (event) => { if (event.key?.length === 1 && isAlone(event)) event.stopPropagation(); });
    this.addEventListener("pointerdown", (event) => { this.#press = event; });
    this.#button.addEventListener("click", () => this.show());
    this.#close.addEventListener("click", () => this.#leave());
    this.#dialog.addEventListener("close", () => this.#panel.close());
    this.#dialog.addEventListener("click", (event) => { if (event.target === this.#dialog) this.#dialog.close(); });
    this.#list.addEventListener("click", (event) => this.#taken(event));
    // A press beside a link leaves the focus in the field.
    this.#body.addEventListener("mousedown", (event) => { if (!(/** @type {Element} */ (event.target).closest("a, button"))) event.preventDefault(); });
    this.addEventListener("focusout", (event) => {
      const to = /** @type {Node | null} */ (event.relatedTarget);
      // Over a whole screen nothing has the focus when a phone puts its keyboard away.
      if (!this.contains(to) && (to || !this.#panel.isSheet)) this.#dismiss();
    });
    input.addEventListener("focus", () => {
      this.#left = false;
      const { text } = this.#typing;
      if (text && text === this.#asking.asked && !this.#asking.busy) this.#open(true);
      else if (text) this.#asking.ask(text);
    });
  }

  async #connect() {
    const loading = setTimeout(() => { if (this.#asking.asked) this.#tell(this.#words.loading); }, 300);
    try {
      const roots = this.#settings.roots;
      const connection = await connectionTo(roots, (loaded, total) => {
        if (this.#asking.asked && total) this.#tell(`${this.#words.loading}${Math.floor((loaded / total) * 10) * 10}%`);
      });
      if (this.#ready !== roots.join("\n")) this.#dispatch("ready", { bases: roots });
      this.#ready = roots.join("\n");
      return connection;
    } finally {
      clearTimeout(loading);
    }
  }

  /**
   * Tells the page of something, and reports whether it has nothing against it.
   * @param {"ready" | "search" | "select" | "error"} what
   * @param {unknown} detail
   */
  #dispatch(what, detail) {
    return this.dispatchEvent(new CustomEvent(`kanbao:${what}`, { detail, bubbles: true, composed: true, cancelable: what === "select" }));
  }

  /** @param {string} text */
  #tell(text) {
    if (this.#results) return this.#results.tell(text);
    if (this.#status.textContent !== text) this.#status.textContent = text;
    if (!this.#left) this.#open(true);
  }

  /** @param {boolean} open */
  #open(open) {
    if (this.#results || open && !this.isConnected) return; // what comes late may find it taken out
    if (open && !this.#panel.isOpen) this.#paint();
    if (open && (this.#settings.mode !== "button" || this.#dialog.open)) this.#panel.open(this.#settings.mode === "button");
    else this.#panel.close();
    this.#input.setAttribute("aria-expanded", String(this.#panel.isOpen && this.#list.childElementCount > 0));
  }

  #dismiss() {
    this.#left = true;
    if (this.#panel.isOpen) this.#open(false);
  }

  /** Closes what covers the page. */
  #leave() {
    this.#dismiss();
    if (this.#dialog.open) this.#dialog.close();
    else this.#input.blur();
  }

  /** Searches for the same text once more. */
  #again() { this.#asking.ask(this.#typing.text, true); }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   */
  async #search(text, signal) {
    this.#going = false;
    if (this.#settings.mode === "page" && !this.#results) await this.#load();
    else if (this.#results) await this.#searchPage(text, signal);
    else if (text) await this.#searchPanel(text, signal);
    else this.#show([], "");
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   */
  async #searchPage(text, signal) {
    const results = /** @type {Results} */ (this.#results);
    results.state.text = text;
    const url = this.#addressOf(results.state);
    try { // a browser may refuse, as in a frame without an origin, or when it happens too often
      if (url.href !== location.href) history.replaceState(history.state, "", url);
    } catch { /* then the address is an older one */ }
    this.#searched = location.search;
    await results.search(signal);
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   */
  async #searchPanel(text, signal) {
    const filters = this.#settings.filters, limit = this.#settings.limit;
    const connection = await this.#connect();
    if (signal.aborted) return;
    // Both before anything is shown, so that nothing moves; the hits count where the
    // suggestions fail.
    let failed = "";
    const [answer, suggestions] = await Promise.all([
      connection.ask({ method: "search", text, limit, filters }, signal),
      connection.ask({ method: "suggest", text, limit: 5 }, signal).catch((error) => {
        failed = inWords(error, this.#words);
        return [];
      }),
    ]);
    if (signal.aborted) return;
    const { hits, total } = answer;
    this.#show(hits, sentences([statusOf(answer, text, this.#words), failed], this.#words), total, proposalsOf(answer, suggestions, text, this.#words));
    this.#answered(text, answer);
  }

  /**
   * @param {string} query
   * @param {any} answer
   */
  #answered(query, { total, exact, failed }) { this.#dispatch("search", { query, total, exact, failed }); }

  /** @param {any} cause */
  async #failed(cause) {
    const { signal } = this.#asking;
    const error = cause.advice || cause.kind && cause.kind !== "usage" ? cause : await explain(cause, []);
    if (signal.aborted) return;
    this.#show([], inWords(error, this.#words));
    this.#dispatch("error", error);
    this.#asking.asked = ""; // so that the same is tried again
    if (error.kind === "too-long" || error.kind === "unsupported") return;
    const again = element("button", { type: "button", part: "again" }, this.#words.again);
    again.addEventListener("click", () => {
      this.#again();
      this.#input.focus();
    });
    if (this.#results) this.#results.offer(again);
    else this.#status.append(" ", again);
  }

  /**
   * Shows what was found.
   * @param {import("./hits.js").SpanHit[]} hits
   * @param {string} status
   * @param {number} [total]
   * @param {import("./hits.js").Proposal[]} [proposals]
   */
  #show(hits, status, total = 0, proposals = []) {
    if (this.#results) return this.#results.tell(status);
    this.#choose(-1);
    const links = hits.length ? hits.flatMap((hit) => linksOf({ ...this.#settings.leading, q: this.#asking.asked }, hit)) : [];
    this.#list.replaceChildren(...[...proposals.map((proposal) => this.#proposal(proposal)), ...links].map((link, i) => {
      link.id = `hit${i}`;
      link.role = "option";
      link.ariaSelected = "false";
      return element("li", { role: "presentation" }, link);
    }));
    if (hits.length) this.#page = !hits.some(({ href }) => href);
    const all = total && (this.#page || this.#settings.formAddress) ? this.#settings.addressOfAll(this.#asking.asked) : "";
    this.#all.hidden = !all || total <= hits.length;
    if (all) this.#all.href = all;
    else this.#all.removeAttribute("href");
    this.#all.target = this.#settings.target;
    if (!status) {
      this.#status.textContent = "";
      return this.#open(false);
    }
    this.#tell(status);
    if (this.#going) this.#list.querySelector(/** @type {"a"} */ ("a[part=hit]"))?.click();
    this.#going = false;
  }

  /** @param {import("./hits.js").Proposal} proposal */
  #proposal({ text, label, note }) {
    const link = element("a", { part: "proposal", href: this.#settings.addressOfAll(text) || "#" }, label, element("small", {}, note));
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.#input.focus();
      this.value = text;
    });
    return link;
  }

  /**
   * A link of a hit was taken: the page may have something against it.
   * @param {MouseEvent} event
   */
  #taken(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    const selection = link && selections.get(link);
    if (!selection) return;
    const goes = this.#dispatch("select", selection);
    if (!goes || this.#settings.open === "event") event.preventDefault();
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) this.#leave();
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

  /** @param {KeyboardEvent} event Ctrl or ⌘ with K opens the dialog of the first such element */
  #hotkey(event) {
    if (this.#settings.mode !== "button" || event.defaultPrevented || !this.#isShown || event.isComposing || event.altKey || event.shiftKey) return;
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    this.show();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const n = this.#list.childElementCount;
    if (event.key === "Escape") {
      if (!this.#panel.isOpen || this.#dialog.open) return; // which closes by itself
      this.#dismiss();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && n && !this.#results) {
      this.#open(true);
      this.#choose(step(this.#chosen, n, event.key));
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    if (this.#results) {
      this.#take(this.#typing.text);
      this.#typing.putAway();
    } else if (this.#chosen >= 0) this.#list.querySelectorAll("a")[this.#chosen].click();
    else this.#enter().catch((error) => this.#failed(error));
  }

  /** Goes to all results if there is a page for them, and to the first hit if there is none. */
  async #enter() {
    const { text } = this.#typing;
    const all = text && this.#settings.addressOfAll(text);
    if (text && !await this.#hasPage()) {
      const hit = this.#list.querySelector(/** @type {"a"} */ ("a[part=hit]"));
      if (text === this.#asking.asked && !this.#asking.busy && hit) return hit.click();
      this.#take(text);
      this.#going = text === this.#asking.asked;
      return;
    }
    if (!all || this.#settings.open === "event" || text !== this.#typing.text) return;
    if (this.#settings.open === "new") window.open(all, "_blank", "noopener");
    else location.href = all;
  }

  /** Reports whether there is a page that shows all results. */
  async #hasPage() {
    const { formAddress, roots } = this.#settings;
    return Boolean(formAddress) || (this.#page ??= roots.length > 1 || await hasPages(roots[0]));
  }
}

/**
 * Reports whether a site is one of ours and has a page for results: what was built says
 * so where another site was indexed. Where nothing says anything it is one of ours.
 * @param {string} root
 */
async function hasPages(root) {
  try {
    const { pages } = await (await fetch(new URL("kanbao/build.json", root), { signal: AbortSignal.timeout(2000) })).json();
    return !pages;
  } catch {
    return true;
  }
}

if (!customElements.get("kanbao-search")) customElements.define("kanbao-search", KanbaoSearch);
