package read

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// norms returns the codes of the lengths of the segment's documents, all
// fields of each together.
func (s *Segment) norms(ctx context.Context) ([]byte, error) {
	norms, err := s.column(ctx, format.Norms)
	if err == nil && len(norms) != s.Docs {
		return nil, s.corrupt(format.Norms, "%d lengths, want %d", len(norms), s.Docs)
	}
	return norms, err
}

// Days returns the day of each document of the segment (see format.Day).
func (s *Segment) Days(ctx context.Context) ([]int32, error) {
	b, err := s.column(ctx, format.Dates)
	if err != nil {
		return nil, err
	}
	c := format.NewCursor("dates", b)
	days := format.ReadDays(c, s.Docs)
	return days, format.InFile(c.Close(), s.Of(format.Dates)[0].ID.Name())
}

// IDs returns the ID of each document of the segment.
func (s *Segment) IDs(ctx context.Context) ([]string, error) {
	b, err := s.column(ctx, format.IDs)
	if err != nil {
		return nil, err
	}
	c := format.NewCursor("ids", b)
	ids := format.ReadShared(c, s.Docs)
	return ids, format.InFile(c.Close(), s.Of(format.IDs)[0].ID.Name())
}

// Prepare fetches, side by side, the columns that every query reads.
func (ix *Index) Prepare(ctx context.Context) {
	var g errgroup.Group
	for _, s := range ix.segments {
		for _, kind := range []format.Kind{format.Norms, format.Phrases, format.Deleted} {
			g.Go(func() error {
				_, err := s.column(ctx, kind)
				return err
			})
		}
	}
	g.Wait() // whoever needs what failed asks again, and tells
}

// Fill fetches all that the index has, if it is a pack, or if each segment has a
// bundle and the source can keep that. It reports whether all is at hand now.
// Whatever fails is fetched by the query that needs it.
func (ix *Index) Fill(ctx context.Context) (bool, error) {
	all := true
	for _, part := range ix.Parts() {
		filled, err := part.fill(ctx)
		if err != nil {
			return false, err
		}
		all = all && filled
	}
	return all, nil
}

func (ix *Index) fill(ctx context.Context) (bool, error) {
	if ix.Manifest.Pack != (chunk.ID{}) {
		filled, err := ix.store.Fill(ctx, ix.Manifest.Pack, nil, 0)
		return filled != chunk.NotFilled, err
	}
	all := true
	for _, s := range ix.segments {
		if s.Bundle == (chunk.ID{}) {
			all = false
			continue
		}
		size := int64(0)
		for _, n := range s.Bytes {
			size += n
		}
		filled, err := ix.store.Fill(ctx, s.Bundle, s.Bundled(), int(size))
		if err != nil {
			return false, err
		}
		all = all && filled != chunk.NotFilled
	}
	return all, nil
}

// Deleted returns which documents of the segment are deleted, or nil if none is.
func (s *Segment) Deleted(ctx context.Context) (format.DocSet, error) {
	if s.Segment.Deleted == 0 {
		return nil, nil
	}
	deleted, err := s.column(ctx, format.Deleted)
	if err == nil && !format.DocSet(deleted).IsOf(s.Docs) {
		return nil, s.corrupt(format.Deleted, "%d bytes for %d documents", len(deleted), s.Docs)
	}
	return deleted, err
}
