// What the attributes of the element say, and the form inside it, whenever it is asked
// for. This is a part of kanbao.js.
import { addressed } from "./address.js";
import { home } from "./connection.js";
import { put } from "./encoding.js";
import { failure } from "./fault.js";
import { filtersOf, rootsOf } from "./usage.js";

/** @import { Leading } from "./hits.js" */

const many = { panel: 8, page: 10 }; // hits

export class Settings {
  #of;

  /** @param {HTMLElement} of */
  constructor(of) { this.#of = of; }

  /** @returns {"inline" | "button" | "page"} */
  get mode() {
    const mode = this.#of.getAttribute("mode");
    return mode === "button" || mode === "page" ? mode : "inline";
  }

  /** @returns {"same" | "new" | "event"} where a hit is opened */
  get open() {
    const open = this.#of.getAttribute("open");
    return open === "new" || open === "event" ? open : "same";
  }

  /** The addresses of the sites. */
  get roots() {
    const bases = this.#of.getAttribute("base")?.trim().split(/\s+/).filter(Boolean) ?? [];
    return rootsOf(bases.length ? bases : [home]);
  }

  /** @returns {Leading} */
  get leading() {
    return { roots: this.roots, template: this.#of.getAttribute("href-template"), target: this.target };
  }

  get target() { return this.open === "new" ? "_blank" : ""; }

  /** How many hits are shown. */
  get limit() {
    const text = this.#of.getAttribute("limit");
    if (text === null) return this.mode === "page" ? many.page : many.panel;
    if (!/^[1-9]\d?$/.test(text.trim())) throw failure("usage", `the attribute limit must be a number from 1 to 99, not ${JSON.stringify(text)}`);
    return Number(text);
  }

  /** The language that the reader has chosen on pages of the site, "" if none. */
  get chosen() {
    try {
      if (new URL(home).origin !== location.origin) return "";
      const { lang } = JSON.parse(localStorage.getItem("kanbao") ?? "{}");
      return ["zh-Hans", "zh-Hant", "en"].includes(lang) ? String(lang) : "";
    } catch {
      return ""; // nothing is kept here, or it was not kept by us
    }
  }

  get filters() { return filtersOf(this.#of.getAttribute("filters") ?? ""); }

  get #field() {
    return /** @type {HTMLInputElement | null} */ (this.#of.querySelector("form input[type=search], form input[type=text], form input:not([type])"));
  }

  /** Where the form inside the element leads, which stands there where there are no scripts; null if that is no page. */
  get formAddress() {
    const { form } = this.#field ?? {};
    try {
      const url = new URL(form?.getAttribute("action") || location.href, document.baseURI); // form.action may be a field of that name
      return form && /^https?:$/.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  /** The parameter of an address that has the text of a search. */
  get parameter() { return this.#field?.name || "q"; }

  /**
   * How a search stands in the address of the host's page, which may have parameters of
   * its own that are called as our fields are: page, source.
   */
  get names() { return { text: this.parameter, before: "kb-" }; }

  /**
   * Returns where all results are: where the form inside the element leads, or on the
   * results page of the site; "" if there are several sites.
   * @param {string} text
   */
  addressOfAll(text) {
    const to = this.formAddress;
    if (to) {
      const sent = [...new FormData(/** @type {HTMLFormElement} */ (this.#field?.form))].filter(([name, value]) => name !== this.parameter && typeof value === "string");
      const ours = this.roots.some((root) => to.href.startsWith(root));
      return put(to, [[this.parameter, text], .../** @type {[string, string][]} */ (sent)], [], ours).href;
    }
    const [root, another] = this.roots;
    return another ? "" : addressed(new URL("search/", root), { text, sort: "", chosen: this.filters.filter(({ not }) => !not) }).href;
  }
}
