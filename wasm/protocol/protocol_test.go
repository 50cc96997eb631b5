package protocol

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/encode"
)

// library is a query.Library whose search does what a test wants.
type library struct {
	search   func(ctx context.Context, q query.Query) (*query.Result, error)
	document func(text string) (*query.Document, error) // nil: the function document
}

func (l *library) Search(ctx context.Context, q query.Query) (*query.Result, error) {
	return l.search(ctx, q)
}

func (l *library) Suggest(_ context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	return []query.Suggestion{{Text: prefix + "汐", Count: limit}, {Text: "《潮》", URL: "a/1/", Kind: query.Title}}, nil
}

func (l *library) Document(_ context.Context, url, text string) (*query.Document, error) {
	if l.document != nil {
		return l.document(text)
	}
	if url != "a/1/" {
		return nil, fmt.Errorf("open %s: %w", url, query.ErrNotFound)
	}
	return document(text), nil
}

func document(text string) *query.Document {
	return &query.Document{
		Article: &article.Article{
			ID: "1", Title: "潮水\"为什么\"", Subtitle: "\\\x00\n\u2028", Date: "2024-09-05", Source: "海岬晚报", Summary: text,
			Edition: article.Edition{Paper: "海岬晚报", Date: "2024-09-05", Page: "A01", Name: "要闻"},
			Authors: []article.Author{{Name: "周海宁", Role: "记者"}}, Tags: []string{"科学", "海"}, Categories: []string{"自然", "海洋"},
			Sections: []article.Section{
				{Blocks: []article.Block{{Text: "一"}, {Kind: article.Caption, Text: "▲ 图"}}},
				{Heading: "背着月亮的那一面", Level: 2, Blocks: []article.Block{{Kind: article.Rich, Text: "表", HTML: "<p class=\"x\">表</p>"}}},
			},
			File: "a.md", Line: 12,
		},
		Marks: []query.Mark{{Block: 2, Start: 4, End: 7}},
		Next:  &query.Link{URL: "a/2/", Title: "下一篇"},
	}
}

func result(q query.Query) *query.Result {
	return &query.Result{
		Query: q.Text, Total: 1200, Terms: []string{q.Text}, Relaxed: true,
		Hits: []query.Hit{{
			ID: "1", URL: "a/1/", Title: query.Marked{{Text: "潮", Mark: true}, {Text: "水<&>"}}, Date: "2024-09-05", Page: "A01 要闻",
			Score: 3145748.4806542355, Snippet: query.Marked{{Text: string(q.Sort)}}, Block: q.Offset, Heading: "节",
			More: []query.Passage{{Snippet: query.Marked{{Text: "又"}, {Text: "潮", Mark: true}}, Block: 7, Heading: "\"二\""}},
		}},
		Read:    []query.Reading{{Typed: "chao", As: []string{"潮", "朝"}}},
		Filters: append([]query.Filter{{Field: query.Date, Values: []string{"2024-09"}, Not: true}}, q.Filters...),
		Facets: []query.Facet{
			{Field: query.Author, Values: []query.Count{{Value: "周海宁", Count: 3}, {Value: "<b>", Count: 1}}},
			{Field: query.Tag, Values: []query.Count{}},
		},
		Corrections: []query.Correction{{Text: "潮", Why: query.SoundsAlike, Total: 9}},
		Without: []query.Without{
			{Text: "水", Word: "潮", Total: 2},
			{Text: "潮 水", Filter: &query.Filter{Field: query.Tag, Values: []string{"海"}}, Total: 4},
		},
		Failed: []query.Failed{{Index: 1, Kind: "damaged", Message: "x.kb: cut"}},
		Stats:  query.Stats{Chunks: 3, Bytes: 1 << 40, Postings: 7, Micros: 1234},
	}
}

// join returns a client and a server that talk to each other.
func join(t *testing.T, open func(context.Context) (query.Library, error)) (*Client, *Server) {
	t.Helper()
	var client *Client
	ready := make(chan struct{})
	server := NewServer(open, func(query.Library) map[string]int64 { return map[string]int64{"documents": 5} }, func(answer string) {
		<-ready
		if err := client.Receive(answer); err != nil {
			t.Error(err)
		}
	})
	client = NewClient("page", server.Handle)
	close(ready)
	return client, server
}

func searching(id int, text string) Request {
	return Request{ID: id, Method: MethodSearch, Query: query.Query{Text: text}}
}

func opened(l query.Library) func(context.Context) (query.Library, error) {
	return func(context.Context) (query.Library, error) { return l, nil }
}

func TestAnswersArriveAsTheyWere(t *testing.T) {
	c, _ := join(t, opened(&library{search: func(_ context.Context, q query.Query) (*query.Result, error) { return result(q), nil }}))
	ctx := context.Background()
	q := query.Query{Text: "潮\t水", Sort: query.Newest, Offset: 20, Limit: 10, IDsOnly: true,
		Filters: []query.Filter{{Field: query.Author, Values: []string{"周海宁", "\""}}}, Facets: query.Fields()}
	r, err := c.Search(ctx, q)
	want := result(q)
	want.Hits[0].Subtitle, want.Hits[0].Meta = query.Marked{}, []query.Property{} // empty lists, where there were none
	if err != nil || !reflect.DeepEqual(r, want) {
		t.Errorf("search: %v\ngot  %+v\nwant %+v", err, r, want)
	}
	s, err := c.Suggest(ctx, "潮", 8)
	if err != nil || !reflect.DeepEqual(s, []query.Suggestion{{Text: "潮汐", Count: 8}, {Text: "《潮》", URL: "a/1/", Kind: query.Title}}) {
		t.Errorf("suggest: %v %+v", err, s)
	}
	d, err := c.Document(ctx, "a/1/", "问")
	if err != nil || !reflect.DeepEqual(d, document("问")) {
		t.Errorf("document: %v\ngot  %+v\nwant %+v", err, d, document("问"))
	}
}

func TestErrorsKeepTheirKind(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind Kind
		is   error
	}{
		{&chunk.FetchError{File: "x.kb", Err: chunk.ErrUnreachable}, Unreachable, query.ErrUnreachable},
		{&chunk.FetchError{File: "x.kb", Err: chunk.ErrReplaced}, Outdated, query.ErrOutdated},
		{&chunk.FetchError{File: "x.kb", Err: chunk.ErrMissing}, Damaged, query.ErrDamaged},
		{query.ErrTooLong, TooLong, query.ErrTooLong},
		{query.ErrTooLarge, TooLarge, query.ErrTooLarge},
		{&format.VersionError{File: "manifest.kb", Found: 9}, Outdated, query.ErrOutdated},
		{&format.CorruptError{File: "x.kb", Section: "terms", Reason: "cut"}, Damaged, query.ErrDamaged},
		{query.ErrNotFound, NotFound, query.ErrNotFound},
		{errors.New("what nobody foresaw"), Crashed, nil},
	} {
		c0, _ := join(t, opened(&library{search: func(context.Context, query.Query) (*query.Result, error) {
			return nil, fmt.Errorf("search: %w", c.err)
		}}))
		_, err := c0.Search(context.Background(), query.Query{Text: "潮"})
		var e *Error
		if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(e.Message, c.err.Error()) {
			t.Errorf("%v arrived as %#v", c.err, err)
		}
		if c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%v is not %v", err, c.is)
		}
	}
}

func TestNewerSearchCancelsOlderOneOfItsLane(t *testing.T) {
	begun := make(chan string, 3)
	c, _ := join(t, opened(&library{search: func(ctx context.Context, q query.Query) (*query.Result, error) {
		begun <- q.Text
		if q.Text == "last" {
			return result(q), nil
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}}))
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := c.Search(context.Background(), query.Query{Text: "first"}); !errors.Is(err, context.Canceled) {
			t.Errorf("the first search ended with %v", err)
		}
	})
	<-begun
	if _, err := c.Search(context.Background(), query.Query{Text: "last"}); err != nil {
		t.Error(err)
	}
	wg.Wait()
}

func TestSearchesWithoutLaneGoOnSideBySide(t *testing.T) {
	both := make(chan struct{}, 2)
	go0 := make(chan struct{})
	server := make(chan string, 2)
	s := NewServer(opened(&library{search: func(ctx context.Context, q query.Query) (*query.Result, error) {
		both <- struct{}{}
		<-go0
		return result(q), ctx.Err()
	}}), nil, func(a string) { server <- a })
	s.Handle(searching(1, "a"))
	s.Handle(searching(2, "b"))
	<-both
	<-both
	close(go0)
	for range 2 {
		if a := <-server; !strings.Contains(a, `"error":null`) {
			t.Error(a)
		}
	}
}

func TestCancelledRequestIsForgottenAndStopped(t *testing.T) {
	stopped := make(chan struct{})
	begun := make(chan struct{})
	c, _ := join(t, opened(&library{search: func(ctx context.Context, _ query.Query) (*query.Result, error) {
		close(begun)
		<-ctx.Done()
		close(stopped)
		return nil, ctx.Err()
	}}))
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-begun; cancel() }()
	if _, err := c.Search(ctx, query.Query{Text: "潮"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-stopped
}

func TestPanicIsOneRequestsErrorAndIsCounted(t *testing.T) {
	answers := make(chan string, 1)
	s := NewServer(opened(&library{search: func(_ context.Context, q query.Query) (*query.Result, error) {
		if q.Text == "bad" {
			panic("index out of range")
		}
		return result(q), nil
	}}), func(query.Library) map[string]int64 { return map[string]int64{"documents": 5} }, func(a string) { answers <- a })
	s.Handle(searching(1, "bad"))
	if a := <-answers; !strings.Contains(a, `"crashed"`) || !strings.Contains(a, "index out of range") {
		t.Error(a)
	}
	s.Handle(searching(2, "good"))
	if a := <-answers; !strings.Contains(a, `"result":{`) {
		t.Error(a)
	}
	s.Handle(Request{ID: 3, Method: MethodStats})
	if a := <-answers; !strings.Contains(a, `"crashes":1`) || !strings.Contains(a, `"documents":5`) {
		t.Error(a)
	}
}

func TestFailedOpeningIsTriedAgain(t *testing.T) {
	tries := 0
	c, _ := join(t, func(context.Context) (query.Library, error) {
		tries++
		if tries == 1 {
			return nil, &chunk.FetchError{File: "manifest.kb", Err: chunk.ErrUnreachable}
		}
		return &library{search: func(_ context.Context, q query.Query) (*query.Result, error) { return result(q), nil }}, nil
	})
	ctx := context.Background()
	// The first opening may have failed before the first request came.
	_, first := c.Search(ctx, query.Query{Text: "潮"})
	if first != nil && !errors.Is(first, query.ErrUnreachable) {
		t.Errorf("first: %v", first)
	}
	if _, err := c.Search(ctx, query.Query{Text: "潮"}); err != nil {
		t.Errorf("second: %v", err)
	}
}

func TestRequestsUnderWayFailWithTheEngineAndThoseToComeAreSent(t *testing.T) {
	sent := make(chan Request, 2)
	c := NewClient("", func(r Request) { sent <- r })
	done := make(chan error, 2)
	search := func() {
		_, err := c.Search(context.Background(), query.Query{Text: "潮"})
		done <- err
	}
	go search()
	<-sent
	c.Ended(errors.New("the engine has ended"))
	if err := <-done; err == nil || !strings.Contains(err.Error(), "the engine has ended") {
		t.Errorf("got %v", err)
	}
	go search()
	next := <-sent
	if err := c.Receive(string(encode.Append(nil, Answer{ID: next.ID, Result: result(next.Query)}, encode.Spans))); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("what was asked of the next engine: %v", err)
	}
}

func TestWhatIsTooLongOrTooLargeNeverReachesTheEngineOrThePage(t *testing.T) {
	large := func(text string) (*query.Document, error) {
		d := document(text)
		a := *d.Article
		a.Sections = []article.Section{{Blocks: make([]article.Block, maxArticleParts+1)}}
		d.Article = &a
		return d, nil
	}
	asked := make(chan string, 9)
	c, _ := join(t, opened(&library{
		search:   func(_ context.Context, q query.Query) (*query.Result, error) { asked <- q.Text; return result(q), nil },
		document: large,
	}))
	long := strings.Repeat("潮 OR ", 10000) + "潮"
	if _, err := c.Search(t.Context(), query.Query{Text: long}); !errors.Is(err, query.ErrTooLong) {
		t.Errorf("a long query: %v", err)
	}
	if _, err := c.Suggest(t.Context(), long, 5); !errors.Is(err, query.ErrTooLong) {
		t.Errorf("suggestions for it: %v", err)
	}
	if len(asked) > 0 {
		t.Error("the engine was asked")
	}
	if _, err := c.Document(t.Context(), "a/1/", "潮"); !errors.Is(err, query.ErrTooLarge) {
		t.Errorf("a large article: %v", err)
	}
	c.Whole = true
	if d, err := c.Document(t.Context(), "a/1/", long); err != nil || len(d.Article.Sections[0].Blocks) != maxArticleParts+1 {
		t.Errorf("a large article where there are no pages: %v", err)
	}
}
