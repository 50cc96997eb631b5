package chunk

import (
	"context"
	"errors"
	"path"
	"sync"
	"syscall/js"
	"testing"
	"time"
)

// serve makes fetch answer with what answer returns for the last part of a URL, the
// options and how many times that was asked for before; undefined is never an answer.
func serve(t *testing.T, answer func(name string, options js.Value, before int) js.Value) {
	t.Helper()
	fetch, asked := js.Global().Get("fetch"), make(map[string]int)
	var mu sync.Mutex
	stub := js.FuncOf(func(_ js.Value, args []js.Value) any {
		name := path.Base(args[0].String())
		mu.Lock()
		before := asked[name]
		asked[name]++
		mu.Unlock()
		a := answer(name, args[1], before)
		if a.IsUndefined() {
			never := js.FuncOf(func(js.Value, []js.Value) any { return nil })
			t.Cleanup(never.Release)
			return js.Global().Get("Promise").New(never)
		}
		return js.Global().Get("Promise").Call("resolve", a)
	})
	js.Global().Set("fetch", stub)
	t.Cleanup(func() {
		js.Global().Set("fetch", fetch)
		stub.Release()
	})
}

func responseOf(status int, body string) js.Value {
	return js.Global().Get("Response").New(body, map[string]any{"status": status})
}

func quick() *HTTP {
	h := NewHTTP("http://paper.example/index/", js.Undefined())
	h.silence = 50 * time.Millisecond
	return h
}

func TestARequestWithoutAnswerIsGivenUpAndMadeAgain(t *testing.T) {
	var first js.Value
	serve(t, func(_ string, options js.Value, before int) js.Value {
		if before == 0 {
			first = options.Get("signal")
			return js.Undefined()
		}
		return responseOf(200, "the chunk")
	})
	if file, err := quick().Get(t.Context(), ID{1}); err != nil || string(file) != "the chunk" {
		t.Errorf("got %q, %v", file, err)
	}
	if !first.Get("aborted").Bool() {
		t.Error("the request without an answer goes on")
	}
}

func TestABodyThatStopsIsGivenUp(t *testing.T) {
	serve(t, func(string, js.Value, int) js.Value {
		return js.Global().Get("Response").New(js.Global().Get("ReadableStream").New())
	})
	if _, err := quick().Get(t.Context(), ID{1}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("error %v, want ErrUnreachable", err)
	}
}

func TestAnEarlyManifestThatNeverComesIsFetched(t *testing.T) {
	serve(t, func(string, js.Value, int) js.Value { return responseOf(200, "kbm") })
	h := quick()
	never := js.FuncOf(func(js.Value, []js.Value) any { return nil })
	defer never.Release()
	h.early = js.Global().Get("Promise").New(never)
	if file, err := h.Manifest(t.Context()); err != nil || string(file) != "kbm" {
		t.Errorf("got %q, %v", file, err)
	}
}

func TestAMissingFileIsOfAReplacedIndexOnlyIfTheServerSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		now  string
		want error
	}{
		"the same manifest":   {"kbm of today", ErrMissing},
		"another manifest":    {"kbm of tomorrow", ErrReplaced},
		"a page for anything": {"<!doctype html>", ErrMissing},
	} {
		t.Run(name, func(t *testing.T) {
			serve(t, func(file string, options js.Value, before int) js.Value {
				switch {
				case file != ManifestName:
					return responseOf(404, "")
				case before == 0:
					return responseOf(200, "kbm of today")
				case options.Get("cache").String() != "no-store":
					t.Errorf("the server's manifest is asked for with cache %v", options.Get("cache"))
				}
				return responseOf(200, c.now)
			})
			h := NewHTTP("http://paper.example/index/", js.Undefined())
			if _, err := h.Manifest(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Get(t.Context(), ID{1}); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

func TestJavaScriptHasATurnWhileChunksAreAskedFor(t *testing.T) {
	called := make(chan struct{})
	f := js.FuncOf(func(js.Value, []js.Value) any { close(called); return nil })
	defer f.Release()
	js.Global().Call("setTimeout", f, 0)
	c := NewCache(100, func(ctx context.Context, _ ID) (int, int, error) { return 7, 1, nil })
	for begun := time.Now(); time.Since(begun) < 10*time.Second; {
		if _, err := c.Get(t.Context(), ID{1}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-called:
			return
		default:
		}
	}
	t.Error("a search that asks for chunks for ten seconds never lets JavaScript run")
}
