package search

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
)

// columns are the properties of articles that a query filters and counts by, of
// each field by segment.
type columns struct {
	days   [][]int32
	values map[query.Field][][]format.Facet
	folder analyze.Folder // of the values of filters
}

// columns fetches, side by side, what filters and facets need.
func (e *Engine) columns(ctx context.Context, filters []query.Filter, facets []query.Field) (*columns, error) {
	segments := e.ix.Segments()
	c := &columns{days: make([][]int32, len(segments)), values: make(map[query.Field][][]format.Facet)}
	g, ctx := errgroup.WithContext(ctx)
	fields := slices.Clone(facets)
	var wanted []string
	for _, f := range filters {
		fields = append(fields, f.Field)
		wanted = append(wanted, f.Values...)
	}
	for _, field := range fields {
		if c.values[field] != nil {
			continue
		}
		values := make([][]format.Facet, len(segments))
		c.values[field] = values
		for i, s := range segments {
			g.Go(func() (err error) {
				if field == query.Date {
					c.days[i], err = s.Days(ctx)
				} else {
					values[i], err = s.Facets(ctx, string(field))
				}
				return err
			})
		}
	}
	g.Go(func() (err error) {
		c.folder, err = e.ix.FolderFor(ctx, wanted...)
		return err
	})
	return c, g.Wait()
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
		var s *sieve
		for _, known := range all {
			if known.field == f.Field {
				s = known
			}
		}
		if s == nil {
			s = &sieve{field: f.Field, pass: newDocSet(e.ix.MaxDoc())}
			for i := range s.pass {
				s.pass[i] = ^uint64(0)
			}
			all = append(all, s)
		}
		for i, having := range e.having(c, f) {
			if f.Not {
				having = ^having
			}
			s.pass[i] &= having
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
		wanted := c.folder.Fold(v).String()
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
	for i := range len(asked) + len(typed) {
		f := query.Filter{}
		if i < len(asked) {
			f = asked[i]
		} else {
			f = typed[i-len(asked)]
		}
		known := len(f.Values) == 0
		for _, g := range all {
			known = known || g.Field == f.Field && g.Not == f.Not && slices.Equal(g.Values, f.Values)
		}
		if !known {
			all = append(all, f)
		}
	}
	return all
}
