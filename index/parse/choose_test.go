package parse

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// all reads a folder: the articles, and what was said of files.
func all(t *testing.T, files map[string]string, change func(*Config)) (got []*article.Article, said []*Error) {
	t.Helper()
	root := folder(t, files)
	cfg, err := LoadConfig(root)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Now = time.Date(2024, 9, 5, 12, 0, 0, 0, time.UTC)
	if change != nil {
		change(cfg)
	}
	for a, err := range Folder(t.Context(), root, cfg) {
		if err != nil {
			said = append(said, err.(*Error))
			continue
		}
		got = append(got, a)
	}
	return got, said
}

// graded are the messages of a grade.
func graded(said []*Error, g source.Grade) string {
	var lines []string
	for _, e := range said {
		if e.Grade == g {
			lines = append(lines, e.Error())
		}
	}
	return strings.Join(lines, "\n")
}

// What its author does not want to be seen is held back, whatever it is written in.
func TestHeldBackInEveryKindOfFile(t *testing.T) {
	files := map[string]string{
		"out.md":           "---\ntitle: 出\ndate: 2024-09-01\n---\n文",
		"draft.md":         "---\ntitle: 稿\ndraft: true\n---\n文",
		"draft.mdx":        "+++\ntitle = \"稿\"\ndraft = true\n+++\n文",
		"draft.html":       "---\ntitle: 稿\npublished: false\n---\n<p>文</p>",
		"draft.txt":        "---\nstatus: draft\n---\n文",
		"draft.jsonl":      `{"title":"稿","text":"文","draft":true}` + "\n" + `{"title":"出二","text":"文","draft":false}` + "\n" + `{"title":"稿","text":"文","status":"草稿"}`,
		"draft.json":       `[{"title":"稿","text":"文","published":false}]`,
		"draft.csv":        "标题,正文,status\n稿,文,draft\n出三,文,\n",
		"feed.xml":         `<rss><channel><item><title>稿</title><description>文</description><pubDate>Tue, 01 Jan 2999 00:00:00 +0800</pubDate></item></channel></rss>`,
		"_drafts/a.md":     "文",
		"草稿/深/a.md":        "文",
		"page.md":          "---\nkind: newspaper\ndraft: true\n---\n## 甲\n\n文。\n\n## 乙\n\n文。\n",
		"2099-01-01-名.md":  "文",
		"meta.html":        `<meta property="article:published_time" content="2999-01-01T00:00:00Z"><title>稿</title><article><p>一段话，写在未来的某一天。</p></article>`,
		"late/kanbao.toml": "date = \"2999-01-01\"\n",
		"late/a.md":        "文",
		"expired.md":       "---\nexpiryDate: 2024-09-01\n---\n文",
	}
	got, said := all(t, files, nil)
	if list := list(got); list != "draft-2=出三 draft-2-2=出二 out=出" {
		t.Errorf("published are %s", list)
	}
	if faults := graded(said, source.Fault); faults != "" {
		t.Error(faults)
	}
	want := 17
	if n := strings.Count(graded(said, source.Held), "is held back: "); n != want {
		t.Errorf("%d are held back, want %d:\n%s", n, want, graded(said, source.Held))
	}
	if got, said := all(t, files, func(c *Config) { c.Drafts, c.Future = true, true }); len(got) != want+3 || graded(said, source.Held) != "" {
		t.Errorf("with both flags %d are published, want %d; held back are %s", len(got), want+3, graded(said, source.Held))
	}
	drafts, _ := all(t, files, func(c *Config) { c.Drafts = true })
	future, _ := all(t, files, func(c *Config) { c.Future = true })
	if len(drafts)+len(future) != want+6 {
		t.Errorf("%d with drafts, %d with the future", len(drafts), len(future))
	}
}

func TestDayBeginsInItsZone(t *testing.T) {
	files := map[string]string{"a.md": "---\ndate: 2024-09-05\n---\n文"}
	at := func(hour int) func(*Config) {
		return func(c *Config) { c.Now = time.Date(2024, 9, 4, hour, 0, 0, 0, time.UTC) }
	}
	if got, _ := all(t, files, at(17)); len(got) != 1 {
		t.Error("in China it is the day already")
	}
	files["kanbao.toml"] = "timezone = \"UTC\"\n"
	if got, _ := all(t, files, at(17)); len(got) != 0 {
		t.Error("in UTC it is not the day yet")
	}
}

func TestFilesOfOtherGenerators(t *testing.T) {
	files := map[string]string{
		"_index.md": "---\ntitle: 手册\n---\n", "README.md": "# 某书\n\n前言。\n", "SUMMARY.md": "* [前言](README.md)\n", "_sidebar.md": "* [首页](/)\n",
		"404.md": "找不到。", "404.html": "<p>找不到</p>", "ch1/README.md": "# 第一章\n\n正文。\n", "ch1/index.zh-hant.md": "# 繁體版\n\n內文。\n",
		"tags/index.md": "---\ntitle: 标签\ntype: tags\n---\n", "layouts/post.html": "<p>{{ .Content }}</p>", "archetypes/default.md": "x",
		"scaffolds/post.md": "x", "partials/a.html": "x", "_includes/a.md": "x", "node_modules/x/README.md": "x", "static/a.md": "x",
		"robots.txt": "x", "names.txt": "", "synonyms.txt": "", "a.docx": "x", "a.png": "x", "package.json": "{\"title\":\"x\"}", "sitemap.xml": "<urlset></urlset>",
		"词/_index.md": "---\ntitle: 名词\nweight: 1\n---\n说明。", ".hidden.md": "x",
	}
	got, said := all(t, files, nil)
	if list := list(got); list != "ch1/index.zh-hant=繁體版 ch1/README=第一章 README=某书 词/_index=名词" {
		t.Errorf("articles are %s", list)
	}
	for _, a := range got {
		if a.Title == "繁體版" && a.Publication.Lang != "zh-hant" {
			t.Errorf("its language is %q", a.Publication.Lang)
		}
	}
	passed := graded(said, source.Passed)
	for _, name := range []string{"404.md", "404.html", "SUMMARY.md", "_sidebar.md", "layouts/", "archetypes/", "scaffolds/", "partials/", "_includes/", "node_modules/", "robots.txt", "a.docx", "package.json", "sitemap.xml"} {
		if !strings.Contains(passed, name+": ") {
			t.Errorf("%s is not named", name)
		}
	}
	if strings.Contains(passed, "a.png") || strings.Contains(passed, "static") {
		t.Errorf("passed over are said to be %s", passed)
	}
	got, _ = all(t, files, func(c *Config) {
		c.Include, c.Exclude = []string{"404.md", "layouts/**"}, []string{"ch1", "*.jsonl", "/README.md"}
	})
	if list := list(got); list != "404=404 layouts/post=post 词/_index=名词" {
		t.Errorf("with patterns, articles are %s", list)
	}
}

// What is said of a page beside its PDF is read with it, and not passed over.
func TestFilesBesideAPage(t *testing.T) {
	_, said := all(t, map[string]string{"A06.pdf": "no PDF", "A06.toml": "name = \"综合\"\n", "A06.zones.toml": "", "A07.toml": "", "b.md": "文"}, nil)
	if got := graded(said, source.Passed); !strings.Contains(got, "A07.toml: ") || strings.Contains(got, "A06") {
		t.Errorf("passed over are %s", got)
	}
}

// Order puts undated articles where the table of contents, their weight or their
// name has them.
// Control characters are no text, wherever they come from, and are named.
func TestControlCharactersAreLeftOut(t *testing.T) {
	got, said := all(t, map[string]string{
		"a.jsonl": `{"title":"潮\u0000汐","text":["一\u0008二","see\u000bthe\ttide","甲\r乙"],"tags":["海\u0007"],"author":"林\uffff"}`,
		"b.html":  "<title>页</title><article><p>正文\x01一句，<b>粗\x02</b>字。</p></article>",
		"c.csv":   "标题,正文\n表\x1f,文\x03\n",
		"d.txt":   "题\n\n文\x04。",
		"e.md":    "# 好\n\n文",
	}, nil)
	var list []string
	for _, a := range got {
		text := strings.ReplaceAll(a.Text(), "\n", "|")
		for _, b := range a.Sections[0].Blocks {
			text += b.HTML
		}
		list = append(list, a.Title+" "+text)
		if strings.ContainsFunc(text+a.Title+strings.Join(a.Tags, ""), isControl) || len(a.Authors) > 0 && a.Authors[0].Name != "林" {
			t.Errorf("%s still has control characters: %q", a.File, text)
		}
	}
	want := "潮汐 一二|see the\ttide|甲乙|\n页 正文一句，粗字。|正文一句，<b>粗</b>字。\n表 文|\n题 文。|\n好 文|"
	if s := strings.Join(list, "\n"); s != want {
		t.Errorf("read\n%q\nwant\n%q", s, want)
	}
	warned := graded(said, source.Warning)
	if !strings.HasPrefix(warned, "a.jsonl:1: control characters are left out: U+0000, U+0007, U+FFFF, U+0008, U+000B") || strings.Count(warned, "\n") != 3 {
		t.Errorf("warned of\n%s", warned)
	}
}

// Nikola keeps front matter in a file of its own.
func TestFrontMatterBesideAFile(t *testing.T) {
	got, said := all(t, map[string]string{
		"a.md": "# 小节\n\n文", "a.meta": ".. title: 潮\n.. date: 2024-09-05\n.. tags: 海\n.. slug: chao\n",
		"b.html": "<h1>页</h1><p>文。</p>", "b.meta": ".. title: 汐\n",
		"c.txt": "文。", "c.meta": ".. title: 汛\n.. status: draft\n",
		"d.md": "---\ntitle: 自己的\n---\n文", "d.meta": ".. title: 旁边的\n",
		"e.md": "文", "e.meta": "{\"title\": \"潮\", \"draft\": true,,}",
		"f.md": "# 己\n\n文", "f.meta": "guid 1\n",
		"g.meta": ".. title: 没有文章\n",
	}, nil)
	var list []string
	for _, a := range got {
		list = append(list, a.File+" "+a.Title+" "+a.Date+strings.Join(a.Tags, ",")+" "+a.Publication.Slug+" "+strings.ReplaceAll(a.Text(), "\n", "|"))
	}
	want := "a.md 潮 2024-09-05海 chao 小节|文|\nb.html 汐   文。|\nd.md 自己的   文|\nf.md 己   文|"
	if s := strings.Join(list, "\n"); s != want {
		t.Errorf("read\n%s\nwant\n%s", s, want)
	}
	held := graded(said, source.Held)
	if held != "c.txt:1: is held back: status: draft\ne.md:1: is held back: e.meta cannot be read" {
		t.Errorf("held back:\n%s", held)
	}
	if passed := graded(said, source.Passed); passed != "g.meta: this kind of file is not read" {
		t.Errorf("passed over:\n%s", passed)
	}
}

func TestOrder(t *testing.T) {
	order := func(files map[string]string) string {
		got, _ := all(t, files, nil)
		slices.SortStableFunc(got, func(a, b *article.Article) int { return strings.Compare(a.Publication.Order, b.Publication.Order) })
		var names []string
		for _, a := range got {
			name := a.File
			if f := a.Publication.Folder; f != "" {
				name = f + ":" + name
			}
			names = append(names, name)
		}
		return strings.Join(names, " ")
	}
	for _, c := range []struct {
		about string
		files map[string]string
		want  string
	}{
		{"numbers", map[string]string{"10.md": "文", "2.md": "文", "1.md": "文", "第十章.md": "文", "第二章.md": "文", "第二十一章.md": "文", "第九章.md": "文"},
			"1.md 2.md 10.md 第二章.md 第九章.md 第十章.md 第二十一章.md"},
		{"weights", map[string]string{"a.md": "---\nweight: 2\n---\n文", "b.md": "---\nweight: -1\n---\n文", "c.md": "文", "d/_index.md": "---\ntitle: 丁\nweight: 1\n---\n首", "d/z.md": "---\norder: 1\n---\n文", "d/a.md": "文"},
			"b.md 丁:d/_index.md 丁:d/z.md 丁:d/a.md a.md c.md"},
		{"a summary", map[string]string{"SUMMARY.md": "# Summary\n\n[前言](b.md)\n\n# 上编\n\n- [二](x/2.md)\n  - [一](x/1.md)\n- [外](https://example.org)\n", "b.md": "文", "x/1.md": "文", "x/2.md": "文", "a.md": "文"},
			"b.md 上编:x/2.md 二:x/1.md a.md"},
		{"a sidebar", map[string]string{"_sidebar.md": "- 入门\n  - [乙](乙)\n  - [甲](/甲.md)\n", "甲.md": "文", "乙.md": "文"}, "入门:乙.md 入门:甲.md"},
		{"MkDocs", map[string]string{"mkdocs.yml": "site_name: x\nnav:\n  - 首页: index.md\n  - 指南:\n    - b.md\n    - 安装: a.md\nx: !!python/name:y z\n", "docs/index.md": "文", "docs/a.md": "文", "docs/b.md": "文", "docs/c.md": "文"},
			"docs:docs/index.md 指南:docs/b.md 指南:docs/a.md docs:docs/c.md"},
	} {
		if got := order(c.files); got != c.want {
			t.Errorf("%s: %s, want %s", c.about, got, c.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	got, said := all(t, map[string]string{
		"p/a.md": "---\nslug: tide\nurl: /old/a.html\naliases: [/x/, /y/]\n---\n文", "p/b/index.md": "---\nslug: lamp\n---\n文",
		"Tide.md": "文", "tide.md": "文", "x.jsonl": `{"id":"One","title":"甲","text":"文"}` + "\n" + `{"id":"one","title":"乙","text":"文"}`,
		"é.md": "文", "e\u0301.md": "文",
	}, nil)
	ids := map[string]bool{}
	for _, a := range got {
		ids[key(a.ID)] = true
		if a.File == "p/a.md" && (a.ID != "p/tide" || len(a.Publication.Addresses) != 3) {
			t.Errorf("the ID is %q, addresses are %q", a.ID, a.Publication.Addresses)
		}
		if a.File == "p/b/index.md" && a.ID != "p/lamp" {
			t.Errorf("the ID of a folder's page is %q", a.ID)
		}
	}
	if len(ids) != 8 || len(got) != 8 {
		t.Errorf("%d articles have %d addresses: %s", len(got), len(ids), list(got))
	}
	if w := graded(said, source.Warning); !strings.Contains(w, `id "one" differs only in case from that of the article at x.jsonl:1`) {
		t.Errorf("the warnings are %s", w)
	}
}

func TestTables(t *testing.T) {
	got, said := all(t, map[string]string{
		"a.csv":         "标题,正文,日期,作者\n潮,\"一\n二\",2024-09-01,林\n,无题,,\n",
		"b/kanbao.toml": "[csv]\ntitle = \"名\"\ntext = \"话\"\n",
		"b/b.csv":       "名,话\n灯,亮\n",
		"c.csv":         "甲,乙\n1,2\n",
	}, nil)
	if l := list(got); l != "a-1=潮 b/b-1=灯" {
		t.Errorf("articles are %s", l)
	}
	if a := got[0]; len(a.Sections[0].Blocks) != 2 || a.Date != "2024-09-01" || a.Authors[0].Name != "林" {
		t.Errorf("the first is %+v", a)
	}
	if f := graded(said, source.Fault); f != "a.csv:4: the row has no title\nc.csv:1: no column has the title (the columns are 甲, 乙); say which in kanbao.toml: [csv] title = \"…\", or keep the file out with exclude" {
		t.Errorf("faults are %s", f)
	}
}

// What "kanbao articles --json" prints can be read back, and says no less.
func TestDescriptionsAreReadBack(t *testing.T) {
	everything := func(c *Config) { c.Drafts, c.Future = true, true }
	files := map[string]string{
		"a.md": "---\ntitle: 甲\nsummary: 短\ncategories: [海]\nstatus: draft\n---\n文\n",
		"b.md": "---\ntitle: 乙\npublishDate: 2099-01-01\n---\n文\n",
		"c.md": "---\ntitle: 丙\nexpiryDate: 2001-01-01\n---\n文\n",
		"d.md": "---\ntitle: 丁\nsummary: 短\n---\n文\n",
	}
	first, _ := all(t, files, everything)
	var lines []string
	for _, a := range first {
		line, err := json.Marshal(Describe(a))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	if len(lines) != 4 {
		t.Fatalf("%d articles, want 4", len(lines))
	}
	back, said := all(t, map[string]string{"a.jsonl": strings.Join(lines, "\n")}, nil)
	if l := list(back); l != "d=丁" || back[0].Summary != "短" {
		t.Errorf("read back are %s, and said was\n%v", l, said)
	}
	if again, _ := all(t, map[string]string{"a.jsonl": lines[0]}, everything); len(again) != 1 || again[0].Summary != "短" || !slices.Equal(again[0].Categories, []string{"海"}) {
		t.Errorf("read back with drafts: %+v", again)
	}
}

// A broken JSON file of articles is a fault on its line; one that is none is passed over.
func TestBrokenJSON(t *testing.T) {
	_, said := all(t, map[string]string{
		"a.json": "[{\"title\": \"甲\", \"text\": \"文\"},\n{\"title\": \"乙\" \"text\": \"文\"}]",
		"b.json": "{\"name\": \"x\", // 注\n}",
		"c.md":   "# 丙\n\n文",
		"d.json": "[{\"title\": \"丁\", \"text\": \"\", \"body\": \"丁的文\"}]",
	}, nil)
	if f := graded(said, source.Fault); !strings.HasPrefix(f, "a.json:2: not JSON") || strings.Contains(f, "\n") {
		t.Errorf("faults are %q", f)
	}
	if p := graded(said, source.Passed); p != "b.json: has no article in it" {
		t.Errorf("passed over are %q", p)
	}
}

func TestFeedsAndText(t *testing.T) {
	got, said := all(t, map[string]string{
		"rss.xml": `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>站</title>
<item><title>潮 &amp; 汐</title><link>https://example.org/p/1</link><pubDate>Mon, 02 Sep 2024 08:00:00 +0800</pubDate><dc:creator>林</dc:creator><category>海</category><description>短</description><content:encoded><![CDATA[<p>一段<b>话</b>。</p><p>又一段。</p>]]></content:encoded></item></channel></rss>`,
		"x.atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>站</title><entry><title type="html">灯 &lt;b&gt;塔&lt;/b&gt;</title><published>2024-09-03T00:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>亮。</p></div></content></entry></feed>`,
		"t.txt":  "题目在这里\n\n　　第一段 *不是* 强调。\n2. 第二段。\n",
		"u.txt":  "第一句就是正文。\n",
	}, nil)
	if l := list(got); l != "rss-1=潮 & 汐 t=题目在这里 u=u x-1=灯 塔" && l != "rss-1=潮 & 汐 t=题目在这里 u=u x-1=灯塔" {
		t.Errorf("articles are %s", l)
	}
	if a := got[0]; a.Text() != "一段话。\n又一段。\n" || a.Date != "2024-09-02" || a.Authors[0].Name != "林" || a.Categories[0] != "海" || a.Publication.Addresses[0] != "https://example.org/p/1" {
		t.Errorf("the item of the feed is %+v", a)
	}
	if got[1].Text() != "第一段 *不是* 强调。\n2. 第二段。\n" {
		t.Errorf("the text is %q", got[1].Text())
	}
	if len(said) > 0 {
		t.Errorf("said is %v", said)
	}
}

// What is no file is named, and neither read nor waited for; a link is followed
// within the content only, whatever it is a link to.
func TestWhatIsNoFile(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "甲", "sub/b.md": "乙"})
	secret := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(secret, []byte("密语 = 1"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("sub/b.md", "in.md")
	link(secret, "out.md")
	link("nowhere.md", "dangling.md")
	big, err := os.Create(filepath.Join(root, "big.md"))
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Truncate(1 << 40); err != nil {
		t.Fatal("no sparse file can be made:", err)
	}
	big.Close()
	got, faults := read(t, root)
	if list(got) != "a=a in=in sub/b=b" {
		t.Errorf("articles are %s", list(got))
	}
	said := strings.Join(faults, "\n")
	for _, want := range []string{"big.md: has 1048576.0 MB, and at most 64 MB are read", "dangling.md: is a link that leads out of the content folder, or to nothing", "out.md: is a link"} {
		if !strings.Contains(said, want) {
			t.Errorf("the faults are %s; want one with %q", said, want)
		}
	}
	for _, name := range []string{ConfigName, SynonymsName} {
		link(secret, name)
	}
	_, err = LoadConfig(root)
	_, synonyms := LoadSynonyms(root)
	for _, err := range append(synonyms, err) {
		if err == nil || !strings.Contains(err.Error(), "is a link that leads out") || strings.Contains(err.Error(), "密语") {
			t.Errorf("the error is %v", err)
		}
	}
}
