package encode

import (
	"math"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

func result() query.Result {
	return query.Result{
		Query: "潮", Total: 12, Terms: []string{"潮"},
		Filters: []query.Filter{{Field: query.Date, Values: []string{"2024-09"}, Not: true}},
		Without: []query.Without{{Text: "水", Word: "潮", Total: 2}},
		Hits: []query.Hit{{
			ID: "1", URL: "a/1/", Title: query.Marked{{Text: "潮", Mark: true}, {Text: "水<&>"}}, Score: 2.5,
			Snippet: query.Marked{{Text: "<b>"}, {Text: "潮\"\\\n", Mark: true}},
			More:    []query.Passage{{Snippet: query.Marked{{Text: "又"}}, Block: 7}},
		}},
		Stats: query.Stats{Chunks: 3, Bytes: 1 << 40},
	}
}

func TestForms(t *testing.T) {
	for form, want := range map[Form]string{
		Spans: `{"query":"潮","total":12,"exact":false,"relaxed":false,"terms":["潮"],"read":[],` +
			`"filters":[{"field":"date","values":["2024-09"],"not":true}],"facets":[],"corrections":[],` +
			`"without":[{"text":"水","word":"潮","filter":null,"total":2}],"failed":[],` +
			`"hits":[{"index":0,"id":"1","url":"a/1/","title":[{"t":"潮","m":true},{"t":"水<&>","m":false}],"subtitle":[],"date":"","page":"","score":2.5,` +
			`"snippet":[{"t":"<b>","m":false},{"t":"潮\"\\\u000a","m":true}],"block":0,"heading":"",` +
			`"more":[{"snippet":[{"t":"又","m":false}],"block":7,"heading":"","href":""}],"href":"","meta":[]}],` +
			`"stats":{"chunks":3,"bytes":1099511627776,"postings":0,"micros":0}}`,
		API: `{"query":"潮","total":12,"exact":false,"relaxed":false,"terms":["潮"],"read":[],` +
			`"filters":[{"field":"date","values":["2024-09"],"not":true}],"facets":[],"corrections":[],` +
			`"without":[{"text":"水","word":"潮","filter":null,"total":2}],"failed":[],` +
			`"hits":[{"index":0,"id":"1","url":"a/1/","title":"潮水<&>","subtitle":"","date":"","page":"","score":2.5,` +
			`"snippet":"&lt;b&gt;<mark>潮&#34;\\\u000a</mark>","block":0,"heading":"",` +
			`"more":[{"snippet":"又","block":7,"heading":"","href":""}],"href":"","meta":[]}]}`,
	} {
		if got := string(Append(nil, result(), form)); got != want {
			t.Errorf("form %d is\n%s\nwant\n%s", form, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	var none *query.Filter
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, "null"},
		{none, "null"},
		{map[string]int64{"n": -5}, `{"n":-5}`},
		{map[string]int64(nil), "null"},
		{[]any{1, uint64(math.MaxUint64), true, "\u2028\x00\xff"}, "[1,18446744073709551615,true,\"\u2028\\u0000\ufffd\"]"},
		{[]float64{0, -1.5, 1e-9, 1e-10, 12.345678901, 100, 1.0 / 3, 1 << 20, 1 << 23, 1e21, math.Copysign(0, -1), math.NaN(), math.Inf(1)},
			"[0,-1.5,0.000000001,1e-10,12.345678901,100,0.3333333333333333,1048576,8388608,1e+21,-0,null,null]"},
		{struct{ Name string }{"潮"}, `{"Name":"潮"}`},
	} {
		if got := string(Append([]byte("x"), c.value, API)); got != "x"+c.want {
			t.Errorf("%v is %s, want x%s", c.value, got, c.want)
		}
	}
}
