package indextest

import (
	"context"
	"sync"

	"github.com/kanbao/kanbao/index/chunk"
)

// Faulty is a Source over Files that serves them by name, whatever their bytes.
// A file that is not in Files is missing. It counts what is asked for.
type Faulty struct {
	Files map[string][]byte
	// Fail, if set, is asked before each file and its error answered.
	Fail func(name string) error

	mu      sync.Mutex
	fetched map[string]int
}

// Get implements chunk.Source.
func (f *Faulty) Get(_ context.Context, id chunk.ID) ([]byte, error) { return f.file(id.Name()) }

// Manifest implements chunk.Source.
func (f *Faulty) Manifest(context.Context) ([]byte, error) { return f.file(chunk.ManifestName) }

// Refetch implements chunk.Source.
func (f *Faulty) Refetch(ctx context.Context, id chunk.ID) ([]byte, error) { return f.Get(ctx, id) }

// Fill implements chunk.Source: it fetches nothing.
func (f *Faulty) Fill(context.Context, chunk.ID, []chunk.ID, int) (chunk.Filled, error) {
	return chunk.NotFilled, nil
}

func (f *Faulty) file(name string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fetched == nil {
		f.fetched = make(map[string]int)
	}
	f.fetched[name]++
	if f.Fail != nil {
		if err := f.Fail(name); err != nil {
			return nil, &chunk.FetchError{File: name, Err: err}
		}
	}
	file, ok := f.Files[name]
	if !ok {
		return nil, &chunk.FetchError{File: name, Err: chunk.ErrMissing}
	}
	return file, nil
}

// Fetched returns how often each file was asked for, and forgets it.
func (f *Faulty) Fetched() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	fetched := f.fetched
	f.fetched = nil
	return fetched
}
