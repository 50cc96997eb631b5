package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

// classStep is what lifts an article in which the phrase stands above every
// one in which it does not: no sum of scores comes near it.
const classStep = 1 << 20

// run is one query under way.
type run struct {
	e      *Engine
	ctx    context.Context
	q      query.Query
	plan   *plan
	reader *read.Reader

	phrase    *read.Postings   // candidates of the phrase, or nil if there is none to look for
	quoted    []*read.Postings // of each quoted phrase
	confirmed map[uint32]verdict
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

// rank finds and orders the documents.
func (r *run) rank() (*ranked, error) {
	r.ctx = context.WithValue(r.ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return index.BM25Scoring }))
	r.confirmed = make(map[uint32]verdict)
	var err error
	for _, q := range r.plan.quoted {
		p, err := r.reader.Postings(string(q))
		if err != nil {
			return nil, err
		}
		r.quoted = append(r.quoted, p)
	}
	if len(r.plan.phrase) > 1 {
		if r.phrase, err = r.reader.Postings(string(r.plan.phrase)); err != nil {
			return nil, err
		}
	}
	all := slices.Concat(r.plan.quoted, r.plan.units)
	top, total, err := r.collect(all, false)
	if err != nil {
		return nil, err
	}
	relaxed := false
	if total == 0 && len(r.plan.units) > 1 {
		relaxed = true
		if top, total, err = r.collect(all, true); err != nil {
			return nil, err
		}
	}
	out, err := r.settle(top, total, all, relaxed)
	if err != nil {
		return nil, err
	}
	out.relaxed = relaxed && out.total > 0
	return out, nil
}

// wanted returns how many documents are ranked before any is confirmed: some
// more than are shown, as some will not have the phrase.
func (r *run) wanted() int {
	n := min(r.q.Offset+r.q.Limit, int(r.e.ix.MaxDoc()))
	if r.uncertain() {
		n += 24
	}
	return n
}

// uncertain reports whether pairs alone do not decide where the phrases stand.
func (r *run) uncertain() bool {
	const all = 1<<manifest.NumFields - 1
	if r.phrase != nil && r.phrase.Exact != all {
		return true
	}
	return slices.ContainsFunc(r.quoted, func(p *read.Postings) bool { return p.Exact != all })
}

// collect runs the searchers and returns the best documents in order, and how
// many there are in all.
func (r *run) collect(words [][]rune, any bool) ([]scored, int, error) {
	return r.collectTop(words, any, r.wanted())
}

func (r *run) collectTop(words [][]rune, any bool, size int) ([]scored, int, error) {
	s, err := r.searcher(words, any)
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
	return top, int(c.Total()), s.Close()
}

// searcher returns bleve's searcher for all or any of the words.
func (r *run) searcher(words [][]rune, any bool) (search.Searcher, error) {
	options := search.SearcherOptions{}
	var terms []search.Searcher
	for _, w := range words {
		s, err := searcher.NewTermSearcher(r.ctx, r.reader, string(w), read.All, 1, options)
		if err != nil {
			return nil, err
		}
		terms = append(terms, s)
	}
	if len(terms) == 1 {
		return terms[0], nil
	}
	if any {
		return searcher.NewDisjunctionSearcher(r.ctx, r.reader, terms, 1, options)
	}
	return searcher.NewConjunctionSearcher(r.ctx, r.reader, terms, options)
}

// classed adds to each document's score what its class is worth.
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

// score returns the score of a document with its class and a mild preference
// for what is newer: document numbers go by date.
func (r *run) score(doc uint32, score float64) float64 {
	score *= 1 + 0.02*float64(doc)/float64(r.e.ix.MaxDoc())
	if r.phrase != nil {
		score += classStep * class(r.phrase.Contains(doc))
	}
	return score
}

// class returns the rank of the best of some fields: title above heading above
// body, and 0 for none.
func class(fields uint8) float64 {
	for f := range manifest.NumFields {
		if fields>>f&1 != 0 {
			return float64(manifest.NumFields - f)
		}
	}
	return 0
}

func byScore(a, b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.doc, a.doc))
}
