package worker

import (
	"encoding/json"
	"reflect"
	"syscall/js"
	"testing"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/wasm/protocol"
)

// fill gives every field in v a value that is not zero, and no two texts the same.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(rune('一' + *n)))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	default:
		panic("no value for a " + v.Type().String())
	}
}

func parsed(text string) js.Value { return js.Global().Get("JSON").Call("parse", text) }

func TestEveryFieldOfARequestIsRead(t *testing.T) {
	var want protocol.Request
	fill(reflect.ValueOf(&want).Elem(), new(int))
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := requestOf(parsed(string(text))); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestWhatIsNoRequestIsReadAsFarAsItIsOne(t *testing.T) {
	for text, want := range map[string]protocol.Request{
		`null`:                       {},
		`"潮"`:                        {},
		`{"id": "1", "text": ["潮"]}`: {},
		`{"id": 7, "limit": null}`:   {ID: 7},
		`{"text": 3, "facets": ["tag", 4, "date"]}`:                 {Query: query.Query{Facets: []query.Field{"tag", "date"}}},
		`{"filters": [null, "x", {"field": "tag", "values": "x"}]}`: {Query: query.Query{Filters: []query.Filter{{Field: "tag"}}}},
		`{"filters": {"field": "tag"}, "facets": "tag"}`:            {},
	} {
		if got := requestOf(parsed(text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as\n%+v\nwant\n%+v", text, got, want)
		}
	}
}
