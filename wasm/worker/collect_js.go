package worker

import (
	"math"
	"runtime"
	"runtime/debug"
	"sync"
)

// growth is by how many percent the heap may grow before Go collects garbage by itself,
// while something is asked (wasm/README.md).
const growth = 200

// collector returns what collects garbage. The collector is in the engine's deferred part
// (wasm/split), and not worth waiting for: until the engine is whole, nothing is collected,
// and the page has told Go not to do it by itself (web/worker.js).
func collector(whole func() bool) func() {
	settle := sync.OnceFunc(func() {
		debug.SetGCPercent(growth)
		debug.SetMemoryLimit(math.MaxInt64)
	})
	return func() {
		if whole() {
			settle()
			runtime.GC()
		}
	}
}
