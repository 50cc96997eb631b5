package rank

import (
	"context"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/term"
)

// Clauses are what documents are found by: all of Must, and all of Words or, with
// Any, at least one of them.
type Clauses struct {
	Must  []term.Term
	Words []term.Term
	Any   bool
}

// Empty reports whether the clauses ask for nothing, so that no searcher finds what
// they ask for.
func (c Clauses) Empty() bool { return len(c.Must)+len(c.Words) == 0 }

// Collect runs bleve's searchers with BM25 for clauses that are not empty. It returns
// the best documents of those that keep takes, at most size, the best first, and how
// many there are in all.
func Collect(ctx context.Context, reader *read.Reader, c Clauses, scorer Scorer, keep func(doc uint32) bool, size int) ([]Scored, int, error) {
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return index.BM25Scoring }))
	s, err := newSearcher(ctx, reader, c)
	if err != nil {
		return nil, 0, err
	}
	top := collector.NewTopNCollector(max(size, 1), 0, search.SortOrder{&search.SortScore{Desc: true}})
	if err := top.Collect(ctx, &scored{s, scorer, keep}, reader); err != nil {
		return nil, 0, err
	}
	docs := make([]Scored, 0, len(top.Results()))
	for _, m := range top.Results() {
		docs = append(docs, Scored{read.Doc(m.IndexInternalID), m.Score})
	}
	Sort(docs)
	return docs, int(top.Total()), s.Close()
}

// newSearcher returns the searcher for clauses: bleve's for all words, ours for any.
func newSearcher(ctx context.Context, reader *read.Reader, c Clauses) (search.Searcher, error) {
	must, err := termSearchers(ctx, reader, c.Must)
	if err != nil {
		return nil, err
	}
	words, err := termSearchers(ctx, reader, c.Words)
	if err != nil {
		return nil, err
	}
	if c.Any && len(words) > 1 {
		words = []search.Searcher{&disjunction{of: words, next: make([]*search.DocumentMatch, len(words))}}
	}
	if all := append(must, words...); len(all) > 1 {
		return searcher.NewConjunctionSearcher(ctx, reader, all, search.SearcherOptions{})
	} else {
		return all[0], nil
	}
}

func termSearchers(ctx context.Context, reader *read.Reader, terms []term.Term) ([]search.Searcher, error) {
	var all []search.Searcher
	for _, t := range terms {
		s, err := searcher.NewTermSearcher(ctx, reader, t.Key(), t.Field, 1, search.SearcherOptions{})
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

// scored gives each document its score, and leaves out what keep does not take.
type scored struct {
	search.Searcher
	scorer Scorer
	keep   func(doc uint32) bool
}

// Next implements search.Searcher.
func (s *scored) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	for {
		m, err := s.Searcher.Next(ctx)
		if m == nil || err != nil {
			return m, err
		}
		if doc := read.Doc(m.IndexInternalID); s.keep(doc) {
			m.Score = s.scorer.Score(doc, m.Score)
			return m, nil
		}
		ctx.DocumentMatchPool.Put(m)
	}
}
