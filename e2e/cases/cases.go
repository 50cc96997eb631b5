// Package cases is the table of what the search answers over the sample paper
// (testdata/sample). It is run twice: natively by the tests of the command, and
// in Chromium through kanbao.js by those of e2e, which also compares the whole
// answers of both. The package has no tests of its own and asks nobody.
package cases

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/query"
)

// A Case is a query with what of its answer matters.
type Case struct {
	About string
	Query query.Query
	Want  Want
}

// Want is what an answer must have. What is zero is not looked at, save for
// Total.
type Want struct {
	Total   int
	Any     bool     // how many articles are found is not looked at
	First   []string // titles of the first hits, in order
	Relaxed bool     // some of the words only; looked at where First is
	Read    []string // "chaoshui=潮水": what a word was read as, among others
	Meant   []string // corrections that are among those offered
	Counts  []string // "author 姜禾 2": values of facets
	Without []string // "银行 4": what is found without a word or filter
	More    int      // how many other passages the first hit has at least
}

// An Answer is what kanbao query --json prints and kanbao.js answers.
type Answer struct {
	Query       string             `json:"query"`
	Total       int                `json:"total"`
	Exact       bool               `json:"exact"`
	Relaxed     bool               `json:"relaxed"`
	Terms       []string           `json:"terms"`
	Read        []query.Reading    `json:"read"`
	Filters     []query.Filter     `json:"filters"`
	Facets      []query.Facet      `json:"facets"`
	Corrections []query.Correction `json:"corrections"`
	Without     []query.Without    `json:"without"`
	Hits        []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		More  []struct {
			Block int `json:"block"`
		} `json:"more"`
	} `json:"hits"`
}

// Faults tells what is wrong with an answer in JSON; nothing if all is well.
func (c Case) Faults(answer []byte) []string {
	var a Answer
	if err := json.Unmarshal(answer, &a); err != nil {
		return []string{fmt.Sprintf("not an answer: %v: %.80q", err, answer)}
	}
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	w := c.Want
	if a.Total != w.Total && !w.Any {
		fault("%d articles, want %d", a.Total, w.Total)
	}
	if len(w.First) > 0 && a.Relaxed != w.Relaxed {
		fault("relaxed is %v", a.Relaxed)
	}
	var titles []string
	for _, h := range a.Hits {
		titles = append(titles, h.Title)
	}
	if len(titles) < len(w.First) || !slices.Equal(titles[:len(w.First)], w.First) {
		fault("hits %q, want %q first", titles, w.First)
	}
	if w.More > 0 && (len(a.Hits) == 0 || len(a.Hits[0].More) < w.More) {
		fault("the first hit has too few passages, want %d more: %+v", w.More, a.Hits)
	}
	for what, want := range map[string][]string{"read": w.Read, "meant": w.Meant, "counts": w.Counts, "without": w.Without} {
		got := a.said(what)
		for _, x := range want {
			if !slices.Contains(got, x) {
				fault("%s: %q, want %q among them", what, got, x)
			}
		}
	}
	return faults
}

// said returns a part of an answer as a Want has it.
func (a *Answer) said(what string) []string {
	var list []string
	switch what {
	case "read":
		for _, r := range a.Read {
			for _, as := range r.As {
				list = append(list, r.Typed+"="+as)
			}
		}
	case "meant":
		for _, c := range a.Corrections {
			list = append(list, c.Text)
		}
	case "counts":
		for _, f := range a.Facets {
			for _, v := range f.Values {
				list = append(list, fmt.Sprintf("%s %s %d", f.Field, v.Value, v.Count))
			}
		}
	case "without":
		for _, w := range a.Without {
			word := w.Word
			if w.Filter != nil {
				word = string(w.Filter.Field) + "=" + strings.Join(w.Filter.Values, ",")
			}
			list = append(list, fmt.Sprintf("%s %d", word, w.Total))
		}
	}
	return list
}

// An Offer is the beginning of a query with what must be among its completions.
type Offer struct {
	Typed string
	Want  []string
}
