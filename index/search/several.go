package search

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

const (
	// grace is how long a first answer waits for the other indexes once one is open.
	grace = 3 * time.Second
	// openAgain is how long after it failed an index is tried again, beside a query.
	openAgain = 10 * time.Second
)

// Several answers queries over several indexes as one: words, scores, order, counts and
// suggestions are those of one index with the articles of all. An index that fails is
// left out and named in the answer, and tried again later. It implements query.Union.
type Several struct {
	sources []chunk.Source

	mu      sync.Mutex
	parts   []part
	engine  *Engine       // over the parts that are open; nil if none is
	settled chan struct{} // closed once each part has been opened or has failed
	one     chan struct{} // closed once a part is open
}

// A part is one of several indexes. It is being opened, is open, or has failed.
type part struct {
	index *read.Index
	err   error
	tried time.Time
}

var _ query.Union = (*Several)(nil)

// opening is the error of a part that has not answered yet. It is no fmt.Errorf, which
// every program that starts would have to have.
type opening struct{}

func (opening) Error() string { return chunk.ErrUnreachable.Error() + ": it has not answered yet" }
func (opening) Unwrap() error { return chunk.ErrUnreachable }

// OpenSeveral opens the indexes that the sources have, side by side. It fails only if
// none can be opened, with the error of the first.
func OpenSeveral(ctx context.Context, sources []chunk.Source) (*Several, error) {
	s := &Several{sources: sources, parts: make([]part, len(sources)), settled: make(chan struct{}), one: make(chan struct{})}
	for i := range s.parts {
		s.parts[i].err = opening{}
	}
	var left sync.WaitGroup
	for i := range sources {
		left.Go(func() { s.open(context.WithoutCancel(ctx), i) })
	}
	go func() {
		left.Wait()
		close(s.settled)
	}()
	select {
	case <-s.settled:
	case <-s.one:
		select {
		case <-s.settled:
		case <-time.After(grace):
		case <-ctx.Done():
		}
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	_, _, err := s.current(ctx)
	return s, err
}

// open opens one index and adds it to the others.
func (s *Several) open(ctx context.Context, i int) {
	source := numbered{s.sources[i], i}
	ix, err := read.Open(ctx, source, read.Options{})
	if errors.Is(err, format.ErrCorrupt) {
		ix, err = read.Open(ctx, source, read.Options{}) // which fetches the manifest past every cache
	}
	if err == nil {
		go ix.Prepare(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.engine == nil
	s.parts[i] = part{index: ix, err: err, tried: time.Now()}
	s.join()
	if first && s.engine != nil {
		select {
		case <-s.one:
		default:
			close(s.one)
		}
	}
}

// join makes an engine of the parts that are open. The caller holds the lock.
func (s *Several) join() {
	indexes := make([]*read.Index, len(s.parts))
	open := false
	for i, p := range s.parts {
		indexes[i] = p.index
		open = open || p.index != nil
	}
	s.engine = nil
	if open {
		s.engine = newEngine(read.Join(indexes))
	}
}

// current returns the engine of the moment and which indexes it does not have, and
// tries these again if that was not just done.
func (s *Several) current(ctx context.Context) (*Engine, []query.Failed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failed []query.Failed
	for i := range s.parts {
		p := &s.parts[i]
		if p.index != nil {
			continue
		}
		failed = append(failed, query.Failed{Index: i, Message: p.err.Error(), Err: p.err})
		if p.err != error(opening{}) && time.Since(p.tried) > openAgain {
			p.tried = time.Now()
			go s.open(context.WithoutCancel(ctx), i)
		}
	}
	if s.engine == nil {
		return nil, failed, fmt.Errorf("open the indexes: %w", failed[0].Err)
	}
	return s.engine, failed, nil
}

// leave leaves out the index that an error is about, and reports whether it was one of
// several and another is left.
func (s *Several) leave(ctx context.Context, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	var of *partError
	found := false
	for i, p := range s.parts {
		if ctx.Err() == nil && p.index != nil && (errors.As(err, &of) && of.part == i || p.index.Has(err)) {
			s.parts[i] = part{err: err, tried: time.Now()}
			found = true
		}
	}
	if !found {
		return false
	}
	s.join()
	return s.engine != nil
}

// over asks the engine, and once more without an index that fails at it. It returns
// which indexes the last that was asked did not have.
func (s *Several) over(ctx context.Context, ask func(*Engine) error) ([]query.Failed, error) {
	for {
		engine, failed, err := s.current(ctx)
		if err != nil {
			return failed, err
		}
		if err = ask(engine); err == nil || !s.leave(ctx, err) {
			return failed, err
		}
	}
}

// Search implements query.Searcher.
func (s *Several) Search(ctx context.Context, q query.Query) (result *query.Result, err error) {
	failed, err := s.over(ctx, func(e *Engine) error {
		result, err = e.Search(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	result.Failed = failed
	return result, nil
}

// Suggest implements query.Searcher.
func (s *Several) Suggest(ctx context.Context, prefix string, limit int) (all []query.Suggestion, err error) {
	_, err = s.over(ctx, func(e *Engine) error {
		all, err = e.Suggest(ctx, prefix, limit)
		return err
	})
	return all, err
}

// Document implements query.Library: the first index that has the address answers.
func (s *Several) Document(ctx context.Context, url, text string) (d *query.Document, err error) {
	_, err = s.over(ctx, func(e *Engine) error {
		d, err = e.Document(ctx, url, text)
		return err
	})
	return d, err
}

// Article implements query.Union.
func (s *Several) Article(ctx context.Context, index int, id string) (a *query.Article, err error) {
	failed, err := s.over(ctx, func(e *Engine) error {
		a, err = e.Article(ctx, index, id)
		return err
	})
	for _, f := range failed {
		if err != nil && f.Index == index {
			return nil, f.Err // why the article is not found
		}
	}
	return a, err
}

// Fill is described with Engine.
func (s *Several) Fill(ctx context.Context) (all bool, err error) {
	failed, err := s.over(ctx, func(e *Engine) error {
		all, err = e.Fill(ctx)
		return err
	})
	return all && len(failed) == 0, err
}

// Inspect returns what the indexes hold that are open.
func (s *Several) Inspect() Inventory {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.engine == nil {
		return Inventory{Bytes: map[string]int64{}}
	}
	return s.engine.Inspect()
}

// A partError says at which index something failed.
type partError struct {
	part int
	err  error
}

func (e *partError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *partError) Unwrap() error { return e.err }

// numbered is the source of one of several indexes.
type numbered struct {
	chunk.Source
	part int
}

func (n numbered) of(err error) error {
	if err == nil {
		return nil
	}
	return &partError{n.part, err}
}

// Manifest implements chunk.Source.
func (n numbered) Manifest(ctx context.Context) ([]byte, error) {
	file, err := n.Source.Manifest(ctx)
	return file, n.of(err)
}

// Get implements chunk.Source.
func (n numbered) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	file, err := n.Source.Get(ctx, id)
	return file, n.of(err)
}

// Refetch implements chunk.Source.
func (n numbered) Refetch(ctx context.Context, id chunk.ID) ([]byte, error) {
	file, err := n.Source.Refetch(ctx, id)
	return file, n.of(err)
}

// Fill implements chunk.Source.
func (n numbered) Fill(ctx context.Context, bundle chunk.ID, ids []chunk.ID, size int) (chunk.Filled, error) {
	filled, err := n.Source.Fill(ctx, bundle, ids, size)
	return filled, n.of(err)
}
