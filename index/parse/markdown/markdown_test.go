package markdown

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/net/html"
)

func parseOne(t testing.TB, name, text string) *article.Article {
	t.Helper()
	for a, err := range New().Parse(name, strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	t.Fatal("no article")
	return nil
}

// show writes blocks as "p text", "rich html" and so on, a line each.
func show(a *article.Article) string {
	var b strings.Builder
	for _, s := range a.Sections {
		if s.Heading != "" {
			b.WriteString(strings.Repeat("#", s.Level) + " " + s.Heading + "\n")
		}
		for _, block := range s.Blocks {
			b.WriteString([]string{"p ", "caption ", "rich "}[block.Kind])
			if block.HTML != "" {
				b.WriteString(block.HTML + "\n")
			} else {
				b.WriteString(block.Text + "\n")
			}
		}
	}
	return b.String()
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		{"plain paragraphs", "甲。\n\n乙。", "p 甲。\np 乙。\n"},
		{"a line break in Chinese adds no space", "潮水\n来了", "p 潮水来了\n"},
		{"a line break in English is a space", "the\ntide", "p the tide\n"},
		{"inline marks", "**甲**乙", "p <strong>甲</strong>乙\n"},
		{"a hard break", "甲  \n乙", "p 甲<br/>\n乙\n"},
		{"sections", "# 题\n\n甲\n\n## 一\n\n乙\n\n### 二 {#two}\n\n丙", "p 甲\n## 一\np 乙\n### 二\np 丙\n"},
		{"a list", "- 甲\n- 乙", "rich <ul><li>甲</li>\n<li>乙</li></ul>\n"},
		{"a table", "|甲|乙|\n|:-:|-|\n|丙|丁|", "rich <table><thead><tr><th align=\"center\">甲</th>\n<th>乙</th></tr></thead>\n<tbody><tr><td align=\"center\">丙</td>\n<td>丁</td></tr></tbody></table>\n"},
		{"code", "```go\na\n\n  b\n```", "rich <pre><code class=\"language-go\">a\n\n  b</code></pre>\n"},
		{"a quotation", "> 甲\n>\n> 乙", "rich <blockquote><p>甲</p>\n<p>乙</p></blockquote>\n"},
		{"a definition", "甲\n: 乙", "rich <dl><dt>甲</dt>\n<dd>乙</dd></dl>\n"},
		{"a picture with its caption", `![门](a/门.jpg "绿色大门")`, "rich <img src=\"a/%E9%97%A8.jpg\" alt=\"门\" title=\"绿色大门\"/>\ncaption 绿色大门\n"},
		{"a picture of another host is a link", "![门](https://e.org/a.jpg)", "p <a href=\"https://e.org/a.jpg\" rel=\"nofollow noreferrer\">门</a>\n"},
		{"a nameless picture of another host", "![](//e.org/a.jpg)", "p <a href=\"//e.org/a.jpg\" rel=\"nofollow noreferrer\">图片</a>\n"},
		{"a picture in a link", "[![门](https://e.org/a.jpg)](b.md)", "p <a href=\"b.md\">门</a>\n"},
		{"a container", ":::tip 提示\n甲\n\n- 乙\n:::\n丙", "rich <blockquote><p><strong>提示</strong></p>\n<p>甲</p>\n<ul><li>乙</li></ul></blockquote>\np 丙\n"},
		{"an open container", "::: warning\n甲", "rich <blockquote><p>甲</p></blockquote>\n"},
		{"a component", "<script setup>\nlet x\n</script>\n\n<Foo a=\"b\" />\n\n甲<sup class=\"x\" />乙", "p 甲<sup></sup>乙\n"},
		{"a holder", "<div class=\"x\" style=\"color:red\">\n\n甲\n\n</div>", "p 甲\n"},
		{"a footnote", "甲[^1]\n\n[^1]: 乙", "p 甲<sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup>\nrich <hr/>\nrich <ol><li id=\"fn:1\"><p>乙\u00a0<a href=\"#fnref:1\">↩︎</a></p></li></ol>\n"},
		{"a figure", "<figure><img src=\"a.png\" alt=\"甲\"><figcaption>乙</figcaption></figure>", "rich <img src=\"a.png\" alt=\"甲\"/>\ncaption 乙\n"},
	} {
		if got := show(parseOne(t, "f.md", c.in)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.about, got, c.want)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		{"front matter", "---\ntitle: 甲\n---\n# 乙\n", "甲"},
		{"the first heading", "# 乙\n\n丙", "乙"},
		{"a heading with a line under it", "乙\n===\n\n丙", "乙"},
		{"the file's name", "丙", "灯 塔"},
	} {
		if a := parseOne(t, "x/20240905 灯_塔.md", c.in); a.Title != c.want || a.Date != "2024-09-05" {
			t.Errorf("%s: title %q of %s, want %q", c.about, a.Title, a.Date, c.want)
		}
	}
	if got := show(parseOne(t, "f.md", "---\ntitle: 甲\n---\n# 甲\n\n乙")); got != "p 乙\n" {
		t.Errorf("the title is repeated in the text: %q", got)
	}
}

func TestFrontMatter(t *testing.T) {
	a := parseOne(t, "f.md", "---\nid: t1\ntitle: 甲\nsubtitle: 乙\ndate: 2024-09-05\nauthor: 林晓\ntags: [海, 灯]\nsummary: 丙\nsource: 丁\npaper: 戊报\npage: 03\n---\n己")
	if a.ID != "t1" || a.Subtitle != "乙" || a.Summary != "丙" || a.Source != "丁" || len(a.Tags) != 2 ||
		a.Authors[0].Name != "林晓" || a.Edition != (article.Edition{Paper: "戊报", Date: "2024-09-05", Page: "03"}) {
		t.Errorf("got %+v", a)
	}
}

// forbidden is what may not be in any block, whatever the source had.
var forbidden = regexp.MustCompile(`(?i)<script|<style|<iframe|<svg|<meta|<form|<input|<object|<embed|<base|<link| style=| on\w+=|(?:href|src)="\s*(?:javascript|vbscript|data):|src="(?:\w+:|//)`)

func TestHostileHTMLIsCleaned(t *testing.T) {
	for _, in := range []string{
		"<script>alert(1)</script>甲", "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">甲</a>",
		"[甲](javascript:alert(1))", "![甲](data:image/png;base64,AAAA)", "<p style=\"position:fixed\">甲</p>",
		"<style>*{display:none}</style>甲", "<iframe src=\"//e.org\"></iframe>甲", "<svg onload=alert(1)><script>1</script></svg>甲",
		"<meta http-equiv=refresh content=\"0;url=//e.org\">甲", "<form action=\"//e.org\"><input name=a></form>甲",
		"<img src=\"https://e.org/a.png\">", "<img src=\"//e.org/a.png\">", "<img src=\"\\\\e.org/a.png\">", "<img srcset=\"//e.org/a.png\" src=\"a.png\">",
		"<a href=\" java\nscript:alert(1)\">甲</a>", "<math><mi xlink:href=\"javascript:alert(1)\">甲</mi></math>", "<base href=\"//e.org\">甲",
		"<object data=\"//e.org\"></object><embed src=\"//e.org\">甲", "<div id=\"kb-q\" class=\"kb\">甲</div>", "<video src=\"//e.org/a\"></video>甲",
		"<p><template><img src=//e.org></template>甲</p>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	} {
		a := parseOne(t, "f.md", in)
		for _, b := range a.Blocks {
			if m := forbidden.FindString(b.HTML); m != "" || strings.Contains(b.HTML, "kb") {
				t.Errorf("%q leaves %q in %q", in, m, b.HTML)
			}
			if strings.Contains(b.Text, "alert") || strings.Contains(b.Text, "display") {
				t.Errorf("%q: code became text: %q", in, b.Text)
			}
		}
	}
}

// checkBlocks fails unless every block's Text is the text content of its HTML
// and nothing forbidden is in it.
func checkBlocks(t testing.TB, a *article.Article) {
	t.Helper()
	for n, b := range a.Blocks {
		if b.HTML == "" {
			continue
		}
		if got := textContent(b.HTML); got != b.Text {
			t.Errorf("%s, block %d: text %.200q is not that of its HTML, %.200q", a.File, n, b.Text, got)
		}
		if m := forbidden.FindString(onlyTags(b.HTML)); m != "" {
			t.Errorf("%s, block %d: %q in its HTML", a.File, n, m)
		}
	}
}

func textContent(fragment string) string {
	root, err := html.Parse(strings.NewReader("<!doctype html><body><div>" + fragment))
	if err != nil {
		return err.Error()
	}
	var base strings.Builder
	var readings []string
	var read func(n *html.Node, inMath bool, to *strings.Builder)
	read = func(n *html.Node, inMath bool, to *strings.Builder) {
		switch {
		case n.Type == html.TextNode && !inMath:
			to.WriteString(n.Data)
		case n.Data == "rp":
			return
		case n.Data == "rt":
			var of strings.Builder
			for c := range n.ChildNodes() {
				read(c, inMath, &of)
			}
			if s := strings.TrimSpace(of.String()); s != "" {
				readings = append(readings, s)
			}
			return
		}
		for c := range n.ChildNodes() {
			read(c, inMath && n.Data != "annotation" || n.Data == "math", to)
		}
	}
	read(root, false, &base)
	if len(readings) > 0 {
		if base.Len() > 0 {
			base.WriteByte('\n')
		}
		base.WriteString(strings.Join(readings, " "))
	}
	return base.String()
}

func onlyTags(s string) string {
	return strings.Join(regexp.MustCompile(`<[^>]*>`).FindAllString(s, -1), "")
}

func TestOtherPeoplesSites(t *testing.T) {
	root := "../../../../shared/corpora/sites"
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the sites are not here: %v", err)
	}
	least := 1000
	if testing.Short() {
		root, least = filepath.Join(root, "vue-docs"), 100
	}
	p, files, dated := New(), 0, 0
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".md" {
			return err
		}
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		name, _ := filepath.Rel(root, file)
		for a, err := range p.Parse(filepath.ToSlash(name), f) {
			files++
			if err != nil {
				t.Error(err)
				continue
			}
			checkBlocks(t, a)
			if a.Title == "" || strings.Contains(a.Title, "\n") {
				t.Errorf("%s: title %q", name, a.Title)
			}
			if a.Date != "" {
				dated++
			} else if strings.HasPrefix(name, "lctt") {
				t.Errorf("%s: no date", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < least {
		t.Errorf("%d files read, want at least %d", files, least)
	}
	t.Logf("%d files, %d with a date", files, dated)
}

func FuzzParseMarkdown(f *testing.F) {
	for _, s := range []string{"# 甲\n\n乙", "---\ntitle: 甲\n---\n", "<div>甲<p>乙</div>", "|a|\n|-|\n|b|", ":::tip\n:::\n", "<b><p>甲</b>乙",
		"<table>甲<tr>乙<td>丙", "[^1]\n\n[^1]: a", "<a><div>甲<a>乙", "![](a) ![b](//c)", "<pre>\n\n甲</pre>", "<ruby>甲<rt>乙", "　　甲<br>　　乙", "<p/><sup/>", "<li>甲<li>乙"} {
		f.Add(s)
	}
	for _, c := range constructs {
		f.Add(c.before[:min(len(c.before), 100)] + c.unit + c.unit + c.after[:min(len(c.after), 100)])
	}
	p := New()
	f.Fuzz(func(t *testing.T, s string) {
		for a, err := range p.Parse("f.md", strings.NewReader(s)) {
			if err == nil {
				checkBlocks(t, a)
			} else if strings.Contains(err.Error(), broken) {
				t.Error(err)
			}
		}
	})
}
