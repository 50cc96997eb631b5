package query

import (
	"context"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

// A Query is one question of a reader.
type Query struct {
	// Text is what was typed, operators included.
	Text string `json:"text"`
	// Limit is how many hits to answer, 10 if it is 0.
	Limit int `json:"limit,omitempty"`
	// Offset is how many hits to leave out at the front.
	Offset int `json:"offset,omitempty"`
	// Sort is the order of the hits; the zero value is by relevance.
	Sort Sort `json:"sort,omitempty"`
	// IDsOnly leaves out everything of a hit but its ID and score, and so
	// fetches no text that the answer itself does not need.
	IDsOnly bool `json:"idsOnly,omitempty"`
	// Confirm has all candidates compared with their text, however many they are, so
	// that Total is exact. It is for when nobody waits.
	Confirm bool `json:"confirm,omitempty"`
	// Filters must all hold. Those typed as operators (author:, date:, tag:)
	// come on top.
	Filters []Filter `json:"filters,omitempty"`
	// Facets are the fields whose values are counted over all articles found.
	Facets []Field `json:"facets,omitempty"`
}

// A Field is a property of articles that queries filter and count by.
type Field string

// The fields.
const (
	Date     Field = "date"   // YYYY, YYYY-MM, YYYY-MM-DD, or two of them with ".." between, or on one side of it
	Author   Field = "author" // a name
	Source   Field = "source"
	Page     Field = "page" // the page of the paper, as in Hit.Page
	Tag      Field = "tag"
	Category Field = "category"
	Person   Field = "person" // people, places and organisations that the text names
	Place    Field = "place"
	Org      Field = "org"
)

// Fields lists the fields in the order in which a reader is shown them.
// A site whose pages were indexed as they are (kanbao index) has fields of its own
// besides.
func Fields() []Field { return []Field{Date, Page, Author, Source, Tag, Category, Person, Place, Org} }

// A Filter holds for articles that have one of the values in a field or, with
// Not, none of them.
type Filter struct {
	Field  Field    `json:"field"`
	Values []string `json:"values"`
	Not    bool     `json:"not,omitempty"`
}

// A Facet counts the values of one field over all articles found. The filter on
// that field itself does not narrow its counts, so that a reader can take a
// second value.
type Facet struct {
	Field  Field   `json:"field"`
	Values []Count `json:"values"` // the commonest first; dates: years and months, the newest first
}

// A Count is a value with the number of articles that have it.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Sort is the order of hits.
type Sort string

// The orders. Articles without a date come last in both orders by date. A site whose
// pages were indexed as they are may have orders of its own: the name of a property,
// and behind it ":asc" or ":desc".
const (
	Relevance Sort = ""
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// A Result is the answer to a Query.
type Result struct {
	Query string `json:"query"`
	// Total counts the articles that match. Where Exact is false it is an upper
	// bound: some candidates have not been compared with the text yet.
	Total int  `json:"total"`
	Exact bool `json:"exact"`
	// Relaxed says that no article has all of the words and that the hits have
	// some of them.
	Relaxed bool `json:"relaxed,omitempty"`
	// Terms are the words that the query was segmented into.
	Terms []string `json:"terms,omitempty"`
	// Read says what words were read as where they are not what was typed:
	// pinyin as characters, one name as its synonyms.
	Read []Reading `json:"read,omitempty"`
	// Filters are all that were applied, those typed as operators included.
	Filters []Filter `json:"filters,omitempty"`
	Facets  []Facet  `json:"facets,omitempty"`
	// Corrections are other queries that may have been meant, the likeliest
	// first. They are offered when there are few hits, and never applied.
	Corrections []Correction `json:"corrections,omitempty"`
	// Without tells, when nothing is found, how many articles are found if one
	// of the words or filters is dropped.
	Without []Without `json:"without,omitempty"`
	// Failed are those of several indexes that the answer has nothing of.
	Failed []Failed `json:"failed,omitempty"`
	Hits   []Hit    `json:"hits"`
	Stats  Stats    `json:"stats" api:"-"`
}

// A Failed is one of several indexes that could not be searched.
type Failed struct {
	Index int `json:"index"` // its number, from 0
	// Kind is that of an error as package protocol has them, which tells it from Err.
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Err     error  `json:"-"`
}

// A Reading is a word of the query with what articles were looked for by.
type Reading struct {
	Typed string   `json:"typed"`
	As    []string `json:"as"`
}

// A Correction is another query.
type Correction struct {
	Text string `json:"text"`
	// Why says what is wrong with the query that was typed, if this is right.
	Why   Why `json:"why"`
	Total int `json:"total"` // articles that have the corrected word
}

// Why is a kind of mistake.
type Why string

// The kinds of mistakes.
const (
	SoundsAlike Why = "sound" // characters of the same sound
	OneWrong    Why = "char"  // one character wrong, missing or too much
	RunTogether Why = "space" // several words written as one
)

// Without is a query with one thing left out. Either Word or Filter is set.
type Without struct {
	Text   string  `json:"text"` // the rest of the query
	Word   string  `json:"word,omitempty"`
	Filter *Filter `json:"filter,omitempty"`
	Total  int     `json:"total"`
}

// A Hit is one article that matches.
type Hit struct {
	// Index is which of several indexes has the article, from 0.
	Index    int     `json:"index,omitempty"`
	ID       string  `json:"id"`
	URL      string  `json:"url"` // relative to the site's root
	Title    Marked  `json:"title" api:"text"`
	Subtitle Marked  `json:"subtitle,omitempty" api:"text"`
	Date     string  `json:"date,omitempty"` // YYYY-MM-DD
	Page     string  `json:"page,omitempty"` // "A05 江海新闻"
	Score    float64 `json:"score"`          // of nine decimals
	Snippet  Marked  `json:"snippet" api:"html"`
	// Block is the number of the block that the snippet is from, so that URL +
	// "#p" + Block leads to the passage; 0 if it is the title or subtitle.
	Block int `json:"block,omitempty"`
	// Heading is the heading of the section that the snippet is from.
	Heading string `json:"heading,omitempty"`
	// More are passages of other sections that match as well.
	More []Passage `json:"more,omitempty"`
	// Href is the address of the passage as seen from the folder that the index's
	// folder is in, if the article is a page of another site; else it is empty.
	Href string `json:"href,omitempty"`
	// Meta is what the site shows of its pages, in the order of the page.
	Meta []Property `json:"meta,omitempty"`
}

// A Property is a value under a name that a site has given it.
type Property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Passage is a part of an article that matches.
type Passage struct {
	Snippet Marked `json:"snippet" api:"html"`
	Block   int    `json:"block"`
	Heading string `json:"heading,omitempty"`
	Href    string `json:"href,omitempty"` // as that of a hit
}

// Marked is text in which some spans match the query.
type Marked []Span

// A Span is a stretch of text that matches throughout or not at all.
type Span struct {
	Text string `json:"t"`
	Mark bool   `json:"m,omitempty"`
}

// String returns the text without marks.
func (m Marked) String() string {
	var b strings.Builder
	for _, s := range m {
		b.WriteString(s.Text)
	}
	return b.String()
}

// HTML returns the text escaped, each match between <mark> and </mark>.
func (m Marked) HTML() string {
	var b strings.Builder
	for _, s := range m {
		if s.Mark {
			b.WriteString("<mark>")
		}
		escape(&b, s.Text)
		if s.Mark {
			b.WriteString("</mark>")
		}
	}
	return b.String()
}

// escape writes text as html.EscapeString has it, which is 37 kB of the engine.
func escape(b *strings.Builder, text string) {
	for {
		i := strings.IndexAny(text, `<>&'"`)
		if i < 0 {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:i])
		switch text[i] {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '\'':
			b.WriteString("&#39;")
		case '"':
			b.WriteString("&#34;")
		}
		text = text[i+1:]
	}
}

// Stats is what an answer cost.
type Stats struct {
	Chunks   int   `json:"chunks"`   // chunks fetched for this query
	Bytes    int64 `json:"bytes"`    // bytes fetched for this query, as transferred
	Postings int   `json:"postings"` // postings decoded
	Micros   int64 `json:"micros"`   // time taken, in microseconds
}

// A Suggestion completes what has been typed so far.
type Suggestion struct {
	Text string `json:"text"`
	// Index is which of several indexes has the article that URL is of, from 0.
	Index int `json:"index,omitempty"`
	// URL is set if the suggestion is one article's title, relative to the root.
	URL string `json:"url,omitempty"`
	// Count is the number of articles that have the text.
	Count int `json:"count,omitempty"`
	// Kind says what the text is; a word if it is empty.
	Kind SuggestionKind `json:"kind,omitempty"`
}

// SuggestionKind says what a suggestion is.
type SuggestionKind string

// The kinds of suggestions.
const (
	Word  SuggestionKind = ""
	Name  SuggestionKind = "name"  // a person, place or organisation
	Title SuggestionKind = "title" // of an article; its URL is set
)

// A Document is an article out of the index, with what of it matches a query.
type Document struct {
	Article *article.Article
	// Marks are the matches in blocks, by block number and then by offset.
	Marks      []Mark
	Prev, Next *Link
}

// A Mark is one match in a block's Text.
type Mark struct {
	Block      int // from 1
	Start, End int // bytes of the block's Text, as UTF-8
}

// A Link leads to another article of the same edition.
type Link struct {
	URL   string // relative to the site's root
	Title string
}

// A Searcher answers queries. Its methods may be called at the same time from
// several goroutines; a cancelled context ends a call early with its error.
type Searcher interface {
	Search(ctx context.Context, q Query) (*Result, error)
	Suggest(ctx context.Context, prefix string, limit int) ([]Suggestion, error)
}

// A Library is a Searcher that also has the articles themselves.
type Library interface {
	Searcher
	// Document returns the article at url (relative to the site's root, as in
	// Hit.URL) with the matches of text marked, or ErrNotFound.
	Document(ctx context.Context, url, text string) (*Document, error)
}

// A Union is a Library of several indexes, which have numbers from 0, or of one.
type Union interface {
	Library
	// Article returns the article with an ID that one of the indexes has, or
	// ErrNotFound.
	Article(ctx context.Context, index int, id string) (*Article, error)
}
