package worker

import (
	"context"
	"runtime"
	"syscall/js"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/wasm/protocol"
)

// Run answers what comes through boot.port, for as long as the program lives.
//
// boot is {port, index, manifest, early}: the port has postMessage and takes
// onmessage, as a worker's own scope and a MessagePort do; index is the
// absolute URL of the index's folder; manifest a promise of the manifest's
// ArrayBuffer, fetched while the wasm was compiled, or of null; early the
// requests that came before Run.
func Run(boot js.Value) {
	port := boot.Get("port")
	source := chunk.NewHTTP(boot.Get("index").String(), boot.Get("manifest"))
	open := func(ctx context.Context) (query.Library, error) {
		engine, err := search.Open(ctx, source)
		if err != nil {
			return nil, err
		}
		go engine.Prepare(context.WithoutCancel(ctx))
		// The collector's code is among what is compiled for the first search.
		go warm(func(string) { runtime.GC() })
		return attend(engine), nil
	}
	server := protocol.NewServer(open, inspect, func(answer string) { port.Call("postMessage", answer) })

	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		server.Handle(request(args[0].Get("data")))
		return nil
	}))
	early := boot.Get("early")
	for i := range early.Length() {
		server.Handle(request(early.Index(i)))
	}
	select {}
}

// request reads a request as JavaScript sends it. What is missing or of another
// type is zero.
func request(v js.Value) protocol.Request {
	number := func(name string) int {
		if f := v.Get(name); f.Type() == js.TypeNumber {
			return f.Int()
		}
		return 0
	}
	r := protocol.Request{
		ID: number("id"), Method: text(v.Get("method")), Lane: text(v.Get("lane")), Text: text(v.Get("text")), URL: text(v.Get("url")),
		Sort: query.Sort(text(v.Get("sort"))), Limit: number("limit"), Offset: number("offset"), Of: number("of"),
		IDsOnly: v.Get("idsOnly").Truthy(),
	}
	each(v.Get("filters"), func(f js.Value) {
		if f.Type() != js.TypeObject {
			return
		}
		filter := query.Filter{Field: query.Field(text(f.Get("field"))), Not: f.Get("not").Truthy()}
		each(f.Get("values"), func(v js.Value) { filter.Values = append(filter.Values, text(v)) })
		r.Filters = append(r.Filters, filter)
	})
	each(v.Get("facets"), func(f js.Value) { r.Facets = append(r.Facets, query.Field(text(f))) })
	return r
}

func text(v js.Value) string {
	if v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

// each calls f with the elements of an array.
func each(v js.Value, f func(js.Value)) {
	if v.Type() != js.TypeObject || v.Get("length").Type() != js.TypeNumber {
		return
	}
	for i := range v.Length() {
		f(v.Index(i))
	}
}

func inspect(l query.Library) map[string]int64 {
	inv := l.(*attentive).Inspect()
	counts := map[string]int64{
		"documents": int64(inv.Documents), "terms": int64(inv.Terms), "chunks": int64(inv.Chunks), "bytes": inv.IndexBytes,
	}
	for kind, n := range inv.Bytes {
		counts["bytes_"+kind] = n
	}
	return counts
}
