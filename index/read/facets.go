package read

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
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

// Facets returns the values of a field, which is one of format.FacetFields or a
// property of this index's articles, each with its documents of the segment. Those
// that are deleted are among them.
func (s *Segment) Facets(ctx context.Context, field string) ([]format.Facet, error) {
	number := slices.Index(format.FacetFields[:], field)
	if number < 0 {
		if !s.all.hasFacets(format.OwnFilters) {
			return nil, fmt.Errorf("%w: no field %q to filter or count by", query.ErrUnknown, field)
		}
		return s.Properties(ctx, format.OwnFilters, field)
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

// Properties returns the values that the articles of the segment have under a name of
// their site's own; in is format.OwnFilters or format.OwnSorts.
func (s *Segment) Properties(ctx context.Context, in, name string) ([]format.Facet, error) {
	all, err := s.Facets(ctx, in)
	var values []format.Facet
	for _, f := range all {
		if value, ok := strings.CutPrefix(f.Value, name+"="); ok {
			values = append(values, format.Facet{Value: value, Docs: f.Docs})
		}
	}
	return values, err
}

// PropertyNames returns the names of properties, each once and in order.
func (ix *Index) PropertyNames(ctx context.Context, in string) ([]string, error) {
	var names []string
	for _, s := range ix.segments {
		all, err := s.Facets(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if name, _, _ := strings.Cut(f.Value, "="); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names, nil
}

// hasFacets reports whether a segment has values of one of format.FacetFields.
func (ix *Index) hasFacets(field string) bool {
	number := slices.Index(format.FacetFields[:], field)
	for _, s := range ix.segments {
		for _, c := range s.Of(format.Facets) {
			if c.From == number {
				return true
			}
		}
	}
	return false
}
