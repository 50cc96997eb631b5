package filter

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/read"
)

// Columns are the properties of articles that a query filters and counts by, of
// each field by segment.
type Columns struct {
	ix     *read.Index
	days   [][]int32
	values map[query.Field][][]format.Facet
	folder analyze.Folder // of the values of filters
}

// Fetch fetches, side by side, what filters and facets need.
func Fetch(ctx context.Context, ix *read.Index, filters []query.Filter, facets []query.Field) (*Columns, error) {
	segments := ix.Segments()
	c := &Columns{ix: ix, days: make([][]int32, len(segments)), values: make(map[query.Field][][]format.Facet)}
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
		c.folder, err = ix.FolderFor(ctx, wanted...)
		return err
	})
	return c, g.Wait()
}

// A Filter lets the documents pass that all that was asked about one field holds for.
type Filter struct {
	Field query.Field
	pass  DocSet
}

// Passes reports whether the filter lets a document pass.
func (f *Filter) Passes(doc uint32) bool { return f.pass.Has(doc) }

// Filters returns one filter for each field that is filtered by.
func (c *Columns) Filters(filters []query.Filter) []Filter {
	var all []Filter
	for _, f := range filters {
		at := slices.IndexFunc(all, func(o Filter) bool { return o.Field == f.Field })
		if at < 0 {
			at = len(all)
			all = append(all, Filter{f.Field, NewDocSet(c.ix.MaxDoc())})
			for i := range all[at].pass {
				all[at].pass[i] = ^uint64(0)
			}
		}
		for i, having := range c.having(f) {
			if f.Not {
				having = ^having
			}
			all[at].pass[i] &= having
		}
	}
	return all
}

// Has reports whether there is an article with one of the values of a filter, or its
// field is the date, whose values are dates whatever articles there are.
func (c *Columns) Has(f query.Filter) bool {
	return f.Field == query.Date || slices.ContainsFunc(c.having(f), func(w uint64) bool { return w != 0 })
}

// having returns the documents that have one of the values of a filter. A page
// goes by its number or its name, too, unless one is called just that.
func (c *Columns) having(f query.Filter) DocSet {
	set := NewDocSet(c.ix.MaxDoc())
	segments := c.ix.Segments()
	if f.Field == query.Date {
		for _, v := range f.Values {
			first, last, ok := days(v)
			for i, s := range segments {
				for doc, day := range c.days[i] {
					if ok && day >= first && day <= last {
						set.Add(s.Base + uint32(doc))
					}
				}
			}
		}
		return set
	}
	for _, v := range f.Values {
		if f.Field == query.Author || f.Field == query.Source {
			v = analyze.Name(v) // as the index has them, however it is written
		}
		wanted := c.folder.Fold(v).String()
		found := c.addValues(set, c.values[f.Field], func(value string) bool { return value == wanted })
		if f.Field == query.Page && !found {
			c.addValues(set, c.values[f.Field], func(value string) bool {
				return strings.HasPrefix(value, wanted+" ") || strings.HasSuffix(value, " "+wanted)
			})
		}
	}
	return set
}

// addValues adds the documents of the values that, folded, are wanted, and
// reports whether there is one.
func (c *Columns) addValues(set DocSet, values [][]format.Facet, wanted func(value string) bool) bool {
	found := false
	for i, s := range c.ix.Segments() {
		for _, v := range values[i] {
			if !wanted(c.ix.Folder().Fold(v.Value).String()) {
				continue
			}
			found = true
			for _, doc := range v.Docs {
				set.Add(s.Base + doc)
			}
		}
	}
	return found
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

// Applied returns all filters of a query, those that were typed last.
func Applied(asked, typed []query.Filter) []query.Filter {
	var all []query.Filter
	for i := range len(asked) + len(typed) {
		f := query.Filter{}
		if i < len(asked) {
			f = asked[i]
		} else {
			f = typed[i-len(asked)]
		}
		found := len(f.Values) == 0
		for _, g := range all {
			found = found || g.Field == f.Field && g.Not == f.Not && slices.Equal(g.Values, f.Values)
		}
		if !found {
			all = append(all, f)
		}
	}
	return all
}
