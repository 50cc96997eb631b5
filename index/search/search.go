package search

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/match"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/rank"
	"github.com/kanbao/kanbao/index/search/suggest"
)

// asked is a query with what was understood of it and the columns that it needs.
type asked struct {
	query.Query
	plan    *plan.Plan
	filters []query.Filter // those typed as operators included
	columns *filter.Columns
}

// search answers a query, step by step.
func (e *Engine) search(ctx context.Context, q query.Query) (*query.Result, error) {
	a, err := e.understand(ctx, q)
	if err != nil {
		return nil, err
	}
	if a.plan.Empty() && len(a.plan.Excluded)+len(a.filters) == 0 || e.ix.MaxDoc() == 0 {
		return &query.Result{Exact: true, Hits: []query.Hit{}, Filters: a.filters}, nil
	}
	m := e.matching(ctx, a)
	if err := m.Open(ctx, a.Sort); err != nil {
		return nil, err
	}
	verified, relaxed, err := best(ctx, m)
	if err != nil {
		return nil, err
	}
	result := &query.Result{
		Total: verified.Total, Exact: verified.Exact, Relaxed: relaxed,
		Terms: a.plan.Typed(), Read: a.plan.Read, Filters: a.filters,
	}
	for _, field := range a.Facets {
		result.Facets = append(result.Facets, a.columns.Count(field, m.Counted(verified, field)))
	}
	if result.Hits, err = e.hits(ctx, a, m.Texts, verified.Docs); err != nil {
		return nil, err
	}
	if result.Total < suggest.Few || relaxed {
		if result.Corrections, err = e.suggester.Corrections(ctx, m.Reader, a.plan, a.Text); err != nil {
			return nil, err
		}
	}
	if result.Total == 0 || relaxed {
		result.Without, err = e.without(ctx, a, m)
	}
	return result, err
}

// understand plans a query and fetches the columns that it needs, side by side.
func (e *Engine) understand(ctx context.Context, q query.Query) (*asked, error) {
	a := &asked{Query: q, filters: filter.Applied(q.Filters, syntax.Parse(q.Text).Filters)}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		a.plan, err = e.planner.Plan(ctx, q.Text)
		return err
	})
	g.Go(func() (err error) {
		a.columns, err = filter.Fetch(ctx, e.ix, a.filters, q.Facets)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if a.plan.Empty() && q.Sort == query.Relevance {
		a.Sort = query.Newest // nothing to be relevant to
	}
	return a, nil
}

// matching returns what matching articles needs to know of a query.
func (e *Engine) matching(ctx context.Context, a *asked) *match.Query {
	return &match.Query{
		Index: e.ix, Reader: e.ix.Reader(ctx, rank.Weights()), Texts: match.NewTexts(e.ix),
		Plan: a.plan, Filters: a.columns.Filters(a.filters), Facets: a.Facets,
		Offset: a.Offset, Limit: a.Limit,
	}
}

// best returns the articles that have all of the words or, if none has and for a
// question, those that have some. relaxed says that none has all.
func best(ctx context.Context, m *match.Query) (verified *match.Verified, relaxed bool, err error) {
	relaxable := len(m.Plan.Words) > 1
	found, err := m.Find(ctx, m.All(), m.Wanted())
	if err != nil {
		return nil, false, err
	}
	relaxed = found.Total == 0 && relaxable
	if !relaxed && !m.Plan.Question() {
		if verified, err = m.Verify(ctx, m.All(), found); err != nil {
			return nil, false, err
		}
		if verified.Total > 0 || !relaxable {
			return verified, false, nil
		}
		relaxed = true // the text had none of the candidates
	}
	if found, err = m.Find(ctx, m.Any(), m.Wanted()); err != nil {
		return nil, false, err
	}
	if verified, err = m.Verify(ctx, m.Any(), found); err != nil {
		return nil, false, err
	}
	return verified, relaxed && verified.Total > 0, nil
}
