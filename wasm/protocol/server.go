package protocol

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/encode"
)

// A Server answers requests out of a library that it opens itself. Requests
// that come while it opens wait. An opening that failed is tried again by the
// next request, so a reader who had no network is not left without search.
type Server struct {
	// Shown, if set, changes what readers see; programs, which ask for the form
	// encode.API, get it as it is.
	Shown func(query.Library) query.Library

	open    func(context.Context) (query.Library, error)
	inspect func(query.Library) map[string]int64
	send    func(answer string)

	mu      sync.Mutex
	opening *opening
	running map[int]context.CancelFunc
	lanes   map[string]int // the search under way in each lane
	stats   Stats
}

type opening struct {
	done    chan struct{}
	library query.Library
	err     error
}

// NewServer returns a server that has begun to open its library. It calls send
// with every answer, from any goroutine, one at a time. inspect says what
// Stats.Index is; it may be nil.
func NewServer(open func(context.Context) (query.Library, error), inspect func(query.Library) map[string]int64, send func(string)) *Server {
	s := &Server{open: open, inspect: inspect, running: make(map[int]context.CancelFunc), lanes: make(map[string]int)}
	var one sync.Mutex
	s.send = func(answer string) {
		one.Lock()
		defer one.Unlock()
		send(answer)
	}
	s.begin()
	return s
}

// begin starts to open the library unless that is under way or done.
func (s *Server) begin() *opening {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opening != nil {
		return s.opening
	}
	o := &opening{done: make(chan struct{})}
	s.opening = o
	go func() {
		defer close(o.done)
		o.err = s.guard(func() (err error) {
			o.library, err = s.open(context.Background())
			return err
		})
		if o.err != nil {
			s.mu.Lock()
			s.opening = nil
			s.mu.Unlock()
		}
	}()
	return o
}

// library waits until the library is open.
func (s *Server) library(ctx context.Context) (query.Library, error) {
	o := s.begin()
	select {
	case <-o.done:
		return o.library, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Handle takes a request. It returns at once; the answer is sent later.
func (s *Server) Handle(r Request) {
	if r.Method == MethodCancel {
		s.cancel(r.Of)
		return
	}
	ctx := s.enter(r)
	go func() {
		defer s.leave(r)
		var result any
		err := s.guard(func() (err error) {
			result, err = s.call(ctx, r)
			return err
		})
		if ctx.Err() != nil {
			err = ctx.Err() // whoever cancelled it does not want what came after
		}
		s.answer(r, result, err)
	}()
}

func (s *Server) cancel(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel, ok := s.running[id]; ok {
		cancel()
	}
}

// enter notes a request as running and cancels the one whose place it takes.
func (s *Server) enter(r Request) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[r.ID] = cancel
	if r.Lane != "" {
		if old, ok := s.running[s.lanes[r.Lane]]; ok {
			old()
		}
		s.lanes[r.Lane] = r.ID
	}
	return ctx
}

func (s *Server) leave(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[r.ID]()
	delete(s.running, r.ID)
	if s.lanes[r.Lane] == r.ID {
		delete(s.lanes, r.Lane)
	}
	s.stats.Requests++
}

// guard turns a panic into an error and counts it: one bad request does not
// take the search down, and it is seen.
func (s *Server) guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.mu.Lock()
			s.stats.Crashes++
			s.mu.Unlock()
			err = &Error{Kind: Crashed, Message: fmt.Sprintf("the engine failed: %v", p)}
		}
	}()
	return f()
}

func (s *Server) call(ctx context.Context, r Request) (any, error) {
	if r.Method == MethodStats {
		return s.statistics(), nil
	}
	tooLong := r.Query.Check()
	if tooLong != nil && r.Method != MethodDocument {
		return nil, tooLong
	}
	library, err := s.library(ctx)
	if err != nil {
		return nil, err
	}
	if s.Shown != nil && !r.API {
		library = s.Shown(library)
	}
	switch r.Method {
	case MethodOpen:
		return nil, nil
	case MethodSearch:
		result, err := library.Search(ctx, r.Query)
		if err == nil {
			nameFailed(result)
		}
		return result, err
	case MethodArticle:
		union, ok := library.(query.Union)
		if !ok {
			return nil, query.ErrNotFound
		}
		return union.Article(ctx, r.Index, r.Article)
	case MethodSuggest:
		return library.Suggest(ctx, r.Text, r.Limit)
	case MethodDocument:
		if tooLong != nil {
			r.Text = "" // the article is what is wanted, marked or not
		}
		d, err := library.Document(ctx, r.URL, r.Text)
		if err == nil && !r.Whole {
			err = checkSize(d.Article)
		}
		return d, err
	}
	return nil, &Error{Kind: Invalid, Message: "no method " + r.Method}
}

// nameFailed says of what kind the errors of failed indexes are.
func nameFailed(result *query.Result) {
	for i := range result.Failed {
		if f := &result.Failed[i]; f.Err != nil {
			f.Kind = string(newError(f.Err).Kind)
		}
	}
}

func (s *Server) statistics() Stats {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.mu.Lock()
	defer s.mu.Unlock()
	stats := s.stats
	stats.Heap, stats.System = m.HeapAlloc, m.Sys
	if o := s.opening; o != nil && s.inspect != nil {
		select {
		case <-o.done:
			if o.err == nil {
				stats.Index = s.inspect(o.library)
			}
		default:
		}
	}
	return stats
}

func (s *Server) answer(r Request, result any, err error) {
	a := Answer{ID: r.ID, Result: result}
	if err != nil {
		e, ok := err.(*Error)
		if !ok {
			e = newError(err)
		}
		a.Result, a.Error = nil, e
	}
	form := encode.Spans
	if r.API {
		form = encode.API
	}
	s.send(string(encode.Append(nil, a, form)))
}
