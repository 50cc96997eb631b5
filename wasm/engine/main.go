//go:build js

// Command engine is the engine alone, for the reader, the widget and the JavaScript API:
// what answers queries in a Web Worker.
package main

import (
	"syscall/js"

	"github.com/kanbao/kanbao/wasm/worker"
)

func main() { worker.Run(js.Global().Get("kanbaoEngine")) }
