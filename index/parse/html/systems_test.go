package html

import (
	"strings"
	"testing"
)

// Programs put around a text what is none of it, and what is of it where nobody sees it yet.
func TestPagesOfPrograms(t *testing.T) {
	const text = "海风在午后变大，渔船陆续回港，码头上的人把网一张一张晾开，等着第二天再出海。"
	const reply = "写信的人说了一大段话，说得比正文还长，可是谁也不会到这里来找它。"
	for about, c := range map[string]struct{ in, want string }{
		"a tab that is not open":       {`<main><p>` + text + `</p><div role="tabpanel"><p>甲法装好。</p></div><div role="tabpanel" hidden><p>乙法装好。</p></div></main>`, text + "\n甲法装好。\n乙法装好。\n"},
		"what is hidden":               {`<main><p>` + text + `</p><div hidden><p>乙法装好。</p></div></main>`, text + "\n"},
		"letters of readers":           {`<main><p>` + text + `</p><div class="wp-block-comments"><h2>两条评论</h2><ol><li><p>` + reply + reply + reply + `</p></li></ol><div class="comment-respond"><form><p>您的邮箱地址不会被公开。</p></form></div></div></main>`, text + "\n"},
		"nothing but letters":          {`<main><div class="comment-list"><p>` + reply + `</p></div></main>`, reply + "\n"},
		"the version of Docusaurus":    {`<article><span class="theme-doc-version-badge badge">版本：2.x</span><p>` + text + `</p></article>`, text + "\n"},
		"buttons and lines of DedeCMS": {`<div class="viewbox"><div class="content"><p>` + text + `</p></div><div class="newdigg"><div class="diggbox">顶一下</div></div><div class="boxoff"><strong>------分隔线------</strong></div></div>`, text + "\n"},
	} {
		got := pageOf(t, "<!doctype html><title>起风</title>"+c.in)
		if got.Text() != c.want {
			t.Errorf("%s: the text is %q, want %q", about, got.Text(), c.want)
		}
	}
	for line, want := range map[string][2]string{
		"时间:2012-03-04 10:11 来源:未知 作者:admin点击:次": {"", ""},
		"来源：渔业报 作者：林晓点击：12":                      {"渔业报", "林晓"},
		"作者：何榕责任编辑：陈婵":                           {"", "何榕"},
		"来源:县水利局发布时间:2024-09-05":                 {"县水利局", ""},
		"来源：渔业报 作者：林晓 这是一句话，说到发布时间：无":            {"渔业报", "林晓"},
		"作者：张编辑": {"", "张编辑"},
	} {
		a := pageOf(t, "<!doctype html><title>起风</title><div>"+line+"</div><p>"+text+"</p><p>"+text+"</p>")
		var names []string
		for _, by := range a.Authors {
			names = append(names, by.Name)
		}
		if a.Source != want[0] || strings.Join(names, " ") != want[1] {
			t.Errorf("%s: the source is %q, the authors are %q", line, a.Source, names)
		}
	}
}
