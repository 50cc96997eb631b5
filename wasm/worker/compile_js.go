package worker

import (
	"context"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/wasm/protocol"
	"github.com/kanbao/kanbao/wasm/warmup"
)

// requestDelay is how long the first request needs until it waits for its chunks.
const requestDelay = 5 * time.Millisecond

// compileSearch makes the browser compile what a search calls: it searches the small
// index of package warmup while the chunks of the first real search are on their way.
// It gives the answer to answered. On the main thread it would hold up the page, and
// does nothing.
func compileSearch(answered func(string)) {
	if onPagesThread() {
		return
	}
	time.Sleep(requestDelay)
	open := func(ctx context.Context) (query.Library, error) {
		return search.Open(ctx, yielding{warmup.Index()})
	}
	server := protocol.NewServer(open, nil, answered)
	server.Handle(protocol.Request{ID: 1, Method: protocol.MethodSearch, Query: query.Query{Text: warmup.Text, Limit: search.DefaultLimit}})
}

// yielding is a source that lets other goroutines run whenever it is asked for a chunk.
type yielding struct{ chunk.Source }

// Get implements chunk.Source.
func (y yielding) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	time.Sleep(time.Millisecond)
	return y.Source.Get(ctx, id)
}
