package worker

import (
	"context"
	"errors"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/fullwidth"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/wasm/protocol"
)

// Run answers what comes through boot.port, for as long as the program lives.
//
// boot is {port, indexes, keep, idle, early, whole}: the port has postMessage and takes onmessage, as a
// worker's own scope and a MessagePort do; indexes are {url, manifest}, the absolute
// URL of an index's folder and a promise of its manifest's ArrayBuffer, fetched while
// the wasm was compiled, or of null; keep says to show punctuation as it was written;
// idle are the milliseconds in which nothing must have been asked before all of the index
// is fetched; early are the requests that came before Run; whole is true from when the engine
// has its deferred part (wasm/split).
func Run(boot js.Value) {
	port := boot.Get("port")
	var sources []chunk.Source
	for i, indexes := 0, boot.Get("indexes"); i < indexes.Length(); i++ {
		sources = append(sources, chunk.NewHTTP(indexes.Index(i).Get("url").String(), indexes.Index(i).Get("manifest")))
	}
	open := func(ctx context.Context) (query.Library, error) {
		engine, err := openAll(ctx, sources)
		if err != nil {
			return nil, err
		}
		whole := func() bool { return boot.Get("whole").Truthy() }
		idle := newIdleEngine(engine, time.Duration(boot.Get("idle").Int())*time.Millisecond, whole)
		// The collector's code is among what is compiled for the first search.
		go compileSearch(func(string) { idle.collect() })
		return idle, nil
	}
	server := protocol.NewServer(open, inspect, func(answer string) { port.Call("postMessage", answer) })
	if !boot.Get("keep").Truthy() {
		server.Shown = func(l query.Library) query.Library { return fullwidth.Library{Library: l} }
	}

	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		server.Handle(requestOf(args[0].Get("data")))
		return nil
	}))
	early := boot.Get("early")
	for i := range early.Length() {
		server.Handle(requestOf(early.Index(i)))
	}
	select {}
}

// openAll returns an engine over one index or several.
func openAll(ctx context.Context, sources []chunk.Source) (Engine, error) {
	if len(sources) > 1 {
		return search.OpenSeveral(ctx, sources)
	}
	engine, err := search.Open(ctx, sources[0])
	if errors.Is(err, format.ErrCorrupt) {
		engine, err = search.Open(ctx, sources[0]) // which fetches the manifest past every cache
	}
	if err != nil {
		return nil, err
	}
	go engine.Prepare(context.WithoutCancel(ctx))
	return engine, nil
}

func inspect(l query.Library) map[string]int64 {
	inv := l.(*idleEngine).Inspect()
	counts := map[string]int64{
		"documents": int64(inv.Documents), "terms": int64(inv.Terms), "chunks": int64(inv.Chunks), "bytes": inv.IndexBytes,
	}
	for kind, n := range inv.Bytes {
		counts["bytes_"+kind] = n
	}
	return counts
}
