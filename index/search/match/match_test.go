package match_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/match"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/rank"
)

// What a step returns stays what it is: facets may be counted before or behind any
// other step, such as the search for some of the words or the count without a filter.
func TestFacetsAreTheSameWhateverIsSearchedBetween(t *testing.T) {
	ctx := context.Background()
	articles := indextest.Articles(12, 80)
	ix, err := read.Open(ctx, indextest.Build(t, indextest.Small(), articles), read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	planner := plan.NewPlanner(ix)
	fields := query.Fields()
	filters := []query.Filter{{Field: query.Author, Values: []string{articles[0].Authors[0].Name}, Not: true}, {Field: query.Date, Values: []string{articles[3].Date[:7]}}}
	columns, err := filter.Fetch(ctx, ix, filters, fields)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(12, 1))
	counted, others := 0, 0
	for range indextest.Rounds(60) {
		text := indextest.Substring(rng, articles, 4) + " " + indextest.Substring(rng, articles, 3)
		p, err := planner.Plan(ctx, syntax.Parse(text, nil))
		if err != nil {
			t.Fatal(err)
		}
		m := &match.Query{
			Index: ix, Reader: ix.Reader(ctx, rank.Weights()), Texts: match.NewTexts(ix), Plan: p,
			Filters: columns.Filters(filters), Facets: fields, Limit: 10,
		}
		if err := m.Open(ctx, query.Relevance); err != nil {
			t.Fatal(err)
		}
		facets := func(v *match.Verified) []query.Facet {
			var all []query.Facet
			for _, f := range fields {
				all = append(all, columns.Count(f, m.Counted(v, f)))
			}
			return all
		}
		steps := []rank.Clauses{m.All(), m.Any()}
		var verified []*match.Verified
		var want [][]query.Facet
		for _, c := range steps {
			found, err := m.Find(ctx, c, m.Wanted())
			if err != nil {
				t.Fatal(err)
			}
			v, err := m.Verify(ctx, c, found)
			if err != nil {
				t.Fatal(err)
			}
			verified, want = append(verified, v), append(want, facets(v))
			if _, err := m.Count(ctx, c, nil); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(want[0], want[1]) {
			others++
		}
		for i, v := range verified {
			if got := facets(v); !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("%q: step %d: counted behind all steps %v, at once %v", strings.TrimSpace(text), i, got, want[i])
			}
			for _, f := range want[i] {
				counted += len(f.Values)
			}
		}
	}
	if counted == 0 || others == 0 {
		t.Errorf("%d values were counted, %d times others with some of the words than with all: the test tests nothing", counted, others)
	}
}
