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
	file js.Value // a Uint8Array
	Extent
}

// Get implements Store.
func (a *Ahead) Get(ctx context.Context, id ID) ([]byte, error) {
	a.mu.Lock()
	h, ok := a.known[id]
	a.mu.Unlock()
	if !ok {
		return a.HTTP.Get(ctx, id)
	}
	b := make([]byte, h.Size)
	js.CopyBytesToGo(b, h.file.Call("subarray", h.Offset, h.Offset+h.Size))
	return b, nil
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
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = make(map[ID]held, len(ids))
	}
	for id, e := range extents {
		a.known[id] = held{view, e}
	}
	return nil
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
