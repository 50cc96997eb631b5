package worker

import (
	"context"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/wasm/protocol"
	"github.com/kanbao/kanbao/wasm/rehearsal"
)

// breath lets a request in, and lets it get as far as to wait for its chunks.
const breath = 5 * time.Millisecond

// warm has the browser compile what a search calls, by a search in a small index of
// the program's own, while the chunks of the first real one are on their way. On the
// main thread it would be in the page's way and does nothing. answered is given the
// answer.
func warm(answered func(string)) {
	if onPagesThread() {
		return
	}
	time.Sleep(breath)
	open := func(ctx context.Context) (query.Library, error) {
		return search.Open(ctx, unhurried{rehearsal.Index()})
	}
	server := protocol.NewServer(open, nil, answered)
	server.Handle(protocol.Request{ID: 1, Method: protocol.MethodSearch, Query: query.Query{Text: rehearsal.Text, Limit: search.DefaultLimit}})
}

// unhurried is a source that lets requests in whenever it is asked for a chunk.
type unhurried struct{ chunk.Source }

// Get implements chunk.Source.
func (u unhurried) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	time.Sleep(time.Millisecond)
	return u.Source.Get(ctx, id)
}
