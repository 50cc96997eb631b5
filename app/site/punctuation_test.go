package site

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// TestPunctuationOfChineseIsShownInFullWidth builds a site of a text as it comes out of
// a PDF file, and the same with punctuation = "keep".
func TestPunctuationOfChineseIsShownInFullWidth(t *testing.T) {
	const title, text = "潮水涨了,船要开了", "港务局说(记者/甲):共1,000箱,比分3:2;见https://a.cn/风,雨 等。"
	const code = `<p>风,雨</p><pre><code>若(风,雨);</code></pre>`
	f := blog(0)
	a := piece("half", title, "2024-09-07", text)
	a.Sections[0].Blocks = append(a.Sections[0].Blocks, rich(code))
	f.articles = append(f.articles, a)
	f.config.URL = "https://example.org/"
	for punctuation, want := range map[string][2]string{
		"":     {"潮水涨了，船要开了", "港务局说（记者/甲）：共1,000箱，比分3:2；见https://a.cn/风,雨 等。"},
		"keep": {title, text},
	} {
		f.config.Punctuation = punctuation
		site := f.build(t)
		page := site.page("a/half/")
		if got := page.Find("h1.kb-title").Text(); got != want[0] {
			t.Errorf("%q: the title is %q", punctuation, got)
		}
		if got := page.Find("#p1").Text(); got != want[1] {
			t.Errorf("%q: the text is %q", punctuation, got)
		}
		if got := page.Find("pre").Text(); got != "若(风,雨);" {
			t.Errorf("%q: the code is %q", punctuation, got)
		}
		if got := page.Find("html").AttrOr("data-punctuation", ""); got != punctuation {
			t.Errorf("%q: the page says %q", punctuation, got)
		}
		for _, name := range []string{"index.html", "archive/index.html", "feed.xml"} {
			if !strings.Contains(strings.ReplaceAll(site.read(name), "<wbr>", ""), want[0]) {
				t.Errorf("%q: %s does not have %q", punctuation, name, want[0])
			}
		}
		if !strings.Contains(site.read(site.chunk()), "潮水涨了,船要开了") || !strings.Contains(site.read(site.chunk()), "共1,000箱,比分") {
			t.Errorf("%q: the index does not have what the author wrote", punctuation)
		}
	}
	if got := f.articles[0]; got.Title != title || got.Sections[0].Blocks[0].Kind != article.Paragraph {
		t.Errorf("the article has changed: %q", got.Title)
	}
}
