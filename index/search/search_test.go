package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/write"
)

const everything = 1_000_000

func open(t testing.TB, source chunk.Source) *search.Engine {
	t.Helper()
	e, err := search.Open(context.Background(), source)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func ids(r *query.Result) []string {
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestEverySubstringFindsItsArticlesAndNoOthersQuoted(t *testing.T) {
	for seed := range uint64(indextest.Rounds(6)) {
		articles := indextest.Articles(seed, 60)
		for name, opt := range map[string]write.Options{"chunks": indextest.Small(), "pack": {}} {
			e := open(t, indextest.Build(t, opt, articles))
			rng := rand.New(rand.NewPCG(seed, 1))
			for range 150 {
				text := indextest.Substring(rng, articles, 9)
				want := indextest.Containing(articles, text)
				r, err := e.Search(context.Background(), query.Query{Text: `"` + text + `"`, Limit: everything, IDsOnly: true})
				if err != nil {
					t.Fatalf("seed %d %s: %q: %v", seed, name, text, err)
				}
				got := make(map[string]bool)
				for _, id := range ids(r) {
					got[id] = true
				}
				if !reflect.DeepEqual(got, want) || r.Total != len(want) || !r.Exact {
					t.Fatalf("seed %d %s: %q: found %v (total %d, exact %v), the text has it in %v", seed, name, text, got, r.Total, r.Exact, want)
				}
			}
		}
	}
}

func TestAsTypedExactMatchesStandAboveAllOthers(t *testing.T) {
	for seed := range uint64(indextest.Rounds(6)) {
		articles := indextest.Articles(100+seed, 60)
		e := open(t, indextest.Build(t, indextest.Small(), articles))
		rng := rand.New(rand.NewPCG(seed, 2))
		for range 150 {
			text := indextest.Substring(rng, articles, 9)
			want := indextest.Containing(articles, text)
			if analyze.Short(indextest.Folder().Runes(text)) {
				text = `"` + text + `"` // else it is a word
			}
			for _, limit := range []int{5, everything} {
				r, err := e.Search(context.Background(), query.Query{Text: text, Limit: limit, IDsOnly: true})
				if err != nil {
					t.Fatal(err)
				}
				for i, id := range ids(r)[:min(len(want), limit)] {
					if !want[id] {
						t.Fatalf("seed %d: %q: hit %d is %s, but %d articles have it as it stands (%v)", seed, text, i, id, len(want), want)
					}
				}
				if len(r.Hits) < min(len(want), limit) {
					t.Fatalf("seed %d: %q: %d hits, want at least %d", seed, text, len(r.Hits), len(want))
				}
			}
		}
	}
}

// The answer to a query is the same whatever was asked before.
func TestAnswersDoNotDependOnEarlierQueries(t *testing.T) {
	articles := indextest.Articles(7, 80)
	store := indextest.Build(t, indextest.Small(), articles)
	rng := rand.New(rand.NewPCG(7, 3))
	var queries []query.Query
	for range 40 {
		text := indextest.Substring(rng, articles, 6)
		if rng.IntN(2) == 0 {
			text += " " + indextest.Substring(rng, articles, 3)
		}
		queries = append(queries, query.Query{Text: text, Limit: 1 + rng.IntN(20)})
	}
	ask := func(e *search.Engine, q query.Query) *query.Result {
		r, err := e.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		r.Stats = query.Stats{}
		return r
	}
	want := make([]*query.Result, len(queries))
	for i, q := range queries {
		want[i] = ask(open(t, store), q) // each from cold
	}
	warm := open(t, store)
	for range 3 {
		for _, i := range rng.Perm(len(queries)) {
			if got := ask(warm, queries[i]); !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("%q: warm %+v, cold %+v", queries[i].Text, got, want[i])
			}
		}
	}
}

func TestSecondQueryFetchesNothing(t *testing.T) {
	articles := indextest.Articles(8, 80)
	source := &indextest.Faulty{Files: indextest.Build(t, indextest.Small(), articles).Files()}
	e := open(t, source)
	q := query.Query{Text: "新闻 志愿者"}
	if _, err := e.Search(context.Background(), q); err != nil {
		t.Fatal(err)
	}
	for name, n := range source.Fetched() {
		if n != 1 {
			t.Errorf("%s was fetched %d times", name, n)
		}
	}
	if _, err := e.Search(context.Background(), q); err != nil {
		t.Fatal(err)
	}
	if again := source.Fetched(); len(again) > 0 {
		t.Errorf("asked again, the query fetched %v", again)
	}
}

func TestAQueryFetchesLittle(t *testing.T) {
	articles := indextest.Articles(9, 400)
	source := &indextest.Faulty{Files: indextest.Build(t, indextest.Small(), articles).Files()}
	e := open(t, source)
	if _, err := e.Search(context.Background(), query.Query{Text: "人民"}); err != nil {
		t.Fatal(err)
	}
	if n, all := len(source.Fetched()), len(source.Files); n > all/4 {
		t.Errorf("one query of one word fetched %d of %d files", n, all)
	}
}

func TestTitleStandsAboveHeadingAboveBody(t *testing.T) {
	text := func(id, title, heading, body string) *article.Article {
		return &article.Article{ID: id, Title: title, Date: "2024-09-05", Sections: []article.Section{
			{}, {Heading: heading, Level: 2, Blocks: []article.Block{{Text: body}}},
		}}
	}
	articles := []*article.Article{
		text("body", "别的事", "小标题", "人民生活，人民生活，人民生活。"),
		text("heading", "别的事情", "人民生活", "正文里没有。"),
		text("title", "人民生活", "小标题", "正文里没有。"),
		text("apart", "生活", "人民", "人民的生活。"),
	}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	r, err := e.Search(context.Background(), query.Query{Text: "人民生活"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(r), []string{"title", "heading", "body", "apart"}; !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestChineseQuotationMarksRoundAllAskForThePhrase(t *testing.T) {
	text := func(id, body string) *article.Article {
		return &article.Article{ID: id, Title: "题", Date: "2024-09-05", Sections: []article.Section{{Blocks: []article.Block{{Text: body}}}}}
	}
	articles := []*article.Article{
		text("apart", "人民的生活。"), text("bare", "人民生活好。"), text("marked", "所谓“人民生活”，就是日子。"), text("corners", "「人民生活」四个字。"),
	}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	for _, c := range []struct{ text, first, all string }{
		{"“人民生活”", "marked", "bare corners marked"},
		{" 「人民生活」 ", "corners", "bare corners marked"},
		{"“人民”与“生活”", "", "apart bare corners marked"},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(r)
		if c.first != "" && got[0] != c.first {
			t.Errorf("%s: %s comes first, want %s", c.text, got[0], c.first)
		}
		slices.Sort(got)
		if all := strings.Join(got, " "); all != c.all {
			t.Errorf("%s: %s, want %s", c.text, all, c.all)
		}
	}
}

func TestMixedScriptsAndWidths(t *testing.T) {
	articles := []*article.Article{{ID: "a", Title: "ＷｉＦｉ覆盖10个村", Date: "2024-01-01", Sections: []article.Section{{Blocks: []article.Block{
		{Text: "2024年，（全区）建成WiFi热点１０个，GPS 终端若干。"},
	}}}}, {ID: "b", Title: "无关", Sections: []article.Section{{Blocks: []article.Block{{Text: "别的文章。"}}}}}}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	for _, text := range []string{"WiFi", "wifi", "ｗｉｆｉ", "10个", "１０个", "2024年", "(全区)", "gps终端", "GPS 终端", "if", "覆", "\"热点10个\""} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if text == "gps终端" { // the text has a space there: its words are found apart
			if len(r.Hits) != 1 || r.Hits[0].ID != "a" {
				t.Errorf("%q: %v, want a", text, ids(r))
			}
			continue
		}
		if !reflect.DeepEqual(ids(r), []string{"a"}) {
			t.Errorf("%q: %v, want a", text, ids(r))
		}
		marked := r.Hits[0].Title.HTML() + r.Hits[0].Snippet.HTML()
		if !strings.Contains(marked, "<mark>") {
			t.Errorf("%q: nothing is marked in %s", text, marked)
		}
	}
}

func TestDatesAreFoundInAnyNumerals(t *testing.T) {
	text := func(id, body string) *article.Article {
		return &article.Article{ID: id, Title: "题", Date: "2024-09-05", Sections: []article.Section{{Blocks: []article.Block{{Text: body}}}}}
	}
	e := open(t, indextest.Build(t, write.Options{}, []*article.Article{
		text("arabic", "会议于2024年９月３日召开。"),
		text("chinese", "会议于二〇二四年九月三日召开。"),
		text("zero", "会议于二零二四年九月三号召开。"),
		text("other", "会议于2024年9月13日召开，二三四月。"),
	}))
	for _, c := range []struct{ text, want, mark string }{
		{"9月3日", "arabic chinese zero", "九月三日"},
		{"九月三日", "arabic chinese zero", "九月三日"},
		{"９月３号", "arabic chinese zero", "九月三日"},
		{"2024年9月3日", "arabic chinese zero", "二〇二四年九月三日"},
		{"九月三日召开", "arabic chinese zero", "九月三日召开"},
		{"二○二四年", "arabic chinese other zero", "二〇二四年"},
		{"9月3日 召开", "arabic chinese zero", "九月三日召开"},
		{`"9月3日"`, "arabic", ""},
		{`"九月三日"`, "chinese", "九月三日"},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(r)
		slices.Sort(got)
		if all := strings.Join(got, " "); all != c.want || r.Relaxed {
			t.Errorf("%s: %s (relaxed %v), want %s", c.text, all, r.Relaxed, c.want)
		}
		for _, h := range r.Hits {
			if h.ID == "chinese" && !strings.Contains(h.Snippet.HTML(), "<mark>"+c.mark+"</mark>") {
				t.Errorf("%s: %s, want %s marked", c.text, h.Snippet.HTML(), c.mark)
			}
		}
	}
}

func TestMarksAreOfTheTextAsWritten(t *testing.T) {
	articles := []*article.Article{{ID: "a", Title: "题", Sections: []article.Section{{Blocks: []article.Block{
		{Text: "前一段。"}, {Text: "Ｗi Fi 与\u3000ＧＰＳ，𠮷野家。"},
	}}}}}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	d, err := e.Document(context.Background(), "a/a/", "gps,𠮷")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Marks) != 1 {
		t.Fatalf("marks %+v, want one", d.Marks)
	}
	m := d.Marks[0]
	if got := d.Article.Sections[0].Blocks[1].Text[m.Start:m.End]; m.Block != 2 || got != "ＧＰＳ，𠮷" {
		t.Errorf("block %d, %q is marked, want block 2, ＧＰＳ，𠮷", m.Block, got)
	}
}

func TestAHitLeadsToTheParagraphsOfItsSections(t *testing.T) {
	section := func(heading string, blocks ...string) article.Section {
		s := article.Section{Heading: heading, Level: 2}
		for _, b := range blocks {
			s.Blocks = append(s.Blocks, article.Block{Text: b})
		}
		return s
	}
	articles := []*article.Article{
		{ID: "a", Title: "守灯", Sections: []article.Section{
			section("", "题外的话。", "灯塔与潮水。"), section("夜里", "没有的话。"), section("早上", "又一段。", "灯塔，潮水退了。"),
		}},
		{ID: "b", Title: "灯塔与潮水", Sections: []article.Section{section("", "灯塔。", "灯塔，潮水。")}},
	}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	r, err := e.Search(context.Background(), query.Query{Text: "潮水 灯塔"})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, h := range r.Hits {
		got[h.ID] = fmt.Sprintf("%d %s", h.Block, h.Snippet.HTML())
		for _, p := range h.More {
			got[h.ID] += fmt.Sprintf("; %s %d %s", p.Heading, p.Block, p.Snippet.HTML())
		}
	}
	want := map[string]string{
		"a": "2 <mark>灯塔</mark>与<mark>潮水</mark>。; 早上 5 <mark>灯塔</mark>，<mark>潮水</mark>退了。",
		"b": "2 <mark>灯塔</mark>，<mark>潮水</mark>。",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNothingHasAllWordsSoSomeAreEnough(t *testing.T) {
	articles := []*article.Article{
		{ID: "a", Title: "人民", Sections: []article.Section{{}}},
		{ID: "b", Title: "新闻", Sections: []article.Section{{}}},
	}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	r, err := e.Search(context.Background(), query.Query{Text: "人民 新闻"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Hits) != 2 || !r.Relaxed {
		t.Errorf("%d hits, relaxed %v; want 2, true", len(r.Hits), r.Relaxed)
	}
}

func TestQueriesOfNothing(t *testing.T) {
	e := open(t, indextest.Build(t, write.Options{}, indextest.Articles(1, 5)))
	empty := open(t, indextest.Build(t, write.Options{}, nil))
	for _, text := range []string{"", " ", "\u3000", `""`, `"`, "\x00", "\u200b"} {
		for name, e := range map[string]*search.Engine{"full": e, "empty": empty} {
			r, err := e.Search(context.Background(), query.Query{Text: text})
			if err != nil || r.Hits == nil || name == "empty" && len(r.Hits) > 0 {
				t.Errorf("%s: %q: %+v, %v", name, text, r, err)
			}
		}
	}
}

func TestPagesOfHitsFollowEachOther(t *testing.T) {
	articles := indextest.Articles(11, 90)
	e := open(t, indextest.Build(t, indextest.Small(), articles))
	all, err := e.Search(context.Background(), query.Query{Text: "新闻", Limit: everything, IDsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var paged []string
	for offset := 0; offset < all.Total; offset += 7 {
		r, err := e.Search(context.Background(), query.Query{Text: "新闻", Limit: 7, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		paged = append(paged, ids(r)...)
	}
	if !reflect.DeepEqual(paged, ids(all)) {
		t.Errorf("pages of 7: %v\nall at once: %v", paged, ids(all))
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	evil := `<script>alert("人民")</script>`
	articles := []*article.Article{{ID: "a", Title: evil, Sections: []article.Section{{Blocks: []article.Block{{Text: evil}}}}}}
	e := open(t, indextest.Build(t, write.Options{}, articles))
	r, err := e.Search(context.Background(), query.Query{Text: "人民"})
	if err != nil {
		t.Fatal(err)
	}
	for _, html := range []string{r.Hits[0].Title.HTML(), r.Hits[0].Snippet.HTML()} {
		if want := `&lt;script&gt;alert(&#34;<mark>人民</mark>&#34;)&lt;/script&gt;`; html != want {
			t.Errorf("%s, want %s", html, want)
		}
	}
}

func Example() {
	fmt.Println(query.Marked{{Text: "江海"}, {Text: "党建", Mark: true}}.HTML())
	// Output: 江海<mark>党建</mark>
}
