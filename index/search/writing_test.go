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

// A word of Latin letters is found with marks and without, and the writing that was
// typed goes first, wherever the others have it.
func TestTheWritingThatWasTypedGoesFirst(t *testing.T) {
	made := []struct{ id, title, text string }{
		{"marked", "Nguyễn", "Nguyễn 是一个姓。Đà Nẵng 在海边。"},
		{"bare", "越南的来信", "信封上写着nguyen，没有符号，寄信人住得很远，信在路上走了二十多天，到的时候邮票也掉了。"},
		{"wide", "越南的回信", "信封上写着ＮＧＵＹＥＮ，寄信人住得很远，信在路上走了二十多天，到的时候邮票也掉了，字也花了。"},
		{"both", "两封信", "第一封写 Nguyễn，第二封写 Nguyen，两封都到了，可是收信的人已经搬走，后来也没有人来取，就一直放在柜子里。"},
	}
	var articles []*article.Article
	for _, m := range made {
		articles = append(articles, &article.Article{ID: m.id, Title: m.title, Date: "2024-09-05",
			Sections: []article.Section{{Blocks: []article.Block{{Kind: article.Paragraph, Text: m.text}}}}})
	}
	e := open(t, indextest.Build(t, allVariants, articles))
	for text, last := range map[string][]string{
		"nguyen": {"marked"}, "Nguyen": {"marked"}, "ｎｇｕｙｅｎ": {"marked"}, "Nguyễn": {"bare", "wide"}, "nguye\u0302\u0303n": {"bare", "wide"},
		`"nguyen"`: {"marked"}, "信 Nguyễn": {"bare", "wide"},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(r)
		if text != "信 Nguyễn" && len(got) != len(made) {
			t.Errorf("%s: %q, want all %d", text, got, len(made))
			continue
		}
		end := slices.Clone(got[len(got)-len(last):])
		slices.Sort(end)
		if !slices.Equal(end, last) {
			t.Errorf("%s: %q, want %q at the end", text, got, last)
		}
	}
}
