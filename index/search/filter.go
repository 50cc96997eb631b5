package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
)

// columns are the properties of articles that a query filters and counts by, of
// each field by segment.
type columns struct {
	days   [][]int32
	values map[query.Field][][]format.Facet
}

// columns fetches, side by side, what filters and facets need.
func (e *Engine) columns(ctx context.Context, filters []query.Filter, facets []query.Field) (*columns, error) {
	fields := slices.Clone(facets)
	for _, f := range filters {
		fields = append(fields, f.Field)
	}
	segments := e.ix.Segments()
	c := &columns{values: make(map[query.Field][][]format.Facet)}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	for i, field := range fields {
		if !slices.Contains(query.Fields(), field) {
			return nil, fmt.Errorf("no field %q to filter or count by, want one of %q", field, query.Fields())
		}
		if slices.Contains(fields[:i], field) {
			continue
		}
		g.Go(func() error {
			days, values, err := column(ctx, segments, field)
			mu.Lock()
			defer mu.Unlock()
			if c.values[field] = values; days != nil {
				c.days = days
			}
			return err
		})
	}
	return c, g.Wait()
}

// column fetches one field of all segments.
func column(ctx context.Context, segments []*read.Segment, field query.Field) ([][]int32, [][]format.Facet, error) {
	days, values := make([][]int32, len(segments)), make([][]format.Facet, len(segments))
	g, ctx := errgroup.WithContext(ctx)
	for i, s := range segments {
		g.Go(func() (err error) {
			if field == query.Date {
				days[i], err = s.Days(ctx)
			} else {
				values[i], err = s.Facets(ctx, string(field))
			}
			return err
		})
	}
	if field != query.Date {
		days = nil
	}
	return days, values, g.Wait()
}

// A sieve lets the documents pass that all filters on one field hold for.
type sieve struct {
	field query.Field
	pass  docSet
	// beside are the documents found that only this sieve keeps back, if the
	// field is counted: its own filter does not narrow its counts.
	beside docSet
}

// sieves returns one for each field that is filtered by.
func (e *Engine) sieves(c *columns, filters []query.Filter) []*sieve {
	var all []*sieve
	for _, f := range filters {
		i := slices.IndexFunc(all, func(s *sieve) bool { return s.field == f.Field })
		if i < 0 {
			i = len(all)
			all = append(all, &sieve{field: f.Field, pass: newDocSet(e.ix.MaxDoc())})
			for j := range all[i].pass {
				all[i].pass[j] = ^uint64(0)
			}
		}
		having := e.having(c, f)
		for j := range having {
			if f.Not {
				all[i].pass[j] &^= having[j]
			} else {
				all[i].pass[j] &= having[j]
			}
		}
	}
	return all
}

// having returns the documents that have one of the values of a filter. A page
// goes by its number or its name, too, unless one is called just that.
func (e *Engine) having(c *columns, f query.Filter) docSet {
	set := newDocSet(e.ix.MaxDoc())
	segments := e.ix.Segments()
	if f.Field == query.Date {
		for _, v := range f.Values {
			first, last, ok := days(v)
			for i, s := range segments {
				for doc, day := range c.days[i] {
					if ok && day >= first && day <= last {
						set.add(s.Base + uint32(doc))
					}
				}
			}
		}
		return set
	}
	for _, v := range f.Values {
		wanted := e.folder.Fold(v).String()
		known := e.addValues(set, c.values[f.Field], func(value string) bool { return value == wanted })
		if f.Field == query.Page && !known {
			e.addValues(set, c.values[f.Field], func(value string) bool {
				return strings.HasPrefix(value, wanted+" ") || strings.HasSuffix(value, " "+wanted)
			})
		}
	}
	return set
}

// addValues adds the documents of the values that, folded, are wanted, and
// reports whether there is one.
func (e *Engine) addValues(set docSet, values [][]format.Facet, wanted func(value string) bool) bool {
	known := false
	for i, s := range e.ix.Segments() {
		for _, v := range values[i] {
			if !wanted(e.folder.Fold(v.Value).String()) {
				continue
			}
			known = true
			for _, doc := range v.Docs {
				set.add(s.Base + doc)
			}
		}
	}
	return known
}

// days returns the days that a value of the date field is about. Articles
// without a date have none of them.
func days(value string) (first, last int32, ok bool) {
	from, to, ok := syntax.Dates(value)
	first, last = int32(format.Day(from)), int32(format.Day(to))
	if from == "" {
		first = 1
	}
	if to == "" {
		last = 1 << 30
	}
	return first, last, ok
}

// applied returns all filters of a query, those that were typed last.
func applied(asked, typed []query.Filter) []query.Filter {
	var all []query.Filter
	for _, f := range slices.Concat(asked, typed) {
		known := slices.ContainsFunc(all, func(g query.Filter) bool {
			return g.Field == f.Field && g.Not == f.Not && slices.Equal(g.Values, f.Values)
		})
		if len(f.Values) > 0 && !known {
			all = append(all, f)
		}
	}
	return all
}
