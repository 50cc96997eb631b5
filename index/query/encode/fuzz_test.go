package encode

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

// What is written in spans is read back by encoding/json as it was, but for bytes
// that are no UTF-8; and either form is JSON, whatever the text.
func FuzzAppend(f *testing.F) {
	f.Add("潮", "<b>&\"\\\n\u2028", "\x00\x7f\xff\xed\xa0\x80", 12, 2.5)
	f.Add("", "\uFFFD", "𠮷", -1<<63, -1e-300)
	f.Fuzz(func(t *testing.T, a, b, c string, n int, score float64) {
		if n > 1<<53 || n < -1<<53 {
			n = 0 // JavaScript has no such number, and no answer has
		}
		r := &query.Result{
			Query: a, Total: n, Terms: []string{b, c}, Exact: n%2 == 0,
			Filters: []query.Filter{{Field: query.Field(c), Values: []string{a, b}, Not: true}},
			Hits: []query.Hit{{
				ID: c, URL: b, Title: query.Marked{{Text: a, Mark: true}, {Text: b}}, Score: score,
				Snippet: query.Marked{{Text: b}, {Text: c, Mark: true}}, More: []query.Passage{{Snippet: query.Marked{{Text: c}}, Block: n, Heading: a}},
			}},
			Without: []query.Without{{Text: b, Word: a, Total: n}},
			Stats:   query.Stats{Bytes: int64(n)},
		}
		for _, form := range []Form{Spans, API} {
			if got := Append(nil, r, form); !json.Valid(got) || !utf8.Valid(got) {
				t.Fatalf("form %d is no JSON: %q", form, got)
			}
		}
		var back, again query.Result
		first := Append(nil, r, Spans)
		if err := json.Unmarshal(first, &back); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ got, want string }{
			{back.Query, a}, {back.Terms[0], b}, {back.Terms[1], c}, {string(back.Filters[0].Field), c}, {back.Hits[0].ID, c},
			{back.Hits[0].Title[0].Text, a}, {back.Hits[0].Title[1].Text, b}, {back.Hits[0].More[0].Heading, a}, {back.Without[0].Text, b},
		} {
			if want := strings.ToValidUTF8(c.want, "\uFFFD"); utf8.ValidString(c.want) && c.got != want {
				t.Fatalf("%q is read back as %q", c.want, c.got)
			}
		}
		if back.Total != n || back.Hits[0].Score != score && !math.IsNaN(score) && !math.IsInf(score, 0) || back.Hits[0].More[0].Block != n {
			t.Fatalf("%d and %v are read back as %d and %v", n, score, back.Total, back.Hits[0].Score)
		}
		second := Append(nil, back, Spans)
		if err := json.Unmarshal(second, &again); err != nil || !reflect.DeepEqual(back, again) {
			t.Fatalf("%s is read back as %s (%v)", first, second, err)
		}
	})
}
