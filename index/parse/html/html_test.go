package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/text/encoding/simplifiedchinese"
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

const governmentPage = `<!DOCTYPE html><html><head><meta charset="%s"><title>潮位站开放参观_某市海洋局</title>
<meta name="ArticleTitle" content="潮位站开放参观"><meta name="PubDate" content="2024-09-05 10:20">
<meta name="ContentSource" content="市海洋局"><meta name="Author" content="林晓"><meta name="ColumnName" content="工作动态">
<meta name="keywords" content="潮汐,海洋"><style>p{color:red}</style></head>
<body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">要闻</a></li></ul></div>
<div class="box"><h1>潮位站开放参观</h1><div class="TRS_Editor"><p style="text-indent:2em">　　9月5日，潮位站第一次向公众开放。</p>
<p>　　站里的浮筒跟着海水升降，笔在纸上画出一天的潮水。<br>　　参观的人排起了队。</p>
<p><img src="./W020240905.jpg" alt="浮筒" onclick="x()"></p></div></div>
<div class="foot">版权所有 某市海洋局</div><script>track()</script></body></html>`

func TestGovernmentPage(t *testing.T) {
	utf8 := strings.Replace(governmentPage, "%s", "utf-8", 1)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(governmentPage, "%s", "gb2312", 1))
	if err != nil {
		t.Fatal(err)
	}
	undeclared, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Replace(governmentPage, `<meta charset="%s">`, "", 1))
	if err != nil {
		t.Fatal(err)
	}
	for about, page := range map[string]string{"UTF-8": utf8, "GBK": gbk, "GB18030, not declared": undeclared} {
		t.Run(about, func(t *testing.T) {
			a := parseOne(t, "a/t1.html", page)
			if a.Title != "潮位站开放参观" || a.Date != "2024-09-05" || a.Source != "市海洋局" || a.Authors[0].Name != "林晓" || strings.Join(a.Tags, " ") != "工作动态 潮汐 海洋" {
				t.Errorf("got %+v", a)
			}
			if want := "9月5日，潮位站第一次向公众开放。\n站里的浮筒跟着海水升降，笔在纸上画出一天的潮水。\n参观的人排起了队。\n\n浮筒\n"; a.Text() != want {
				t.Errorf("text %q, want %q", a.Text(), want)
			}
		})
	}
}

func TestMainContentAndTitle(t *testing.T) {
	long := "这一段文字足够长，长到没有人会把它当作菜单或者页脚里的一句话，因为它说的是潮水一天来两次的道理。"
	for _, c := range []struct{ about, in, title, text string }{
		{"article", "<body><nav>菜单</nav><article><h1>潮汐</h1><p>甲。</p></article><footer>页脚</footer>", "潮汐", "甲。\n"},
		{"main", "<title>潮汐 - 某站</title><body><header>某站</header><main><p>甲。</p><h2>一</h2><p>乙。</p></main>", "潮汐", "甲。\n一\n乙。\n"},
		{"the densest part", "<title>潮汐</title><body><div><ul><li><a href=a>要闻一二三四五六七八九十</a><li><a href=b>要闻一二三四五六七八九十</a></ul></div><div id=x><p>" + long + "</p><p>甲。</p></div><div><p>版权所有</p></div>", "潮汐", long + "\n甲。\n"},
		{"next to nothing", "<p>甲。</p>", "t1", "甲。\n"},
		{"empty", "", "t1", ""},
		{"a link around a card", "<article><a href=\"b.html\"><div><p>甲</p><p>乙</p></div></a></article>", "t1", "甲\n乙\n"},
	} {
		a := parseOne(t, "a/t1.html", c.in)
		if a.Title != c.title || a.Text() != c.text {
			t.Errorf("%s: title %q, text %q; want %q, %q", c.about, a.Title, a.Text(), c.title, c.text)
		}
	}
}

func TestNothingForeignSurvives(t *testing.T) {
	a := parseOne(t, "f.html", `<article><p onclick="x()" style="a:b">甲<script>alert(1)</script><img src="https://e.org/a.png" alt="图"></p><iframe src="//e.org"></iframe><form action="//e.org"><input></form></article>`)
	// A frame becomes a link.
	want := []string{`甲<a href="https://e.org/a.png" rel="nofollow noreferrer">图</a>`, `<a href="https://e.org">//e.org</a>`}
	var got []string
	for _, b := range a.Sections[0].Blocks {
		got = append(got, b.HTML)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{governmentPage, "", "<", "<article>", "<table><p>甲<td>乙", "<meta charset=utf-16>甲", "<meta charset=gbk>\xff\xfe", "<svg><p>甲</svg>", "<br><br>甲<br>　　乙", "<plaintext>甲", "List<Object> 甲", "<b><i>甲</b>乙</i>", "<script>甲", "<table>甲<tr>乙", "<!-- 甲", "<a href=\"x>甲"} {
		f.Add(s)
	}
	p := New()
	f.Fuzz(func(t *testing.T, s string) {
		for a, err := range p.Parse("f.html", strings.NewReader(s)) {
			if err == nil && (a.Title == "" || len(a.Sections) == 0) {
				t.Errorf("an incomplete article: %+v", a)
			}
		}
	})
}
