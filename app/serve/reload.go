package serve

import (
	_ "embed"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Addresses below the base that only Run answers. No site has a folder of
// this name.
const (
	reloadScript = "__kanbao/reload.js"
	reloadEvents = "__kanbao/events"
)

//go:embed reload.js
var reloadJS []byte

// A broker tells open pages that the site has changed.
type broker struct {
	mu      sync.Mutex
	build   int
	changed chan struct{} // closed and replaced at each build
	quit    chan struct{} // closed when the server stops
}

func newBroker() *broker {
	return &broker{changed: make(chan struct{}), quit: make(chan struct{})}
}

// publish announces a new build.
func (b *broker) publish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.build++
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *broker) state() (int, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.build, b.changed
}

// ServeHTTP streams the number of the build, now and whenever it changes. A
// page reloads when the number is not the first that it was told: so it also
// notices a build that it missed while the connection was down.
func (b *broker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	rc := http.NewResponseController(w)
	for {
		build, changed := b.state()
		if _, err := fmt.Fprintf(w, "retry: 1000\nevent: build\ndata: %d\n\n", build); err != nil {
			return
		}
		if err := rc.Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-time.After(30 * time.Second): // keeps the connection from looking idle
		case <-b.quit:
			return
		case <-r.Context().Done():
			return
		}
	}
}
