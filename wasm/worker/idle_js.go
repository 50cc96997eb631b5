package worker

import (
	"context"
	"runtime"
	"sync"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// idleAfter is how long nothing must have been asked before the rest of the
// index is fetched.
const idleAfter = 700 * time.Millisecond

// Garbage is collected when the reader reads: collectAfter the last answer, if
// there have been collectEvery of them, which leave some 5 MB. Left to itself Go
// would do it during a query, and make that twice as long.
const (
	collectAfter = 50 * time.Millisecond
	collectEvery = 8
)

// attentive is an engine that fetches the rest of its index when it has nothing
// to do, once, where that costs the reader nothing, and then rehearses. It collects
// its garbage when it has nothing to do, too.
type attentive struct {
	*search.Engine
	collect func()

	mu      sync.Mutex
	busy    int         // calls that are being answered
	timer   *time.Timer // nil when there is nothing (more) to do ahead
	ahead   bool        // something is being done ahead
	filled  bool
	disturb context.CancelFunc // ends the rehearsal; never nil

	answered int         // calls since the last collection
	tidy     *time.Timer // nil until there was a call
}

func attend(e *search.Engine) *attentive {
	a := &attentive{Engine: e, collect: runtime.GC, disturb: func() {}}
	if unmetered() {
		a.timer = time.AfterFunc(idleAfter, a.idle)
	}
	return a
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

// idle does what is left to be done ahead. It may be disturbed, and then goes on
// when nothing has been asked for a while again.
func (a *attentive) idle() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a.mu.Lock()
	if a.busy > 0 || a.ahead {
		a.mu.Unlock()
		return // whoever is busy sets the timer again
	}
	a.ahead, a.disturb = true, cancel
	a.mu.Unlock()

	more := a.fill()
	if more {
		if more = !a.rehearse(ctx); !more {
			a.collect() // not when somebody waits, who disturbed it
		}
	}

	a.mu.Lock()
	defer a.mu.Unlock()
	a.ahead = false
	if !more {
		a.timer = nil
	} else if a.busy == 0 {
		a.timer.Reset(idleAfter)
	}
}

// fill fetches the index, once, and reports whether all of it is at hand. What
// does not come is fetched by queries.
func (a *attentive) fill() bool {
	if !a.filled {
		all, err := a.Engine.Fill(context.Background())
		a.filled = all && err == nil
	}
	return a.filled
}

// begin notes a call, and the function that it returns its end.
func (a *attentive) begin() func() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.busy++
	a.disturb()
	if a.tidy != nil {
		a.tidy.Stop()
	}
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.answered++
		if a.busy--; a.busy > 0 {
			return
		}
		if a.timer != nil {
			a.timer.Reset(idleAfter)
		}
		if a.answered >= collectEvery {
			a.tidy = time.AfterFunc(collectAfter, a.tidyUp)
		}
	}
}

// tidyUp collects garbage unless something has been asked meanwhile.
func (a *attentive) tidyUp() {
	a.mu.Lock()
	idle := a.busy == 0
	if idle {
		a.answered = 0
	}
	a.mu.Unlock()
	if idle {
		a.collect()
	}
}

// Search implements query.Searcher.
func (a *attentive) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	defer a.begin()()
	return a.Engine.Search(ctx, q)
}

// Suggest implements query.Searcher.
func (a *attentive) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	defer a.begin()()
	return a.Engine.Suggest(ctx, prefix, limit)
}

// Document implements query.Library.
func (a *attentive) Document(ctx context.Context, url, text string) (*query.Document, error) {
	defer a.begin()()
	return a.Engine.Document(ctx, url, text)
}
