package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
)

// segmented writes an index of several segments, in some of which articles are
// deleted, and returns it with the articles that are left.
func segmented(t *testing.T, seed uint64) (*chunk.Memory, []*article.Article) {
	t.Helper()
	articles := indextest.Articles(seed, 120)
	var store *chunk.Memory
	for _, part := range [][]*article.Article{articles[:90], articles[5:115], articles[7:]} {
		opt := update.Options{Options: indextest.Small()}
		opt.StoredSize = 3000 // few enough chunks that all candidates are compared
		segmenter, err := indextest.Segmenter()
		if err != nil {
			t.Fatal(err)
		}
		next := new(chunk.Memory)
		opt.Sink, opt.Segmenter = next, segmenter
		if store != nil {
			opt.Previous = store
		}
		w, err := update.New(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		updatetest.Write(t, w, part)
		store = next
	}
	return store, articles[7:]
}

// scan answers queries from the articles themselves.
type scan struct {
	must, not []clause
	words     []string
	filters   []query.Filter
}

// clause is a phrase, in the title or anywhere; one of several is enough.
type clause struct {
	any   []string
	title bool
}

func (c clause) stands(a *article.Article) bool {
	lines := folded[a]
	if lines == nil {
		for _, line := range indextest.Lines(a) {
			lines = append(lines, indextest.Folder().Fold(line).String())
		}
		folded[a] = lines
	}
	if c.title {
		lines = lines[:2]
	}
	for _, s := range c.any {
		s = indextest.Folder().Fold(s).String()
		if slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, s) }) {
			return true
		}
	}
	return false
}

// folded has the lines of articles that the scan has read.
var folded = make(map[*article.Article][]string)

// values returns what an article is filtered and counted by.
func values(a *article.Article, field query.Field) []string {
	persons, places, orgs := indextest.Entities(a, nil)
	var authors []string
	for _, author := range a.Authors {
		authors = append(authors, author.Name)
	}
	all := map[query.Field][]string{
		query.Author: authors, query.Source: {a.Source}, query.Tag: a.Tags, query.Category: a.Categories, query.Page: {a.Edition.PageName()},
		query.Person: persons, query.Place: places, query.Org: orgs,
	}[field]
	if field == query.Date && a.Date != "" {
		all = []string{a.Date[:4], a.Date[:7]}
	}
	var out []string
	for _, v := range all {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func (s scan) passes(a *article.Article, but query.Field) bool {
	for _, f := range s.filters {
		if f.Field == but {
			continue
		}
		holds := false
		for _, v := range f.Values {
			if f.Field == query.Date {
				from, to, span := strings.Cut(v, "..")
				if !span {
					to = from
				}
				holds = holds || a.Date != "" && a.Date >= from && (to == "" || a.Date[:len(to)] <= to)
			} else {
				holds = holds || slices.Contains(values(a, f.Field), v)
			}
		}
		if holds == f.Not {
			return false
		}
	}
	return true
}

// found returns the articles that have the words, all or some, and pass.
func (s scan) found(articles []*article.Article, but query.Field, relaxed bool) []*article.Article {
	var found []*article.Article
	for _, a := range articles {
		ok := s.passes(a, but)
		for _, c := range s.must {
			ok = ok && c.stands(a)
		}
		for _, c := range s.not {
			ok = ok && !c.stands(a)
		}
		n := 0
		for _, w := range s.words {
			if (clause{any: []string{w}}).stands(a) {
				n++
			}
		}
		if relaxed && n == 0 {
			for _, w := range s.words { // bigrams are some of it
				for i := 0; i+2 <= len([]rune(w)); i++ {
					if (clause{any: []string{string([]rune(w)[i : i+2])}}).stands(a) {
						n++
					}
				}
			}
		}
		if ok && (n == len(s.words) || relaxed && n > 0) {
			found = append(found, a)
		}
	}
	return found
}

func (s scan) counts(articles []*article.Article, field query.Field, relaxed bool) []query.Count {
	n := make(map[string]int)
	for _, a := range s.found(articles, field, relaxed) {
		for _, v := range values(a, field) {
			n[v]++
		}
	}
	counts := []query.Count{}
	for v, n := range n {
		counts = append(counts, query.Count{Value: v, Count: n})
	}
	sort.Slice(counts, func(i, j int) bool {
		a, b := counts[i], counts[j]
		if field == query.Date {
			// A year as if it were its thirteenth month.
			return (a.Value + "-13")[:7] > (b.Value + "-13")[:7]
		}
		if a.Count != b.Count {
			return a.Count > b.Count
		}
		return a.Value < b.Value
	})
	return counts
}

// asked returns a random query, as typed and as the scan takes it.
func asked(rng *rand.Rand, articles []*article.Article) (query.Query, scan) {
	var s scan
	var typed []string
	q := query.Query{Limit: everything, IDsOnly: true, Facets: query.Fields()}
	piece := func() string { return strings.TrimSpace(indextest.Substring(rng, articles, 5)) }
	if rng.IntN(3) == 0 {
		text := piece()
		s.must = append(s.must, clause{any: []string{text}})
		typed = append(typed, `"`+text+`"`)
	}
	if rng.IntN(3) == 0 {
		a, b := piece(), piece()
		s.must = append(s.must, clause{any: []string{a, b}})
		typed = append(typed, fmt.Sprintf(`"%s" OR "%s"`, a, b))
	}
	if rng.IntN(3) == 0 {
		text := piece()
		c := clause{any: []string{text}, title: rng.IntN(2) == 0}
		s.not = append(s.not, c)
		typed = append(typed, "-"+map[bool]string{true: "标题：", false: ""}[c.title]+`"`+text+`"`)
	}
	if rng.IntN(4) == 0 {
		text := []rune(strings.TrimSpace(articles[rng.IntN(len(articles))].Title))
		text = text[rng.IntN(len(text)):]
		if piece := strings.TrimSpace(string(text[:min(3, len(text))])); piece != "" {
			s.must = append(s.must, clause{any: []string{piece}, title: true})
			typed = append(typed, `title:"`+piece+`"`)
		}
	}
	for range rng.IntN(4) {
		w := []string{"人民", "江海区", "志愿者", "党建", "生活"}[rng.IntN(5)]
		if !slices.Contains(s.words, w) {
			s.words, typed = append(s.words, w), append(typed, w)
		}
	}
	for range rng.IntN(3) {
		f := filter(rng, articles)
		if rng.IntN(2) == 0 {
			q.Filters = append(q.Filters, f)
		} else {
			sign := map[bool]string{true: "-", false: ""}[f.Not]
			typed = append(typed, sign+string(f.Field)+`:"`+strings.Join(f.Values, `"|"`)+`"`)
		}
		s.filters = append(s.filters, f)
	}
	rng.Shuffle(len(typed), func(i, j int) { typed[i], typed[j] = typed[j], typed[i] })
	q.Text = strings.Join(typed, " ")
	q.Sort = []query.Sort{query.Relevance, query.Newest, query.Oldest}[rng.IntN(3)]
	return q, s
}

func filter(rng *rand.Rand, articles []*article.Article) query.Filter {
	fields := query.Fields()
	f := query.Filter{Field: fields[rng.IntN(len(fields))], Not: rng.IntN(4) == 0}
	for len(f.Values) == 0 || rng.IntN(3) == 0 {
		a := articles[rng.IntN(len(articles))]
		of := values(a, f.Field)
		if f.Field == query.Date && a.Date != "" {
			of = append(of, a.Date, a.Date+"..", a.Date[:7]+"..2024-12-31", ".."+a.Date)
		}
		if len(of) > 0 {
			f.Values = append(f.Values, of[rng.IntN(len(of))])
		}
	}
	return f
}

func TestOperatorsFiltersAndCountsAreThoseOfAScan(t *testing.T) {
	answered, relaxed := 0, 0
	for seed := range uint64(indextest.Rounds(4)) {
		store, articles := segmented(t, 301+seed)
		e := open(t, store)
		dates := make(map[string]string)
		for _, a := range articles {
			dates[a.ID] = a.Date
		}
		rng := rand.New(rand.NewPCG(seed, 77))
		for range 160 {
			q, s := asked(rng, articles)
			r, err := e.Search(context.Background(), q)
			if err != nil {
				t.Fatalf("seed %d: %q: %v", seed, q.Text, err)
			}
			if len(s.must)+len(s.words)+len(s.not)+len(s.filters) == 0 {
				continue
			}
			what := fmt.Sprintf("seed %d: %q %v %s", seed, q.Text, q.Filters, q.Sort)
			all := s.found(articles, "", false)
			if want := s.found(articles, "", len(all) == 0 && len(s.words) > 1); r.Relaxed != (len(all) == 0 && len(want) > 0) {
				t.Fatalf("%s: relaxed %v, %d articles have all of it", what, r.Relaxed, len(all))
			} else {
				all = want
			}
			var want []string
			for _, a := range all {
				want = append(want, a.ID)
			}
			got := ids(r)
			if sorted := slices.Sorted(slices.Values(got)); !slices.Equal(sorted, slices.Sorted(slices.Values(want))) || r.Total != len(want) || !r.Exact {
				t.Fatalf("%s: found %v (total %d, exact %v), want %v", what, sorted, r.Total, r.Exact, want)
			}
			if len(r.Filters) > len(s.filters) || len(r.Filters) == 0 && len(s.filters) > 0 {
				t.Fatalf("%s: applied %v", what, r.Filters)
			}
			checkOrder(t, what, q.Sort, got, dates)
			for i, field := range query.Fields() {
				want := s.counts(articles, field, r.Relaxed || len(all) == 0 && len(s.words) > 1)
				if !reflect.DeepEqual(r.Facets[i], query.Facet{Field: field, Values: want}) {
					t.Fatalf("%s: %v, want %v", what, r.Facets[i], want)
				}
			}
			if len(want) > 0 {
				answered++
			}
			if r.Relaxed {
				relaxed++
			}
		}
	}
	if answered < indextest.Rounds(100) || relaxed < indextest.Rounds(5) {
		t.Errorf("only %d queries had hits, %d of some words: the test tests little", answered, relaxed)
	}
}

func checkOrder(t *testing.T, what string, by query.Sort, ids []string, dates map[string]string) {
	t.Helper()
	for i := 1; i < len(ids); i++ {
		a, b := dates[ids[i-1]], dates[ids[i]]
		if by == query.Newest && a < b || by == query.Oldest && b != "" && (a == "" || a > b) {
			t.Fatalf("%s: %s of %s before %s of %s", what, ids[i-1], a, ids[i], b)
		}
	}
}

// Pages follow each other in every order, whatever has the same date.
func TestPagesFollowEachOtherByDate(t *testing.T) {
	store, _ := segmented(t, 310)
	e := open(t, store)
	for _, q := range []query.Query{
		{Text: "人民", Sort: query.Newest}, {Text: "人民", Sort: query.Oldest}, {Text: "date:2024"}, {Text: "-新闻联播", Sort: query.Oldest},
	} {
		q.Limit, q.IDsOnly = everything, true
		all, err := e.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		var paged []string
		for q.Limit = 6; q.Offset < all.Total; q.Offset += q.Limit {
			r, err := e.Search(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			paged = append(paged, ids(r)...)
		}
		if !slices.Equal(paged, ids(all)) {
			t.Errorf("%q %s: pages %v, all %v", q.Text, q.Sort, paged, ids(all))
		}
	}
}

func TestUnknownFieldIsAnError(t *testing.T) {
	e := open(t, indextest.Build(t, indextest.Small(), indextest.Articles(1, 5)))
	for _, q := range []query.Query{
		{Filters: []query.Filter{{Field: "colour", Values: []string{"red"}}}}, {Text: "人民", Facets: []query.Field{"colour"}},
	} {
		if _, err := e.Search(context.Background(), q); err == nil || !strings.Contains(err.Error(), `"colour"`) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func ask(t *testing.T, e *search.Engine, q query.Query) *query.Result {
	t.Helper()
	r, err := e.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	return r
}

// A name is one however it is written, in an article and in what is asked.
func TestAuthorIsFoundHoweverWritten(t *testing.T) {
	a, b := paragraphs("潮水。")[0], paragraphs("潮水。", "潮水。")[1]
	a.Authors, a.Source = []article.Author{{Name: "王　明"}}, "潮 音 社"
	b.Authors = []article.Author{{Name: "阿·布"}}
	e := open(t, indextest.Build(t, indextest.Small(), []*article.Article{a, b}))
	for _, f := range []query.Filter{
		{Field: query.Author, Values: []string{"王明"}}, {Field: query.Author, Values: []string{"王　明"}},
		{Field: query.Author, Values: []string{"王 明"}}, {Field: query.Author, Values: []string{"阿•布"}},
		{Field: query.Source, Values: []string{"潮 音社"}},
	} {
		r, err := e.Search(context.Background(), query.Query{Filters: []query.Filter{f}})
		if err != nil || r.Total != 1 {
			t.Errorf("%+v finds %v (%v), want 1", f, r, err)
		}
	}
}
