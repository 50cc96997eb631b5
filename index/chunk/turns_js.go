package chunk

import (
	"sync/atomic"
	"time"
)

// turns gives JavaScript a turn now and then. A browser has one thread for all
// goroutines and for what others tell it; without a turn, a search that goes from
// chunk to chunk would never learn that it is cancelled.
type turns struct {
	last atomic.Int64 // when it had one, in milliseconds
}

// everyMillis is how long JavaScript waits for a turn.
const everyMillis = 50

func (t *turns) give() {
	if now := time.Now().UnixMilli(); now-t.last.Load() > everyMillis {
		time.Sleep(time.Millisecond) // when all goroutines wait, Go leaves the thread
		t.last.Store(time.Now().UnixMilli())
	}
}
