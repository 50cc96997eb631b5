package chunk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall/js"
	"time"
)

// HTTP is a Source that the browser fetches. A network that fails, or is silent for
// ten seconds, is asked again after 0.2, 0.6 and 1.8 seconds before Get returns
// ErrUnreachable.
type HTTP struct {
	url     string        // of the folder
	silence time.Duration // how long a network may bring nothing
	trial   time.Duration // after how long Fill judges how fast it is

	mu      sync.Mutex
	opened  ID              // the sum of the manifest that was returned last
	early   js.Value        // a promise of the manifest that is not yet used, or nothing
	bundled map[ID]inBundle // the chunks that Fill has fetched
}

// NewHTTP returns the Source of an index that lies at an absolute URL ending in a
// slash. early is a promise of the manifest's ArrayBuffer that was begun before, or
// of null; or it is null or undefined.
func NewHTTP(url string, early js.Value) *HTTP {
	return &HTTP{url: url, silence: silence, trial: fillTrial, early: early}
}

// silence is longer than it takes a slow network to bring the first byte of a chunk
// that waits behind others.
const silence = 10 * time.Second

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
// whoever asks again wants a newer one, or found that one damaged, and the browser
// then fetches it past its cache.
func (h *HTTP) Manifest(ctx context.Context) ([]byte, error) {
	h.mu.Lock()
	early, cache := h.early, "no-cache"
	h.early = js.Undefined()
	if h.opened != (ID{}) {
		cache = "reload"
	}
	h.mu.Unlock()
	var file []byte
	if early.Truthy() {
		if buf, err := h.await(ctx, early); err == nil && buf.Truthy() {
			file = bytesOf(buf)
		}
	}
	if file == nil {
		var err error
		if file, err = h.fetch(ctx, ManifestName, cache); err != nil {
			return nil, err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.opened = Sum(file)
	return file, nil
}

func (h *HTTP) fetch(ctx context.Context, name, cache string) ([]byte, error) {
	for try := 0; ; try++ {
		b, err := h.fetchOnce(ctx, h.url+name, cache)
		if err == nil {
			return b, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, ErrMissing) && h.replaced(ctx, name) {
			err = ErrReplaced
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

// replaced reports whether a file is missing because the server has another manifest
// now. No cache is asked, and no service worker, which may have the old one: sw.js
// leaves what is not to be stored to the network.
func (h *HTTP) replaced(ctx context.Context, name string) bool {
	h.mu.Lock()
	opened := h.opened
	h.mu.Unlock()
	if name == ManifestName || opened == (ID{}) {
		return false
	}
	newest, err := h.fetchOnce(ctx, h.url+ManifestName, "no-store")
	return err == nil && bytes.HasPrefix(newest, []byte(manifestMagic)) && Sum(newest) != opened
}

// manifestMagic is what a manifest begins with; a host may answer with a page of its
// own.
const manifestMagic = "kbm"

// fetchOnce fetches a file.
func (h *HTTP) fetchOnce(ctx context.Context, url, cache string) ([]byte, error) {
	var file []byte
	err := h.stream(ctx, url, map[string]any{"cache": cache}, func(part js.Value) error {
		have := len(file)
		file = append(file, make([]byte, part.Length())...)
		js.CopyBytesToGo(file[have:], part)
		return nil
	})
	return file, err
}

// stream fetches a file and calls take with each part of it, a Uint8Array, until
// there are no more or take returns an error. A network that is silent is
// ErrUnreachable. When it returns, nothing goes on.
func (h *HTTP) stream(ctx context.Context, url string, options map[string]any, take func(part js.Value) error) (err error) {
	control := js.Global().Get("AbortController").New()
	defer func() {
		if err != nil {
			control.Call("abort")
		}
	}()
	options["credentials"], options["signal"] = "same-origin", control.Get("signal")
	res, err := h.await(ctx, js.Global().Call("fetch", url, options))
	if err != nil {
		return err
	}
	if status := res.Get("status").Int(); status == 404 || status == 410 {
		return ErrMissing
	} else if !res.Get("ok").Bool() {
		return fmt.Errorf("%w: the server answers %d", ErrUnreachable, status)
	}
	if !res.Get("body").Truthy() {
		return nil // it is empty
	}
	for reader := res.Get("body").Call("getReader"); ; {
		part, err := h.await(ctx, reader.Call("read"))
		if err != nil || part.Get("done").Bool() {
			return err
		}
		if err := take(part.Get("value")); err != nil {
			return err
		}
	}
}

// bytesOf copies an ArrayBuffer.
func bytesOf(buf js.Value) []byte {
	view := js.Global().Get("Uint8Array").New(buf)
	b := make([]byte, view.Length())
	js.CopyBytesToGo(b, view)
	return b
}

// await waits for what a network brings, but not for one that is silent.
func (h *HTTP) await(ctx context.Context, promise js.Value) (js.Value, error) {
	limited, cancel := context.WithTimeout(ctx, h.silence)
	defer cancel()
	v, err := await(limited, promise)
	switch {
	case ctx.Err() != nil:
		return js.Undefined(), ctx.Err()
	case limited.Err() != nil && err != nil:
		return js.Undefined(), fmt.Errorf("%w: no answer for %v", ErrUnreachable, h.silence)
	case err != nil:
		return js.Undefined(), fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	return v, nil
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
