package e2e

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// in serves a page of another encoding than UTF-8.
func (p *page) in(charset string, as encoding.Encoding, path, body string) {
	p.t.Helper()
	html, err := as.NewEncoder().String(`<!doctype html><html lang="zh-Hans"><title>某局</title><link rel="icon" href="data:,">
		<script type="module" src="/news/kanbao.js"></script>` + body)
	p.must(err)
	p.server.PageWith(path, html, "Content-Type: text/html; charset="+charset)
}

// A form of a page that is not in UTF-8 sends what is typed in the encoding of the page.
func TestSearchComesFromAPageInAnotherEncoding(t *testing.T) {
	form := func(action string) string {
		return `<form action="` + action + `"><input name="q"><input type="hidden" name="unit" value="市局"></form>`
	}
	for name, as := range map[string]encoding.Encoding{"gbk": simplifiedchinese.GBK, "big5": traditionalchinese.Big5} {
		t.Run(name, func(t *testing.T) {
			p := prepare(t, sample)
			p.in(name, as, "/find/", `<kanbao-search mode="page" base="/news/"></kanbao-search>`)
			p.in(name, as, "/old/", form("/find/"))
			p.must(p.tab.Open(p.server.Origin() + "/old/"))
			p.click("input[name=q]")
			p.insert(word)
			p.press(enter)
			p.wait(`location.pathname === "/find/" && ` + hitsInElement + `.length > 0`)
			p.is(widgetField+`.value === "`+word+`"`, "the field has what was typed")
			sent, err := as.NewEncoder().String("市局")
			p.must(err)
			p.is(`unescape(location.search).includes(unescape("`+percent(sent)+`"))`, "what is the host's stays as it was sent")
			// What is in the address now is read again.
			p.reload()
			p.wait(hitsInElement + `.length > 0 && ` + widgetField + `.value === "` + word + `"`)
		})
	}
	t.Run("results page of a site", func(t *testing.T) {
		p := prepare(t, sample)
		p.in("gbk", simplifiedchinese.GBK, "/old/", form("/news/search/"))
		p.must(p.tab.Open(p.server.Origin() + "/old/"))
		p.click("input[name=q]")
		p.insert(word)
		p.press(enter)
		p.wait(`location.pathname === "/news/search/" && document.querySelector(".kb-hit mark")`)
		p.is(`document.querySelector("#kb-q").value === "`+word+`" && new URLSearchParams(location.search).get("q") === "`+word+`"`, "the field and the address have what was typed")
	})
}

// What is no UTF-8, and what is by chance, is read as the page that it is on sends it.
func TestSearchInAnAddressIsReadAsItWasSent(t *testing.T) {
	p := prepare(t, sample)
	body := `<kanbao-search mode="page" base="/news/"></kanbao-search>`
	p.in("gbk", simplifiedchinese.GBK, "/gbk/", body)
	p.in("utf-8", encoding.Nop, "/utf8/", body)
	p.tab.Allow(`exception: .*not here`)
	gbk := func(text string) string {
		sent, err := simplifiedchinese.GBK.NewEncoder().String(text)
		p.must(err)
		return percent(sent)
	}
	for address, want := range map[string]string{
		"/gbk/?q=" + gbk("鲁迅"):                  "鲁迅", // are two letters in UTF-8
		"/gbk/?q=" + percent("鲁迅"):              "鲁迅",
		"/gbk/?q=" + percent("é") + "%20ö":      "茅 枚", // as the page would have sent these
		"/gbk/?q=a+b%2Bc":                       "a b+c",
		"/utf8/?q=" + percent("é"):              "é",
		"/utf8/?q=" + gbk("市委") + "+A%26B":      "市委 A&B",
		"/utf8/?q=%u5E02%u59d4%20%e9":           "市委 é", // as escape makes it
		"/utf8/?q=100%":                         "100%",
		"/utf8/?q=%ZZ%":                         "%ZZ%",
		"/utf8/?x&&=&q=" + percent("月亮") + "=1": "月亮=1",
	} {
		p.must(p.tab.Open(p.server.Origin() + address))
		p.wait(`customElements.get("kanbao-search") && ` + widgetField + `.value === ` + quote(want))
	}
}

// Enter sends what the form would send without scripts.
func TestEnterSendsTheEncodingOfThePage(t *testing.T) {
	p := prepare(t, sample)
	p.in("gbk", simplifiedchinese.GBK, "/old/", `<kanbao-search><form action="/dest"><input name="q"><input type="hidden" name="unit" value="市局"></form></kanbao-search>`)
	p.server.PageWith("/dest", `<!doctype html><title>全部</title><link rel="icon" href="data:,">`)
	sent := func() string {
		p.wait(`location.pathname === "/dest"`)
		return eval[string](p, `location.search`)
	}
	text := "市委&A+ B é"
	p.must(p.tab.Open(p.server.Origin() + "/old/"))
	p.wait(`customElements.get("kanbao-search")`)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(text)
	p.press(enter)
	with := sent()
	p.withoutJavaScript()
	p.must(p.tab.Open(p.server.Origin() + "/old/"))
	p.click("input[name=q]")
	p.insert(text)
	p.press(enter)
	if without := sent(); with != without {
		t.Errorf("with scripts %s, without %s", with, without)
	}
}

// percent encodes all bytes of a text.
func percent(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteString("%" + string("0123456789ABCDEF"[text[i]>>4]) + string("0123456789ABCDEF"[text[i]&15]))
	}
	return b.String()
}
