package chunk

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// A Cache keeps what was made of chunks, up to a budget in bytes, and drops
// what was not used for longest. A chunk that several ask for at once is loaded
// once; a load that failed is forgotten, so that the next one to ask tries again.
type Cache[V any] struct {
	budget int
	load   func(ctx context.Context, id ID) (v V, size int, err error)

	turns turns

	mu      sync.Mutex
	used    int
	entries map[ID]*list.Element
	recent  *list.List // of *entry[V], the most recently used first
	flights map[ID]*flight[V]
}

type entry[V any] struct {
	id   ID
	v    V
	size int
}

type flight[V any] struct {
	begun   time.Time
	cancel  context.CancelFunc
	waiting int // calls of Get
	done    chan struct{}
	v       V
	err     error
}

// dead is how long a load may take for others to wait for it, too. Who asks later
// begins another.
const dead = 5 * time.Second

// unwanted is how long a load goes on that nobody waits for any more. Who types asks for
// the same terms again with the next letter, but not for the texts of the hits before,
// which on a slow line would be in the way.
const unwanted = 50 * time.Millisecond

// NewCache returns a cache of budget bytes over load, which answers a value
// and about how many bytes of memory it takes.
func NewCache[V any](budget int, load func(context.Context, ID) (V, int, error)) *Cache[V] {
	return &Cache[V]{
		budget: budget, load: load,
		entries: make(map[ID]*list.Element), recent: list.New(), flights: make(map[ID]*flight[V]),
	}
}

// Get returns what was made of the chunk. If ctx ends first, Get returns its
// error, but the load goes on a little for whoever asks next.
func (c *Cache[V]) Get(ctx context.Context, id ID) (V, error) {
	var none V
	c.turns.give()
	if err := ctx.Err(); err != nil {
		return none, err
	}
	c.mu.Lock()
	if e, ok := c.entries[id]; ok {
		c.recent.MoveToFront(e)
		c.mu.Unlock()
		return e.Value.(*entry[V]).v, nil
	}
	f, ok := c.flights[id]
	if !ok || time.Since(f.begun) > dead {
		f = &flight[V]{begun: time.Now(), done: make(chan struct{})}
		c.flights[id] = f
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f.cancel = cancel
		go c.fly(ctx, id, f)
	}
	f.waiting++
	c.mu.Unlock()
	select {
	case <-f.done:
		return f.v, f.err
	case <-ctx.Done():
		c.leave(id, f)
		return none, ctx.Err()
	}
}

// leave notes that somebody waits no more for a load, and ends it if nobody does.
func (c *Cache[V]) leave(id ID, f *flight[V]) {
	end := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if f.waiting > 0 {
			return
		}
		if c.flights[id] == f {
			delete(c.flights, id) // who asks now begins another
		}
		f.cancel()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		time.AfterFunc(unwanted, end)
	}
}

// Has reports whether Get would answer without loading.
func (c *Cache[V]) Has(id ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.entries[id]
	return ok
}

func (c *Cache[V]) fly(ctx context.Context, id ID, f *flight[V]) {
	defer f.cancel()
	v, size, err := c.load(ctx, id)
	c.mu.Lock()
	defer c.mu.Unlock()
	f.v, f.err = v, err
	if c.flights[id] == f {
		delete(c.flights, id)
	}
	if _, ok := c.entries[id]; err == nil && !ok {
		c.keep(&entry[V]{id: id, v: v, size: size})
	}
	close(f.done)
}

func (c *Cache[V]) keep(e *entry[V]) {
	c.entries[e.id] = c.recent.PushFront(e)
	c.used += e.size
	for c.used > c.budget && c.recent.Len() > 1 {
		last := c.recent.Back()
		old := c.recent.Remove(last).(*entry[V])
		delete(c.entries, old.id)
		c.used -= old.size
	}
}
