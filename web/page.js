// The results of the element's mode "page": all hits, facets and the order, with the
// search in the address of the page. kanbao.js loads it where there is such an element.
import { FIELDS } from "./address.js";
import { count, element } from "./fill.js";

/** @import { Facet, Field, Filter, Sort } from "./kanbao.d.ts" */
/** @import { State } from "./address.js" */
/** @import { Proposal, SpanHit } from "./hits.js" */
/** @import { Words } from "./words.js" */

const shown = 8; // values of a facet, before it is unfolded

/**
 * What the results need of the element.
 * @typedef {object} Desk
 * @property {() => Words} words
 * @property {(hit: SpanHit) => Node[]} links
 * @property {(answer: any) => Proposal[]} proposals
 * @property {(answer: any) => string} status
 * @property {() => { limit: number, filters: Filter[] }} settings
 * @property {(state: State) => URL} addressOf
 * @property {(request: { method: string } & Record<string, unknown>, signal: AbortSignal) => Promise<any>} ask
 * @property {(text: string) => void} take searches for another text
 * @property {(error: unknown) => void} failed
 * @property {(text: string, answer: any) => void} answered
 */

export class Results {
  /** @type {State} */
  state = { text: "", sort: "", chosen: [] };
  root = element("div", { class: "results", part: "results", hidden: "" });
  #desk;
  #status = element("p", { role: "status", "aria-live": "polite", part: "status" });
  #sort = element("select", { part: "sort" });
  #by = element("span");
  #proposals = element("ol", { part: "proposals" });
  #list = element("ol", { part: "hits" });
  #facets = element("details", { part: "facets" });
  #next = element("button", { type: "button", class: "next", part: "next", hidden: "" });
  /** @type {Set<Field>} */
  #unfolded = new Set();
  #signal = AbortSignal.abort();
  #total = 0;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    const order = element("label", {}, this.#by, this.#sort);
    this.root.append(element("div", { class: "tools" }, this.#status, order), this.#proposals,
      element("div", { class: "columns" }, this.#facets, this.#list), this.#next);
    this.#sort.addEventListener("change", () => this.#change({ sort: /** @type {Sort} */ (this.#sort.value) }));
    this.#next.addEventListener("click", () => this.#more());
  }

  /** Called when the search has been changed here. */
  changed = () => {};

  /** @param {Partial<State>} by */
  #change(by) {
    Object.assign(this.state, by);
    this.changed();
  }

  /** @param {string} text */
  tell(text) {
    this.root.hidden = false;
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** @param {Node[]} nodes behind what is told */
  offer(...nodes) { this.#status.append(" ", ...nodes); }

  #words() {
    const words = this.#desk.words();
    this.#by.textContent = words.by;
    this.#sort.replaceChildren(...[["", words.best], ["newest", words.newest], ["oldest", words.oldest]].map(([value, text]) => element("option", { value }, text)));
    this.#sort.value = this.state.sort;
    return words;
  }

  #request() {
    const { text, sort, chosen } = this.state;
    const { filters, limit } = this.#desk.settings();
    return { method: "search", text, sort, filters: [...filters, ...chosen], limit };
  }

  /**
   * Searches for the state and shows what is found.
   * @param {AbortSignal} signal
   */
  async search(signal) {
    this.#signal = signal;
    this.#words();
    const { text, chosen } = this.state;
    if (!text && !chosen.length) {
      this.clear();
      return;
    }
    const answer = await this.#desk.ask(this.#request(), signal);
    if (signal.aborted) return;
    this.#total = answer.total;
    this.#list.replaceChildren(...this.#lines(answer.hits));
    this.#proposals.replaceChildren(...this.#desk.proposals(answer).map((proposal) => this.#proposal(proposal)));
    this.tell(this.#desk.status(answer));
    this.#showNext();
    this.#desk.answered(text, answer);
    this.#count(signal).catch((error) => { if (!signal.aborted) this.#desk.failed(error); });
  }

  clear() {
    this.root.hidden = true;
    this.#status.textContent = "";
    this.#list.replaceChildren();
    this.#facets.replaceChildren();
  }

  /** @param {SpanHit[]} hits */
  #lines(hits) {
    return hits.map((hit) => element("li", {}, ...this.#desk.links(hit)));
  }

  /** @param {Proposal} proposal */
  #proposal({ text, label, note }) {
    const link = element("a", { part: "proposal", href: this.#desk.addressOf({ ...this.state, text }).href }, label, element("small", {}, note));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.#desk.take(text);
    });
    return element("li", {}, link);
  }

  #showNext() {
    const left = Math.min(this.#desk.settings().limit, this.#total - this.#list.childElementCount);
    this.#next.hidden = left <= 0;
    this.#next.textContent = count(this.#desk.words().more, left);
  }

  async #more() {
    const signal = this.#signal, offset = this.#list.childElementCount;
    try {
      const { hits } = await this.#desk.ask({ ...this.#request(), offset }, signal);
      if (signal.aborted) return;
      if (!hits.length) this.#total = offset;
      const lines = this.#lines(hits);
      this.#list.append(...lines);
      lines[0]?.querySelector("a")?.focus();
      this.#showNext();
    } catch (error) {
      if (!signal.aborted) this.#desk.failed(error);
    }
  }

  /**
   * Counts the facets once the hits are there, which need not wait for them.
   * @param {AbortSignal} signal
   */
  async #count(signal) {
    const { facets } = await this.#desk.ask({ ...this.#request(), limit: 1, idsOnly: true, facets: FIELDS }, signal);
    if (signal.aborted) return;
    const words = this.#desk.words();
    const open = this.#facets.open || !this.#facets.childElementCount && matchMedia("(min-width: 60em)").matches;
    const worth = /** @type {Facet[]} */ (facets).filter(({ field, values }) => this.#chosen(field).length || values.some(({ count }) => count < this.#total));
    const drop = element("button", { type: "button", part: "drop" }, words.dropAll);
    drop.addEventListener("click", () => this.#change({ chosen: [] }));
    this.#facets.replaceChildren(element("summary", {}, words.narrow), ...(this.state.chosen.length ? [drop] : []), ...worth.map((facet) => this.#facet(facet)));
    this.#facets.open = open;
    this.#facets.hidden = !worth.length;
  }

  /** @param {Field} field */
  #chosen(field) { return this.state.chosen.find((filter) => filter.field === field)?.values ?? []; }

  /** @param {Facet} facet */
  #facet({ field, values }) {
    const words = this.#desk.words(), chosen = this.#chosen(field);
    const all = [...chosen.filter((value) => !values.some((one) => one.value === value)).map((value) => ({ value, count: 0 })), ...values];
    const lines = all.map(({ value, count: n }) => {
      const box = Object.assign(element("input", { type: "checkbox", value }), { checked: chosen.includes(value) });
      box.addEventListener("change", () => this.#toggle(field, value));
      return element("label", {}, box, value, element("small", {}, n ? String(n) : ""));
    });
    const hidden = lines.slice(shown).filter((line) => !line.querySelector("input")?.checked);
    const unfold = element("button", { type: "button" }, count(words.unfold, all.length));
    for (const line of hidden) line.hidden = !this.#unfolded.has(field);
    unfold.addEventListener("click", () => {
      this.#unfolded.add(field);
      for (const line of hidden) line.hidden = false;
      unfold.remove();
      hidden[0].querySelector("input")?.focus();
    });
    return element("fieldset", { part: "facet" }, element("legend", {}, words.fields[field]), ...lines, ...(hidden.length && !this.#unfolded.has(field) ? [unfold] : []));
  }

  /**
   * Chooses a value that was not chosen, or the reverse. A year takes the place of its
   * months, and a month that of its year.
   * @param {Field} field
   * @param {string} value
   */
  #toggle(field, value) {
    const old = this.#chosen(field);
    const kept = old.filter((one) => one !== value && !(field === "date" && (one.startsWith(`${value}-`) || value.startsWith(`${one}-`))));
    const values = old.includes(value) ? kept : [...kept, value];
    const chosen = FIELDS.map((name) => ({ field: name, values: name === field ? values : this.#chosen(name) })).filter((filter) => filter.values.length);
    this.#change({ chosen });
  }
}
