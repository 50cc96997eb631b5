package chunk

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/kanbao/kanbao/index/format"
)

func TestCacheLoadsOnceForManyAtOnce(t *testing.T) {
	var loads atomic.Int32
	gate := make(chan struct{})
	c := NewCache(100, func(context.Context, ID) (int, int, error) {
		loads.Add(1)
		<-gate
		return 7, 1, nil
	})
	var wg sync.WaitGroup
	for range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if v, err := c.Get(context.Background(), ID{1}); v != 7 || err != nil {
				t.Errorf("got %d, %v", v, err)
			}
		}()
	}
	close(gate)
	wg.Wait()
	if n := loads.Load(); n != 1 {
		t.Errorf("loaded %d times, want once", n)
	}
}

func TestCacheForgetsFailedLoad(t *testing.T) {
	down := true
	c := NewCache(100, func(context.Context, ID) (int, int, error) {
		if down {
			return 0, 0, ErrUnreachable
		}
		return 7, 1, nil
	})
	if _, err := c.Get(context.Background(), ID{1}); !errors.Is(err, ErrUnreachable) {
		t.Fatalf("got %v, want ErrUnreachable", err)
	}
	down = false
	if v, err := c.Get(context.Background(), ID{1}); v != 7 || err != nil {
		t.Errorf("once the network is back: %d, %v", v, err)
	}
}

func TestCacheKeepsToItsBudget(t *testing.T) {
	loads := map[ID]int{}
	c := NewCache(3, func(_ context.Context, id ID) (int, int, error) {
		loads[id]++
		return 0, 1, nil
	})
	get := func(n byte) {
		if _, err := c.Get(context.Background(), ID{n}); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []byte{1, 2, 3, 1, 4} { // 2 was not used for longest
		get(n)
	}
	for n, want := range map[byte]bool{1: true, 2: false, 3: true, 4: true} {
		if c.Has(ID{n}) != want {
			t.Errorf("chunk %d kept: %v, want %v", n, !want, want)
		}
	}
}

func TestCancelledGetLeavesTheLoadToOthers(t *testing.T) {
	gate := make(chan struct{})
	c := NewCache(100, func(ctx context.Context, _ ID) (int, int, error) {
		<-gate
		return 7, 1, ctx.Err()
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { _, err := c.Get(ctx, ID{1}); done <- err }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled Get: %v", err)
	}
	close(gate)
	if v, err := c.Get(context.Background(), ID{1}); v != 7 || err != nil {
		t.Errorf("the next one to ask: %d, %v", v, err)
	}
}

// stale serves old bytes until it is asked past the caches.
type stale struct {
	Memory
	old []byte
}

func (s *stale) Get(context.Context, ID) ([]byte, error) { return s.old, nil }

func (s *stale) Refetch(ctx context.Context, id ID) ([]byte, error) { return s.Memory.Get(ctx, id) }

func TestVerifiedAsksOncePastTheCaches(t *testing.T) {
	file := []byte("the chunk")
	id := Sum(file)
	s := &stale{old: []byte("something else")}
	if err := s.Put(id, file); err != nil {
		t.Fatal(err)
	}
	got, err := Verified(s).Get(context.Background(), id)
	if err != nil || string(got) != string(file) {
		t.Errorf("got %q, %v", got, err)
	}
	_, err = Verified(&s.Memory).Get(context.Background(), ID{9})
	if !errors.Is(err, ErrMissing) {
		t.Errorf("a chunk that is nowhere: %v, want ErrMissing", err)
	}
	bad := &stale{old: []byte("something else")}
	if err := bad.Put(ID{9}, []byte("wrong as well")); err != nil {
		t.Fatal(err)
	}
	if _, err := Verified(bad).Get(context.Background(), ID{9}); !errors.Is(err, format.ErrCorrupt) {
		t.Errorf("wrong bytes twice: %v, want damage", err)
	}
}

func TestPackedServesEachChunkFromOneFile(t *testing.T) {
	a, b := []byte("first"), []byte("second one")
	pack := append(append([]byte(nil), a...), b...)
	var m Memory
	if err := m.Put(Sum(pack), pack); err != nil {
		t.Fatal(err)
	}
	p := Packed(&m, Sum(pack), map[ID]Extent{Sum(a): {0, 5}, Sum(b): {5, 10}, {7}: {10, 6}})
	for _, want := range [][]byte{a, b} {
		if got, err := p.Get(context.Background(), Sum(want)); err != nil || string(got) != string(want) {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
	if _, err := p.Get(context.Background(), ID{7}); !errors.Is(err, format.ErrCorrupt) {
		t.Errorf("an extent past the end: %v, want damage", err)
	}
}
