package match

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/rank"
	"github.com/kanbao/kanbao/index/search/term"
)

// A Query is what finding and verifying need to know of a query. No step changes it.
type Query struct {
	Index   *read.Index
	Reader  *read.Reader
	Texts   *Texts
	Typed   string // what was typed
	Plan    *plan.Plan
	Filters []filter.Filter
	Facets  []query.Field // fields that are counted
	Offset  int
	Limit   int
	// Confirm has all candidates verified. Whole says that only documents that have the
	// phrase match.
	Confirm, Whole bool

	scorer  rank.Scorer
	formula *rank.Formula // the scorer, or nil if hits are sorted by date
	// The documents of each of the plan's terms.
	must, excluded, words []sought
	whole                 *sought // the phrase, if it must be there
}

// sought is a term with the documents that may have it.
type sought struct {
	term.Term
	in *read.Postings
}

// Open fetches the posting lists of the plan's terms and what the order of the hits
// needs.
func (q *Query) Open(ctx context.Context, order query.Sort) error {
	var err error
	if q.must, err = q.postings(q.Plan.Must); err != nil {
		return err
	}
	if q.excluded, err = q.postings(q.Plan.Excluded); err != nil {
		return err
	}
	if q.words, err = q.postings(q.Plan.Words); err != nil {
		return err
	}
	if q.Whole {
		p, err := q.Reader.Postings(read.All, q.Plan.Phrase.Key())
		if err != nil {
			return err
		}
		q.whole = &sought{q.Plan.Phrase, p}
	}
	if order == query.Relevance {
		q.formula, err = q.newFormula(ctx)
		q.scorer = q.formula
		return err
	}
	if order != query.Newest && order != query.Oldest {
		q.scorer, err = q.byProperty(ctx, order)
		return err
	}
	byDate := &rank.ByDate{Oldest: order == query.Oldest, MaxDoc: q.Index.MaxDoc()}
	for _, s := range q.Index.Segments() {
		days, err := s.Days(ctx)
		if err != nil {
			return err
		}
		byDate.Days = append(byDate.Days, days)
	}
	q.scorer = byDate
	return nil
}

func (q *Query) newFormula(ctx context.Context) (*rank.Formula, error) {
	var phrase *read.Postings
	if len(q.Plan.Line) > 1 {
		var err error
		if phrase, err = q.Reader.Postings(read.All, q.Plan.Phrase.Key()); err != nil {
			return nil, err
		}
	}
	words, err := rank.Weigh(q.Reader, q.Plan.Words)
	if err != nil {
		return nil, err
	}
	age, err := q.Index.Ages(ctx)
	f := rank.NewFormula(words, phrase, age)
	f.Writings = rank.Writings(q.Typed, slices.Concat(q.Plan.Words, q.Plan.Must))
	return f, err
}

func (q *Query) postings(terms []term.Term) ([]sought, error) {
	var all []sought
	for _, t := range terms {
		p, err := q.Reader.Postings(t.Field, t.Key())
		if err != nil {
			return nil, err
		}
		all = append(all, sought{t, p})
	}
	return all, nil
}

// phrase returns the documents that may have the phrase, or nil if none is looked for.
func (q *Query) phrase() *read.Postings {
	if q.formula == nil {
		return nil
	}
	return q.formula.Phrase
}

// certainty is what bigrams alone tell of a term in a document.
type certainty uint8

const (
	no certainty = iota
	maybe
	yes
)

func (s *sought) has(doc uint32) certainty {
	switch fields := s.in.Contains(doc); {
	case fields == 0:
		return no
	case fields&s.in.Exact != 0 && !s.Apart:
		return yes
	}
	return maybe
}

// unsure reports whether bigrams alone do not decide about what a document must and
// must not have.
func (q *Query) unsure(doc uint32) bool {
	return undecided(q.must, doc, false) || undecided(q.excluded, doc, false) || q.whole != nil && q.whole.has(doc) == maybe
}

// undecided reports whether bigrams alone do not decide that a document has all, or
// any, of the words that it was found by.
func undecided(words []sought, doc uint32, some bool) bool {
	open := false
	for i := range words {
		switch words[i].has(doc) {
		case yes:
			if some {
				return false
			}
		case maybe:
			open = true
		}
	}
	return open
}
