package search

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/suggest"
)

// DefaultLimit is how many hits are answered if a query does not say.
const DefaultLimit = 10

// An Engine answers queries over one index, or several that are joined. It implements
// query.Union.
type Engine struct {
	ix        *read.Index
	planner   *plan.Planner
	suggester *suggest.Suggester

	mu    sync.Mutex
	paths map[string]uint32 // document numbers by address, of articles of the first index that were shown
}

var _ query.Union = (*Engine)(nil)

// Open opens the index that source has.
func Open(ctx context.Context, source chunk.Source) (*Engine, error) {
	return OpenWith(ctx, source, read.Options{})
}

// OpenWith is Open with bounds on memory other than the default ones.
func OpenWith(ctx context.Context, source chunk.Source, opt read.Options) (*Engine, error) {
	ix, err := read.Open(ctx, source, opt)
	if err != nil {
		return nil, err
	}
	return newEngine(ix), nil
}

func newEngine(ix *read.Index) *Engine {
	planner := plan.NewPlanner(ix)
	return &Engine{
		ix: ix, planner: planner, suggester: &suggest.Suggester{Index: ix, Planner: planner},
		paths: make(map[string]uint32),
	}
}

// Prepare fetches what every query needs beside its own terms, so that a first
// query need not wait for one after the other. What fails here is tried again
// by the query that needs it.
func (e *Engine) Prepare(ctx context.Context) { e.ix.Prepare(ctx) }

// Fill fetches the whole index ahead of the queries, where its builder has made
// it for that, and reports whether all of it is at hand: from then on queries
// wait for nothing.
func (e *Engine) Fill(ctx context.Context) (bool, error) { return e.ix.Fill(ctx) }

// Search implements query.Searcher.
func (e *Engine) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	began := time.Now()
	cost := new(read.Cost)
	ctx = read.WithCost(ctx, cost)
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	q.Offset = max(q.Offset, 0)
	result, err := e.search(ctx, q)
	if err != nil {
		return nil, about(ctx, "search", q.Text, err)
	}
	result.Query = q.Text
	result.Stats = query.Stats{
		Chunks: int(cost.Chunks.Load()), Bytes: cost.Bytes.Load(), Postings: int(cost.Postings.Load()),
		Micros: time.Since(began).Microseconds(),
	}
	return result, nil
}

// Suggest implements query.Searcher.
func (e *Engine) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	all, err := e.suggester.Suggest(ctx, prefix, limit)
	if err != nil {
		return nil, about(ctx, "suggest", prefix, err)
	}
	return all, nil
}

// about says in an error what was asked. Whoever has given that up need not be told.
func about(ctx context.Context, method, text string, err error) error {
	if ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("%s %q: %w", method, text, err)
}
