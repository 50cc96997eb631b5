package chunk

import (
	"context"
	"fmt"
	"sync"

	"github.com/kanbao/kanbao/index/format"
)

// A Refetcher is a Store that can get a chunk past every cache.
type Refetcher interface {
	Refetch(ctx context.Context, id ID) ([]byte, error)
}

// A Vouching is a Store that has checked some chunks itself.
type Vouching interface {
	// Vouched returns the chunk if it has been checked as a part of something
	// larger, or nil.
	Vouched(id ID) []byte
}

// Verified returns a Source that checks every chunk of s against its name. One
// that differs is asked for once more, past every cache where s is a Refetcher;
// if it differs again, that is a format.CorruptError.
func Verified(s Source) Source { return verified{s} }

type verified struct{ Source }

func (v verified) Get(ctx context.Context, id ID) ([]byte, error) {
	if s, ok := v.Source.(Vouching); ok {
		if file := s.Vouched(id); file != nil {
			return file, nil
		}
	}
	file, err := v.Source.Get(ctx, id)
	if err != nil || Sum(file) == id {
		return file, err
	}
	if r, ok := v.Source.(Refetcher); ok {
		if file, err = r.Refetch(ctx, id); err != nil || Sum(file) == id {
			return file, err
		}
	}
	return nil, &format.CorruptError{
		File: id.Name(), Section: "file",
		Reason: fmt.Sprintf("%d bytes that are not those of that name", len(file)),
	}
}

// Fill implements Filler if what it verifies does; else it does nothing.
func (v verified) Fill(ctx context.Context, bundle ID, ids []ID, size int) error {
	if f, ok := v.Source.(Filler); ok {
		return f.Fill(ctx, bundle, ids, size)
	}
	return nil
}

// An Extent is where a chunk lies in a pack or bundle.
type Extent struct{ Offset, Size int }

// Packed returns a Store of the chunks that lie in one file of s, named pack.
// That file is fetched once, with the first chunk that is asked for.
func Packed(s Store, pack ID, extents map[ID]Extent) Store {
	return &packed{store: s, pack: pack, extents: extents}
}

type packed struct {
	store   Store
	pack    ID
	extents map[ID]Extent

	mu   sync.Mutex
	file []byte
}

func (p *packed) Get(ctx context.Context, id ID) ([]byte, error) {
	e, ok := p.extents[id]
	if !ok {
		return p.store.Get(ctx, id)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil {
		file, err := p.store.Get(ctx, p.pack)
		if err != nil {
			return nil, err
		}
		p.file = file
	}
	if e.Offset < 0 || e.Size < 0 || e.Offset+e.Size > len(p.file) {
		return nil, &format.CorruptError{File: p.pack.Name(), Section: "pack", Offset: int64(e.Offset), Reason: "ends within a chunk"}
	}
	return p.file[e.Offset : e.Offset+e.Size : e.Offset+e.Size], nil
}
