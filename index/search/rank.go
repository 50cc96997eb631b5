package search

import (
	"context"
	"slices"
	"sort"
	"sync"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

// run is one query under way.
type run struct {
	e      *Engine
	ctx    context.Context
	q      query.Query
	plan   *plan
	reader *read.Reader

	units     []weighed        // the words, with what each is worth
	phrase    *read.Postings   // candidates of the phrase, or nil if there is none to look for
	quoted    []*read.Postings // of each quoted phrase
	days      [][]int32        // by segment, if hits are sorted by date
	confirmed map[uint32]verdict

	mu   sync.Mutex
	read map[uint32]*opened
}

// ranked is the outcome: the documents of the page that was asked for.
type ranked struct {
	docs    []scored
	total   int
	exact   bool
	relaxed bool
}

// scored is a document with its score, which includes its class.
type scored struct {
	doc   uint32
	score float64
}

// words is what articles are looked for by: all of them must be there, or any.
type words struct {
	list []term
	any  bool
}

// rank finds and orders the documents.
func (r *run) rank() (*ranked, error) {
	r.ctx = context.WithValue(r.ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return index.BM25Scoring }))
	r.confirmed = make(map[uint32]verdict)
	r.read = make(map[uint32]*opened)
	if err := r.open(); err != nil {
		return nil, err
	}
	all := words{list: slices.Concat(r.plan.quoted, r.plan.units)}
	some := words{list: slices.Concat(r.plan.quoted, r.plan.units, r.plan.pairs()), any: true}
	top, total, err := r.collect(all, r.wanted())
	if err != nil {
		return nil, err
	}
	relaxed := total == 0 && len(r.plan.units) > 1
	asked := all
	if relaxed || r.plan.question() {
		asked = some
		if top, total, err = r.collect(some, r.wanted()); err != nil {
			return nil, err
		}
	}
	out, err := r.settle(top, total, asked)
	if err != nil {
		return nil, err
	}
	out.relaxed = relaxed && out.total > 0
	return out, nil
}

// open gets what ranking needs beside the searchers.
func (r *run) open() error {
	for _, q := range r.plan.quoted {
		p, err := r.reader.Postings(q.field, q.key())
		if err != nil {
			return err
		}
		r.quoted = append(r.quoted, p)
	}
	if r.q.Sort != query.Relevance {
		for _, s := range r.e.ix.Segments() {
			days, err := s.Days(r.ctx)
			if err != nil {
				return err
			}
			r.days = append(r.days, days)
		}
		return nil
	}
	var err error
	if len(r.plan.line) > 1 {
		if r.phrase, err = r.reader.Postings(read.All, r.plan.phrase.key()); err != nil {
			return err
		}
	}
	r.units, err = r.weigh(r.plan.units)
	return err
}

// wanted returns how many documents are ranked before any is confirmed: some
// more than are shown, as some will not have the phrase.
func (r *run) wanted() int {
	n := max(r.q.Offset+r.q.Limit, nearDepth)
	if r.uncertain() {
		n += 24
	}
	return min(n, int(r.e.ix.MaxDoc()))
}

// uncertain reports whether pairs alone do not decide where the phrases stand.
func (r *run) uncertain() bool {
	if r.phrase != nil && r.phrase.Exact != allFields {
		return true
	}
	return slices.ContainsFunc(r.quoted, func(p *read.Postings) bool { return p.Exact != allFields })
}

// collect runs the searchers and returns the best documents in order, and how
// many there are in all.
func (r *run) collect(w words, size int) ([]scored, int, error) {
	s, err := r.searcher(w)
	if err != nil {
		return nil, 0, err
	}
	c := collector.NewTopNCollector(max(size, 1), 0, search.SortOrder{&search.SortScore{Desc: true}})
	if err := c.Collect(r.ctx, &classed{Searcher: s, run: r}, r.reader); err != nil {
		return nil, 0, err
	}
	top := make([]scored, 0, len(c.Results()))
	for _, m := range c.Results() {
		top = append(top, scored{read.Doc(m.IndexInternalID), m.Score})
	}
	sortByScore(top)
	return top, int(c.Total()), s.Close()
}

// searcher returns bleve's searcher for all, or ours for any of the words.
func (r *run) searcher(w words) (search.Searcher, error) {
	options := search.SearcherOptions{}
	var terms []search.Searcher
	for _, word := range w.list {
		s, err := searcher.NewTermSearcher(r.ctx, r.reader, word.key(), word.field, 1, options)
		if err != nil {
			return nil, err
		}
		terms = append(terms, unnormed{s})
	}
	switch {
	case len(terms) == 1:
		return terms[0], nil
	case w.any:
		return &anySearcher{of: terms, next: make([]*search.DocumentMatch, len(terms))}, nil
	}
	return searcher.NewConjunctionSearcher(r.ctx, r.reader, terms, options)
}

// unnormed keeps a term's score as BM25 gives it. bleve would multiply it by
// the term's idf once more, a habit of TF-IDF, and rare words would drown others.
type unnormed struct{ search.Searcher }

// SetQueryNorm implements search.Searcher.
func (unnormed) SetQueryNorm(float64) {}

// classed gives each document its score with its class.
type classed struct {
	search.Searcher
	run *run
}

// Next implements search.Searcher.
func (c *classed) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	m, err := c.Searcher.Next(ctx)
	if m != nil && err == nil {
		m.Score = c.run.score(read.Doc(m.IndexInternalID), m.Score)
	}
	return m, err
}

// sortByScore puts the best first and, of equals, the newest. (Sorting here and
// elsewhere goes through package sort, not slices: each type that slices sorts
// costs the browser another two kilobytes.)
func sortByScore(docs []scored) {
	sort.Slice(docs, func(i, j int) bool {
		if docs[i].score != docs[j].score {
			return docs[i].score > docs[j].score
		}
		return docs[i].doc > docs[j].doc
	})
}
