package command

import (
	"reflect"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

// TestEveryFieldOfAQueryHasAFlag fails when a field of query.Query is new and the
// command cannot ask for it.
func TestEveryFieldOfAQueryHasAFlag(t *testing.T) {
	c := queryCommand{
		Limit: 7, Offset: 3, Confirm: true, Sort: query.Oldest,
		Filter: []filterFlag{{Field: query.Tag, Values: []string{"海"}, Not: true}}, Facets: []facetFlag{"tag"},
	}
	q := reflect.ValueOf(c.query("潮"))
	for i := range q.NumField() {
		// IDsOnly is for those who want more hits than anybody reads.
		if name := q.Type().Field(i).Name; q.Field(i).IsZero() && name != "IDsOnly" {
			t.Errorf("kanbao query has no flag for query.Query.%s", name)
		}
	}
}
