package protocol

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

// Whatever a page asks for, the server answers once, in JSON, by the request's
// number, and does not crash; a cancellation has no answer.
func FuzzRequest(f *testing.F) {
	for _, s := range []string{
		`{"id":1,"method":"search","lane":"page","text":"潮 水","limit":10,"filters":[{"field":"date","values":["2024"]}]}`,
		`{"id":-1,"method":"suggest","text":"\ud800","limit":-9223372036854775808}`, `{"method":"document","url":"a/1/","api":true}`,
		`{"method":"cancel","of":0}`, `{"id":7,"method":"stats"}`, `{"method":"open","lane":"\u0000"}`, `{"method":"<script>"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r Request
		if json.Unmarshal([]byte(text), &r) != nil {
			return // JavaScript has values of no other kind
		}
		answers := make(chan string, 4)
		server := NewServer(opened(&library{search: func(_ context.Context, q query.Query) (*query.Result, error) { return result(q), nil }}), nil, func(a string) { answers <- a })
		server.Handle(r)
		last := Request{ID: r.ID + 1, Method: MethodOpen}
		var got []string
		if r.Method != MethodCancel {
			got = append(got, <-answers)
		}
		server.Handle(last)
		got = append(got, <-answers)
		for i, want := range slices.Insert([]int{last.ID}, 0, r.ID)[2-len(got):] {
			var a struct {
				ID     *int             `json:"id"`
				Result *json.RawMessage `json:"result"`
				Error  *Error           `json:"error"`
			}
			if err := json.Unmarshal([]byte(got[i]), &a); err != nil || a.ID == nil || *a.ID != want {
				t.Fatalf("%s is answered by %s (%v), want one to %d", text, got[i], err, want)
			}
			if a.Error != nil && (a.Error.Kind == Crashed && r.Method != MethodDocument || a.Result != nil) {
				t.Fatalf("%s is answered by %s", text, got[i])
			}
		}
		if s := server.statistics(); s.Crashes != 0 {
			t.Fatalf("%s: %d crashes", text, s.Crashes)
		}
	})
}

// Whatever arrives as an answer, the one who asked gets a result or an error, and
// what is for nobody is dropped.
func FuzzReceive(f *testing.F) {
	for _, s := range []string{
		`{"id":1,"result":{"query":"潮","hits":[{"title":[{"t":"潮","m":true}]}]},"error":null}`, `{"id":1,"result":null,"error":null}`,
		`{"id":1,"error":{"kind":"damaged","message":"x"}}`, `{"id":1,"result":[]}`, `{"id":1}`, `{"id":2}`, `[]`, `{"id":1e400}`, "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ask := func(do func(*Client) (any, bool, error)) {
			var c *Client
			c = NewClient("page", func(r Request) {
				if r.ID != 1 {
					t.Fatalf("the first request is %+v", r)
				}
				wrong := c.Receive(text)
				if wrong == nil && !json.Valid([]byte(text)) {
					t.Fatalf("%q is taken for an answer", text)
				}
				if err := c.Receive(`{"id":1,"result":null,"error":{"kind":"invalid","message":"last"}}`); err != nil {
					t.Fatal(err)
				}
			})
			got, none, err := do(c)
			if (err == nil) == none {
				t.Fatalf("%q is %+v, %v", text, got, err)
			}
			if len(c.waiting) != 0 {
				t.Fatalf("%d requests still wait", len(c.waiting))
			}
		}
		ctx := context.Background()
		ask(func(c *Client) (any, bool, error) {
			r, err := c.Search(ctx, query.Query{Text: "潮"})
			return r, r == nil || err != nil, err
		})
		ask(func(c *Client) (any, bool, error) {
			d, err := c.Document(ctx, "a/1/", "潮")
			return d, d == nil || err != nil, err
		})
		ask(func(c *Client) (any, bool, error) {
			s, err := c.Suggest(ctx, "潮", 8)
			return s, s == nil || err != nil, err
		})
	})
}
