//go:build js

// Command page is the reader, on the main thread. The engine is a program of its own:
// one for both would be smaller than two, but nobody would find anything before all of it
// is there.
package main

import (
	"context"
	"encoding/json"
	"runtime"
	"syscall/js"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/app/reader"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/wasm/protocol"
)

func main() {
	boot := js.Global().Get("kanbaoPage")
	if !boot.Truthy() { // in a worker, where there is no page
		warmUp()
		return
	}
	p := newPage(boot)
	client := connect(boot.Get("port"))
	// Answers to a reader that has ended may still be on their way.
	client.Begin = js.Global().Get("performance").Call("now").Int()
	client.Whole = p.Shell()
	live := &reader.Reader{Library: client, Page: p, Lang: p.lang(), Written: p.html.Get("lang").String(), Keep: p.keep}
	ui.RouteWithRegexp(".*", func() ui.Composer { return live })
	p.Rest()
	// go-app takes the window's click, popstate and resize events before it
	// calls anything of ours. The page gives them back once the reader listens.
	ui.RunWhenOnBrowser()
}

// warmUp does what the start on the page takes long for while a browser compiles it, and
// what needs no page: it reads an answer and collects garbage.
func warmUp() {
	const answer = `{"id":1,"result":{"total":1,"exact":true,"hits":[{"id":"a","url":"a/","title":[{"text":"题","mark":true}],"snippet":[{"text":"文"}],"more":[]}],"facets":[],"read":[],"corrections":[],"without":[]}}`
	var client *protocol.Client
	client = protocol.NewClient("page", func(r protocol.Request) {
		_, _ = json.Marshal(r)
		_ = client.Receive(answer)
	})
	_, _ = client.Search(context.Background(), query.Query{Text: "题", Limit: 10})
	runtime.GC() // of which the first takes 0.1 s
}

// connect returns a client of the engine behind a port. What is no answer says that the
// engine has ended; the next request starts another (launch in web/engine.js).
func connect(port js.Value) *protocol.Client {
	client := protocol.NewClient("page", func(r protocol.Request) {
		text, err := json.Marshal(r)
		if err != nil {
			panic(err) // a request is made of strings, numbers and lists
		}
		port.Call("postMessage", js.Global().Get("JSON").Call("parse", string(text)))
	})
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if err := client.Receive(args[0].Get("data").String()); err != nil {
			client.Ended(err)
		}
		return nil
	}))
	return client
}
