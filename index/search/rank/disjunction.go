package rank

import (
	"math"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/read"
)

// disjunction finds the documents that one or more of its searchers find, and adds
// up their scores. bleve's own multiplies the sum by the share of searchers that
// match, whatever they are worth, and so prefers three particles to a rare name.
type disjunction struct {
	of    []search.Searcher
	next  []*search.DocumentMatch // of each, not yet returned
	begun bool
}

// Next implements search.Searcher.
func (s *disjunction) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if !s.begun {
		s.begun = true
		for i := range s.of {
			if err := s.step(ctx, i); err != nil {
				return nil, err
			}
		}
	}
	doc := uint32(math.MaxUint32)
	for _, m := range s.next {
		if m != nil {
			doc = min(doc, read.Doc(m.IndexInternalID))
		}
	}
	if doc == math.MaxUint32 {
		return nil, nil
	}
	var out *search.DocumentMatch
	sum := 0.0
	for i, m := range s.next {
		if m == nil || read.Doc(m.IndexInternalID) != doc {
			continue
		}
		sum += m.Score
		if out == nil {
			out = m
		} else {
			ctx.DocumentMatchPool.Put(m)
		}
		if err := s.step(ctx, i); err != nil {
			return nil, err
		}
	}
	out.Score = sum
	return out, nil
}

func (s *disjunction) step(ctx *search.SearchContext, i int) (err error) {
	s.next[i], err = s.of[i].Next(ctx)
	return err
}

// Advance implements search.Searcher.
func (s *disjunction) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	for {
		m, err := s.Next(ctx)
		if m == nil || err != nil || m.IndexInternalID.Compare(id) >= 0 {
			return m, err
		}
		ctx.DocumentMatchPool.Put(m)
	}
}

// Close implements search.Searcher.
func (s *disjunction) Close() error {
	for _, t := range s.of {
		if err := t.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Weight implements search.Searcher.
func (s *disjunction) Weight() float64 { return 1 }

// SetQueryNorm implements search.Searcher.
func (s *disjunction) SetQueryNorm(float64) {}

// Count implements search.Searcher: at most so many documents match.
func (s *disjunction) Count() uint64 {
	n := uint64(0)
	for _, t := range s.of {
		n += t.Count()
	}
	return n
}

// Min implements search.Searcher.
func (s *disjunction) Min() int { return 1 }

// Size implements search.Searcher.
func (s *disjunction) Size() int { return 0 }

// DocumentMatchPoolSize implements search.Searcher.
func (s *disjunction) DocumentMatchPoolSize() int { return 2 * len(s.of) }
