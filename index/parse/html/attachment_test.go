package html

import (
	"strings"
	"testing"
)

// Files that a content system names beside its container belong to the article, other
// links do not.
func TestAttachedFilesBelongToTheArticle(t *testing.T) {
	const body = `<div class="TRS_Editor"><p>` + first + `</p><p>` + third + `</p></div>`
	for about, c := range map[string]struct{ behind, want string }{
		"a field":             {`<div class="x"><ul><li><a href="a.doc">附件1：排班表.doc</a></li><li><a href="b.PDF?x=1">附件2：船名</a></li></ul></div>`, "附件1：排班表.doc|附件2：船名"},
		"a field and a title": {`<div>相关附件：</div><p><a href="a.xlsx">潮位</a></p>`, "相关附件：|潮位"},
		"around":              {`</div><div><a href="a.ofd">公文原件</a></div><div>`, "公文原件"},
		"other links":         {`<div>相关解读：<a href="/jd/1.html">一图读懂</a></div><div>附件</div><p>主办：市政府</p>`, ""},
		"files and pages":     {`<p><a href="a.pdf">年报</a> <a href="/">首页</a></p>`, ""},
	} {
		a := parseOne(t, "f.html", "<title>海堤</title><div>"+body+c.behind+"</div><div>主办：某办</div>")
		var got []string
		for _, l := range strings.Split(strings.TrimSpace(a.Text()), "\n") {
			if l != first && l != third {
				got = append(got, strings.TrimSpace(l))
			}
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s: %q, want %q", about, g, c.want)
		}
	}
}

// Letters that a forum strews into a text are not shown to anybody; sentences that a
// script would show are text.
func TestWhatIsNotDisplayed(t *testing.T) {
	a := parseOne(t, "f.html", `<title>海</title><article><p>`+first+`<span style="display:none">q7 zx</span><font class="jammer">w9 k</font></p>`+
		`<div style="color:red;DISPLAY : none"><p>`+first+second+third+`</p></div><p style="visibility:hidden">`+third+`</p></article>`)
	if want := first + "\n" + first + second + third + "\n" + third + "\n"; a.Text() != want {
		t.Errorf("%q, want %q", a.Text(), want)
	}
}
