package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
)

func TestCutAtSentence(t *testing.T) {
	for _, c := range []struct {
		about, text, want string
		n                 int
	}{
		{"short enough", "潮来了。", "潮来了。", 10},
		{"after the last sentence that fits", "潮来了。人走了。船还在海上漂着。", "潮来了。人走了。", 10},
		{"with the quotation mark that closes it", "他说：“潮来了。”船还在海上漂着。", "他说：“潮来了。”", 10},
		{"after a clause where no sentence ends", "潮水一天来两次，每次都晚五十分钟左右到", "潮水一天来两次……", 10},
		{"after an English sentence", "It is 3.5 m. The sea is back by evening.", "It is 3.5 m.", 20},
		{"after a word", "The fishermen read the water", "The fishermen read…", 20},
		{"anywhere where nothing ends", strings.Repeat("潮", 20), strings.Repeat("潮", 9) + "……", 10},
	} {
		if got := cutAtSentence(c.text, c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

func TestLead(t *testing.T) {
	long := strings.Repeat("潮水来了又退。", 30)
	for _, c := range []struct {
		about      string
		paragraphs []string
		summary    string
		want       []string
	}{
		{"its own summary comes first", []string{"正文。"}, "提要。", []string{"提要。"}},
		{"a line of names is passed over", []string{"□文/图 记者 林汐", "潮水来了。"}, "", []string{"潮水来了。"}},
		{"… unless there is nothing else", []string{"记者 林汐"}, "", []string{"记者 林汐"}},
		{"the agency's beginning is left out", []string{"潮音报讯（记者/林汐）9月3日，潮水来了。"}, "", []string{"9月3日，潮水来了。"}},
		{"a short paragraph is not enough", []string{"潮水来了。", "又退了。"}, "", []string{"潮水来了。", "又退了。"}},
		{"a long one is", []string{long, "又退了。"}, "", []string{long}},
		{"nothing at all", nil, "", nil},
	} {
		a := piece("x", "题", "", c.paragraphs...)
		a.Summary = c.summary
		if got := lead(a); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

func TestPagesAreInTheOrderOfThePaper(t *testing.T) {
	pages := []string{"B1", "", "A10", "A02", "12", "A2", "3", "C", "第十版", "第2版", "增刊", "三版", "头版", "04版"}
	slices.SortStableFunc(pages, func(a, b string) int { return compareSheets(&sheet{Page: a}, &sheet{Page: b}) })
	if want := []string{"头版", "第2版", "3", "三版", "04版", "第十版", "12", "A02", "A2", "A10", "B1", "C", "增刊", ""}; !slices.Equal(pages, want) {
		t.Errorf("the order is %q, want %q", pages, want)
	}
}

func TestTagsThatLookAlikeHavePagesOfTheirOwn(t *testing.T) {
	f := blog(1)
	f.articles[0].Tags = []string{"C", "C++", "c#", "go", "Go", " 海 ", "海", "", strings.Repeat("长", 90)}
	site := f.build(t)
	seen := make(map[string]bool)
	site.page("a/post-000").Find("a[rel=tag]").Each(func(_ int, s *goquery.Selection) {
		seen[strings.ToLower(s.AttrOr("href", ""))] = true
	})
	if len(seen) != 7 {
		t.Errorf("seven tags have the addresses %v", seen)
	}
}

func TestFourArticlesOfADayMakeAnEdition(t *testing.T) {
	f := &fixture{}
	f.config.Title = "新闻"
	for i, date := range []string{"2024-09-05", "2024-09-05", "2024-09-05", "2024-09-05", "2024-09-06"} {
		f.articles = append(f.articles, piece(string(rune('a'+i)), "题", date, "文。"))
	}
	site := f.build(t)
	if !site.has("e/2024-09-05/index.html") || site.has("e/2024-09-06/index.html") {
		t.Error("four articles of a day have no page, or one has")
	}
	if home := site.page("").Find("header nav a").First().Text(); home != "首页" {
		t.Errorf("a site without a printed page calls its front page %q", home)
	}
}

func TestSiteIsNamedAfterItsOnlyPaper(t *testing.T) {
	for _, c := range []struct{ title, other, want string }{
		{"文章", "潮音报", "潮音报"}, {"文章", "另一报", "文章"}, {"我的站", "潮音报", "我的站"},
	} {
		f := paper()
		f.config.Title = c.title
		content := &content{editions: []*edition{{Paper: "潮音报"}, {Paper: c.other}}}
		nameAfterPaper(&f.config, "/tmp/文章", content)
		if f.config.Title != c.want {
			t.Errorf("%q with the papers 潮音报 and %s is called %q, want %q", c.title, c.other, f.config.Title, c.want)
		}
	}
}

func TestWriters(t *testing.T) {
	got := writers([]article.Author{{Name: "甲", Role: "记者"}, {Name: "乙", Role: "摄影"}, {Name: "丙"}, {Name: "丁", Role: "责任编辑"}})
	if want := []string{"甲", "丙"}; !slices.Equal(got, want) {
		t.Errorf("the writers are %q, want %q", got, want)
	}
}
