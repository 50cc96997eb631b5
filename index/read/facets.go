package read

import (
	"context"
	"fmt"
	"slices"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// facets are the values of one field of a segment.
type facets struct {
	values []format.Facet
}

func (ix *Index) loadFacets(ctx context.Context, id chunk.ID) (*facets, int, error) {
	c, err := ix.fetch(ctx, id, format.Facets, nil)
	if err != nil {
		return nil, 0, err
	}
	values, err := format.OpenFacets(c, uint32(ix.of[id].seg.Docs))
	if err != nil {
		return nil, 0, format.InFile(err, id.Name())
	}
	size := 0
	for _, v := range values {
		size += 40 + len(v.Value) + 4*len(v.Docs)
	}
	return &facets{values}, size, nil
}

// Facets returns the values of a field, which is one of format.FacetFields,
// each with its documents of the segment. Those that are deleted are among them.
func (s *Segment) Facets(ctx context.Context, field string) ([]format.Facet, error) {
	number := slices.Index(format.FacetFields[:], field)
	if number < 0 {
		return nil, fmt.Errorf("read: no field %q to filter or count by", field)
	}
	for _, c := range s.Of(format.Facets) {
		if c.From == number {
			f, err := s.ix.facets.Get(ctx, c.ID)
			if err != nil {
				return nil, err
			}
			return f.values, nil
		}
	}
	return nil, nil
}
