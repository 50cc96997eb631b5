package worker

import (
	"context"
	"sync"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// Garbage is collected when the reader reads: collectAfter the last answer, if
// there have been collectEvery of them, which leave some 5 MB. Left to itself Go
// would do it during a query, and make that twice as long.
const (
	collectAfter = 50 * time.Millisecond
	collectEvery = 8
)

// idleEngine is an engine that uses the time between queries. It prefetches the rest
// of its index, once, where that costs the reader nothing, and then warms up. It
// collects garbage between queries, too.
type idleEngine struct {
	Engine
	after   time.Duration // in which nothing must have been asked before idle starts
	whole   func() bool   // reports whether the engine has its deferred part (wasm/split)
	collect func()

	mu         sync.Mutex
	busy       int                // calls that are being answered
	timer      *time.Timer        // starts idle; nil when idle has nothing (more) to do
	idling     bool               // idle runs
	prefetched bool               // all of the index is at hand
	interrupt  context.CancelFunc // ends the warm-up that runs; never nil

	answered   int         // calls since the last collection
	collection *time.Timer // starts collectIfIdle; nil until there was a call
}

// An Engine is one over an index or several.
type Engine interface {
	query.Union
	// Fill and Inspect are described with search.Engine.
	Fill(ctx context.Context) (bool, error)
	Inspect() search.Inventory
}

func newIdleEngine(e Engine, after time.Duration, whole func() bool) *idleEngine {
	idle := &idleEngine{Engine: e, after: after, whole: whole, collect: collector(whole), interrupt: func() {}}
	if unmetered() {
		idle.timer = time.AfterFunc(after, idle.idle)
	}
	return idle
}

// onPagesThread reports whether there is no worker, so that whatever is not asked
// for would be in the page's way.
func onPagesThread() bool { return js.Global().Get("document").Truthy() }

// unmetered reports whether the browser says that the network is not a slow one
// or paid by the byte, and the device not a small one. One that does not say is
// taken at its worst. (Its guess of the speed is of no use: it is of what has
// come so far, and on a fast network as low as 1.4 Mbit/s when that was little.)
func unmetered() bool {
	navigator := js.Global().Get("navigator")
	connection := navigator.Get("connection")
	if !connection.Truthy() || connection.Get("saveData").Truthy() {
		return false
	}
	switch kind := connection.Get("type"); {
	case kind.Type() != js.TypeString: // a desk: it is told of phones only
	case kind.String() != "wifi" && kind.String() != "ethernet" && kind.String() != "unknown":
		return false
	}
	if memory := navigator.Get("deviceMemory"); memory.Type() == js.TypeNumber && memory.Float() < 4 {
		return false
	}
	speed := connection.Get("effectiveType")
	return speed.Type() == js.TypeString && speed.String() == "4g"
}

// idle prefetches and warms up, which the deferred part can do. A call interrupts it; it
// goes on when nothing has been asked for a while again.
func (e *idleEngine) idle() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e.mu.Lock()
	if e.busy > 0 || e.idling {
		e.mu.Unlock()
		return // whoever is busy sets the timer again
	}
	if !e.whole() {
		e.timer.Reset(e.after / 4)
		e.mu.Unlock()
		return
	}
	e.idling, e.interrupt = true, cancel
	e.mu.Unlock()

	more := e.prefetch()
	if more {
		if more = !e.warmUp(ctx); !more {
			e.collect() // not when somebody waits, who interrupted it
		}
	}

	e.mu.Lock()
	defer e.mu.Unlock()
	e.idling = false
	if !more {
		e.timer = nil
	} else if e.busy == 0 {
		e.timer.Reset(e.after)
	}
}

// prefetch fetches the index, once, and reports whether all of it is at hand. What
// does not come is fetched by queries.
func (e *idleEngine) prefetch() bool {
	if !e.prefetched {
		all, err := e.Engine.Fill(context.Background())
		e.prefetched = all && err == nil
	}
	return e.prefetched
}

// begin notes that a call has begun. The function that it returns notes its end.
func (e *idleEngine) begin() func() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.busy++
	e.interrupt()
	if e.collection != nil {
		e.collection.Stop()
	}
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.answered++
		if e.busy--; e.busy > 0 {
			return
		}
		if e.timer != nil {
			e.timer.Reset(e.after)
		}
		if e.answered >= collectEvery {
			e.collection = time.AfterFunc(collectAfter, e.collectIfIdle)
		}
	}
}

// collectIfIdle collects garbage unless something has been asked meanwhile.
func (e *idleEngine) collectIfIdle() {
	e.mu.Lock()
	idle := e.busy == 0
	if idle {
		e.answered = 0
	}
	e.mu.Unlock()
	if idle {
		e.collect()
	}
}

// Search implements query.Searcher.
func (e *idleEngine) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	defer e.begin()()
	q.Confirm = q.Confirm && e.prefetched // a count is not worth fetching an index
	return e.Engine.Search(ctx, q)
}

// Suggest implements query.Searcher.
func (e *idleEngine) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	defer e.begin()()
	return e.Engine.Suggest(ctx, prefix, limit)
}

// Document implements query.Library.
func (e *idleEngine) Document(ctx context.Context, url, text string) (*query.Document, error) {
	defer e.begin()()
	return e.Engine.Document(ctx, url, text)
}

// Article implements query.Union.
func (e *idleEngine) Article(ctx context.Context, index int, id string) (*query.Article, error) {
	defer e.begin()()
	return e.Engine.Article(ctx, index, id)
}
