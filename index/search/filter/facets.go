package filter

import (
	"sort"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
)

// mostValues is how many values of a field are answered at most, dates apart.
const mostValues = 50

// Count counts the values of a field over a set of documents.
func (c *Columns) Count(field query.Field, set DocSet) query.Facet {
	if field == query.Date {
		return query.Facet{Field: field, Values: ordered(c.countDays(set), true)}
	}
	values := ordered(c.countValues(field, set), false)
	return query.Facet{Field: field, Values: values[:min(mostValues, len(values))]}
}

// countValues returns how many documents have each value of a field.
func (c *Columns) countValues(field query.Field, set DocSet) map[string]int {
	counts := make(map[string]int)
	for i, s := range c.ix.Segments() {
		for _, v := range c.values[field][i] {
			n := 0
			for _, doc := range v.Docs {
				if set.Has(s.Base + doc) {
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
func (c *Columns) countDays(set DocSet) map[string]int {
	counts := make(map[string]int)
	for i, s := range c.ix.Segments() {
		last, date := int32(0), ""
		for doc, day := range c.days[i] {
			if day == 0 || !set.Has(s.Base+uint32(doc)) {
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
