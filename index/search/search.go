package search

import (
	"context"
	"strings"

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
	typed   syntax.Query
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
	// What asks for nothing finds nothing, but to count all articles is something.
	nothing := a.plan.Empty() && len(a.plan.Excluded)+len(a.filters) == 0 && (len(a.Facets) == 0 || strings.TrimSpace(a.Text) != "")
	if nothing || e.ix.MaxDoc() == 0 {
		return &query.Result{Exact: true, Hits: []query.Hit{}, Filters: a.filters}, nil
	}
	best, err := e.best(ctx, a)
	if err != nil {
		return nil, err
	}
	a, m, verified, relaxed := best.asked, best.Query, best.Verified, best.relaxed
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
	if n := len(result.Hits); 0 < n && n < a.Limit {
		result.Total, result.Exact = a.Offset+n, true // all are listed
	}
	if result.Total < suggest.Few || relaxed {
		if result.Corrections, err = e.suggester.Corrections(ctx, m.Reader, a.plan, a.Text); err != nil {
			return nil, err
		}
	}
	if result.Total == 0 || relaxed {
		cut, err := e.cut(ctx, a, m)
		if err != nil {
			return nil, err
		}
		// In the place of the least likely of three.
		result.Corrections = append(result.Corrections[:min(len(result.Corrections), suggest.Most-len(cut))], cut...)
		result.Without, err = e.without(ctx, a, m)
	}
	return result, err
}

// understand plans a query and fetches the columns that it needs, side by side unless
// the columns decide what is a filter.
func (e *Engine) understand(ctx context.Context, q query.Query) (*asked, error) {
	a := &asked{Query: q, typed: syntax.Parse(q.Text, nil)}
	g, gctx := errgroup.WithContext(ctx)
	if len(a.typed.Filters) == 0 {
		g.Go(func() (err error) {
			a.plan, err = e.planner.Plan(gctx, a.typed)
			return err
		})
	}
	a.filters = filter.Applied(q.Filters, a.typed.Filters)
	g.Go(func() (err error) {
		a.columns, err = filter.Fetch(gctx, e.ix, a.filters, q.Facets)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if a.plan == nil {
		a.typed = syntax.Parse(q.Text, a.columns.Has)
		a.filters = filter.Applied(q.Filters, a.typed.Filters)
		var err error
		if a.plan, err = e.planner.Plan(ctx, a.typed); err != nil {
			return nil, err
		}
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
		Typed: a.Text, Plan: a.plan, Filters: a.columns.Filters(a.filters), Facets: a.Facets,
		Offset: a.Offset, Limit: a.Limit, Confirm: a.Confirm,
	}
}

// verbatim returns a query with all that was typed as a phrase, operators included,
// or nil if there are none.
func (e *Engine) verbatim(ctx context.Context, a *asked) (*asked, error) {
	if a.typed.Whole || len(a.typed.Terms)+len(a.typed.Filters) == 0 {
		return nil, nil
	}
	v := *a
	v.typed = syntax.Query{Text: a.Text, Whole: true, Terms: []syntax.Term{{Any: []string{a.Text}, Quoted: true}}}
	v.filters = filter.Applied(a.Query.Filters, nil)
	var err error
	v.plan, err = e.planner.Plan(ctx, v.typed)
	return &v, err
}

// An attempt is one way to answer a query, with what it found.
type attempt struct {
	*asked
	*match.Query
	*match.Verified
	relaxed bool // no article has all of the words
}

// best returns the articles that have all of the words: short ones of Latin as words,
// or else anywhere. If none has, it returns those with all that was typed as a phrase
// and, if there is none of them either, and for a question, those that have some of
// the words.
func (e *Engine) best(ctx context.Context, a *asked) (*attempt, error) {
	anywhere := *a
	anywhere.plan = a.plan.Anywhere()
	first, err := e.all(ctx, a)
	if err != nil || first.Total > 0 && !a.plan.Question() {
		return first, err
	}
	if a.plan.AsWords() && !a.plan.Question() {
		if all, err := e.all(ctx, &anywhere); err != nil || all.Total > 0 {
			return all, err
		}
	}
	if first.Total == 0 {
		v, err := e.verbatim(ctx, a)
		if err != nil {
			return nil, err
		}
		if v != nil {
			if all, err := e.all(ctx, v); err != nil || all.Total > 0 {
				return all, err
			}
		}
	}
	if len(a.plan.Words) < 2 {
		return first, nil
	}
	m := first.Query
	found, err := m.Find(ctx, m.Any(), m.Wanted())
	if err != nil {
		return nil, err
	}
	some, err := m.Verify(ctx, m.Any(), found)
	if err != nil {
		return nil, err
	}
	return &attempt{a, m, some, first.Total == 0 && some.Total > 0}, nil
}

// all returns the articles that have all that a query asks for. For a question it
// returns candidates, which are not compared with their text.
func (e *Engine) all(ctx context.Context, a *asked) (*attempt, error) {
	m := e.matching(ctx, a)
	if err := m.Open(ctx, a.Sort); err != nil {
		return nil, err
	}
	if one, err := e.asOne(ctx, a, m); err != nil || one != nil {
		return one, err
	}
	found, err := m.Find(ctx, m.All(), m.Wanted())
	if err != nil {
		return nil, err
	}
	if a.plan.Question() {
		return &attempt{asked: a, Query: m, Verified: &match.Verified{Total: found.Total}}, nil
	}
	verified, err := m.Verify(ctx, m.All(), found)
	return &attempt{asked: a, Query: m, Verified: verified}, err
}

// asOne returns the articles that have what was typed as it stands, if nearly all that
// have its words do: 长江经济带 is one word to whoever types it, although the index knows
// 长江 and 经济带. It returns nil if that is not so.
func (e *Engine) asOne(ctx context.Context, a *asked, words *match.Query) (*attempt, error) {
	if a.plan.Question() {
		return nil, nil
	}
	if together, err := words.Together(ctx); err != nil || !together {
		return nil, err
	}
	all, err := words.Count(ctx, words.All(), words.Filters)
	if err != nil {
		return nil, err
	}
	m := e.matching(ctx, a)
	m.Whole = true
	if err := m.Open(ctx, a.Sort); err != nil {
		return nil, err
	}
	found, err := m.Find(ctx, m.All(), m.Wanted())
	if err != nil {
		return nil, err
	}
	verified, err := m.Verify(ctx, m.All(), found)
	if err != nil || !match.NearlyAll(verified.Total, all) {
		return nil, err
	}
	return &attempt{asked: a, Query: m, Verified: verified}, nil
}
