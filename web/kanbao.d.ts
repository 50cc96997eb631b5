// The types of kanbao.js: the JavaScript API of a Kanbao site and the element
// <kanbao-search>. docs/embedding.md says more about each (in Chinese).

/**
 * Opens the index of the site at `base`, which is the folder that kanbao.js lies in
 * unless said otherwise. A relative address is relative to the page. Several bases are
 * searched as one index: their scores can be compared, and facets are added up. The
 * engine is fetched now, and once for all indexes of the page.
 *
 * Rejects with a {@link KanbaoError}. Of several bases it is enough that one can be
 * opened; the others are in {@link SearchResult.failed}.
 */
export function open(base?: Base | Base[], options?: OpenOptions): Promise<Index>;

/** The address of a site: what the folder of kanbao.js is to the site that it belongs to. */
export type Base = string | URL;

export interface OpenOptions {
  /** Ends the opening; its promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** An open index, or several as one. Calls may overlap. */
export interface Index {
  /** Searches for what a reader has typed, operators included. */
  search(text: string, options?: SearchOptions): Promise<SearchResult>;
  /** Completes what a reader has typed so far. */
  suggest(text: string, options?: SuggestOptions): Promise<Suggestion[]>;
  /** Returns an article by the `id` of a hit. Of several indexes, `index` says which has it. */
  article(id: string, options?: ArticleOptions): Promise<Article>;
  /** Counts the values of all fields, or of some, over all articles. */
  facets(options?: FacetsOptions): Promise<Facet[]>;
  /** Tells what the engine has done and how much memory it uses. */
  stats(): Promise<EngineStats>;
  /** Ends the engine. Calls under way are rejected as `cancelled`, calls to come as `usage`. */
  close(): void;
}

export interface SearchOptions {
  /** How many hits to answer, 10 unless said otherwise. Beyond 100, hits have only `id` and `score`. */
  limit?: number;
  /** How many hits to leave out at the front. */
  offset?: number;
  /** The order of the hits; "" is the best first. */
  sort?: Sort;
  /** Compare all candidates with their text, however many they are, so that `total` is exact. It may take seconds, and is done only where the whole index is at hand. */
  confirm?: boolean;
  /** Filters must all hold. Those typed as operators come on top. */
  filters?: Filter[];
  /** The fields whose values are counted over all articles found. */
  facets?: Field[];
  /** Ends the search; its promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

export interface SuggestOptions {
  /** How many suggestions to answer, 8 unless said otherwise. */
  limit?: number;
  signal?: AbortSignal;
}

export interface ArticleOptions {
  /** Which of several indexes has the article: `index` of the hit, 0 unless said otherwise. */
  index?: number;
  signal?: AbortSignal;
}

export interface FacetsOptions {
  /** The fields, all unless said otherwise. */
  fields?: Field[];
  /** Only articles for which these hold. A filter does not narrow the counts of its own field. */
  filters?: Filter[];
  signal?: AbortSignal;
}

/** An order of a site's own is the name of a property, and behind it ":asc" or ":desc". */
export type Sort = "" | "newest" | "oldest" | OwnName;

/** A name that a site has given. */
export type OwnName = string & {};

/**
 * A property of articles that searches filter and count by. A site whose pages were
 * indexed as they are (`kanbao index`) has fields of its own besides.
 */
export type Field = "date" | "page" | "author" | "source" | "tag" | "category" | "person" | "place" | "org" | OwnName;

/** Holds for articles that have one of the values in a field or, with `not`, none of them. */
export interface Filter {
  field: Field;
  /** Dates are "2024", "2024-09", "2024-09-05", or two of them with ".." between. */
  values: string[];
  not?: boolean;
}

export interface SearchResult {
  /** The query as it was asked. */
  query: string;
  /** How many articles match; an upper bound where `exact` is false. */
  total: number;
  exact: boolean;
  /** No article has all of the words; the hits have some of them. */
  relaxed: boolean;
  /** The words that the query was segmented into. */
  terms: string[];
  /** Which words were taken for others: pinyin for characters, a name for its synonyms. */
  read: Reading[];
  /** All filters that were applied, those typed as operators included. */
  filters: Filter[];
  facets: Facet[];
  /** Other queries that may have been meant, the likeliest first. */
  corrections: Correction[];
  /** When nothing is found: what is found without one of the words or filters. */
  without: Without[];
  /** Those of several indexes that could not be searched. The answer is that of the others. */
  failed: Failed[];
  hits: Hit[];
}

/** One of several indexes that could not be searched. */
export interface Failed {
  /** Its place in what {@link open} was given, from 0. */
  index: number;
  /** Its address. kanbao.js adds it; the command does not print it. */
  base: string;
  kind: ErrorKind;
  message: string;
}

/** A word of the query with what was looked for. */
export interface Reading {
  typed: string;
  as: string[];
}

export interface Facet {
  field: Field;
  /** The commonest first; dates: years and months, the newest first. */
  values: FacetValue[];
}

export interface FacetValue {
  value: string;
  /** How many articles have the value. */
  count: number;
}

export interface Correction {
  text: string;
  /** "sound": characters of the same sound; "char": one character wrong, missing or too much; "space": several words written as one. */
  why: "sound" | "char" | "space";
  total: number;
}

/** The query with one thing left out: a word, or else a filter. */
export interface Without {
  text: string;
  word: string;
  filter: Filter | null;
  total: number;
}

/** A part of an article that matches. */
export interface Passage {
  /**
   * The full address of the passage. What the command prints is relative to the folder
   * that kanbao.js lies in, and "" unless the article is a page of another site.
   */
  href: string;
  /** HTML: matches are in <mark>, all else is escaped. */
  snippet: string;
  /** The number of the block from 1; 0 is the title or subtitle. */
  block: number;
  /** The heading of the section that the passage is from. */
  heading: string;
}

/** An article that matches, with its best passage. */
export interface Hit extends Passage {
  /** Which of several indexes has it, from 0. */
  index: number;
  id: string;
  /** The article's address, relative to the site's root. */
  url: string;
  title: string;
  subtitle: string;
  /** YYYY-MM-DD, or "". */
  date: string;
  /** The page of the paper, such as "A05 江海新闻", or "". */
  page: string;
  /** To be compared within one answer only. */
  score: number;
  /** Passages of other sections that match as well. */
  more: Passage[];
  /** What a site whose pages were indexed as they are has given its page to be shown. */
  meta: Property[];
  /** @deprecated The same as `snippet`. */
  excerpt: string;
}

/** A value under a name that a site has given it. */
export interface Property {
  name: string;
  value: string;
}

/** An article as the index has it. */
export interface Article {
  /** Which of several indexes has it, from 0. */
  index: number;
  id: string;
  /** Its address, relative to the site's root. */
  url: string;
  /** Its full address. */
  href: string;
  title: string;
  subtitle: string;
  /** YYYY-MM-DD, or "". */
  date: string;
  page: string;
  source: string;
  summary: string;
  authors: Byline[];
  tags: string[];
  categories: string[];
  sections: Section[];
}

export interface Byline {
  name: string;
  /** What the name was printed with, as 记者 or 摄影, or "". */
  role: string;
}

/** A heading and what follows it. */
export interface Section {
  /** "" for what stands before the first heading. */
  heading: string;
  /** 0 without a heading, else 2 to 6. */
  level: number;
  blocks: Block[];
}

export interface Block {
  /** Its number in the article: `url` and "#p" and this lead to it. */
  block: number;
  kind: "paragraph" | "caption" | "rich";
  text: string;
  /** What the article's page has of a rich block, as a table. It was cleaned when the site was built. */
  html: string;
}

export interface Suggestion {
  /** What the whole field would hold. */
  text: string;
  /** Which of several indexes has the article that `url` is of, from 0. */
  index: number;
  /** The article's address, relative to the site's root, if the kind is "title". */
  url: string;
  /** How many articles have the text; 0 where that is not known. */
  count: number;
  /** A title of an article, the name of a person, place or organisation, or "" for a word. */
  kind: "" | "name" | "title";
}

export interface EngineStats {
  /** Requests that were answered. */
  requests: number;
  /** Requests that the engine failed at. */
  crashes: number;
  /** Bytes of objects on the Go heap, garbage included. */
  heap: number;
  /** Bytes of memory that the engine has from the browser. */
  system: number;
  /** What the index says of itself, counts and bytes by name; null until it is open. */
  index: Record<string, number> | null;
}

/** What calls are rejected with, but for those that an AbortSignal has ended. */
export interface KanbaoError extends Error {
  name: "KanbaoError";
  kind: ErrorKind;
  /** What whoever keeps the page or the site must do, in the page's language, or "". It is in the console, too. */
  advice: string;
}

/**
 * What went wrong. The engine tells the kinds up to "crashed", kanbao.js the others:
 *
 * - `usage`: a call is not as it should be, or came after `close()`
 * - `unsupported`: the browser is too old
 * - `policy`: the page's Content-Security-Policy forbids what search needs
 * - `cors`: the site of the index is of another origin and does not allow this page
 * - `no-index`: there is no index at the base
 * - `refused`: the server does not send a file of the index
 * - `page`: the server sends a page in the place of a file
 */
export type ErrorKind = "cancelled" | "not-found" | "unreachable" | "outdated" | "damaged" | "too-long" | "too-large" | "invalid" | "crashed"
  | "usage" | "unsupported" | "policy" | "cors" | "no-index" | "refused" | "page";

/** What is found and shown as one hit or passage, in events of the element. */
export interface Selection {
  id: string;
  /** Which of the bases has it, from 0. */
  index: number;
  url: string;
  block: number;
  title: string;
  /** Where it leads. */
  href: string;
}

/** The events of `<kanbao-search>`. They bubble, and cross shadow roots. */
export interface KanbaoSearchEvents {
  /** The index is open. */
  "kanbao:ready": CustomEvent<{ bases: string[] }>;
  /** An answer is shown. */
  "kanbao:search": CustomEvent<{ query: string; total: number; exact: boolean; failed: Failed[] }>;
  /** A hit is taken. Whoever prevents the default goes there, or does something else. */
  "kanbao:select": CustomEvent<Selection>;
  "kanbao:error": CustomEvent<KanbaoError>;
}

/**
 * `<kanbao-search base lang placeholder theme mode filters limit href-template open>`: a
 * search field that shows hits. Loading kanbao.js defines it. Attributes may change at
 * any time. docs/embedding.md says what each means.
 */
export interface KanbaoSearchElement extends HTMLElement {
  /** What is in the field. To set it is to search for it. */
  value: string;
  /** Opens the dialog of the mode `button`, and gives the field the focus. */
  show(): void;
  addEventListener<K extends keyof KanbaoSearchEvents>(type: K, listener: (this: KanbaoSearchElement, event: KanbaoSearchEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "kanbao-search": KanbaoSearchElement;
  }
}
