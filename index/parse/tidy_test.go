package parse

import (
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// first returns the only article of a folder.
func first(t *testing.T, files map[string]string) *article.Article {
	t.Helper()
	got, said := all(t, files, func(*Config) {})
	if len(got) != 1 || len(said) > 0 {
		t.Fatalf("%d articles, %v", len(got), said)
	}
	return got[0]
}

func TestBylinesOfFrontMatterAreAuthors(t *testing.T) {
	for in, want := range map[string][]article.Author{
		"记者 张三 通讯员 李四": {{Name: "张三", Role: "记者"}, {Name: "李四", Role: "通讯员"}},
		"记者/张三 摄影/王五":  {{Name: "张三", Role: "记者"}, {Name: "王五", Role: "摄影"}},
		"记者 张三、李四":     {{Name: "张三", Role: "记者"}, {Name: "李四"}}, // parted before it is read
		"文 静":          {{Name: "文 静"}},
		"张三":           {{Name: "张三"}},
		"潮声日报记者 张三":    {{Name: "潮声日报记者 张三"}},
		"Anne Lin":     {{Name: "Anne Lin"}},
	} {
		a := first(t, map[string]string{"a.md": "---\ntitle: 题\nauthor: " + in + "\n---\n正文。\n"})
		if !slices.Equal(a.Authors, want) {
			t.Errorf("%q: %v, want %v", in, a.Authors, want)
		}
	}
}

func TestTitlesAndNamesAreOnOneLine(t *testing.T) {
	a := first(t, map[string]string{"a.md": "---\ntitle: |\n  潮水 \n\n  来了\nsubtitle: \"上\\n下\"\nauthor: [\"林\\n一\"]\ntags: [\"甲\\n乙\"]\n---\n第一行\n"})
	if a.Title != "潮水 来了" || a.Subtitle != "上 下" || a.Authors[0].Name != "林 一" || a.Tags[0] != "甲 乙" {
		t.Errorf("title %q, subtitle %q, author %q, tag %q", a.Title, a.Subtitle, a.Authors[0].Name, a.Tags[0])
	}
}
