//go:build js

// Command page is everything in one program: the reader on the main thread and,
// if it is started with the argument "engine", the engine in the worker. One
// program for both is smaller than two.
package main

import (
	"os"
	"syscall/js"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/app/reader"
	"github.com/kanbao/kanbao/wasm/protocol"
	"github.com/kanbao/kanbao/wasm/worker"
)

func main() {
	boot := js.Global().Get("kanbao")
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		worker.Run(boot)
		return
	}
	p := newPage(boot.Get("root").String())
	live := &reader.Reader{Library: connect(boot.Get("port")), Page: p, Lang: p.lang}
	ui.RouteWithRegexp(".*", func() ui.Composer { return live })
	// go-app takes the window's click, popstate and resize events before it
	// calls anything of ours. The page gives them back once the reader listens.
	ui.RunWhenOnBrowser()
}

// connect returns a client of the engine behind a worker or a port.
func connect(port js.Value) *protocol.Client {
	client := protocol.NewClient("page", func(r protocol.Request) {
		var filters, facets []any
		for _, f := range r.Filters {
			filters = append(filters, map[string]any{"field": string(f.Field), "values": list(f.Values), "not": f.Not})
		}
		for _, f := range r.Facets {
			facets = append(facets, string(f))
		}
		port.Call("postMessage", map[string]any{
			"id": r.ID, "method": r.Method, "lane": r.Lane, "text": r.Text, "url": r.URL, "sort": string(r.Sort),
			"limit": r.Limit, "offset": r.Offset, "of": r.Of, "idsOnly": r.IDsOnly, "filters": filters, "facets": facets,
		})
	})
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if err := client.Receive(args[0].Get("data").String()); err != nil {
			client.Gone(err)
		}
		return nil
	}))
	return client
}

// list returns strings as syscall/js takes them.
func list(of []string) []any {
	out := make([]any, len(of))
	for i, s := range of {
		out[i] = s
	}
	return out
}
