package site

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

// What content may try, in every place that it has.
var attacks = []string{
	`<script>alert(1)</script>`,
	`"><script src="//evil.example/x.js"></script>`,
	`' onmouseover='alert(1)`,
	`" autofocus onfocus="alert(1)" x="`,
	`</title><script>alert(1)</script>`,
	`javascript:alert(1)`,
	`{{.Site.Title}}`,
	"<!--",
}

func TestHostileTextIsText(t *testing.T) {
	for _, attack := range attacks {
		f := paper()
		a := f.articles[2]
		a.Title, a.Subtitle, a.Source = attack, attack, attack
		a.Summary = attack
		a.Tags = []string{attack}
		a.Authors = []article.Author{{Name: attack, Role: attack}}
		a.Edition.Page, a.Edition.Name, a.Edition.Paper = attack, attack, attack
		a.Sections[1].Heading = attack
		a.Sections[1].Blocks[0].Text = attack
		f.config.Title, f.config.Description = attack, attack
		site := f.build(t)
		for _, name := range site.pages() {
			expectTame(t, name, site.page(name))
		}
		doc := site.page("a/tide")
		for _, selector := range []string{"h1", ".kb-subtitle", "#p4", "h2#s1"} {
			if got := strings.TrimSpace(doc.Find(selector).Text()); got != attack {
				t.Errorf("%s reads %q, want %q", selector, got, attack)
			}
		}
	}
}

// ownScript matches the address of a script that pages of a site begin with.
var ownScript = regexp.MustCompile(`^(\./|(\.\./)+|/|/[a-z]+/)?kanbao/(first|loader|resume|article)-[0-9a-f]+\.js$`)

// expectTame fails the test if the page could run or fetch something that this
// site did not bring.
func expectTame(t *testing.T, name string, doc *goquery.Document) {
	t.Helper()
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		n := s.Nodes[0]
		switch n.Data {
		case "script":
			if s.AttrOr("type", "") == linkedType && json.Valid([]byte(s.Text())) {
				break
			}
			src := s.AttrOr("src", "")
			if !ownScript.MatchString(src) {
				t.Errorf("%s: <script src=%q>%s", name, src, s.Text())
			}
		case "style", "iframe", "object", "embed", "base", "svg", "template", "annotation-xml", "mglyph":
			t.Errorf("%s: <%s>", name, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset" || a.Key == "autofocus" ||
				(a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")) {
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			}
		}
	})
}

// A parser cleans what it reads; the site does not rely on it.
func TestHostileHTMLIsCleaned(t *testing.T) {
	f := blog(1)
	for _, html := range append([]string{
		`<p onclick="alert(1)" style="position:fixed">文</p>`,
		`<a href="javascript:alert(1)">文</a><a href=" JaVaScRiPt:alert(1)">文</a>`,
		`<img src=x onerror=alert(1)><img src="https://evil.example/pixel.png" alt="点">`,
		`<img src="data:image/svg+xml,<svg onload=alert(1)>">`,
		`<svg><script>alert(1)</script></svg><math><mtext><script>alert(1)</script></mtext></math>`,
		`<iframe src="https://evil.example"></iframe><form action="//evil.example"><input name=q></form>`,
		`<p id="kb-q">文</p><p id="p1">文</p><li id="fn:1">一</li><li id="fn:1">二</li>`,
		`<link rel=stylesheet href="//evil.example/x.css"><base href="//evil.example/">`,
		`</div></main><div id="kb-live">文</div>`,
	}, attacks...) {
		f.articles[0].Sections[0].Blocks = append(f.articles[0].Sections[0].Blocks, rich(html),
			article.Block{Text: "文", HTML: html}, article.Block{Kind: article.Caption, Text: "文", HTML: html})
	}
	site := f.build(t)
	doc := site.page("a/post-000")
	expectTame(t, "article", doc)
	for _, once := range []string{"#kb-q", "#p1", "#kb-live", "main", "form", "input", `[id="fn:1"]`} {
		if n := doc.Find(once).Length(); n != 1 {
			t.Errorf("%d elements %s, want 1", n, once)
		}
	}
	if doc.Find("main .kb-colophon").Length() != 1 {
		t.Error("content has closed what it was in")
	}
	doc.Find("img").Each(func(_ int, s *goquery.Selection) {
		if src := s.AttrOr("src", ""); !strings.HasPrefix(src, "../../kanbao/") {
			t.Errorf("a picture from %q", src)
		}
	})
}

func TestLinksOfContent(t *testing.T) {
	f := handbook()
	f.config.URL = "https://handbook.example/docs"
	f.files = map[string]string{"guide/plan.pdf": "PDF", "guide/sea.png": "PNG", "notes.sh": "#!"}
	f.articles[1].Sections = append(f.articles[1].Sections, article.Section{Heading: "What you need?", Level: 2})
	cases := []struct{ about, from, href, want string }{
		{"a file beside it", "guide/next.md", "start.md", "../../a/guide-start/"},
		{"… and a heading of it", "guide/next.md", "./start.md#what-you-need", "../../a/guide-start/#s1"},
		{"… and a heading by another generator's name", "guide/next.md", "./start.md#what_you_need", "../../a/guide-start/#s1"},
		{"a file from the top", "api/first.md", "/guide/start", "../../a/guide-start/"},
		{"the same as a page of another tool", "api/first.md", "/guide/start.html", "../../a/guide-start/"},
		{"a folder", "guide/start.md", "..", "../../a/index/"},
		{"a heading of its own", "guide/start.md", "#what-you-need", "#s1"},
		{"a file that is no article", "guide/start.md", "plan.pdf", "../../media/"},
		{"its own address", "guide/start.md", "https://handbook.example/docs/api/first/", "../../a/api-first/"},
		{"… with a heading", "api/first.md", "http://handbook.example/docs/guide/start.html#what-you-need", "../../a/guide-start/#s1"},
		{"… of what is not there", "guide/start.md", "https://handbook.example/docs/old", "https://handbook.example/docs/old"},
		{"an address below its root", "guide/next.md", "/docs/guide/start", "../../a/guide-start/"},
		{"a name alone", "api/first.md", "start.md", "../../a/guide-start/"},
		{"an address of a blog", "api/first.md", "/2024/05/06/start/", "../../a/guide-start/"},
		{"another site", "guide/start.md", "https://example.net/x", "https://example.net/x"},
		{"another site without a scheme", "guide/start.md", "//example.net/x", "https://example.net/x"},
		{"mail", "guide/start.md", "mailto:a@example.net", "mailto:a@example.net"},
		{"nothing of the site", "guide/start.md", "missing.md", ""},
		{"a kind of file that is not copied", "guide/start.md", "../notes.sh", ""},
		{"out of the content", "guide/start.md", "../../secret.pdf", ""},
		{"no heading", "guide/start.md", "#nowhere", ""},
	}
	paragraphs := make(map[string]int) // of each file, with the one that was there
	lost := 0
	for _, c := range cases {
		for _, a := range f.articles {
			if a.File == c.from {
				a.Sections[0].Blocks = append(a.Sections[0].Blocks, rich(`<p>See <a href="`+c.href+`">this</a>.</p>`))
			}
		}
		if c.want == "" {
			lost++
		}
	}
	site := f.build(t)
	for _, c := range cases {
		t.Run(c.about, func(t *testing.T) {
			paragraphs[c.from]++
			text := site.page("a/" + strings.TrimSuffix(strings.ReplaceAll(c.from, "/", "-"), ".md")).Find(fmt.Sprintf("#p%d", paragraphs[c.from]+1))
			got := text.Find("a").AttrOr("href", "")
			if got != c.want && !(c.want != "" && strings.HasSuffix(c.want, "media/") && strings.HasPrefix(got, c.want)) {
				t.Errorf("%s in %s leads to %q, want %q", c.href, c.from, got, c.want)
			}
			if s := text.Text(); s != "See this." {
				t.Errorf("the text has become %q", s)
			}
			warned := slices.ContainsFunc(site.summary.Warnings, func(err error) bool { return strings.Contains(err.Error(), `"`+c.href+`"`) })
			if warned != (c.want == "") {
				t.Errorf("warnings: %v", site.summary.Warnings)
			}
		})
	}
	if len(site.summary.Warnings) != lost {
		t.Errorf("warnings: %v", site.summary.Warnings)
	}
}

// The addresses that generators give to pictures, with where the files lie.
func TestPicturesOfGenerators(t *testing.T) {
	for _, c := range []struct{ about, article, src, file string }{
		{"Hugo", "content/posts/tide.md", "/images/a.png", "static/images/a.png"},
		{"VitePress", "docs/tide.md", "/a.png", "docs/public/a.png"},
		{"Hexo", "source/_posts/tide.md", "/img/a.png", "source/img/a.png"},
		{"Hexo, a folder for each article", "source/_posts/tide.md", "a.png", "source/_posts/tide/a.png"},
		{"from the top", "posts/tide.md", "/assets/a.png", "assets/a.png"},
	} {
		a := piece("tide", "Tide", "", "A sentence.")
		a.File = c.article
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, rich(`<img src="`+c.src+`" alt="a">`))
		f := &fixture{config: parse.Config{Title: "Blog", Lang: "en"}, articles: []*article.Article{a}, files: map[string]string{c.file: "PNG"}}
		site := f.build(t)
		if n := site.page("a/tide").Find("#p2 img").Length(); n != 1 || len(site.summary.Warnings) > 0 {
			t.Errorf("%s: %d pictures, warnings %v", c.about, n, site.summary.Warnings)
		}
	}
}

func TestMissingPictureIsReportedAndLeavesNoHole(t *testing.T) {
	f := paper()
	f.files = nil
	site := f.build(t)
	if len(site.summary.Warnings) != 1 || !strings.Contains(site.summary.Warnings[0].Error(), `tide.md:1: picture "pic/moon.png": there is no such file`) {
		t.Errorf("warnings: %v", site.summary.Warnings)
	}
	doc := site.page("a/tide")
	if doc.Find("#p7").Length() != 1 || doc.Find("#p7 img").Length() != 0 {
		t.Error("the picture's block is gone, or still has a picture")
	}
	if !doc.Find("#p8").HasClass("kb-lone") {
		t.Error("the caption does not stand alone")
	}
}
