package search_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
)

func TestSynonymsAreFoundAndTold(t *testing.T) {
	articles := []*article.Article{
		blocks("short", "推进百千万工程", "江海的事。"), blocks("long", "推进百县千镇万村高质量发展工程", "外海的事。"),
		blocks("ai", "用AI写稿", "无。"), blocks("zh", "人工智能写稿", "无。"), blocks("other", "He spoke so", "无。"),
		blocks("river", "长江海运", "无。"), blocks("trad", "廣府文化", "無。"),
	}
	opt := allVariants
	opt.Synonyms = [][]string{
		{"百千万工程", "百县千镇万村高质量发展工程"}, {"AI", "人工智能", "人工智慧"}, {"江海", "外海"}, {"粤", "廣府"}, {"萨斯", "百千万"},
	}
	e := open(t, indextest.Build(t, opt, articles))
	for _, c := range []struct{ text, want, read string }{
		{"百千万工程", "long short", "百千万工程=百县千镇万村高质量发展工程"},
		{"推进百县千镇万村高质量发展工程", "long short", "百县千镇万村高质量发展工程=百千万工程"},
		{"百千萬工程", "long short", "百千万工程=百县千镇万村高质量发展工程"},
		{`"百千万工程"`, "short", ""},
		{"title:百千万工程", "long short", "百千万工程=百县千镇万村高质量发展工程"},
		{"ai", "ai zh", "ai=人工智能,人工智慧"},
		{"AI写稿", "ai zh", "ai=人工智能,人工智慧"},
		{"人工智慧", "ai zh", "人工智慧=AI,人工智能"},
		{"He spoke", "other", ""},
		{"江海", "long river short", "江海=外海"},
		{"外海", "long river short", "外海=江海"},
		{"粤", "trad", "粤=廣府"},
		{"薩斯", "short", "萨斯=百千万"}, // 薩 is in no article, nor is 萨
		{"写稿", "ai zh", ""},
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
		var read []string
		for _, reading := range r.Read {
			read = append(read, reading.Typed+"="+strings.Join(reading.As, ","))
		}
		if s := strings.Join(read, " "); s != c.read {
			t.Errorf("%s: read as %s, want %s", c.text, s, c.read)
		}
		for _, h := range r.Hits {
			if !strings.Contains(h.Title.HTML()+h.Snippet.HTML(), "<mark>") {
				t.Errorf("%s: nothing is marked in %s", c.text, h.ID)
			}
		}
	}
}

// What the index has as a longer word is that word.
func TestANameIsAWholeWord(t *testing.T) {
	opt := indextest.Small()
	opt.Synonyms = [][]string{{"海区", "人民"}}
	e := open(t, indextest.Build(t, opt, []*article.Article{blocks("a", "江海区", "新闻。"), blocks("b", "人民", "新闻。"), blocks("c", "海区", "党建。")}))
	for text, want := range map[string][]string{"江海区": {"a"}, "江海区新闻": {"a"}, "海区党建": {"c"}} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(ids(r), want) {
			t.Errorf("%s: %v, want %v", text, ids(r), want)
		}
	}
}

func TestSynonymsAreFetchedOnceWithTheFirstQuery(t *testing.T) {
	opt := indextest.Small()
	opt.Synonyms = [][]string{{"人民", "新闻"}}
	articles := indextest.Articles(81, 40)
	with, without := indextest.Build(t, opt, articles).Files(), indextest.Build(t, indextest.Small(), articles).Files()
	m, err := manifest.Open(with[chunk.ManifestName])
	if err != nil {
		t.Fatal(err)
	}
	name := m.Segments[0].Of(format.Synonyms)[0].ID.Name()
	for file := range with {
		if _, ok := without[file]; !ok && file != name && file != chunk.ManifestName {
			t.Errorf("%s is there because of the synonyms", file)
		}
	}
	source := &indextest.Faulty{Files: with}
	e := open(t, source)
	for _, want := range []int{1, 0} {
		source.Fetched()
		if _, err := e.Search(context.Background(), query.Query{Text: "党建"}); err != nil {
			t.Fatal(err)
		}
		if got := source.Fetched()[name]; got != want {
			t.Errorf("the synonyms are fetched %d times, want %d", got, want)
		}
	}
	broken := open(t, &indextest.Faulty{Files: map[string][]byte{chunk.ManifestName: with[chunk.ManifestName]}})
	if _, err := broken.Search(context.Background(), query.Query{Text: "党"}); err == nil {
		t.Error("no error, but no file is there")
	}
}
