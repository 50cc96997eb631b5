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
	e       *Engine
	ctx     context.Context
	q       query.Query
	plan    *plan
	reader  *read.Reader
	columns *columns
	sieves  []*sieve

	units     []weighed        // the words, with what each is worth
	phrase    *read.Postings   // candidates of the phrase, or nil if there is none to look for
	quoted    []*read.Postings // of each term that must be there
	excluded  []*read.Postings // of each that must not
	found     docSet           // what the searchers found, if it is counted
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

// words is what articles are looked for by: what must be there, and of the list
// all, or any.
type words struct {
	must []term
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
	all := words{must: r.plan.quoted, list: r.plan.units}
	some := words{must: r.plan.quoted, list: slices.Concat(r.plan.units, r.plan.pairs()), any: true}
	top, total, err := r.collect(all, r.wanted())
	if err != nil {
		return nil, err
	}
	var out *ranked
	relaxable := len(r.plan.units) > 1
	relaxed := total == 0 && relaxable
	if !relaxed && !r.plan.question() {
		if out, err = r.settle(top, total, all); err != nil {
			return nil, err
		}
		relaxed = out.total == 0 && relaxable // the text had none of the candidates
	}
	if relaxed || out == nil {
		r.confirmed = make(map[uint32]verdict)
		if top, total, err = r.collect(some, r.wanted()); err != nil {
			return nil, err
		}
		if out, err = r.settle(top, total, some); err != nil {
			return nil, err
		}
	}
	out.relaxed = relaxed && out.total > 0
	return out, nil
}

// open gets what ranking needs beside the searchers.
func (r *run) open() error {
	var err error
	if r.quoted, err = r.postings(r.plan.quoted); err != nil {
		return err
	}
	if r.excluded, err = r.postings(r.plan.excluded); err != nil {
		return err
	}
	r.countable()
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
	if len(r.plan.line) > 1 {
		if r.phrase, err = r.reader.Postings(read.All, r.plan.phrase.key()); err != nil {
			return err
		}
	}
	r.units, err = r.weigh(r.plan.units)
	return err
}

func (r *run) postings(terms []term) ([]*read.Postings, error) {
	var all []*read.Postings
	for _, t := range terms {
		p, err := r.reader.Postings(t.field, t.key())
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
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
	open := func(p *read.Postings) bool { return p.Exact != allFields }
	return slices.ContainsFunc(r.quoted, open) || slices.ContainsFunc(r.excluded, open)
}

// collect runs the searchers and returns the best documents in order, and how
// many there are in all.
func (r *run) collect(w words, size int) ([]scored, int, error) {
	r.forget()
	s, err := r.searcher(w)
	if err != nil {
		return nil, 0, err
	}
	if s == nil {
		return r.list(size)
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

// list returns what collect does, of all articles there are.
func (r *run) list(size int) ([]scored, int, error) {
	var docs []scored
	for _, s := range r.e.ix.Segments() {
		deleted, err := s.Deleted(r.ctx)
		if err != nil {
			return nil, 0, err
		}
		for doc := range uint32(s.Docs) {
			if !deleted.Has(doc) && r.keeps(s.Base+doc) {
				docs = append(docs, scored{s.Base + doc, r.score(s.Base+doc, 0)})
			}
		}
	}
	sortByScore(docs)
	return docs[:min(size, len(docs))], len(docs), nil
}

// searcher returns bleve's searcher for all, or ours for any of the words, or
// nil if there is none.
func (r *run) searcher(w words) (search.Searcher, error) {
	options := search.SearcherOptions{}
	must, err := r.termSearchers(w.must, options)
	if err != nil {
		return nil, err
	}
	list, err := r.termSearchers(w.list, options)
	if err != nil {
		return nil, err
	}
	if w.any && len(list) > 1 {
		list = []search.Searcher{&anySearcher{of: list, next: make([]*search.DocumentMatch, len(list))}}
	}
	switch terms := append(must, list...); len(terms) {
	case 0:
		return nil, nil
	case 1:
		return terms[0], nil
	default:
		return searcher.NewConjunctionSearcher(r.ctx, r.reader, terms, options)
	}
}

func (r *run) termSearchers(terms []term, options search.SearcherOptions) ([]search.Searcher, error) {
	var all []search.Searcher
	for _, t := range terms {
		s, err := searcher.NewTermSearcher(r.ctx, r.reader, t.key(), t.field, 1, options)
		if err != nil {
			return nil, err
		}
		all = append(all, unnormed{s})
	}
	return all, nil
}

// unnormed keeps a term's score as BM25 gives it. bleve would multiply it by
// the term's idf once more, a habit of TF-IDF, and rare words would drown others.
type unnormed struct{ search.Searcher }

// SetQueryNorm implements search.Searcher.
func (unnormed) SetQueryNorm(float64) {}

// classed gives each document its score with its class, and keeps back what is
// not asked for.
type classed struct {
	search.Searcher
	run *run
}

// Next implements search.Searcher.
func (c *classed) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	for {
		m, err := c.Searcher.Next(ctx)
		if m == nil || err != nil {
			return m, err
		}
		if doc := read.Doc(m.IndexInternalID); c.run.keeps(doc) {
			m.Score = c.run.score(doc, m.Score)
			return m, nil
		}
		ctx.DocumentMatchPool.Put(m)
	}
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
