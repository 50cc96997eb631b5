package search_test

import (
	"context"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
)

// What is set with spaces, abbreviated or pasted is found as readers mean it.
func TestTextAsItIsWrittenAndPasted(t *testing.T) {
	made := []struct{ id, title, author, text string }{
		{"spaced", "码头新闻", "周　禾", "本报讯 北 岸 水 闸 昨 天 开 了 。"},
		{"plain", "闸门", "周禾", "北岸水闸的门换了新漆。"},
		{"word", "用AI数鱼", "玛丽•安", "水产站用AI数鱼，也用5G传图。他会C++，不会.NET。"},
		{"within", "Bahrain email", "", "Again it rains in Bahrain. Internet and Cafe, 15G of mail."},
		{"pasted", "转来的话", "", "来源：灯塔观测站的日记，作者：佚名。夜里气温 -7 度。tag:none 是一种写法。"},
	}
	var articles []*article.Article
	for _, m := range made {
		a := &article.Article{ID: m.id, Title: m.title, Date: "2024-09-05",
			Sections: []article.Section{{Blocks: []article.Block{{Kind: article.Paragraph, Text: m.text}}}}}
		if m.author != "" {
			a.Authors = []article.Author{{Name: m.author}}
		}
		articles = append(articles, a)
	}
	e := open(t, indextest.Build(t, indextest.Small(), articles))
	for text, want := range map[string][]string{
		"北岸水闸": {"plain", "spaced"}, "北 岸 水 闸": {"plain", "spaced"},
		"AI": {"word"}, "5G": {"word"}, "C++": {"word"}, ".NET": {"word"}, "Bah": {"within"}, `"ai"`: {"within", "word"},
		"来源：灯塔观测站的日记，作者：佚名": {"pasted"}, "气温 -7 度": {"pasted"}, "tag:none 是一种写法": {"pasted"},
		"author:周禾": {"plain", "spaced"}, `作者："周　禾"`: {"plain", "spaced"}, "author:玛丽·安": {"word"}, "date:20240905 水闸": {"plain", "spaced"},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: text, Facets: []query.Field{query.Author}})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(r)
		slices.Sort(got)
		if !slices.Equal(got, want) || r.Total != len(want) {
			t.Errorf("%s: %q of %d, want %q", text, got, r.Total, want)
		}
	}
}
