// The types of kanbao.js: the JavaScript API of a Kanbao site and the element
// <kanbao-search>. docs/embedding.md says more about each (in Chinese).

/**
 * Opens the index of the site at `base`, which is the folder that kanbao.js lies in
 * unless said otherwise. A relative address is relative to the page. The engine is
 * fetched now, and once for all indexes of the page.
 *
 * Rejects with a {@link KanbaoError}.
 */
export function open(base?: string | URL): Promise<Index>;

/** An open index. Calls may overlap. */
export interface Index {
  /** Searches for what a reader has typed, operators included. */
  search(text: string, options?: SearchOptions): Promise<SearchResult>;
  /** Completes what a reader has typed so far. */
  suggest(text: string, options?: SuggestOptions): Promise<Suggestion[]>;
  /** Tells what the engine has done and how much memory it uses. */
  stats(): Promise<EngineStats>;
  /** Ends the engine. Calls under way and calls to come are rejected. */
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
  hits: Hit[];
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

export interface Suggestion {
  /** What the whole field would hold. */
  text: string;
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
}

export type ErrorKind = "cancelled" | "not-found" | "unreachable" | "outdated" | "damaged" | "too-long" | "too-large" | "invalid" | "crashed";

/**
 * `<kanbao-search base lang placeholder>`: a search field that shows hits below
 * itself. Loading kanbao.js defines it. Attributes are read when it comes into the
 * page, `base` whenever it is used.
 */
export interface KanbaoSearchElement extends HTMLElement {}

declare global {
  interface HTMLElementTagNameMap {
    "kanbao-search": KanbaoSearchElement;
  }
}
