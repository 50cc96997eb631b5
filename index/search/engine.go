package search

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
)

// DefaultLimit is how many hits are answered if a query does not say.
const DefaultLimit = 10

// weights say for how many occurrences in the body one in a title, a heading
// and the body counts.
var weights = read.Weights{8, 4, 1}

// An Engine answers queries over one index. It implements query.Library.
type Engine struct {
	ix     *read.Index
	folder analyze.Folder // of articles; that of a query is ix.FolderFor

	mu       sync.Mutex
	synonyms *names            // once a query has fetched them
	paths    map[string]uint32 // document numbers by address, of those met so far
}

var _ query.Library = (*Engine)(nil)

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
	return &Engine{ix: ix, folder: ix.Folder(), paths: make(map[string]uint32)}, nil
}

// Prepare fetches what every query needs beside its own terms, so that a first
// query need not wait for one after the other. What fails here is tried again
// by the query that needs it.
func (e *Engine) Prepare(ctx context.Context) { e.ix.Prepare(ctx) }

// Fill fetches the whole index ahead of the queries, where its builder has made
// it for that, and reports whether all of it is at hand: from then on queries
// wait for nothing.
func (e *Engine) Fill(ctx context.Context) (bool, error) { return e.ix.Fill(ctx) }

// Close releases what the engine holds; it must not be asked afterwards.
func (e *Engine) Close() {}

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
		return nil, fmt.Errorf("search %q: %w", q.Text, err)
	}
	result.Query = q.Text
	result.Stats = query.Stats{
		Chunks: int(cost.Chunks.Load()), Bytes: cost.Bytes.Load(), Postings: int(cost.Postings.Load()),
		Micros: time.Since(began).Microseconds(),
	}
	return result, nil
}

func (e *Engine) search(ctx context.Context, q query.Query) (*query.Result, error) {
	filters := applied(q.Filters, syntax.Parse(q.Text).Filters)
	r := &run{e: e, ctx: ctx, q: q, reader: e.ix.Reader(ctx, weights)}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		r.plan, err = e.plan(gctx, q.Text)
		return err
	})
	g.Go(func() (err error) {
		r.columns, err = e.columns(gctx, filters, q.Facets)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	p := r.plan
	if p.empty() && len(p.excluded)+len(filters) == 0 || e.ix.MaxDoc() == 0 {
		return &query.Result{Exact: true, Hits: []query.Hit{}, Filters: filters}, nil
	}
	if p.empty() && q.Sort == query.Relevance {
		r.q.Sort = query.Newest // nothing to be relevant to
	}
	r.sieves = e.sieves(r.columns, filters)
	ranked, err := r.rank()
	if err != nil {
		return nil, err
	}
	result := &query.Result{Total: ranked.total, Exact: ranked.exact, Relaxed: ranked.relaxed, Terms: p.words(), Read: p.read, Filters: filters, Facets: r.facets()}
	if result.Hits, err = r.hits(ctx, ranked.docs); err != nil {
		return nil, err
	}
	if ranked.total < few || ranked.relaxed {
		if result.Corrections, err = r.corrections(); err != nil {
			return nil, err
		}
	}
	if ranked.total == 0 || ranked.relaxed {
		result.Without, err = r.without(filters)
	}
	return result, err
}
