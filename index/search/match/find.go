package match

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/rank"
	"github.com/kanbao/kanbao/index/search/term"
)

// extra is how many more documents than are shown are ranked where some of them may
// not have the phrase.
const extra = 24

// Found are the candidates that bigrams alone find.
type Found struct {
	Top   []rank.Scored // the best, in order
	Total int           // how many there are in all

	// docs are all candidates, or nil if neither facets nor filters are asked for.
	docs filter.DocSet
	// beside has, for each filter of the query, the documents that it alone keeps
	// back, or nil if its field is not counted: a filter does not narrow the counts of
	// its own field.
	beside []filter.DocSet
}

// All returns the clauses for articles that have all words, and Any those for
// articles that have one of them or of the bigrams.
func (q *Query) All() rank.Clauses { return rank.Clauses{Must: q.Plan.Must, Words: q.Plan.Words} }

// Any is described with All.
func (q *Query) Any() rank.Clauses {
	return rank.Clauses{Must: q.Plan.Must, Words: slices.Concat(q.Plan.Words, q.Plan.Bigrams()), Any: true}
}

// Wanted returns how many documents Find should rank before any is verified.
func (q *Query) Wanted() int {
	n := max(q.Offset+q.Limit, rank.Depth)
	if q.uncertain() {
		n += extra
	}
	return min(n, int(q.Index.MaxDoc()))
}

// uncertain reports whether bigrams alone do not decide where the phrases and words stand.
func (q *Query) uncertain() bool {
	open := func(s sought) bool { return s.Apart || s.in.Exact != term.AllFields }
	phrase := q.phrase()
	return phrase != nil && open(sought{q.Plan.Phrase, phrase}) || q.whole != nil && open(*q.whole) || slices.ContainsFunc(q.words, open) || slices.ContainsFunc(q.must, open) || slices.ContainsFunc(q.excluded, open)
}

// Count returns how many documents the clauses find that pass some filters.
func (q *Query) Count(ctx context.Context, c rank.Clauses, filters []filter.Filter) (int, error) {
	other := *q
	other.Filters, other.Facets = filters, nil
	keep := func(doc uint32) bool { return !other.isExcluded(doc) && other.passes(doc) }
	_, total, err := other.collect(ctx, c, keep, 1)
	return total, err
}

// nearlyAll is the share of the documents with all words, in percent, that have them
// side by side where they are one word.
const nearlyAll = 90

// Together reports whether nearly all documents that have the words may have them side by side
// as they were typed: then they are one word to whoever typed them.
func (q *Query) Together(ctx context.Context) (bool, error) {
	if len(q.words) < 2 || len(q.must) > 0 || !q.Plan.InOne() {
		return false, nil
	}
	phrase, err := q.Reader.Postings(read.All, q.Plan.Phrase.Key())
	if err != nil {
		return false, err
	}
	side := 0
	for _, doc := range phrase.Docs {
		if !q.isExcluded(doc) {
			side++
		}
	}
	total, err := q.Count(ctx, q.All(), nil)
	return side > 0 && NearlyAll(side, total), err
}

// NearlyAll reports whether so many of all are as good as all.
func NearlyAll(n, all int) bool { return 100*n >= nearlyAll*all }

// Find returns the candidates for the clauses, of which it ranks the best: size of
// them, or all if they are fewer.
func (q *Query) Find(ctx context.Context, c rank.Clauses, size int) (*Found, error) {
	found := new(Found)
	if len(q.Facets)+len(q.Filters) > 0 || q.Confirm {
		found.docs = filter.NewDocSet(q.Index.MaxDoc())
		found.beside = make([]filter.DocSet, len(q.Filters))
		for i := range q.Filters {
			if slices.Contains(q.Facets, q.Filters[i].Field) {
				found.beside[i] = filter.NewDocSet(q.Index.MaxDoc())
			}
		}
	}
	var err error
	found.Top, found.Total, err = q.collect(ctx, c, func(doc uint32) bool { return q.keep(found, doc) }, size)
	return found, err
}

func (q *Query) collect(ctx context.Context, c rank.Clauses, keep func(doc uint32) bool, size int) ([]rank.Scored, int, error) {
	if c.Empty() {
		return q.list(ctx, keep, size)
	}
	return rank.Collect(ctx, q.Reader, c, q.scorer, keep, size)
}

// list returns what collect does, of all articles there are.
func (q *Query) list(ctx context.Context, keep func(doc uint32) bool, size int) ([]rank.Scored, int, error) {
	var docs []rank.Scored
	for _, s := range q.Index.Segments() {
		deleted, err := s.Deleted(ctx)
		if err != nil {
			return nil, 0, err
		}
		for doc := range uint32(s.Docs) {
			if !deleted.Has(doc) && keep(s.Base+doc) {
				docs = append(docs, rank.Scored{Doc: s.Base + doc, Score: q.scorer.Score(s.Base+doc, 0)})
			}
		}
	}
	rank.Sort(docs)
	return docs[:min(size, len(docs))], len(docs), nil
}

// keep reports whether a document that has the words is one that was asked for, and
// adds it to the sets of found.
func (q *Query) keep(found *Found, doc uint32) bool {
	if q.isExcluded(doc) || q.whole != nil && q.whole.has(doc) == no {
		return false
	}
	by := -1 // the filter that keeps it back
	for i := range q.Filters {
		if q.Filters[i].Passes(doc) {
			continue
		}
		if by >= 0 {
			return false
		}
		by = i
	}
	if by >= 0 {
		if found.beside[by] != nil {
			found.beside[by].Add(doc)
		}
		return false
	}
	if found.docs != nil {
		found.docs.Add(doc)
	}
	return true
}

// isExcluded reports whether a document certainly has what it must not have.
func (q *Query) isExcluded(doc uint32) bool {
	for i := range q.excluded {
		if q.excluded[i].has(doc) == yes {
			return true
		}
	}
	return false
}

func (q *Query) passes(doc uint32) bool {
	for i := range q.Filters {
		if !q.Filters[i].Passes(doc) {
			return false
		}
	}
	return true
}

// counts reports whether a document is counted for any field.
func (f *Found) counts(doc uint32) bool {
	for _, beside := range f.beside {
		if beside != nil && beside.Has(doc) {
			return true
		}
	}
	return f.docs.Has(doc)
}

// counted returns the candidates that a field is counted over.
func (f *Found) counted(filters []filter.Filter, field query.Field) filter.DocSet {
	set := slices.Clone(f.docs)
	for i := range filters {
		if filters[i].Field == field {
			set.AddAll(f.beside[i])
		}
	}
	return set
}
