package chunk

import (
	"context"
	"errors"
	"syscall/js"
	"time"

	"github.com/kanbao/kanbao/index/format"
)

// inBundle is a chunk in a bundle. The bundle stays in JavaScript's memory, and the
// chunk is copied to Go when it is asked for.
type inBundle struct {
	file js.Value // a Uint8Array
	Extent
}

func (h *HTTP) find(id ID) (inBundle, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, ok := h.bundled[id]
	return b, ok
}

func (b inBundle) bytes() []byte {
	part := make([]byte, b.Size)
	js.CopyBytesToGo(part, b.file.Call("subarray", b.Offset, b.Offset+b.Size))
	return part
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

// Fill implements Source. On a slow network it fails with ErrSlow.
func (h *HTTP) Fill(ctx context.Context, bundle ID, ids []ID, size int) (Filled, error) {
	view, err := h.fetchIfFast(ctx, h.url+bundle.Name(), size+bundleHead(len(ids)))
	if err != nil {
		return NotFilled, &FetchError{File: bundle.Name(), Err: err}
	}
	size = view.Length()
	head := make([]byte, min(size, bundleHead(len(ids))))
	js.CopyBytesToGo(head, view.Call("subarray", 0, len(head)))
	extents, err := bundleExtents(head, size, ids)
	if err != nil {
		return NotFilled, format.InFile(err, bundle.Name())
	}
	filled := FilledUnchecked
	if sumIs(ctx, view, bundle) {
		filled = FilledChecked
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.bundled == nil {
		h.bundled = make(map[ID]inBundle, len(ids))
	}
	for id, e := range extents {
		h.bundled[id] = inBundle{view, e}
	}
	return filled, nil
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
func (h *HTTP) fetchIfFast(ctx context.Context, url string, most int) (js.Value, error) {
	file := js.Global().Get("Uint8Array").New(most)
	size, slow, begun := 0, false, time.Now()
	err := h.stream(ctx, url, map[string]any{"priority": "low"}, func(part js.Value) error {
		// Only now it is known that there was more to come. What is here whole is
		// taken, however long it took.
		if slow {
			return ErrSlow
		}
		if size+part.Length() > most {
			return &format.CorruptError{Section: "bundle", Reason: "longer than its chunks are"}
		}
		file.Call("set", part, size)
		size += part.Length()
		took := time.Since(begun)
		slow = took > h.trial && float64(size) < fillRate*took.Seconds()
		return nil
	})
	if err != nil {
		return js.Value{}, err
	}
	return file.Call("subarray", 0, size), nil
}
