package html

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func pageOf(t *testing.T, text string) *Page {
	t.Helper()
	p, err := New().Page("a/b.html", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// properties in one line: use, name and value.
func propertyLine(a *article.Article) string {
	var all []string
	for _, p := range a.Properties {
		all = append(all, string("fms"[p.Use])+" "+p.Name+"="+p.Value)
	}
	return strings.Join(all, "; ")
}

func TestPageTextIsWhereThePageSays(t *testing.T) {
	long := "这一段文字足够长，长到没有人会把它当作菜单或者页脚里的一句话，因为它说的是潮水一天来两次的道理。"
	for _, c := range []struct{ about, in, want string }{
		{"two bodies", `<p>` + long + `</p><div data-kanbao-body><p>甲。</p></div><p>丙。</p><div data-pagefind-body><p>乙。</p></div>`, "甲。\n乙。\n"},
		{"a body with what is beside", `<form><div data-pagefind-body><nav>菜单</nav><p>甲。</p><form>表</form><footer>脚</footer></div></form>`, "甲。\n"},
		{"body itself", `<body data-pagefind-body><p>甲。</p></body>`, "甲。\n"},
		{"main, whole", `<div>旁边<p>` + long + `</p></div><main><p>甲。</p><section><p>` + long + `</p></section><ul><li>乙</li></ul></main>`, "甲。\n" + long + "\n乙\n"},
		{"main with a sidebar", `<main><aside class="sidebar"><ul><li><a href="/x">别处</a></li></ul></aside><p>` + long + `</p></main>`, long + "\n"},
		{"two articles", `<p>` + long + `</p><article><p>甲。</p></article><article><p>乙。</p></article>`, "甲。\n乙。\n"},
		{"an empty main", `<main></main><article><p>甲。</p></article>`, "甲。\n"},
		{"none of them", `<div><ul><li><a href="/1">一</a></li><li><a href="/2">二</a></li></ul></div><div><p>` + long + `</p></div>`, long + "\n"},
		{"left out", `<main><p>甲。<b data-kanbao-ignore>不要</b></p><p data-pagefind-ignore="all">也不要</p><p data-pagefind-ignore="index">还不要</p><p>乙。</p></main>`, "甲。\n乙。\n"},
		{"attributes", `<main><p data-pagefind-index-attrs="title, data-tip" title="题" data-tip="注">甲</p><p><img data-kanbao-index-attrs="alt" src="a.png" alt="图"> 乙</p></main>`, "题 注 甲\n图 乙\n"},
	} {
		got := pageOf(t, "<!doctype html><title>题目</title>"+c.in)
		if got.Text() != c.want {
			t.Errorf("%s: the text is %q, want %q", c.about, got.Text(), c.want)
		}
		for _, b := range got.Blocks {
			if b.HTML != "" {
				t.Errorf("%s: a block has HTML %q", c.about, b.HTML)
			}
		}
	}
}

func TestPageProperties(t *testing.T) {
	got := pageOf(t, `<!doctype html><html lang="zh-CN"><head><title>窗</title>
<meta data-pagefind-filter="section[content]" content="海洋"><meta data-pagefind-default-meta="image[content], note[content]" content="default.png">
<meta data-kanbao-sort="rank:007"></head><body><main>
<h1 data-pagefind-meta="title" data-pagefind-filter="kind:说明, 甲">题<i data-pagefind-ignore>不要</i>目</h1>
<p data-pagefind-filter="author">林晓</p><p data-kanbao-filter="author">陈婵</p><p data-pagefind-filter="tag">潮</p><p data-pagefind-filter="section">渔业</p>
<time datetime="2024-05-06" data-pagefind-sort="date[datetime]" data-pagefind-meta="shown, at[datetime], with:a, b:c">五月</time>
<img data-pagefind-meta="image[src]" src="/a.png">
<p data-pagefind-filter=",, =[]:x">空</p><p data-pagefind-ignore data-pagefind-filter="hidden">仍算</p><p data-pagefind-ignore="all" data-pagefind-filter="hidden">不算</p>
</main></body></html>`)
	want := "f section=海洋; f kind=说明, 甲; f section=渔业; f hidden=仍算; s rank=007; s date=2024-05-06; m shown=五月; m at=2024-05-06; m with=a, b:c; m image=/a.png; m note=default.png; f lang=zh-cn"
	if line := propertyLine(got.Article); line != want {
		t.Errorf("the properties are\n%s\nwant\n%s", line, want)
	}
	if got.Title != "题目" || got.Date != "2024-05-06" || len(got.Authors) != 2 || got.Authors[1].Name != "陈婵" || strings.Join(got.Tags, " ") != "潮" {
		t.Errorf("got %+v", got.Article)
	}
}

func TestPageAnchors(t *testing.T) {
	got := pageOf(t, `<main><h1 id="top">题目</h1><p>甲。</p><h2 id="大潮-1">大潮<a class="header-anchor" href="#大潮-1" aria-label="Permalink">&#8203;</a></h2><p>乙。</p>
<h2>没有</h2><p>丙。</p><section id="around"><h3>在里面</h3><p>丁。</p></section><span id="more"></span><h2 id="own"><a name="inner"></a>自己的</h2><p>戊。</p></main>`)
	var all []string
	for _, s := range got.Sections {
		all = append(all, s.Heading+"#"+s.Anchor)
	}
	if line := strings.Join(all, " "); line != "#top 大潮#大潮-1 没有# 在里面#around 自己的#own" {
		t.Errorf("the sections are %s", line)
	}
}

func TestPageWeights(t *testing.T) {
	got := pageOf(t, `<main><h1>题目</h1><p>甲。</p><div data-pagefind-weight="5"><p>乙。</p><ul><li>丙</li></ul><p data-kanbao-weight="0.5">丁。</p></div><p>戊<b data-pagefind-weight="2">己</b>。</p>
<h2 data-pagefind-weight="10">大潮</h2><pre data-pagefind-weight="0">码
行</pre><p data-pagefind-weight="11">过大</p><p data-pagefind-weight="重">错</p></main>`)
	var all []string
	for _, s := range got.Sections {
		if s.Heading != "" {
			all = append(all, s.Heading+" "+number(s.Weight))
		}
		for _, b := range s.Blocks {
			all = append(all, b.Text+" "+number(b.Weight))
		}
	}
	if line := strings.Join(all, "|"); line != "甲。 0|乙。 5|丙 5|丁。 0.5|戊己。 2|大潮 10|码\n行 0.01|过大 0|错 0" {
		t.Errorf("the weights are %s", line)
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func TestPagesThatAreNone(t *testing.T) {
	for about, in := range map[string]string{
		"robots":          `<meta name="robots" content="noindex, follow"><main data-pagefind-body><p>甲。</p></main>`,
		"the second":      `<meta name="robots" content="all"><meta name="robots" content="noindex"><main><p>甲。</p></main>`,
		"to one of them":  `<meta name="Baiduspider" content="noindex"><main><p>甲。</p></main>`,
		"none":            `<meta name="Robots" content="NONE"><main><p>甲。</p></main>`,
		"an alias":        `<meta http-equiv="refresh" content="0; url=/b/"><title>x</title>`,
		"all ignored":     `<body data-pagefind-ignore><main><p>甲。</p></main></body>`,
		"nothing in it":   `<script>x</script>`,
		"not the content": `<title></title><nav>菜单</nav>`,
	} {
		_, err := New().Page("a/b.html", []byte(in))
		var fault *source.Error
		if !errors.As(err, &fault) || fault.Grade != source.Passed {
			t.Errorf("%s: error %v, want one of the grade Passed", about, err)
		}
	}
	// A word that only begins with none is another one.
	pageOf(t, `<meta name="robots" content="nonesuch"><main><p>甲。</p></main>`)
}

func TestPageSaysOfItself(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(governmentPage, "%s", "gb2312", 1))
	if err != nil {
		t.Fatal(err)
	}
	got := pageOf(t, gbk)
	if got.Title != "潮位站开放参观" || got.Date != "2024-09-05" || got.Source != "市海洋局" || !strings.Contains(got.Text(), "浮筒跟着海水升降") || strings.Contains(got.Text(), "版权所有") {
		t.Errorf("got %+v", got.Article)
	}
	got = pageOf(t, `<link rel="alternate canonical" href=" /a/c/ "><meta property="article:expiration_time" content="2024-05-01T08:00:00+08:00"><main data-pagefind-body>甲。</main>`)
	if got.Canonical != "/a/c/" || got.Publication.Release.Until != "2024-05-01T08:00:00+08:00" || !got.Marked {
		t.Errorf("canonical %q, until %q, marked %v", got.Canonical, got.Publication.Release.Until, got.Marked)
	}
}

func TestExpiry(t *testing.T) {
	for in, want := range map[string]string{
		`<meta property="article:expiration_time" content="2024-05-01">`:                                                                    "2024-05-01",
		`<meta name="robots" content="index, unavailable_after: 2024-05-01T00:00:00+08:00">`:                                                "2024-05-01T00:00:00+08:00",
		`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-01-01","expires":"2024-05-01T00:00:00Z"}</script>`: "2024-05-01T00:00:00Z",
		`<meta property="article:expiration_time" content="soon">`:                                                                          "",
	} {
		a := parseOne(t, "a.html", in+"<p>甲。</p>")
		if got := a.Publication.Release.Until; got != want {
			t.Errorf("%s: until %q, want %q", in, got, want)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add(`<main data-pagefind-body data-pagefind-meta="a[b], c:d" data-pagefind-weight=3><h1 id=x>题</h1><p data-pagefind-index-attrs=title title=t>甲<b data-kanbao-ignore>乙</b></p></main>`)
	f.Add(`<body data-pagefind-filter=","><img data-pagefind-index-attrs="alt" alt="]["><li data-pagefind-weight="-1">`)
	parser := New()
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parser.Page("a.html", []byte(text))
		if err != nil {
			return
		}
		for _, p := range got.Properties {
			if p.Name == "" || p.Value == "" || strings.ContainsAny(p.Name, "=:,") {
				t.Errorf("a property is %q: %q", p.Name, p.Value)
			}
		}
		for _, b := range got.Blocks {
			if b.Text == "" || b.HTML != "" || b.Weight < 0 || b.Weight > 10 {
				t.Errorf("a block is %+v", b)
			}
		}
	})
}

// A table that only sets the page may say where the text is.
func TestCellMayHoldTheText(t *testing.T) {
	const text = "海风在午后变大，渔船陆续回港，码头上的人把网一张一张晾开。"
	got := pageOf(t, `<table><tr><td><p>`+text+text+`</p></td></tr><tr><td data-pagefind-body><p>`+text+`</p></td></tr></table>`)
	if got.Text() != text+"\n" || !got.Marked {
		t.Errorf("the text is %q, marked %v", got.Text(), got.Marked)
	}
}

// A browser goes to the first of two headings with one id.
func TestAnchorsAreOfOneHeading(t *testing.T) {
	got := pageOf(t, `<main><h1>题目</h1><h2 id="same">一</h2><p>甲。</p><h2 id="same">二</h2><p>乙。</p><h2 id="other">三</h2><p>丙。</p></main>`)
	var all []string
	for _, s := range got.Sections {
		all = append(all, s.Heading+"#"+s.Anchor)
	}
	if line := strings.Join(all, " "); !strings.Contains(line, "一#same 二# 三#other") {
		t.Errorf("the sections are %s", line)
	}
}

// What a program has cut through the middle leaves the rest of a page to be found.
func TestPageWithAFewBadBytes(t *testing.T) {
	const long = "海风在午后变大，渔船陆续回港，码头上的人把网一张一张晾开，等着第二天再出海。"
	page := func(charset, cut string) string {
		return `<html><head><meta charset="` + charset + `"><title>起风</title><meta name="description" content="` + cut + `"></head><body><main><p>` + long + `</p><p>` + long + `</p></main></body></html>`
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page("gbk", "渔船"))
	if err != nil {
		t.Fatal(err)
	}
	for about, text := range map[string]string{
		"half a character, GBK":   strings.Replace(gbk, "\xb4\xac\"", "\xb4\"", 1),
		"half a character, UTF-8": page("utf-8", "渔\xe8\x88"),
		"no character at all":     strings.Replace(gbk, "<main>", "<main>\xff", 1),
		"NUL":                     page("utf-8", "\x00"),
	} {
		got := pageOf(t, text)
		if !strings.Contains(got.Text(), long) || got.Title != "起风" {
			t.Errorf("%s: %q, %q", about, got.Title, got.Text())
		}
	}
	for about, text := range map[string]string{"a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "gibberish": strings.Repeat("\xff\x81 \xfe", 40)} {
		if _, err := New().Page("a.html", []byte(text)); err == nil {
			t.Errorf("%s is a page", about)
		}
	}
}
