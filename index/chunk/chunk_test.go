package chunk

import (
	"context"
	"encoding/base32"
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

// filling returns a set answer for every bundle.
type filling struct {
	Memory
	filled Filled
	err    error
}

func (f *filling) Fill(context.Context, ID, []ID, int) (Filled, error) { return f.filled, f.err }

func TestWrappersFillAsWhatTheyWrap(t *testing.T) {
	full := errors.New("no room")
	for _, want := range []struct {
		filled Filled
		err    error
	}{{NotFilled, nil}, {FilledUnchecked, nil}, {FilledChecked, nil}, {NotFilled, full}} {
		s := &filling{filled: want.filled, err: want.err}
		for name, wrapped := range map[string]Source{"verified": Verified(s), "packed": Packed(s, ID{1}, nil)} {
			if filled, err := wrapped.Fill(t.Context(), ID{2}, []ID{{3}}, 5); filled != want.filled || err != want.err {
				t.Errorf("%s: Fill returns %d, %v; what it wraps %d, %v", name, filled, err, want.filled, want.err)
			}
		}
	}
	if filled, err := Verified(new(Memory)).Fill(t.Context(), ID{2}, []ID{{3}}, 5); filled != NotFilled || err != nil {
		t.Errorf("memory: Fill returns %d, %v, and fetches nothing", filled, err)
	}
}

// Only the chunks of a bundle that was compared as a whole are taken as they come.
func TestVerifiedComparesWhatNobodyHasCompared(t *testing.T) {
	for _, filled := range []Filled{NotFilled, FilledUnchecked, FilledChecked} {
		s := &filling{filled: filled}
		for _, id := range []ID{{3}, {4}} {
			if err := s.Put(id, []byte("not the bytes of that name")); err != nil {
				t.Fatal(err)
			}
		}
		v := Verified(s)
		if _, err := v.Fill(t.Context(), ID{2}, []ID{{3}}, 5); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Get(t.Context(), ID{3}); errors.Is(err, format.ErrCorrupt) == (filled == FilledChecked) {
			t.Errorf("filled %d: a chunk of the bundle: error %v", filled, err)
		}
		if _, err := v.Get(t.Context(), ID{4}); !errors.Is(err, format.ErrCorrupt) {
			t.Errorf("filled %d: another chunk: error %v, want damage", filled, err)
		}
	}
}

func TestPackIsFilledByFetchingIt(t *testing.T) {
	file := []byte("the only chunk")
	var m Memory
	p := Packed(&m, Sum(file), map[ID]Extent{{7}: {4, 4}})
	if filled, err := p.Fill(t.Context(), Sum(file), nil, 0); filled != NotFilled || !errors.Is(err, ErrMissing) {
		t.Errorf("no pack is there: Fill returns %d, %v", filled, err)
	}
	if err := m.Put(Sum(file), file); err != nil {
		t.Fatal(err)
	}
	if filled, err := p.Fill(t.Context(), Sum(file), nil, 0); filled == NotFilled || err != nil {
		t.Fatalf("Fill returns %d, %v", filled, err)
	}
	m.chunks = nil // whatever it answers now, it has it from memory
	if got, err := p.Get(t.Context(), ID{7}); err != nil || string(got) != "only" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := p.Refetch(t.Context(), ID{7}); !errors.Is(err, ErrMissing) {
		t.Errorf("fetched past the caches: %v, want ErrMissing", err)
	}
}

func TestNamesAreBase32(t *testing.T) {
	encoding := base32.NewEncoding(letters).WithPadding(base32.NoPadding)
	for i := range 1000 {
		id := Sum([]byte{byte(i), byte(i >> 8)})
		if got, want := id.String(), encoding.EncodeToString(id[:]); got != want {
			t.Fatalf("%x is named %s, want %s", id[:], got, want)
		}
	}
}
