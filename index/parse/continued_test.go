package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// An article that goes on on another page is one, wherever in the edition its rest
// stands; what only says that it goes on stays as it is.
func TestContinuedArticlesAreOne(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"潮报-20240905-A01版-要闻.md": "## 堤上巡查不断\n\n本报讯(记者 林晓)9月4日,巡堤队出发。他们带着\n\n(下转A03版)\n\n## 渡口换新船\n\n本报讯 渡口昨日换船。(下转A02版)\n",
		"潮报-20240905-A02版-综合.md": "## 渡口换新船\n\n(上接A01版)新船能坐六十人。\n\n## 别处\n\n(上接A01版)没有谁说过它。\n",
		"潮报-20240905-A03版-民生.md": "## 堤上巡查不断\n\n▲上接第A01版 铁锹和沙袋，一夜没有合眼。 通讯员 何榕\n",
		"潮报-20240906-A01版-要闻.md": "## 第二天\n\n本报讯 只有半篇。(下转A02版)\n",
		"潮报-20240906-A02版-要闻.md": "## 别的事\n\n本报讯 不相干。\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for a, err := range Folder(t.Context(), root, &Config{}) {
		if err != nil {
			t.Fatal(err)
		}
		var authors []string
		for _, w := range a.Authors {
			authors = append(authors, w.Name)
		}
		got = append(got, a.Title+"|"+a.Edition.Page+"|"+strings.Join(authors, ",")+"|"+strings.ReplaceAll(strings.TrimSpace(a.Text()), "\n", "/"))
	}
	want := []string{
		"堤上巡查不断|A01|林晓,何榕|本报讯(记者 林晓)9月4日,巡堤队出发。他们带着铁锹和沙袋，一夜没有合眼。 通讯员 何榕",
		"渡口换新船|A01||本报讯 渡口昨日换船。/新船能坐六十人。",
		"别处|A02||(上接A01版)没有谁说过它。",
		"第二天|A01||本报讯 只有半篇。(下转A02版)",
		"别的事|A02||本报讯 不相干。",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The rest of a story is printed on a page that may be a file of its own; a note in
// traditional characters, or in the headline, is one as well.
func TestContinuedOnPagesThatAreFiles(t *testing.T) {
	made := func(file, page, text string) *article.Article {
		return &article.Article{Title: "堤上巡查", File: file, Date: "2024-09-05", Edition: article.Edition{Paper: "潮報", Date: "2024-09-05", Page: page},
			Sections: []article.Section{{Blocks: []article.Block{{Text: text}}}},
			Zones:    []article.Zone{{Page: 1, X1: 9, Y1: 9}}, Sheets: []article.Sheet{{Page: 1, Width: 9, Height: 9}},
			Pictures: []article.Picture{{Zone: article.Zone{Page: 1, X1: 1, Y1: 1}}},
			Rest:     []article.Rest{{Kind: "folio", Text: page, Zone: article.Zone{Page: 1}}}}
	}
	first, rest := made("A01.pdf", "A01", "他們帶著鐵鍬。（下轉A03版）"), made("A03.pdf", "A03", "一夜沒有合眼。")
	rest.Kicker = "（上接A01版）"
	var e edition
	got := append(append(e.add(first), e.add(rest)...), e.flush()...)
	if len(got) != 1 || strings.TrimSpace(got[0].Text()) != "他們帶著鐵鍬。\n一夜沒有合眼。" {
		t.Fatalf("%d articles, the first %q", len(got), got[0].Text())
	}
	a := got[0]
	where := fmt.Sprint(a.Zones[1].File, a.Sheets[1].File, a.Pictures[1].File, a.Rest[1].File, a.Zones[0].File)
	if want := "A03.pdfA03.pdfA03.pdfA03.pdf"; where != want {
		t.Errorf("printed in %q, want %q", where, want)
	}
}
