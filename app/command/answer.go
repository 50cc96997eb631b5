package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/query"
)

// resultJSON is a query.Result as it is printed, and as kanbao.js answers it:
// marks are HTML, and no list is null.
type resultJSON struct {
	Query       string             `json:"query"`
	Total       int                `json:"total"`
	Exact       bool               `json:"exact"`
	Relaxed     bool               `json:"relaxed"`
	Terms       []string           `json:"terms"`
	Read        []query.Reading    `json:"read"`
	Filters     []filterJSON       `json:"filters"`
	Facets      []query.Facet      `json:"facets"`
	Corrections []query.Correction `json:"corrections"`
	Without     []withoutJSON      `json:"without"`
	Hits        []hitJSON          `json:"hits"`
}

type hitJSON struct {
	ID       string        `json:"id"`
	URL      string        `json:"url"`
	Title    string        `json:"title"`
	Subtitle string        `json:"subtitle"`
	Date     string        `json:"date"`
	Page     string        `json:"page"`
	Score    float64       `json:"score"`
	Snippet  string        `json:"snippet"`
	Block    int           `json:"block"`
	Heading  string        `json:"heading"`
	More     []passageJSON `json:"more"`
}

type passageJSON struct {
	Snippet string `json:"snippet"`
	Block   int    `json:"block"`
	Heading string `json:"heading"`
}

type filterJSON struct {
	Field  query.Field `json:"field"`
	Values []string    `json:"values"`
	Not    bool        `json:"not"`
}

type withoutJSON struct {
	Text   string      `json:"text"`
	Word   string      `json:"word"`
	Filter *filterJSON `json:"filter"`
	Total  int         `json:"total"`
}

type suggestionJSON struct {
	Text  string               `json:"text"`
	URL   string               `json:"url"`
	Count int                  `json:"count"`
	Kind  query.SuggestionKind `json:"kind"`
}

type failureJSON struct {
	Query string `json:"query"`
	Error string `json:"error"`
}

func newResultJSON(r *query.Result) resultJSON {
	return resultJSON{
		Query: r.Query, Total: r.Total, Exact: r.Exact, Relaxed: r.Relaxed,
		Terms:   each(r.Terms, func(s string) string { return s }),
		Read:    each(r.Read, func(x query.Reading) query.Reading { return x }),
		Filters: each(r.Filters, newFilterJSON),
		Facets: each(r.Facets, func(f query.Facet) query.Facet {
			return query.Facet{Field: f.Field, Values: each(f.Values, func(c query.Count) query.Count { return c })}
		}),
		Corrections: each(r.Corrections, func(c query.Correction) query.Correction { return c }),
		Without: each(r.Without, func(w query.Without) withoutJSON {
			j := withoutJSON{Text: w.Text, Word: w.Word, Total: w.Total}
			if w.Filter != nil {
				f := newFilterJSON(*w.Filter)
				j.Filter = &f
			}
			return j
		}),
		Hits: each(r.Hits, newHitJSON),
	}
}

func newFilterJSON(f query.Filter) filterJSON { return filterJSON(f) }

func newHitJSON(h query.Hit) hitJSON {
	return hitJSON{
		ID: h.ID, URL: h.URL, Title: h.Title.String(), Subtitle: h.Subtitle.String(), Date: h.Date, Page: h.Page,
		Score: h.Score, Snippet: h.Snippet.HTML(), Block: h.Block, Heading: h.Heading,
		More: each(h.More, func(p query.Passage) passageJSON {
			return passageJSON{Snippet: p.Snippet.HTML(), Block: p.Block, Heading: p.Heading}
		}),
	}
}

func newSuggestionsJSON(list []query.Suggestion) []suggestionJSON {
	return each(list, func(s query.Suggestion) suggestionJSON { return suggestionJSON(s) })
}

// each returns what f makes of each element, in a list that is never nil.
func each[A, B any](of []A, f func(A) B) []B {
	list := make([]B, len(of))
	for i, a := range of {
		list[i] = f(a)
	}
	return list
}

// encoder writes JSON with <mark> as it is: the output is no part of a page.
func encoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// printResult prints an answer for people.
func printResult(w io.Writer, r *query.Result) error {
	var b strings.Builder
	about := ""
	if !r.Exact {
		about = "at most "
	}
	fmt.Fprintf(&b, "%s: %s%d articles", r.Query, about, r.Total)
	if r.Relaxed {
		b.WriteString(", with some of the words only")
	}
	b.WriteString("\n")
	printUnderstood(&b, r)
	for i := range r.Hits {
		printHit(&b, i+1, &r.Hits[i])
	}
	for _, f := range r.Facets {
		if len(f.Values) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s:", f.Field)
		for _, v := range f.Values {
			fmt.Fprintf(&b, "  %s %d", v.Value, v.Count)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printUnderstood prints what has been made of the query.
func printUnderstood(b *strings.Builder, r *query.Result) {
	for _, f := range r.Filters {
		fmt.Fprintf(b, "filter: %s\n", filterText(f))
	}
	for _, x := range r.Read {
		fmt.Fprintf(b, "read %q as: %s\n", x.Typed, strings.Join(x.As, ", "))
	}
	for _, c := range r.Corrections {
		fmt.Fprintf(b, "did you mean: %s (%d)\n", c.Text, c.Total)
	}
	for _, x := range r.Without {
		what := strconv.Quote(x.Word)
		if x.Filter != nil {
			what = filterText(*x.Filter)
		}
		fmt.Fprintf(b, "without %s: %d\n", what, x.Total)
	}
}

func filterText(f query.Filter) string {
	is := "="
	if f.Not {
		is = "!="
	}
	return string(f.Field) + is + strings.Join(f.Values, ",")
}

func printHit(b *strings.Builder, n int, h *query.Hit) {
	title := strings.Fields(bracketed(h.Title) + " " + bracketed(h.Subtitle) + "  " + h.Date + " " + h.Page)
	fmt.Fprintf(b, "\n%3d. %s\n", n, strings.Join(title, " "))
	fmt.Fprintf(b, "     %s\n     %s\n", addressOf(h.URL, h.Block), bracketed(h.Snippet))
	for _, p := range h.More {
		fmt.Fprintf(b, "       #p%d %s\n", p.Block, strings.TrimSpace(p.Heading+"  "+bracketed(p.Snippet)))
	}
}

func addressOf(url string, block int) string {
	if block > 0 {
		return url + "#p" + strconv.Itoa(block)
	}
	return url
}

// bracketed shows matches in brackets that Chinese text hardly ever has.
func bracketed(m query.Marked) string {
	var b strings.Builder
	for _, s := range m {
		if s.Mark {
			b.WriteString("⟦" + s.Text + "⟧")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
