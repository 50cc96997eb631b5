package worker

import (
	"context"
	"sync"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// idleAfter is how long nothing must have been asked before the rest of the
// index is fetched.
const idleAfter = 700 * time.Millisecond

// attentive is an engine that fetches the rest of its index when it has nothing
// to do, once, where that costs the reader nothing.
type attentive struct {
	*search.Engine

	mu    sync.Mutex
	busy  int
	timer *time.Timer // nil when there is nothing (more) to fetch
}

func attend(e *search.Engine) *attentive {
	a := &attentive{Engine: e}
	if unmetered() {
		a.timer = time.AfterFunc(idleAfter, a.fill)
	}
	return a
}

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

func (a *attentive) fill() {
	a.mu.Lock()
	if a.busy > 0 {
		a.mu.Unlock()
		return // whoever is busy sets the timer again
	}
	a.timer = nil
	a.mu.Unlock()
	_ = a.Engine.Fill(context.Background()) // what it did not get, queries fetch
}

// begin notes a call, and the function that it returns its end.
func (a *attentive) begin() func() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.busy++
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.busy--; a.busy == 0 && a.timer != nil {
			a.timer.Reset(idleAfter)
		}
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
