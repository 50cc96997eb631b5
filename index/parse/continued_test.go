package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
