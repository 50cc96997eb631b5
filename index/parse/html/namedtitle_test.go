package html

import "testing"

// Pages of old sites have no headings, and the name of the office as the title of each window.
func TestTitleThatIsNoHeading(t *testing.T) {
	const text = `<tr><td><div id="content"><p>海风在午后变大，渔船陆续回港，码头上的人把网一张一张晾开，等着第二天再出海。</p><p>守夜的人记下潮位和风向，写进本子里，这样的本子已经写满了三十二本。</p></div></td></tr>`
	for about, c := range map[string]struct{ window, before, want string }{
		"a cell":                     {"某县水利局", `<tr><td class="title" align="center"><b>关于渔船停泊的公示（一）</b></td></tr>`, "关于渔船停泊的公示（一）"},
		"by its id":                  {"", `<tr><td id="xl_title">关于渔船停泊的公示</td></tr>`, "关于渔船停泊的公示"},
		"the one nearest the text":   {"某县水利局", `<tr><td class="tit">政务公开栏目</td></tr><tr><td class="bt">关于渔船停泊的公示</td></tr>`, "关于渔船停泊的公示"},
		"the window's, shown":        {"关于渔船停泊的公示_某县水利局", `<tr><td class="title">政务公开栏目</td></tr><tr><td align="center">关于渔船停泊的公示</td></tr>`, "关于渔船停泊的公示"},
		"the window's, in pieces":    {"关于渔船 停泊的公示_某县水利局", `<tr><td class="title">政务公开栏目</td></tr><tr><td><h3>关于渔船<em>停泊</em>的公示</h3></td></tr>`, "关于渔船 停泊的公示"},
		"a list that is named":       {"关于渔船停泊的公示", `<tr><td class="title"><a href="/list/">政务公开栏目</a></td></tr>`, "关于渔船停泊的公示"},
		"a heading is there":         {"某县水利局", `<tr><td class="title">政务公开栏目</td></tr><tr><td><h1>关于渔船停泊的公示</h1></td></tr>`, "关于渔船停泊的公示"},
		"nothing but the window's":   {"关于渔船停泊的公示", ``, "关于渔船停泊的公示"},
		"too short to be a headline": {"关于渔船停泊的公示", `<tr><td class="title">通知</td></tr>`, "关于渔船停泊的公示"},
	} {
		a := parseOne(t, "a.html", `<html><head><title>`+c.window+`</title></head><body><table>`+c.before+text+`</table><div class="title">相关链接和下载</div></body></html>`)
		if a.Title != c.want {
			t.Errorf("%s: the title is %q, want %q", about, a.Title, c.want)
		}
	}
}
