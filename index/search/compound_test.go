package search_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
)

// paragraphs makes an article of each text, with a number for its ID.
func paragraphs(texts ...string) []*article.Article {
	var list []*article.Article
	for i, text := range texts {
		list = append(list, &article.Article{
			ID: fmt.Sprint(i), Title: "第" + fmt.Sprint(i) + "篇", Date: "2024-09-05",
			Sections: []article.Section{{Blocks: []article.Block{{Text: text}}}},
		})
	}
	return list
}

// Where the words of what was typed in one hardly ever stand apart, they are one word,
// in whatever order hits come, and whatever they are narrowed to.
func TestCompoundIsOneWord(t *testing.T) {
	texts := []string{"江海区有一家银行,在城北。", "银行说,江海区还要修路。"}
	for range 30 {
		texts = append(texts, "这里是江海区银行的门口。")
	}
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs(texts...)))
	for _, q := range []query.Query{
		{}, {Sort: query.Newest}, {Sort: query.Oldest}, {Confirm: true}, {Facets: query.Fields()},
		{Filters: []query.Filter{{Field: query.Date, Values: []string{"2024"}}}},
	} {
		q.Text, q.Limit = "江海区银行", 100
		r, err := e.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if r.Total != 30 || !r.Exact || len(r.Hits) != 30 {
			t.Errorf("%+v finds %d (exact: %v), lists %d; want the 30 that have it", q, r.Total, r.Exact, len(r.Hits))
		}
	}
	// With a space they are two words.
	if r, err := e.Search(context.Background(), query.Query{Text: "江海区 银行", Limit: 100}); err != nil || r.Total != 32 {
		t.Errorf("two words find %d (%v), want 32", r.Total, err)
	}
}

// Where they often stand apart, whoever has all of them is found, too.
func TestWordsThatOftenStandApartAreNoCompound(t *testing.T) {
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs(
		"江海区有一家银行。", "银行在江海区。", "江海区银行。", "江海区银行的门口。")))
	r, err := e.Search(context.Background(), query.Query{Text: "江海区银行"})
	if err != nil || r.Total != 4 {
		t.Fatalf("%d found (%v), want all 4", r.Total, err)
	}
	for i, h := range r.Hits[:2] {
		if !strings.Contains(h.Snippet.String(), "江海区银行") {
			t.Errorf("hit %d is %q", i, h.Snippet)
		}
	}
}

// Nothing has the bigrams of a phrase by chance and makes a compound of it.
func TestBigramsAloneMakeNoCompound(t *testing.T) {
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs("江海区银江,海区银行,区银。江海区和银行。")))
	if r, err := e.Search(context.Background(), query.Query{Text: "江海区银行"}); err != nil || r.Total != 1 {
		t.Errorf("%d found (%v), want the one that has both words", r.Total, err)
	}
}

func TestWordsRunTogetherAreOfferedApart(t *testing.T) {
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs("台风来了,名叫摩羯。", "摩羯是这次台风的名字。", "江海区的银行。")))
	for text, want := range map[string]string{
		"台风摩羯":    "台风 摩羯 2",
		"摩羯银行":    "",
		"台风摩羯 名字": "台风 摩羯 名字 1",
	} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range r.Corrections {
			if c.Why == query.RunTogether {
				got = fmt.Sprintf("%s %d", c.Text, c.Total)
			}
		}
		if got != want {
			t.Errorf("%q: offered %q, want %q (%d found)", text, got, want, r.Total)
		}
	}
}

// An estimate is what Confirm makes exact: some articles have all parts of a phrase, and
// not the phrase.
func TestConfirmedTotalIsExact(t *testing.T) {
	var texts []string
	for i := range 90 {
		if i%3 == 0 {
			texts = append(texts, "江海区银,海区银行,区银行门。")
		} else {
			texts = append(texts, "这里是江海区银行门口。")
		}
	}
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs(texts...)))
	for _, text := range []string{`"江海区银行门"`, "江海区银行门"} {
		plain, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		sure, err := e.Search(context.Background(), query.Query{Text: text, Confirm: true, Limit: 1, IDsOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if plain.Exact || plain.Total <= 60 {
			t.Errorf("%s: %d (exact: %v) is no estimate: the test tests nothing", text, plain.Total, plain.Exact)
		}
		if !sure.Exact || sure.Total != 60 && text[0] == '"' {
			t.Errorf("%s: confirmed %d (%v), want 60", text, sure.Total, sure.Exact)
		}
		last, err := e.Search(context.Background(), query.Query{Text: text, Offset: 50, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(last.Hits); n == 0 || n >= 50 || !last.Exact || last.Total != 50+n {
			t.Errorf("%s: the last page has %d of %d (exact: %v)", text, n, last.Total, last.Exact)
		}
	}
}

// However far one leafs, and in whatever order, what a query of one word lists has it.
func TestEveryPageHasTheWord(t *testing.T) {
	var texts []string
	for i := range 600 {
		if i%3 == 0 {
			texts = append(texts, "这里是江海区银行门口。")
		} else {
			texts = append(texts, "江海区银行的,与银行门口。")
		}
	}
	e := open(t, indextest.Build(t, indextest.Small(), paragraphs(texts...)))
	for _, order := range []query.Sort{query.Relevance, query.Newest, query.Oldest} {
		for _, limit := range []int{20, 150} {
			seen := make(map[string]bool)
			for offset := 0; ; offset += limit {
				r, err := e.Search(context.Background(), query.Query{Text: "区银行门", Sort: order, Offset: offset, Limit: limit})
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Terms) != 1 {
					t.Fatalf("%q are %d words: the test tests nothing", r.Terms, len(r.Terms))
				}
				for _, h := range r.Hits {
					if seen[h.URL] || !strings.Contains(h.Snippet.String(), "区银行门") {
						t.Fatalf("by %s, %d at a time, from %d: %q has %q (seen before: %v)", order, limit, offset, h.URL, h.Snippet, seen[h.URL])
					}
					seen[h.URL] = true
				}
				if len(r.Hits) < limit {
					if !r.Exact || r.Total != len(seen) {
						t.Errorf("by %s, %d at a time: %d listed of %d (exact: %v)", order, limit, len(seen), r.Total, r.Exact)
					}
					break
				}
			}
			if len(seen) != 200 {
				t.Errorf("by %s, %d at a time: %d listed, want 200", order, limit, len(seen))
			}
		}
	}
}
