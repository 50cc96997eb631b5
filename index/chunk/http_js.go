package chunk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall/js"
	"time"
)

// HTTP is a Source that the browser fetches. A network that fails is asked again
// after 0.2, 0.6 and 1.8 seconds before Get returns ErrUnreachable.
type HTTP struct {
	url string // of the folder

	mu      sync.Mutex
	early   js.Value        // a promise of the manifest that is not yet used, or nothing
	bundled map[ID]inBundle // the chunks that Fill has fetched
}

// NewHTTP returns the Source of an index that lies at an absolute URL ending in a
// slash. early is a promise of the manifest's ArrayBuffer that was begun before, or
// of null; or it is null or undefined.
func NewHTTP(url string, early js.Value) *HTTP { return &HTTP{url: url, early: early} }

var backoff = [...]time.Duration{200 * time.Millisecond, 600 * time.Millisecond, 1800 * time.Millisecond}

// Get implements Source.
func (h *HTTP) Get(ctx context.Context, id ID) ([]byte, error) {
	if b, ok := h.find(id); ok {
		return b.bytes(), nil
	}
	return h.fetch(ctx, id.Name(), "default")
}

// Refetch implements Source.
func (h *HTTP) Refetch(ctx context.Context, id ID) ([]byte, error) {
	return h.fetch(ctx, id.Name(), "reload")
}

// Manifest implements Source. The one that was fetched early is returned once:
// whoever asks again wants a newer one, and the browser then asks the server whether
// there is one.
func (h *HTTP) Manifest(ctx context.Context) ([]byte, error) {
	h.mu.Lock()
	early := h.early
	h.early = js.Undefined()
	h.mu.Unlock()
	if early.Truthy() {
		if buf, err := await(ctx, early); err == nil && buf.Truthy() {
			return bytesOf(buf), nil
		}
	}
	return h.fetch(ctx, ManifestName, "no-cache")
}

func (h *HTTP) fetch(ctx context.Context, name, cache string) ([]byte, error) {
	for try := 0; ; try++ {
		b, err := fetchOnce(ctx, h.url+name, cache)
		if err == nil {
			return b, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, ErrUnreachable) || try == len(backoff) {
			return nil, &FetchError{File: name, Err: err}
		}
		select {
		case <-time.After(backoff[try]):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// fetchOnce fetches a file.
func fetchOnce(ctx context.Context, url, cache string) ([]byte, error) {
	res, err := answer(ctx, url, map[string]any{"cache": cache, "credentials": "same-origin"})
	if err != nil {
		return nil, err
	}
	buf, err := await(ctx, res.Call("arrayBuffer"))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	return bytesOf(buf), nil
}

// bytesOf copies an ArrayBuffer.
func bytesOf(buf js.Value) []byte {
	view := js.Global().Get("Uint8Array").New(buf)
	b := make([]byte, view.Length())
	js.CopyBytesToGo(b, view)
	return b
}

// answer fetches a file up to its body.
func answer(ctx context.Context, url string, options map[string]any) (js.Value, error) {
	res, err := await(ctx, js.Global().Call("fetch", url, options))
	if err != nil {
		return js.Value{}, fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	if status := res.Get("status").Int(); status == 404 || status == 410 {
		return js.Value{}, ErrMissing
	} else if !res.Get("ok").Bool() {
		return js.Value{}, fmt.Errorf("%w: the server answers %d", ErrUnreachable, status)
	}
	return res, nil
}

// await blocks the goroutine, not the page, until the promise settles.
func await(ctx context.Context, promise js.Value) (js.Value, error) {
	type settled struct {
		v   js.Value
		err error
	}
	done := make(chan settled, 1)
	var ok, fail js.Func
	release := func() { ok.Release(); fail.Release() }
	ok = js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{v: args[0]}
		release()
		return nil
	})
	fail = js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(args[0].Call("toString").String())}
		release()
		return nil
	})
	promise.Call("then", ok, fail)
	select {
	case s := <-done:
		return s.v, s.err
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}
