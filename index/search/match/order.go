package match

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search/rank"
)

// byProperty returns the order by a property that the site has given its articles:
// its name, with ":desc" behind it for the largest first. Values are compared as
// numbers if all of them are. Articles without one come last.
func (q *Query) byProperty(ctx context.Context, order query.Sort) (rank.Scorer, error) {
	name, way, _ := strings.Cut(string(order), ":")
	docs := make(map[string][]uint32)
	var values []string
	for _, s := range q.Index.Segments() {
		of, err := s.Properties(ctx, format.OwnSorts, name)
		if err != nil {
			return nil, err
		}
		for _, v := range of {
			if docs[v.Value] == nil {
				values = append(values, v.Value)
			}
			for _, doc := range v.Docs {
				docs[v.Value] = append(docs[v.Value], s.Base+doc)
			}
		}
	}
	if len(values) == 0 || way != "" && way != "asc" && way != "desc" {
		return nil, fmt.Errorf("%w: %q: want newest, oldest, or a property that pages are sorted by, with :asc or :desc behind it", query.ErrUnknown, order)
	}
	places := places(values, way == "desc")
	by := &rank.ByPlace{Places: make([]float64, q.Index.MaxDoc())}
	for i := range by.Places {
		by.Places[i] = math.MaxInt32
	}
	for v, of := range docs {
		for _, doc := range of {
			by.Places[doc] = min(by.Places[doc], float64(places[v]))
		}
	}
	return by, nil
}

// places returns the place of each value among all of them, from 0.
func places(values []string, falling bool) map[string]int {
	numbers := make(map[string]float64, len(values))
	for _, v := range values {
		if n, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(n) {
			numbers[v] = n
		}
	}
	sort.Slice(values, func(i, j int) bool {
		v, w := values[i], values[j]
		if falling {
			v, w = w, v
		}
		if len(numbers) == len(values) && numbers[v] != numbers[w] {
			return numbers[v] < numbers[w]
		}
		return v < w
	})
	places := make(map[string]int, len(values))
	for i, v := range values {
		places[v] = i
	}
	return places
}
