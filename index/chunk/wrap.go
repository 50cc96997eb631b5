package chunk

import (
	"context"
	"fmt"
	"math"
	"sync"

	"github.com/kanbao/kanbao/index/format"
)

// Verified returns a Source that compares every chunk of s with its name, except
// those of a bundle that s has compared as a whole. A chunk that differs is fetched
// once more past every cache; if it differs again, that is a format.CorruptError.
func Verified(s Source) Source { return &verified{Source: s} }

type verified struct {
	Source

	mu      sync.Mutex
	checked map[ID]bool // chunks of bundles that Source has compared with their names
}

func (v *verified) Get(ctx context.Context, id ID) ([]byte, error) {
	file, err := v.Source.Get(ctx, id)
	if err != nil || v.is(id, file) {
		return file, err
	}
	return v.Refetch(ctx, id)
}

// is reports whether a file that Source has returned is the one of that name.
func (v *verified) is(id ID, file []byte) bool {
	v.mu.Lock()
	checked := v.checked[id]
	v.mu.Unlock()
	return checked || Sum(file) == id
}

func (v *verified) Refetch(ctx context.Context, id ID) ([]byte, error) {
	file, err := v.Source.Refetch(ctx, id)
	if err != nil || Sum(file) == id {
		return file, err
	}
	return nil, &format.CorruptError{
		File: id.Name(), Section: "file",
		Reason: fmt.Sprintf("%d bytes that are not those of that name", len(file)),
	}
}

func (v *verified) Fill(ctx context.Context, bundle ID, ids []ID, size int) (Filled, error) {
	filled, err := v.Source.Fill(ctx, bundle, ids, size)
	if err != nil || filled != FilledChecked {
		return filled, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.checked == nil {
		v.checked = make(map[ID]bool, len(ids))
	}
	for _, id := range ids {
		v.checked[id] = true
	}
	return filled, nil
}

// An Extent is where a chunk lies in a pack or bundle.
type Extent struct{ Offset, Size int }

// Packed returns a Source whose chunks in extents lie in one file of s, named pack.
// That file is fetched once, with the first chunk that is asked for or by Fill.
// Everything else is as s has it.
func Packed(s Source, pack ID, extents map[ID]Extent) Source {
	return &packed{Source: s, pack: pack, extents: extents,
		files: NewCache(math.MaxInt, func(ctx context.Context, id ID) ([]byte, int, error) {
			file, err := s.Get(ctx, id)
			return file, len(file), err
		})}
}

type packed struct {
	Source
	pack    ID
	extents map[ID]Extent
	files   *Cache[[]byte] // the pack, once it is fetched
}

func (p *packed) Get(ctx context.Context, id ID) ([]byte, error) {
	e, ok := p.extents[id]
	if !ok {
		return p.Source.Get(ctx, id)
	}
	file, err := p.files.Get(ctx, p.pack)
	if err != nil {
		return nil, err
	}
	return p.part(file, e)
}

func (p *packed) Refetch(ctx context.Context, id ID) ([]byte, error) {
	e, ok := p.extents[id]
	if !ok {
		return p.Source.Refetch(ctx, id)
	}
	file, err := p.Source.Refetch(ctx, p.pack)
	if err != nil {
		return nil, err
	}
	return p.part(file, e)
}

// Fill takes the pack for a bundle, for it has all chunks.
func (p *packed) Fill(ctx context.Context, bundle ID, ids []ID, size int) (Filled, error) {
	if bundle != p.pack {
		return p.Source.Fill(ctx, bundle, ids, size)
	}
	if _, err := p.files.Get(ctx, p.pack); err != nil {
		return NotFilled, err
	}
	return FilledUnchecked, nil
}

func (p *packed) part(file []byte, e Extent) ([]byte, error) {
	if e.Offset < 0 || e.Size < 0 || e.Offset+e.Size > len(file) {
		return nil, &format.CorruptError{File: p.pack.Name(), Section: "pack", Offset: int64(e.Offset), Reason: "ends within a chunk"}
	}
	return file[e.Offset : e.Offset+e.Size : e.Offset+e.Size], nil
}
