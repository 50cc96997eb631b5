// Kanbao's search for any page: the JavaScript API and the <kanbao-search>
// element. Loading this module fetches nothing else; the engine comes with the
// first open() or the first focus of an element.
//
//   import { open } from "…/kanbao.js";
//   const index = await open();                     // or open("…/"), a site's root
//   const { total, hits } = await index.search("潮汐", { limit: 10 });
//   index.close();
//
//   <script type="module" src="…/kanbao.js"></script>
//   <kanbao-search></kanbao-search>

const home = new URL("./", import.meta.url).href;
const manyHits = 100; // beyond this many, hits have ids only: nobody reads so many snippets

// open opens the index of the site at base, which is where this module lies
// unless said otherwise. It rejects with an error that has a kind: "unreachable",
// "outdated", "damaged" or "crashed".
export async function open(base = home) {
  return new Index(await connect(new URL(base, document.baseURI).href));
}

let module; // the compiled engine, once for all indexes of the page

async function connect(root, progress) {
  const wasm = new URL("./engine.wasm", import.meta.url).href;
  const form = smallest();
  if (!module) preload(wasm + form);
  const { compile, launch } = await import("./engine.js");
  module ??= compile(wasm, progress, form).catch((error) => {
    module = undefined; // so that the next one to ask tries again
    throw error;
  });
  const [compiled, engine] = await Promise.all([module, launch(new URL("index/", root).href)]);
  const wire = new Wire(engine, root);
  engine.run(compiled);
  try {
    await wire.ask({ method: "open" });
  } catch (error) {
    wire.close();
    throw error;
  }
  return wire;
}

// preload asks for the wasm while the module that will is still on its way.
function preload(url) {
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: url });
  document.head.append(link);
  link.onload = link.onerror = () => link.remove();
}

// smallest is explained in engine.js.
function smallest() {
  const unpacks = (format) => { try { return new DecompressionStream(format); } catch { return false; } };
  if (unpacks("brotli")) return ".br";
  const encoding = performance.getEntriesByName(import.meta.url)[0]?.contentEncoding;
  return encoding === undefined || /^(br|zstd)$/.test(encoding) || !unpacks("gzip") ? "" : ".gz";
}

// A Wire sends requests to an engine and hands out its answers.
class Wire {
  #engine;
  #last = 0;
  #waiting = new Map();

  constructor(engine, root) {
    this.#engine = engine;
    this.root = root;
    engine.port.onmessage = ({ data }) => this.#receive(data);
  }

  ask(request, signal) {
    return new Promise((resolve, reject) => {
      if (!this.#engine) return reject(failure("crashed", "the index is closed"));
      signal?.throwIfAborted();
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#engine.port.postMessage({ id, ...request });
      signal?.addEventListener("abort", () => {
        if (!this.#waiting.delete(id)) return;
        this.#engine?.port.postMessage({ method: "cancel", of: id });
        reject(signal.reason);
      }, { once: true });
    });
  }

  #receive(text) {
    if (!text.startsWith("{")) return this.#end(failure("crashed", text));
    const { id, result, error } = JSON.parse(text);
    const waiting = this.#waiting.get(id);
    if (!this.#waiting.delete(id)) return;
    if (error) waiting.reject(failure(error.kind, error.message));
    else waiting.resolve(result);
  }

  #end(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#engine?.close();
    this.#engine = undefined;
  }

  close() {
    this.#end(failure("cancelled", "the index was closed"));
  }
}

function failure(kind, message) {
  return Object.assign(new Error(message), { name: "KanbaoError", kind });
}

class Index {
  #wire;

  constructor(wire) {
    this.#wire = wire;
  }

  // search answers {query, total, exact, relaxed, hits, …}; docs/embedding.md has
  // all of it. total is an upper bound where exact is false; relaxed says that no
  // article has all of the words. sort is "newest", "oldest" or "" for the best
  // first. filters are [{field, values, not}], facets the fields to be counted.
  // Searches may overlap; one that is not wanted any more is stopped by an
  // AbortSignal.
  async search(text, { signal, ...query } = {}) {
    const request = { limit: 10, ...query, method: "search", api: true, text: String(text) };
    request.idsOnly = request.limit > manyHits;
    const answer = await this.#wire.ask(request, signal);
    for (const hit of answer.hits) {
      for (const passage of [hit, ...hit.more]) passage.href = address(this.#wire.root, hit.url, passage.block);
      hit.excerpt = hit.snippet;
    }
    return answer;
  }

  // suggest answers [{text, url, count, kind}], completions of what has been
  // typed: a kind is "title" of an article, "name" or "" for a word.
  suggest(text, { limit = 8, signal } = {}) {
    return this.#wire.ask({ method: "suggest", text: String(text), limit }, signal);
  }

  // stats tells what the engine has done and how much memory it uses.
  stats() {
    return this.#wire.ask({ method: "stats" });
  }

  close() {
    this.#wire.close();
  }
}

const address = (root, url, block) => new URL(url, root).href + (block ? `#p${block}` : "");

// ---- <kanbao-search base lang placeholder> ---------------------------------

const words = {
  "zh-Hans": {
    label: "搜索", hint: "搜索全部文章", loading: "正在准备搜索……", results: "搜索结果", all: "查看全部结果",
    none: "没有找到。换个说法，或者少打几个字试试。", count: (n, exact) => `${exact ? "找到" : "最多有"}${n}篇文章`, meant: (q) => `您是不是要找：${q}`, without: (what) => `去掉“${what}”`, of: (n) => `${n}篇`, stop: "。",
    unreachable: "连不上网络，暂时不能搜索。", outdated: "网站刚刚更新过，请刷新这一页再搜索。",
    damaged: "搜索用的文件不完整，请告诉网站的管理员。", crashed: "搜索出了错，请刷新这一页再试。",
  },
  "zh-Hant": {
    label: "搜尋", hint: "搜尋全部文章", loading: "正在準備搜尋……", results: "搜尋結果", all: "查看全部結果",
    none: "沒有找到。換個說法，或者少打幾個字試試。", count: (n, exact) => `${exact ? "找到" : "最多有"}${n}篇文章`, meant: (q) => `您是不是要找：${q}`, without: (what) => `去掉「${what}」`, of: (n) => `${n}篇`, stop: "。",
    unreachable: "連不上網路，暫時不能搜尋。", outdated: "網站剛剛更新過，請重新整理這一頁再搜尋。",
    damaged: "搜尋用的檔案不完整，請告訴網站的管理員。", crashed: "搜尋出了錯，請重新整理這一頁再試。",
  },
  en: {
    label: "Search", hint: "Search all articles", loading: "Getting search ready…", results: "Search results", all: "See all results",
    none: "Nothing found. Say it another way, or type less.", count: (n, exact) => `${exact ? "" : "At most "}${n} article${n === 1 ? "" : "s"}`, meant: (q) => `Did you mean ${q}?`, without: (what) => `Without “${what}”`, of: String, stop: ". ",
    unreachable: "There is no network, so search is not there yet.", outdated: "The site has just been updated. Reload this page to search.",
    damaged: "A file that search needs is damaged. Please tell whoever keeps the site.", crashed: "Search has failed. Reload this page and try again.",
  },
};

// language returns the words for a language tag as pages have them.
function language(tag = "") {
  if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return words["zh-Hant"];
  return /^en/i.test(tag) ? words.en : words["zh-Hans"];
}

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
.all { border-block-start: 1px solid var(--kanbao-rule, GrayText); color: var(--kanbao-accent, inherit); }
`;

let sheet;

const wires = new Map(); // the engine of each site, for all elements of the page

function wireOf(root, progress) {
  if (!wires.has(root)) {
    wires.set(root, connect(root, progress).catch((error) => {
      wires.delete(root);
      throw error;
    }));
  }
  return wires.get(root);
}

// element makes an element with attributes and children.
function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

class KanbaoSearch extends HTMLElement {
  #input; #panel; #status; #list; #all;
  #say;
  #composing = false;
  #asked = ""; // what the list is about, or will be
  #chosen = -1;
  #stop = new AbortController();

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#say = language(this.lang || document.documentElement.lang);
    const hint = this.getAttribute("placeholder") ?? this.#say.hint;
    this.#input = element("input", {
      type: "search", role: "combobox", part: "input", autocomplete: "off", enterkeyhint: "search", placeholder: hint,
      "aria-label": this.#say.label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list",
    });
    this.#status = element("p", { role: "status", "aria-live": "polite", part: "status" });
    this.#list = element("ol", { id: "list", role: "listbox", "aria-label": this.#say.results });
    this.#all = element("a", { class: "all", part: "all" }, this.#say.all);
    this.#panel = element("div", { class: "panel", part: "panel", hidden: "" }, this.#status, this.#list, this.#all);
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
    input.addEventListener("focus", () => this.#wire().catch(() => {}));
    input.addEventListener("compositionstart", () => { this.#composing = true; });
    input.addEventListener("compositionend", () => { this.#composing = false; this.#search(); });
    input.addEventListener("input", (event) => { if (!event.isComposing && !this.#composing) this.#search(); });
    input.addEventListener("keydown", (event) => { if (!event.isComposing && event.keyCode !== 229) this.#pressed(event); });
    this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget)) this.#open(false); });
    this.addEventListener("focusin", () => { if (this.#asked) this.#open(true); });
  }

  async #wire() {
    const loading = setTimeout(() => { if (this.#asked) this.#tell(this.#say.loading); }, 300);
    try {
      return await wireOf(this.#root, (loaded, total) => {
        if (this.#asked && total) this.#tell(`${this.#say.loading}${Math.floor((loaded / total) * 10) * 10}%`);
      });
    } finally {
      clearTimeout(loading);
    }
  }

  #tell(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#open(true);
  }

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
      const wire = await this.#wire();
      if (signal.aborted) return;
      // Both before anything is shown, so that nothing moves; the hits count
      // where the suggestions fail.
      const [answer, words] = await Promise.all([
        wire.ask({ method: "search", text, limit: 8 }, signal),
        wire.ask({ method: "suggest", text, limit: 5 }, signal).catch((error) => error),
      ]);
      const { total, exact, hits } = answer;
      const status = [total ? this.#say.count(total, exact) : this.#say.none, words.kind && this.#why(words)];
      this.#show(hits, status.filter(Boolean).join(this.#say.stop), total, this.#proposals(answer, words));
    } catch (error) {
      if (signal.aborted) return;
      this.#show([], this.#why(error));
      this.#asked = ""; // so that the same is tried again
    }
  }

  #why(error) {
    return this.#say[error.kind ?? (error instanceof TypeError ? "unreachable" : "crashed")] ?? this.#say.crashed;
  }

  // proposals are other queries, each [text, label, note].
  #proposals({ corrections, without, total }, words) {
    const { meant, of } = this.#say;
    return [
      ...corrections.map(({ text }) => [text, meant(text), ""]),
      ...without.map(({ text, word, filter, total }) => [text, this.#say.without(word || filter.values.join(" ")), of(total)]),
      ...(words.kind || !total ? [] : words).filter(({ text, url }) => !url && text !== this.#asked).slice(0, 3)
        .map(({ text, count }) => [text, text, count ? of(count) : ""]),
    ];
  }

  #show(hits, status, total = 0, proposals = []) {
    const root = this.#root;
    this.#choose(-1);
    const option = (i, part, href, ...children) => element("li", { role: "presentation" },
      element("a", { id: `hit${i}`, role: "option", "aria-selected": "false", part, href }, ...children));
    this.#list.replaceChildren(
      ...proposals.map(([text, label, note], i) => {
        const line = option(i, "proposal", this.#allAddress(text), label, element("small", {}, note));
        line.firstChild.addEventListener("click", (event) => this.#take(event, text));
        return line;
      }),
      ...hits.map((hit, i) => option(i + proposals.length, "hit", address(root, hit.url, hit.block),
        element("b", { part: "title" }, ...marked(hit.title)),
        element("small", { part: "meta" }, [hit.date, hit.page, hit.heading].filter(Boolean).join(" · ")),
        element("span", { part: "snippet" }, ...marked(hit.snippet)))));
    this.#all.hidden = total <= hits.length;
    this.#all.href = this.#allAddress();
    if (!status) return this.#open(false);
    this.#tell(status);
  }

  // take searches here for what a proposal says, unless it is to open elsewhere.
  #take(event, text) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#input.value = text;
    this.#input.focus();
    this.#search();
  }

  #allAddress(text = this.#asked) {
    const all = new URL("search/", this.#root);
    all.searchParams.set("q", text);
    return all.href;
  }

  #choose(i) {
    const links = this.#list.querySelectorAll("a");
    links[this.#chosen]?.setAttribute("aria-selected", "false");
    this.#chosen = i;
    if (i < 0) return this.#input.removeAttribute("aria-activedescendant");
    links[i].setAttribute("aria-selected", "true");
    links[i].scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", links[i].id);
  }

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
        else if (this.#input.value.trim()) {
          this.#asked = this.#input.value.trim();
          location.href = this.#allAddress();
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

const marked = (spans) => spans.map(({ t, m }) => (m ? element("mark", { part: "mark" }, t) : t));

customElements.get("kanbao-search") ?? customElements.define("kanbao-search", KanbaoSearch);
