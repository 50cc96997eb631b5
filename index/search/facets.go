package search

import (
	"slices"
	"sort"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
)

// mostValues is how many values of a field are answered at most, dates apart.
const mostValues = 50

// facets counts the values of a query's fields over the documents found.
func (r *run) facets() []query.Facet {
	var all []query.Facet
	for _, field := range r.q.Facets {
		set := r.counted(field)
		if field == query.Date {
			all = append(all, query.Facet{Field: field, Values: r.countDays(set)})
		} else {
			all = append(all, query.Facet{Field: field, Values: r.countValues(field, set)})
		}
	}
	return all
}

// counted returns the documents that a field is counted over.
func (r *run) counted(field query.Field) docSet {
	set := slices.Clone(r.found)
	for _, s := range r.sieves {
		if s.field == field {
			for i := range s.beside {
				set[i] |= s.beside[i]
			}
		}
	}
	for doc, v := range r.confirmed {
		if !v.holds {
			set.remove(doc)
		}
	}
	return set
}

// countValues returns the commonest values of a field.
func (r *run) countValues(field query.Field, set docSet) []query.Count {
	counts := make(map[string]int)
	for i, s := range r.e.ix.Segments() {
		for _, v := range r.columns.values[field][i] {
			n := 0
			for _, doc := range v.Docs {
				if set.has(s.Base + doc) {
					n++
				}
			}
			if n > 0 {
				counts[v.Value] += n
			}
		}
	}
	values := listed(counts)
	sort.Slice(values, func(i, j int) bool {
		if values[i].Count != values[j].Count {
			return values[i].Count > values[j].Count
		}
		return values[i].Value < values[j].Value
	})
	return values[:min(mostValues, len(values))]
}

// countDays returns years and months, each year before its months.
func (r *run) countDays(set docSet) []query.Count {
	const year, month = len("2024"), len("2024-09")
	counts := make(map[string]int)
	for i, s := range r.e.ix.Segments() {
		last, date := int32(0), ""
		for doc, day := range r.columns.days[i] {
			if day == 0 || !set.has(s.Base+uint32(doc)) {
				continue
			}
			if day != last { // documents of one day follow each other
				last, date = day, format.Date(int(day))
			}
			counts[date[:year]]++
			counts[date[:month]]++
		}
	}
	values := listed(counts)
	sort.Slice(values, func(i, j int) bool {
		a, b := values[i].Value, values[j].Value
		if a[:year] == b[:year] && len(a) != len(b) {
			return len(a) < len(b)
		}
		return a > b
	})
	return values
}

func listed(counts map[string]int) []query.Count {
	values := make([]query.Count, 0, len(counts))
	for v, n := range counts {
		values = append(values, query.Count{Value: v, Count: n})
	}
	return values
}
