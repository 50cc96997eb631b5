package html

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/kanbao/kanbao/index/parse/source"
)

// The text that every shape below holds, whole or in two parts.
const (
	first  = "凌晨的码头上没有灯，船员们摸黑把缆绳一圈一圈绕好，谁也不说话，只听见水声。"
	second = "天亮以后风停了。"
	third  = "老周说，这样的天气一年里也遇不到几回，出海的人要把它记在本子上，念给孩子听。"
)

const menu = `<div class="x7"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/t">图片</a></div>`

// A page has its text in one element or in many; all of it is the article, and
// what stands around it is not.
func TestAllOfTheTextAndNothingElse(t *testing.T) {
	for about, body := range map[string]string{
		"one element":               `<div class="a"><p>1</p><p>2</p><p>3</p></div>`,
		"an element a part":         `<div class="a"><p>1</p></div><div class="b"><p>2</p></div><div class="c"><p>3</p></div>`,
		"a last part that is short": `<div><div class="a"><p>1</p><p>3</p></div><div class="b"><p>2</p></div></div>`,
		"an article and more":       `<article><p>1</p></article><div><p>2</p><p>3</p></div>`,
		"sections side by side":     `<main><section><p>1</p></section></main><section><p>2</p></section><section><p>3</p></section>`,
		"a table for the layout":    `<table><tr><td>1</td></tr><tr><td><p>2</p><p>3</p></td></tr></table>`,
		"a table beside a menu":     `<table><tr><td><a href="/a">要闻</a><br><a href="/b">图片</a></td><td><p>1</p><p>2</p><p>3</p></td></tr></table>`,
		"beside what has a script":  `<noscript><p>1</p></noscript><p>2</p><noscript>您需要启用 JavaScript 才能阅读本页。</noscript><p>3</p><noscript><img src="//t.cn/a.gif"></noscript>`,
		"a list of old":             `<menu><li>1</li><li>2</li></menu><p>3</p><menu><li><a href="/a">上一篇</a></li></menu>`,
		"in the place of a drawing": `<canvas>1</canvas><p>2</p><p>3</p>`,
		"breaks":                    `<div class="t">　　1<br>　　2<br>　　3</div>`,
		"a form around all":         `<form action="/x.aspx"><div><p>1</p></div><div><p>2</p><p>3</p></div></form>`,
		"an advertisement between":  `<div><div><p>1</p></div><div class="ad"><a href="/x">买</a></div><div><p>2</p><p>3</p></div></div>`,
		"editor's fields":           `<div class="TRS_Editor"><p>1</p></div><div class="TRS_Editor"><p>2</p><p>3</p></div>`,
		"two fields of two systems": `<div class="TRS_Editor"><p>1</p></div><div class="pages_content"><p>2</p><p>3</p></div>`,
		"WeChat":                    `<div id="js_content" style="visibility:hidden"><section><section><span>1</span></section></section><p>2</p><section>3</section></div><div id="js_pc_qr_code">扫一扫，下载应用，看更多的好文章。</div>`,
		"a centre":                  `<center><font size="3"><p>1<p>2<p>3</font></center>`,
		"nothing is closed":         `<div><p>1<div><p>2<p>3`,
		"a sidebar":                 `<div class="wrap"><div class="sidebar"><p>这里是关于本站的几句话，每一页都一样，谁也不会读第二遍。</p></div><div><p>1</p><p>2</p><p>3</p></div></div>`,
		"a footer with sentences":   `<div><p>1</p><p>2</p><p>3</p></div><div>版权所有：某某网站，未经许可不得转载。ICP备00000000号</div>`,
		"a class like a menu":       `<div class="position"><p>1</p><p>2</p><p>3</p></div>`,
		"a custom element":          `<founder-content><p>1</p><p>2</p><p>3</p></founder-content>`,
	} {
		body = strings.NewReplacer("1", first, "2", second, "3", third).Replace(strings.ReplaceAll(body, `size="3"`, ""))
		page := "<!DOCTYPE html><html><head><title>一天_某站</title></head><body>" + menu + body + `<div class="foot">某站 版权所有</div></body></html>`
		a := parseOne(t, "f.html", page)
		got := strings.Join(strings.Fields(a.Text()), "")
		want := first + second + third
		if strings.HasPrefix(about, "a last") {
			want = first + third + second
		}
		if got != strings.Join(strings.Fields(want), "") || a.Title != "一天" {
			t.Errorf("%s: title %q, text %q", about, a.Title, got)
		}
	}
}

// What no element is, is text, and swallows nothing.
func TestWhatIsNoElementIsText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>把苹果放进 List<Object> 里。</p><p>后面还有。</p>":            "把苹果放进 List<Object> 里。后面还有。",
		"<p>Map<String, List<Integer>> 的键。</p><p>后面。</p>":     "Map<String, List<Integer>> 的键。后面。",
		"<p>先用 <script> 引入。</p><p>后面。</p>":                    "先用 <script> 引入。后面。",
		"<p>用 <title> 写题目，<textarea> 写文字。</p><p>后面。</p>":      "用 <title> 写题目，<textarea> 写文字。后面。",
		"<p>a<b 而且 c>d 的时候。</p><p>后面。</p>":                    "a<b 而且 c>d 的时候。后面。",
		"<p>注释以 <!-- 开头。</p><p>后面。</p>":                       "注释以 <!-- 开头。后面。",
		"<p>x < y && y > z，a<1。</p>":                          "x < y && y > z，a<1。",
		"<p><my-note>提示</my-note>在这里，<foo>未知的元素</foo>也在。</p>": "提示在这里，未知的元素也在。",
		"<p>结尾是 <a href=\"x":                                  "结尾是 <a href=\"x",
		"<p>一个引号 <a href=\"x>没有</a>合上。</p><p>后面。</p>":         "一个引号 <a href=\"x>没有合上。后面。",
		"<plaintext><p>都是原文。":                                 "<plaintext>都是原文。",
		"<p>泛型 <T> 和 </T> 与 Vec<T>。</p>":                      "泛型  和  与 Vec<T>。",
	} {
		a := parseOne(t, "f.html", "<article>"+in)
		got := strings.ReplaceAll(strings.TrimSuffix(a.Text(), "\n"), "\n", "")
		if got != want && strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s:\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestFormulasStandOnce(t *testing.T) {
	for in, want := range map[string]string{
		`<p>设 \(x*y*z\) 与 $$a_1$$ 。</p>`: `设 \(x*y*z\) 与 $$a_1$$ 。`,
		`<p>设<span class="MathJax_Preview"></span><span class="MathJax"><math><mi>x</mi></math></span><script type="math/tex">x<y</script>。</p>`: `设\(x<y\)。`,
		`<p>设<script type="math/tex; mode=display">\frac{1}{2}</script>。</p>`:                                                                    `设\[\frac{1}{2}\]。`,
		`<p>设<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>x2</span></span></span>。</p>`: `设$x^2$。`,
	} {
		a := parseOne(t, "f.html", "<article>"+in)
		if got := strings.TrimSpace(a.Text()); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestLineNumbersAreNoText(t *testing.T) {
	for _, code := range []string{
		"<table class=lntable><tr><td><pre>1\n2\n3</pre></td><td><pre><code>a\nb\nc</code></pre></td></tr></table>",
		"<table class=highlight><tr><td class=gutter><pre>9<br>10</pre></td><td class=code><pre>a\nb\nc</pre></td></tr></table>",
		"<table class=code><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr><tr><td>3</td><td>c</td></tr></table>",
		`<table class=highlight><tr><td data-line-number="1"></td><td>a</td></tr><tr><td data-line-number="2"></td><td>b</td></tr><tr><td data-line-number="3"></td><td>c</td></tr></table>`,
		"<div class=highlight><div class=linenos><pre>1\n2\n3</pre></div><pre>a\nb\nc</pre></div>",
	} {
		a := parseOne(t, "f.html", "<article><p>"+first+"</p>"+code+"<p>"+third+"</p>")
		if got, want := a.Text(), first+"\na\nb\nc\n"+third+"\n"; got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
	table := "<article><table><tr><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table>"
	if a := parseOne(t, "f.html", table); a.Text() != "1\n甲\n2\n乙\n" {
		t.Errorf("a table of things with numbers lost them: %q", a.Text())
	}
}

func TestTitlesAndDates(t *testing.T) {
	body := "<p>" + first + "</p><p>" + third + "</p>"
	for _, c := range []struct{ about, head, before, title, date, by string }{
		{"JSON-LD", `<script type="application/ld+json">{"@context":"x","@graph":[{"@type":"WebSite","name":"某站"},{"@type":"NewsArticle","headline":"渔港","datePublished":"2024-09-03T08:00:00+08:00","author":[{"name":"林某"}]}]}</script>`, "", "渔港", "2024-09-03", "林某"},
		{"Open Graph, with the site's name", `<meta property="og:title" content="渔港 | 某站"><meta property="og:site_name" content="某站"><meta property="article:published_time" content="2024-09-03T08:00:00Z">`, "", "渔港", "2024-09-03", ""},
		{"the site is not the title", `<meta property="og:title" content="某站"><meta property="og:site_name" content="某站"><title>某站</title>`, "<h1>渔港</h1>", "渔港", "", ""},
		{"a logo is not the title", `<title>渔港 - 某站</title>`, "<div><h1>某站</h1></div><h1>渔港</h1>", "渔港", "", ""},
		{"columns behind the title", `<title>渔港_要闻_某市人民政府</title>`, "", "渔港", "", ""},
		{"a line that shows it", `<title>渔港_某市</title>`, "<div><span>发布时间：2024年9月3日 08:15</span> <span>来源：市海洋局</span> 作者：林某 </div>", "渔港", "2024-09-03", "林某"},
		{"a dash of the title's own", `<title>C - 入门</title>`, "<h1>C - 入门</h1>", "C - 入门", "", ""},
		{"WeChat", `<meta property="og:title" content="渔港">`, `<em id="publish_time">2024年9月3日 08:15</em>`, "渔港", "2024-09-03", ""},
		{"WeChat before its script has run", `<meta property="og:title" content="渔港"><script>var ct = "1725293700";</script>`, "", "渔港", "2024-09-03", ""},
	} {
		a := parseOne(t, "f.html", "<html><head>"+c.head+"</head><body>"+c.before+"<div>"+body+"</div></body></html>")
		by := ""
		if len(a.Authors) > 0 {
			by = a.Authors[0].Name
		}
		if a.Title != c.title || a.Date != c.date || by != c.by {
			t.Errorf("%s: %q, %q, by %q", c.about, a.Title, a.Date, by)
		}
	}
}

func TestPagesThatAreNoArticles(t *testing.T) {
	text := "<p>" + first + "</p>"
	for _, c := range []struct{ name, page, want string }{
		{"a/index.html", `<meta http-equiv="refresh" content="0; url=../b/">`, "a/index.html: is no article: it leads to ../b/"},
		{"a.html", `<meta name="robots" content="noindex,follow">` + text, `a.html: is not to be found: <meta name="robots"> says noindex`},
		{"book/print.html", text, "book/print.html: is no article by its name (print.html)"},
		{"tags/海/index.html", text, "tags/海/index.html: is no article by its name (tags)"},
		{"blog/page/2/index.html", text, "blog/page/2/index.html: is no article by its name (page/[0-9]*)"},
		{"list.html", strings.Repeat(`<li><a href="/x">一篇文章的题目</a></li>`, 12), "list.html: is no article: it has nothing but links"},
		{"a.html", `<meta http-equiv="refresh" content="600">` + text, ""},
		{"page-2.html", text, ""},
	} {
		for _, err := range New().Parse(c.name, strings.NewReader(c.page)) {
			got := ""
			if err != nil {
				got = err.Error()
				if err.(*source.Error).Grade != source.Passed {
					t.Errorf("%s is a fault", c.name)
				}
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	}
}

// signs is what random texts are made of; none of it is white space or mark-up.
var signs = []rune("潮水退了又来，船。“灯”《塔》（港）—…0123456789abcXYZ$*_~`#|\\^{}[]()+-=%@!?;:'\"/&<>·•①Ⅳ㎡℃é한かﾊ🌊")

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 20 + r.IntN(60) {
		b.WriteRune(signs[r.IntN(len(signs))])
	}
	return b.String() + "。"
}

// Every letter, digit and sign of the text is in the article, once and in order,
// in whatever elements it stands.
func TestNoSignOfTheTextIsLostOrAltered(t *testing.T) {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	wraps := []string{"<p>%s</p>", "<div>%s</div>", "<section><div><p>%s</p></div></section>", "<blockquote><p>%s</p></blockquote>", "<ul><li>%s</li></ul>",
		"<p><b>%s</b></p>", "<p><span><i>%s</span></i></p>", "<h2>%s</h2>", "<pre>%s</pre>", "<table><tr><td>%s</td></tr></table>", "<p>%s", "%s<br><br>", "<dl><dt>%s</dl>", "<font><p>%s</font>"}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 13))
		var page, want strings.Builder
		page.WriteString("<title>题目</title>" + menu + "<div>")
		parts := 1 + r.IntN(6)
		for i := range parts {
			text := randomText(r)
			want.WriteString(text)
			raw := escape.Replace(text)
			if r.IntN(3) == 0 {
				page.WriteString("</div><div>")
			}
			wrap := wraps[r.IntN(len(wraps))]
			if strings.HasPrefix(wrap, "<h2>") && (i == 0 || i == parts-1) {
				wrap = "<p>%s</p>" // a heading alone in an element at an edge is none of the text's
			}
			fmt.Fprintf(&page, wrap, raw)
		}
		page.WriteString("</div><div class=footer>版权所有</div>")
		a := parseOne(t, "f.html", page.String())
		got := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, a.Text())
		if got != want.String() {
			t.Fatalf("seed %d:\n got %s\nwant %s\npage %s", seed, got, want.String(), page.String())
		}
	}
}

// A drawing has words of its own, which a reader sees or hears.
func TestWordsOfDrawingsAreText(t *testing.T) {
	a := parseOne(t, "a.html", `<title>潮</title><article><p>甲句在这里。</p><svg><title>图题</title><desc>图述</desc><text x="1">图字</text></svg><p>乙句在这里。</p></article>`)
	if got := a.Text(); got != "甲句在这里。\n图题 图述 图字\n乙句在这里。\n" || a.Title != "潮" {
		t.Errorf("%q has the text %q", a.Title, got)
	}
}

// Whoever sees a page sees what is only not read aloud.
func TestSentencesThatAreNotReadAloudAreText(t *testing.T) {
	a := parseOne(t, "a.html", `<title>潮</title><article><p>甲句在这里。<i aria-hidden="true">图标</i></p><p aria-hidden="true">`+strings.Repeat("海边的人都看得见这一句。", 8)+`</p><p>乙句在这里。</p></article>`)
	if got := a.Text(); !strings.Contains(got, "看得见") || strings.Contains(got, "图标") {
		t.Errorf("the text is %q", got)
	}
}

// An article may be a list of links, without a sentence.
func TestListsOfLinksAreArticles(t *testing.T) {
	const body = `<div class="post-body"><h2>用过的程序</h2><p><a href="https://a.example/react-native-vector-icons">react-native-vector-icons</a> 图标<br><br><a href="https://b.example/x">react-native-image-picker-for-everybody</a> 相机、相册</p></div>`
	for _, meta := range []string{"", "发表于 2017-04-02", "发表于　2017-04-02　|　分类于　React Native 的各种程序"} {
		a := parseOne(t, "a.html", `<title>依赖</title><article><header><h1>依赖</h1><div class="post-meta"><span>`+meta+`</span></div></header>`+body+`</article>`)
		if got := a.Text(); !strings.HasSuffix(got, "图标\nreact-native-image-picker-for-everybody 相机、相册\n") || a.Sections[len(a.Sections)-1].Heading != "用过的程序" {
			t.Errorf("%q: the text is %q", meta, got)
		}
	}
}

// What an author gives as sources at the end needs no heading.
func TestSourcesAtTheEndStay(t *testing.T) {
	a := parseOne(t, "a.html", `<title>潮</title><div class="post-body"><p>`+first+`</p><p><a href="https://a.example/1">潮汐的说明书</a><br><a href="https://b.example/2">潮位测试记录</a></p><p><a href="/1/">上一篇</a> <a href="/2/">下一篇</a></p></div>`)
	if got, want := a.Text(), first+"\n潮汐的说明书\n潮位测试记录\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
