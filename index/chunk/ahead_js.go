package chunk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/format"
)

// Ahead is an HTTP that can be filled with bundles, which stay in JavaScript's
// memory: a chunk is copied to Go when it is asked for.
type Ahead struct {
	HTTP

	mu    sync.Mutex
	known map[ID]held
}

// held is a chunk in a bundle.
type held struct {
	file    js.Value // a Uint8Array
	checked bool     // the bundle is the one of its name
	Extent
}

// Get implements Store.
func (a *Ahead) Get(ctx context.Context, id ID) ([]byte, error) {
	h, ok := a.find(id)
	if !ok {
		return a.HTTP.Get(ctx, id)
	}
	return h.bytes(), nil
}

// Vouched implements Vouching.
func (a *Ahead) Vouched(id ID) []byte {
	if h, ok := a.find(id); ok && h.checked {
		return h.bytes()
	}
	return nil
}

func (a *Ahead) find(id ID) (held, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	h, ok := a.known[id]
	return h, ok
}

func (h held) bytes() []byte {
	b := make([]byte, h.Size)
	js.CopyBytesToGo(b, h.file.Call("subarray", h.Offset, h.Offset+h.Size))
	return b
}

// A network has to bring fillRate bytes a second, which is judged after
// fillTrial, or the rest of a bundle is left where it is: on a slow network it
// would be in the way of what a reader waits for.
const (
	fillRate  = 640 << 10
	fillTrial = time.Second
)

// ErrSlow says that a bundle would take too long to come.
var ErrSlow = errors.New("the network is too slow to fetch the whole index")

// Fill implements Filler.
func (a *Ahead) Fill(ctx context.Context, bundle ID, ids []ID, size int) error {
	view, err := fetchIfFast(ctx, string(a.HTTP)+bundle.Name(), size+bundleHead(len(ids)))
	if err != nil {
		return &FetchError{File: bundle.Name(), Err: err}
	}
	size = view.Length()
	head := make([]byte, min(size, bundleHead(len(ids))))
	js.CopyBytesToGo(head, view.Call("subarray", 0, len(head)))
	extents, err := bundleExtents(head, size, ids)
	if err != nil {
		return format.InFile(err, bundle.Name())
	}
	checked := sumIs(ctx, view, bundle)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = make(map[ID]held, len(ids))
	}
	for id, e := range extents {
		a.known[id] = held{view, checked, e}
	}
	return nil
}

// sumIs reports whether the browser says that a file is the one of that name. It
// does the sum in a hundredth of our time, but only for pages that came over
// HTTPS; for others the answer is no, and each chunk is checked when it is used,
// as it is where the file is damaged.
func sumIs(ctx context.Context, file js.Value, id ID) bool {
	crypto := js.Global().Get("crypto")
	if !crypto.Truthy() || !crypto.Get("subtle").Truthy() {
		return false
	}
	sum, err := await(ctx, crypto.Get("subtle").Call("digest", "SHA-256", file))
	if err != nil {
		return false
	}
	var found ID
	js.CopyBytesToGo(found[:], js.Global().Get("Uint8Array").New(sum))
	return found == id
}

// fetchIfFast fetches a file of at most so many bytes, part by part into one
// place, and gives up if they come slowly.
func fetchIfFast(ctx context.Context, url string, most int) (js.Value, error) {
	control := js.Global().Get("AbortController").New()
	res, err := answer(ctx, url, map[string]any{"credentials": "same-origin", "priority": "low", "signal": control.Get("signal")})
	if err != nil {
		return js.Value{}, err
	}
	reader := res.Get("body").Call("getReader")
	file := js.Global().Get("Uint8Array").New(most)
	size, begun := 0, time.Now()
	for {
		part, err := await(ctx, reader.Call("read"))
		if err != nil {
			return js.Value{}, fmt.Errorf("%w: %v", ErrUnreachable, err)
		}
		if part.Get("done").Bool() {
			break
		}
		n := part.Get("value").Length()
		if size+n > most {
			control.Call("abort")
			return js.Value{}, &format.CorruptError{Section: "bundle", Reason: "longer than its chunks are"}
		}
		file.Call("set", part.Get("value"), size)
		size += n
		if took := time.Since(begun); took > fillTrial && float64(size) < fillRate*took.Seconds() {
			control.Call("abort")
			return js.Value{}, ErrSlow
		}
	}
	return file.Call("subarray", 0, size), nil
}
