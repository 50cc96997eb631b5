package reader

import (
	"context"
	"strings"
	"testing"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// full is a library of one article.
type full struct {
	*shelf
	article *article.Article
}

func (f *full) Document(context.Context, string, string) (*query.Document, error) {
	return &query.Document{Article: f.article, Next: &query.Link{URL: "a/2/", Title: "海塘加高三十公分之后的第一场大潮"}}, nil
}

// showing opens an article of which there is no page.
func showing(t *testing.T, a *article.Article, words map[string][]string) *session {
	t.Helper()
	a.Sections = []article.Section{{Blocks: []article.Block{{Text: "正文。"}}}}
	s := begin(t, Place{}, func(d *desk, _ *shelf) { d.words = words })
	s.r.Library = &full{s.shelf, a}
	s.ui(func() { s.r.openPlace(Place{Path: "a/1/"}, true) })
	return s
}

func TestArticleOutOfTheIndexLeadsToOthers(t *testing.T) {
	s := showing(t, &article.Article{
		Title: "潮水", Date: "2024-09-05", Edition: article.Edition{Paper: "潮音报", Date: "2024-09-05", Page: "A01", Name: "要闻"},
		Authors: []article.Author{{Role: "记者", Name: "韩鹭"}, {Role: "记者", Name: "陶然"}, {Role: "摄影", Name: "姜禾"}},
		Tags:    []string{"海"}, Categories: []string{"科学"},
	}, nil)
	s.sees(`class="kb-crumbs"`, `<a href="https://paper.example/">`, "潮音报 2024年9月5日", "A01版 要闻",
		`href="https://paper.example/search/?date=2024-09-05&page=A01+%E8%A6%81%E9%97%BB"`,
		`href="https://paper.example/search/?author=%E9%9F%A9%E9%B9%AD"`, `rel="author"`,
		`href="https://paper.example/search/?tag=%E6%B5%B7"`, `href="https://paper.example/search/?category=%E7%A7%91%E5%AD%A6"`)
	if n := strings.Count(s.html(), "kb-role"); n != 2 {
		t.Errorf("%d roles, want 记者 once and 摄影", n)
	}
}

func TestArticleOfNoEditionIsOfItsMonth(t *testing.T) {
	s := showing(t, &article.Article{Title: "潮水", Date: "2024-09-05", Categories: []string{"科学", "海洋"}}, nil)
	s.sees(`href="https://paper.example/search/?date=2024-09"`, "2024年9月", `href="https://paper.example/search/?category=%E7%A7%91%E5%AD%A6"`)
	for _, date := range []string{"", "2024", "2024-13-01", "昨天-9-1"} {
		s := showing(t, &article.Article{Title: "潮水", Date: date}, nil)
		if strings.Contains(s.html(), "?date=") {
			t.Errorf("the date %q leads somewhere", date)
		}
	}
}

// A link of a live article is a search without the page being loaded anew.
func TestLinksOfALiveArticleSearch(t *testing.T) {
	s := showing(t, &article.Article{Title: "潮水", Authors: []article.Author{{Name: "韩鹭"}}}, nil)
	s.ui(func() { s.r.change(Place{Path: searchPath, Filters: []query.Filter{narrow(query.Author, "韩鹭")}}) })
	if at := s.Place(); at.Query() != "author=%E9%9F%A9%E9%B9%AD" || s.r.view != results {
		t.Errorf("the reader is at %q", at.Query())
	}
}

// "|" is where a line may end.
func TestHeadlinesOutOfTheIndexEndBetweenWords(t *testing.T) {
	for want, words := range map[string][]string{
		"全国|政协|会议|在北京|开幕": {"全国", "政协", "会议", "在", "北京", "开幕"},
		"志愿|服务队|走进，社区":    {"志愿", "服务", "队", "走进", "，", "社区"},
		"潮水退去之后":          {"潮水", "退去", "之后"},
		"用|Go语言|写成的|搜索引擎": {"用", "Go语言", "写成", "的", "搜索引擎"},
	} {
		title := strings.Join(words, "")
		s := showing(t, &article.Article{Title: title}, map[string][]string{title: words})
		html := ui.HTMLString(s.r.Render())
		_, h1, _ := strings.Cut(html, "<h1")
		_, h1, _ = strings.Cut(h1, ">")
		h1, _, _ = strings.Cut(h1, "</h1>")
		got := strings.NewReplacer("<wbr>", "|", `<span class="kb-words">`, "", "</span>", "", "\n", "", " ", "").Replace(h1)
		if got != want || !strings.Contains(h1, "kb-words") {
			t.Errorf("%s is %q, want %q", title, h1, want)
		}
	}
	s := showing(t, &article.Article{Title: "没有分词的浏览器照样显示"}, nil)
	s.sees("没有分词的浏览器照样显示")
}
