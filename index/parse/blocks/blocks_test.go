package blocks

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		{"loose text between holders", "<div>甲</div>乙<section>丙</section>", "甲|乙|丙"},
		{"paragraphs parted by breaks", "　　甲<br>　　乙<br><br>丙", "甲|乙|丙"},
		{"a line break within a paragraph", "<p>甲<br>乙</p>", "甲\n乙"},
		{"white space of the source", "<p>\n  the\n  tide </p>", "the tide"},
		{"an ideographic space that somebody set", "<p>甲　乙</p>", "甲　乙"},
		{"cells and items are parted", "<table><tr><td>甲<td>乙</table><ul><li>丙<ul><li>丁</ul></ul>", "甲\n乙|丙\n丁"},
		{"empty paragraphs", "<p> </p><p>　</p><p>甲</p><p><br></p>", "甲"},
		{"an inline element around blocks", "<b><p>甲</p><p>乙</p></b>", "甲\n乙"},
		{"code of lines parted by breaks", "<pre>a<br>\n b<br/><br/>c</pre>", "a\n\n b\n\nc"},
		{"code of lines in blocks", "<pre><code><div>a</div><div> b</div>\n<p>c</p>d</code></pre><pre>e<ol><li>f</li><li><b>g</b></li></ol>h\ni</pre>", "a\n b\nc\nd|e\nf\ng\nh\ni"},
		{"a component", "甲<my-thing/>乙", "甲乙"},
		{"what a page says in the place of a film", `<video title="潮" src="a.mp4"><p>林：<b>潮</b>来了。</p></video>`, "潮|林：潮来了。"},
		{"and of a page, a table, a sound", `<iframe src="https://e.cn/m"><p>灯在东岸。</p></iframe><object data="a.pdf"><table><tr><td>甲<td>三米</table></object><audio><source src="b.mp3">录音的字</audio>`, "https://e.cn/m|灯在东岸。|a.pdf|甲\n三米|b.mp3 录音的字"},
		{"a film in another form", `<object data="a.swf"><embed src="a.mp4"><video src="b.mp4"></video>潮的影片</object>乙`, "a.swf 潮的影片乙"},
		{"what a script would draw", `<canvas>一月三米，二月四米</canvas><noscript>没有脚本时的<b>字</b><img src="a.png"></noscript><applet>旧的字</applet><noembed>丙</noembed>`, "一月三米，二月四米没有脚本时的字旧的字丙"},
		{"excuses", `甲<video src="a.mp4">您的浏览器不支持 video 标签。</video><audio src="b.mp3">Your browser does not support the audio element.</audio><noscript>请启用 JavaScript 来查看评论。</noscript><canvas>当前瀏覽器版本過低，請升級</canvas><object data="c.pdf">无法显示，<a href="c.pdf">下载</a></object>`, "甲 a.mp4 b.mp3 c.pdf"},
		{"one that nothing closes", `<video src="a.mp4"><p>甲</p><p>乙</p>`, "a.mp4|甲|乙"},
		{"old lists", "<menu><li>甲<li>乙</menu><dir><li>丙</dir><p>丁</p>", "甲\n乙|丙|丁"},
		{"what is not shown", `<p>甲</p><p hidden>密</p><div style="color:red; DISPLAY : none"><div>密</div>密</div><img hidden src="a.png"><span hidden="until-found">乙</span><i class="hidden">丙</i><p>hidden 丁 style="display:none"</p>`, "甲|乙丙|hidden 丁 style=\"display:none\""},
		{"what is not shown and nothing closes", `<div hidden>甲<p>乙</p>`, "甲|乙"},
		{"the words of a drawing", `<p>甲</p><svg viewBox="0 0 1 1"><title>潮位</title><desc>一天 &lt;两次</desc><style>a{}</style><metadata>x</metadata><g><text>六<tspan>时</tspan></text><text>七时</text></g></svg><p>乙</p>`, "甲|潮位 一天 <两次 六时 七时|乙"},
		{"a drawing within a line, and one in another", `甲<SVG><text>乙</text><svg><text>丙</text></svg></SVG>丁`, "甲 乙 丙 丁"},
		{"drawings without words", `甲<svg><path d="M0"/></svg>乙<svg aria-hidden="true"><title>图标</title></svg>丙<svg/>丁<svg><symbol><title>图标</title></symbol></svg>`, "甲乙丙丁"},
		{"a drawing that nothing closes", `甲<svg><text>乙`, "甲 乙"},
		{"a page in a drawing", `<svg><foreignObject><p>甲</p><p>乙<b>丙</b></p></foreignObject></svg>`, "甲 乙丙"},
	} {
		doc, err := NewReader().Read(c.in, "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range doc.Sections[0].Blocks {
			got = append(got, b.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.about, strings.Join(got, "|"), c.want)
		}
	}
}

// A name may have spaces in it, as a browser takes it.
func TestAddressesWithSpaces(t *testing.T) {
	doc, err := NewReader().Read("<p>甲<a href=' 文 章.html'>乙</a> <img src=\"图 片/a\nb.png\" alt='src=\"c d\"'></p>", "")
	if err != nil {
		t.Fatal(err)
	}
	want := "甲<a href=\"%E6%96%87%20%E7%AB%A0.html\">乙</a> <img src=\"%E5%9B%BE%20%E7%89%87/ab.png\" alt=\"src=&#34;c d&#34;\"/>"
	if got := doc.Sections[0].Blocks[0].HTML; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestLanguagesOfAuthorsStay(t *testing.T) {
	doc, err := NewReader().Read(`<p>甲<span lang="en" class="x">the tide</span><span class="y">乙</span><em lang="ja">丙</em><b lang="no such tongue">丁</b></p>`, "")
	if err != nil {
		t.Fatal(err)
	}
	b := doc.Sections[0].Blocks[0]
	if want := `甲<span lang="en">the tide</span>乙<em lang="ja">丙</em><b>丁</b>`; b.HTML != want || b.Text != "甲the tide乙丙丁" {
		t.Errorf("%q with the text %q, want %q", b.HTML, b.Text, want)
	}
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct{ about, in, known, title, headings string }{
		{"the first is the title", "<h1>甲</h1><h2>乙</h2><h1>丙</h1>", "", "甲", "/2乙/2丙"},
		{"a title that is known is not repeated", "<h1>甲</h1><h3>乙</h3>", "甲", "", "/3乙"},
		{"another title is known", "<h1>甲</h1>", "丁", "", "/2甲"},
		{"an empty heading", "<h2> </h2>", "", "", ""},
	} {
		doc, err := NewReader().Read(c.in, c.known)
		if err != nil {
			t.Fatal(err)
		}
		headings := ""
		for _, s := range doc.Sections[1:] {
			headings += "/" + string(rune('0'+s.Level)) + s.Heading
		}
		if doc.Title != c.title || headings != c.headings {
			t.Errorf("%s: title %q, headings %q", c.about, doc.Title, headings)
		}
	}
}

func TestKinds(t *testing.T) {
	doc, err := NewReader().Read(`<p>甲</p><p><b>乙</b></p><ul><li>丙</ul><figure><img src=a.png><figcaption>丁</figcaption></figure><hr>`, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []article.Block{
		{Kind: article.Paragraph, Text: "甲"},
		{Kind: article.Paragraph, Text: "乙", HTML: "<b>乙</b>"},
		{Kind: article.Rich, Text: "丙", HTML: "<ul><li>丙</li></ul>"},
		{Kind: article.Rich, HTML: `<img src="a.png"/>`},
		{Kind: article.Caption, Text: "丁"},
		{Kind: article.Rich, HTML: "<hr/>"},
	}
	got := doc.Sections[0].Blocks
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Fatalf("blocks %+v, want %+v", got, want)
		}
	}
}
