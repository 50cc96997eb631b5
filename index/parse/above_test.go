package parse

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse/source"
)

// Of a section or a bundle of Hugo's that is not to be published, nothing is.
func TestHeldBackByTheFolder(t *testing.T) {
	page := "---\ntitle: 页\n---\n文"
	files := map[string]string{
		"content/_index.md":               "---\ntitle: 站\n---\n",
		"content/open/_index.md":          "---\ntitle: 栏\ncascade: {type: docs}\nbuild: {render: never}\n---\n",
		"content/open/a.md":               "---\ntitle: 开\n---\n文",
		"content/draft/_index.md":         "+++\ntitle = \"稿\"\n+++\n",
		"content/section/_index.md":       "---\ndraft: true\n---\n",
		"content/section/deep/a.md":       page,
		"content/later/_index.zh.md":      "不是这个文件说的",
		"content/later/_index.md":         "---\ndate: 2099-01-01\n---\n",
		"content/later/a.md":              page,
		"content/over/_index.html":        "---\nexpiryDate: 2020-01-01\n---\n",
		"content/over/a.md":               page,
		"content/cascade/_index.md":       "+++\n[[cascade]]\ndraft = true\n[cascade.target]\npath = \"/cascade/b*\"\n+++\n",
		"content/cascade/a.md":            "---\ntitle: 留\n---\n文",
		"content/cascade/b.md":            page,
		"content/cascade/here/_index.md":  "---\ncascade:\n  build:\n    render: never\n---\n",
		"content/cascade/here/deep/c.md":  page,
		"content/cascade/local/_index.md": "---\ncascade: {draft: true, target: {environment: development}}\n---\n",
		"content/cascade/local/d.md":      "---\ntitle: 此\n---\n文",
		"content/bundle/index.md":         "---\ndraft: true\n---\n文",
		"content/bundle/part.md":          "部分",
		"content/none/index.md":           "---\nheadless: true\n---\n",
		"content/none/part.md":            "部分",
		// Elsewhere the page of a folder is a page like the others.
		"docs/index.md": "---\ndraft: true\n---\n文",
		"docs/a.md":     "---\ntitle: 旁\n---\n文",
		"_part.mdx":     "别的文件用的",
		"稿.draft.md":    "文",
	}
	got, said := all(t, files, nil)
	if l := list(got); l != "content/cascade/a=留 content/cascade/local/d=此 content/open/a=开 docs/a=旁" {
		t.Errorf("published are %s", l)
	}
	held := graded(said, source.Held)
	for _, want := range []string{
		"content/section/deep/a.md:1: is held back: draft, says content/section/_index.md", "content/later/a.md:1: is held back: not before 2099-01-01, says content/later/_index.md",
		"content/over/a.md:1: is held back: expired 2020-01-01, says", "content/cascade/b.md:1: is held back: draft, says content/cascade/_index.md",
		"content/cascade/here/deep/c.md:1: is held back: build, says", "content/bundle/part.md:1: is held back: draft, says content/bundle/index.md",
		"content/none/part.md:1: is held back: headless, says", "稿.draft.md:1: is held back: draft",
	} {
		if !strings.Contains(held, want) {
			t.Errorf("not held back as %q by\n%s", want, held)
		}
	}
	if passed := graded(said, source.Passed); !strings.Contains(passed, "_part.mdx: ") {
		t.Errorf("passed over are %s", passed)
	}
	if got, _ := all(t, files, func(c *Config) { c.Drafts, c.Future = true, true }); len(got) < 12 {
		t.Errorf("with both flags, only %s", list(got))
	}
}

// What mkdocs.yml excludes is no article, and its drafts are none to be seen.
func TestHeldBackByMkDocs(t *testing.T) {
	got, said := all(t, map[string]string{
		"mkdocs.yml":           "site_name: 站\nexclude_docs: |\n  *.tmp.md\n  /private/\n  !keep.tmp.md\ndraft_docs: |\n  wip.md\n  later/*.md\nx:\n  - y: !!python/name:a.b\n",
		"docs/a.md":            "# 甲\n\n文\n",
		"docs/b.tmp.md":        "# 乙\n\n文\n",
		"docs/keep.tmp.md":     "# 丙\n\n文\n",
		"docs/private/c.md":    "# 丁\n\n文\n",
		"docs/x/private/d.md":  "# 戊\n\n文\n",
		"docs/x/wip.md":        "# 己\n\n文\n",
		"docs/later/e.md":      "# 庚\n\n文\n",
		"docs/later/deep/f.md": "# 辛\n\n文\n",
		"wip.md":               "# 壬\n\n文\n",
	}, nil)
	if l := list(got); l != "docs/a=甲 docs/keep.tmp=丙 docs/later/deep/f=辛 docs/x/private/d=戊 wip=壬" {
		t.Errorf("published are %s", l)
	}
	if h, p := graded(said, source.Held), graded(said, source.Passed); strings.Count(h, "draft, says mkdocs.yml") != 2 || strings.Count(p, "is excluded by mkdocs.yml") != 2 {
		t.Errorf("held back are %s, passed over %s", h, p)
	}
}

// WordPress and Blogger export all of a site as a feed.
func TestExports(t *testing.T) {
	got, said := all(t, map[string]string{
		"wp.xml": `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>站</title>
<item><title>出</title><wp:post_date>2024-03-04 05:06:07</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><description>短话</description><content:encoded><![CDATA[一行
二行

[caption id="a_1" align="left"]<img src="https://example.org/a.png" /> 塔[/caption]

三<b>行</b>]]></content:encoded></item>
<item><title>稿</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type><description>文</description></item>
<item><title>密</title><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password>1</wp:post_password><description>文</description></item>
<item><title>私</title><wp:status>private</wp:status><wp:post_type>page</wp:post_type><description>文</description></item>
<item><title>图</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><description>文</description></item>
<item><title>图二</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><description>文</description></item>
<item><pubDate>05 Sep 24 08:00 +0800</pubDate><description>没有题目的一句。又一句。</description></item>
</channel></rss>`,
		"blogger.atom": `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"><title>站</title>
<entry><title>稿</title><app:control><app:draft>yes</app:draft></app:control><content type="html">文</content></entry>
<entry><title>评</title><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#comment"/><content type="html">文</content></entry>
<entry><title>博</title><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/><category term="海"/><content type="html">文</content></entry></feed>`,
	}, nil)
	if l := list(got); l != "blogger-3=博 wp-1=出 wp-7=没有题目的一句" {
		t.Fatalf("published are %s", l)
	}
	if a := got[1]; a.Text() != "一行\n二行\n图片\n塔\n三行\n" || a.Date != "2024-03-04" || a.Summary != "短话" {
		t.Errorf("the first is %q of %s, %q", a.Text(), a.Date, a.Summary)
	}
	if c := got[0].Categories; len(c) != 1 || c[0] != "海" {
		t.Errorf("categories are %q", c)
	}
	if got[2].Date != "2024-09-05" {
		t.Errorf("the date of two digits is %s", got[2].Date)
	}
	if n := strings.Count(graded(said, source.Held), "is held back"); n != 4 {
		t.Errorf("%d are held back, want 4:\n%s", n, graded(said, source.Held))
	}
	if p := graded(said, source.Passed); p != "blogger.atom: has items that are no articles: 1 comment\nwp.xml: has items that are no articles: 2 attachment" {
		t.Errorf("passed over are %s", p)
	}
}

// Content systems export HTML in tables and in JSON.
func TestHTMLInTablesAndJSON(t *testing.T) {
	got, said := all(t, map[string]string{
		"a.csv":   "标题,正文\n甲,<p>一<b>二</b></p><p>三</p>\n乙,a < b 与 <p> 标签\n",
		"b.json":  `{"version":"https://jsonfeed.org/version/1.1","items":[{"title":"丙","content_html":"<p>一</p><script>x</script><ul><li>二</li></ul>"},{"title":"丁","content":"<div>一<br>二</div>"}]}`,
		"c.jsonl": `{"title":"戊","text":"用 <b> 和 </b> 加粗"}`,
	}, nil)
	var s []string
	for _, a := range got {
		s = append(s, a.Title+"="+strings.ReplaceAll(strings.TrimSpace(a.Text()), "\n", "|"))
	}
	if g := strings.Join(s, " / "); g != "甲=一二|三 / 乙=a < b 与 <p> 标签 / 丙=一|二 / 丁=一|二 / 戊=用 <b> 和 </b> 加粗" || len(said) > 0 {
		t.Errorf("got %s; said is %v", g, said)
	}
}

// Of a table nothing is lost in silence.
func TestTablesOfOtherPrograms(t *testing.T) {
	got, said := all(t, map[string]string{
		"a.csv": "标题,正文,状态,草稿,备注\n甲,文,草稿,\n乙,文,已发布,是\n丙,文,已发布,否,记\n丁,他说:好,然后,,,走了\n",
		"b.csv": "title;content;date\n戊;一,二;2024-09-01\n",
		"c.csv": "title\tcontent\n己\t文\n",
	}, nil)
	if l := list(got); l != "a-3=丙 b-1=戊 c-1=己" || got[1].Text() != "一,二\n" {
		t.Errorf("published are %s", l)
	}
	if f := graded(said, source.Fault); f != "a.csv:5: the row has 6 cells, the first row has 5; a comma within a cell needs quotation marks around the cell" {
		t.Errorf("faults are %s", f)
	}
	if w := graded(said, source.Warning); w != "a.csv:1: columns that are not read: 备注; [csv] in kanbao.toml can say what is in them" {
		t.Errorf("warnings are %s", w)
	}
}
