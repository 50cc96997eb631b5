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
		var values []query.Count
		if set := r.counted(field); field == query.Date {
			values = ordered(r.countDays(set), true)
		} else {
			values = ordered(r.countValues(field, set), false)
			values = values[:min(mostValues, len(values))]
		}
		all = append(all, query.Facet{Field: field, Values: values})
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

// countValues returns how many documents have each value of a field.
func (r *run) countValues(field query.Field, set docSet) map[string]int {
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
	return counts
}

const yearly, monthly = len("2024"), len("2024-09")

// countDays returns how many documents are of each year and each month.
func (r *run) countDays(set docSet) map[string]int {
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
			counts[date[:yearly]]++
			counts[date[:monthly]]++
		}
	}
	return counts
}

// ordered lists the commonest values first or, of dates, the newest, each year
// before its months.
func ordered(counts map[string]int, dates bool) []query.Count {
	values := make([]query.Count, 0, len(counts))
	for v, n := range counts {
		values = append(values, query.Count{Value: v, Count: n})
	}
	sort.Slice(values, func(i, j int) bool {
		v, w := values[i], values[j]
		switch {
		case dates && len(v.Value) != len(w.Value) && v.Value[:yearly] == w.Value[:yearly]:
			return len(v.Value) < len(w.Value)
		case dates:
			return v.Value > w.Value
		case v.Count != w.Count:
			return v.Count > w.Count
		}
		return v.Value < w.Value
	})
	return values
}
