package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// What an article may hold that wants to run, to fetch, or to break a page. Each
// would say so by setting window.ran, or by asking another host.
var payloads = []string{
	`<script>window.ran=1</script>`,
	`<ScRiPt/x>window.ran=1</sCrIpT >`,
	`<script src="https://evil.example/a.js"></script>`,
	`</title><script>window.ran=1</script>`,
	`</textarea></noscript></style></template><script>window.ran=1</script>`,
	`"><script>window.ran=1</script>`,
	`' onmouseover='window.ran=1' autofocus onfocus='window.ran=1`,
	`" autofocus onfocus="window.ran=1" x="`,
	"` onfocus=window.ran=1 autofocus `",
	`<img src=x onerror="window.ran=1">`,
	`<img src="https://evil.example/a.png" alt="远">`,
	`<svg onload="window.ran=1"><script>window.ran=1</script></svg>`,
	`<svg><animate onbegin="window.ran=1" attributeName=x dur=1s></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=window.ran=1>"></noscript>`,
	`<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
	`<iframe src="https://evil.example/"></iframe>`,
	`<iframe src="javascript:parent.ran=1"></iframe>`,
	`<object data="https://evil.example/a.svg"></object><embed src="https://evil.example/a.svg">`,
	`<video autoplay onerror="window.ran=1"><source src="https://evil.example/a.mp4" onerror="window.ran=1"></video>`,
	`<details open ontoggle="window.ran=1"><summary>开</summary></details>`,
	`<style>@import "https://evil.example/a.css"; body{background:url(https://evil.example/b)}</style>`,
	`<link rel="stylesheet" href="https://evil.example/a.css"><link rel="prefetch" href="https://evil.example/b">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
	`<base href="https://evil.example/">`,
	`<form action="https://evil.example/"><input name=q autofocus onfocus="window.ran=1"><button id="kb-q">找</button></form>`,
	`<a href="javascript:window.ran=1" id="kb-main">点</a>`,
	`<a href="jav&#x09;ascript:window.ran=1">点</a>[点](javascript:window.ran=1)[点](JaVaScRiPt&#58;window.ran=1)`,
	`<a href="data:text/html,<script>window.ran=1</script>">点</a>`,
	`<div style="position:fixed;inset:0;background:url(https://evil.example/c)">盖</div>`,
	`<p id="kb-live" class="kb-article" hidden>名</p><input id="kb-status" name="kanbao">`,
	`<img name="body"><form name="getElementById"></form><a id="kanbao">甲</a><a id="kanbao" name="root">乙</a>`,
	`<!--><script>window.ran=1</script>-->`,
	`<![CDATA[<script>window.ran=1</script>]]>`,
	`<?php echo 1 ?><!DOCTYPE html [<!ENTITY x "y">]>&x;`,
	`]]></script><script>window.ran=1</script>{"a":"</script>"}`,
	`{{constructor.constructor("window.ran=1")()}}${window.ran=1}<%=window.ran=1%>`,
	"字\u202e倒\u2066过\u2069来\u2028行\u2029段\u200b零\ufeff宽",
	`&lt;script&gt;window.ran=1&lt;/script&gt;&amp;lt;img src=x onerror=window.ran=1&amp;gt;`,
	`<x-foo onclick=window.ran=1 tabindex=1 autofocus onfocus=window.ran=1>未知</x-foo>`,
	"\x60\x60\x60<script>window.ran=1</script>\n<script>window.ran=1</script>",
	strings.Repeat("<b><i><a>", 40) + "深",
	`<mark onmouseover="window.ran=1" autofocus tabindex=0 onfocus="window.ran=1">标</mark>`,
	`<video src="https://evil.example/a.mp4" poster="https://evil.example/a.png"></video><audio src="//evil.example/a.mp3" autoplay></audio>`,
	`<img srcset="https://evil.example/a.png 1x, //evil.example/b.png 2x" alt="组"><picture><source srcset="//evil.example/c.png"></picture>`,
	`<template><script>window.ran=1</script></template><slot onslotchange="window.ran=1"></slot>`,
	`<font color=red><font>译</font></font><ruby>注<rt><img src=x onerror=window.ran=1></rt></ruby>`,
	`<p id="p1" class="kb-here">抢</p><h1 id="title">夺</h1><div id="kb-title">名</div></main><main id="kb-main" class="kb-article-page">`,
	`&#60;script&#62;window.ran=1&#60;/script&#62;&#x3C;img src=x onerror=window.ran=1&#x3E;`,
	`<a href="../../../../../../evil" ping="https://evil.example/p">出</a><area href="javascript:window.ran=1"><a href="//evil.example/">走</a>`,
	"<svg><style>@import 'https://evil.example/a.css';</style><foreignObject><iframe src=javascript:parent.ran=1></iframe></foreignObject><use href='//evil.example/a.svg#a'/></svg>",
	"\r\n\t\f<script\t>window.ran=1</script\n>\u2028\u00a0\u3000" + `</p></div></article><script>window.ran=1</script>`,
}

// in returns the payload as a value that JSON, YAML or an attribute has.
func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(b)
}

// A container is a kind of file with a payload in each place that it has. n makes
// the name of its article.
type container struct {
	ext  string
	file func(n int, payload string) string
}

// target is the word that one hostile article alone has.
func target(kind string, n int) string { return fmt.Sprintf("靶%s%03d号", kind, n) }

var containers = map[string]container{
	"甲": {".jsonl", func(n int, p string) string {
		v, word := inJSON(p), target("甲", n)
		return fmt.Sprintf(`{"title":%s,"subtitle":%s,"author":%s,"source":%s,"summary":%s,"tags":[%s],"date":"2024-09-05",`+
			`"edition":{"paper":%s,"page":%s,"section":%s},"text":[%s,%s],"sections":[{"heading":%s,"text":[%s],"captions":[%s]}]}`+"\n",
			inJSON(word+p), v, v, v, v, v, v, v, v, inJSON(word+"是靶子。"+p), v, v, v, v)
	}},
	"乙": {".md", func(n int, p string) string {
		line := strings.ReplaceAll(p, "\n", " ")
		v, word := inJSON(p), target("乙", n)
		return fmt.Sprintf("---\ntitle: %s\nsubtitle: %s\nauthor: %s\nsource: %s\nsummary: %s\ntags: [%s]\n---\n\n%s是靶子。%s\n\n",
			inJSON(word+p), v, v, v, v, v, word, p) +
			fmt.Sprintf("# %[1]s\n\n%[1]s\n\n- %[1]s\n  1. %[1]s\n\n> %[1]s\n\n| %[1]s | 乙 |\n| --- | --- |\n| %[1]s | `%[1]s` |\n\n"+
				"[%[1]s](a.md \"%[1]s\") ![%[1]s](p.png '%[1]s') [连](<%[1]s>) **%[1]s** ~~%[1]s~~\n\n"+
				"```%[1]s\n%[1]s\n```\n\n脚[^1]\n\n[^1]: %[1]s\n\n<div title=\"%[1]s\">%[1]s</div>\n\n::: note %[1]s\n%[1]s\n:::\n\n完。\n", line)
	}},
	"丙": {".html", func(n int, p string) string {
		word := target("丙", n)
		return fmt.Sprintf(`<!doctype html><html><head><meta charset="utf-8"><title>%[2]s%[1]s</title><meta name="author" content="%[1]s">
<meta name="keywords" content="%[1]s"><meta name="description" content='%[1]s'></head><body><article><h1>%[2]s</h1>
<p>%[2]s是靶子。这一段够长，读得出是正文，而不是导航。</p><p>%[1]s</p><ul><li>%[1]s</li></ul><table><tr><td>%[1]s</td></tr></table>
<pre><code>%[1]s</code></pre><figure><img alt="%[1]s" src="%[1]s"><figcaption>%[1]s</figcaption></figure><a href="%[1]s" title='%[1]s'>链</a>
<h2 id="%[1]s">%[1]s</h2><p>最后一段也够长，读得出是正文，而不是页脚。</p></article></body></html>`, p, word)
	}},
	"丁": {".md", func(n int, p string) string {
		line := strings.ReplaceAll(p, "\n", " ")
		return fmt.Sprintf("## %[2]s%[1]s\n\n□本报记者 %[1]s\n\n%[2]s是靶子。%[1]s\n\n(图片说明：%[1]s)\n\n最后一段。%[1]s\n\n## 旁边一篇 %[1]s\n\n本报讯 （记者 林汐）%[1]s\n", line, target("丁", n))
	}},
}

// further are containers that only some of the payloads are tried in.
var further = map[string]container{
	"戊": {".txt", func(n int, p string) string {
		word := target("戊", n)
		return fmt.Sprintf("%s%s\n\n%s是靶子。%s\n\n%s\n", word, strings.ReplaceAll(p, "\n", " "), word, p, p)
	}},
	"己": {".csv", func(n int, p string) string {
		v, word := `"`+strings.ReplaceAll(p, `"`, `""`), target("己", n)
		return fmt.Sprintf("标题,正文,作者,来源,标签,日期\n%s%s\",\"%s是靶子。%s\",%s\",%s\",%s\",2024-09-05\n", `"`+word, v[1:], word, v[1:], v, v, v)
	}},
	"庚": {".xml", func(n int, p string) string {
		text, word := html.EscapeString(printable(p)), target("庚", n)
		return fmt.Sprintf(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>%[1]s</title><link>https://p.example/</link><description>%[1]s</description>
<item><title>%[2]s%[1]s</title><author>%[1]s</author><category>%[1]s</category><guid>%[2]s</guid><description>%[2]s是靶子。%[1]s</description></item></channel></rss>`, text, word)
	}},
	"辛": {".md", func(n int, p string) string {
		v, word := inJSON(p), target("辛", n)
		return fmt.Sprintf("+++\ntitle = %s\ndescription = %s\nauthors = [%s]\ncategories = [%s]\ncover = %s\nurl = %s\n+++\n\n%s是靶子。\n\n%s\n\n{{< figure src=%s title=%s >}}\n\n!!! note %s\n    %s\n\n- [ ] %s\n",
			inJSON(word+p), v, v, v, v, v, word, p, v, v, v, strings.ReplaceAll(p, "\n", " "), strings.ReplaceAll(p, "\n", " "))
	}},
}

// printable leaves out what XML must not have.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// eachHostile calls yield with the kind and number of each hostile article, and the
// file that it comes in.
func eachHostile(yield func(kind string, n int, name, text string)) {
	name := func(kind string, n int, ext string) string {
		if kind == "丁" {
			return fmt.Sprintf("靶场日报-20240905-A%02d版-要闻%s", n+1, ext)
		}
		return fmt.Sprintf("%s%03d%s", kind, n, ext)
	}
	for n, p := range payloads {
		for _, kind := range slices.Sorted(maps.Keys(containers)) {
			c := containers[kind]
			if kind == "丙" && strings.Contains(p, "http-equiv") {
				continue // a page that sends its readers elsewhere is no article
			}
			yield(kind, n, name(kind, n, c.ext), c.file(n, p))
		}
		for i, kind := range slices.Sorted(maps.Keys(further)) {
			if c := further[kind]; (n+i)%4 == 0 {
				yield(kind, n, name(kind, n, c.ext), c.file(n, p))
			}
		}
	}
}

// hostile is the site whose every article is hostile, and how many it has. It is built
// once; no test changes it.
var hostile = sync.OnceValues(buildHostile)

func hostileSite(t *testing.T) (dir string, articles int) {
	t.Helper()
	n, err := hostile()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(work, "hostile"), n
}

func buildHostile() (articles int, err error) {
	content := filepath.Join(work, "hostile-content")
	if err := os.Mkdir(content, 0o700); err != nil {
		return 0, err
	}
	v := inJSON(payloads[5])
	files := map[string]string{"p.png": "PNG", "kanbao.toml": fmt.Sprintf("title = %s\npaper = %s\ndescription = %s\n", v, v, v)}
	eachHostile(func(_ string, _ int, name, text string) {
		files[name] = text
		articles++
	})
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(content, name), []byte(text), 0o600); err != nil {
			return 0, err
		}
	}
	said, err := exec.Command(kanbao, "build", content, "-o", filepath.Join(work, "hostile"), "--base", base).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%w\n%s", err, said)
	}
	return articles, nil
}

// nothingRan fails the test if a payload ran, or changed what the page is.
func (p *page) nothingRan(where string) {
	p.t.Helper()
	if ran := eval[string](p, `String(window.ran ?? "") + (document.querySelector("base, iframe, object, embed, meta[http-equiv=refresh], [style], [onerror], [onload], [onfocus]")?.outerHTML ?? "")
		+ (document.querySelectorAll("#kb-q").length === 1 && document.querySelectorAll("#kb-main").length === 1 ? "" : "two elements have an id of the page")`); ran != "" {
		p.t.Errorf("%s: %s", where, ran)
	}
}

// withoutPolicy serves the same site without the header that forbids what the
// payloads try, so that it is the pages that hold and not the policy alone.
func (p *page) withoutPolicy() {
	p.server.Intercept(p.server.WithoutPolicy)
}

// TestHostileArticlesRunNothing goes to the hostile pages as they were built: to all of
// them without the policy, for then it is the pages that hold, and with it to some.
func TestHostileArticlesRunNothing(t *testing.T) {
	dir, n := hostileSite(t)
	if n < 200 {
		t.Fatalf("%d hostile articles", n)
	}
	for _, policy := range []bool{true, false} {
		t.Run(fmt.Sprintf("policy=%t", policy), func(t *testing.T) {
			p := prepare(t, dir)
			if !policy {
				p.withoutPolicy()
			}
			for i, rel := range pagesOf(t, dir) {
				if policy && i%5 != 0 || redirects(t, dir, rel) {
					continue
				}
				before := len(p.tab.Complaints())
				p.goTo(strings.TrimSuffix(rel, "index.html"))
				p.nothingRan(rel)
				for _, c := range p.tab.Complaints()[before:] {
					t.Errorf("%s: %s", rel, c)
				}
			}
		})
	}
}

// redirects reports whether a page only leads to another, which is walked as well. It
// has no element but those that say so.
func redirects(t *testing.T, dir, rel string) bool {
	t.Helper()
	doc := parsePage(t, dir, rel)
	if doc.Find("meta[http-equiv=refresh]").Length() == 0 {
		return false
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		if n := goquery.NodeName(s); !slices.Contains([]string{"html", "head", "meta", "title", "link", "body", "p", "a"}, n) {
			t.Errorf("%s: a redirect has <%s>", rel, n)
		}
	})
	return true
}

// TestHostileArticlesRunNothingLive searches for each hostile article and opens it: as
// its page has it, and out of the index alone. It says there what its page says. Without
// the policy all of them, for then it is the pages that hold, and with it some.
func TestHostileArticlesRunNothingLive(t *testing.T) {
	dir, _ := hostileSite(t)
	for _, policy := range []bool{false, true} {
		t.Run(fmt.Sprintf("policy=%t", policy), func(t *testing.T) {
			p := prepare(t, dir)
			if !policy {
				p.withoutPolicy()
			}
			p.goTo("search/?q=" + target("甲", 0))
			i := 0
			eachHostile(func(kind string, n int, _, _ string) {
				if i++; policy && i%5 != 0 {
					return
				}
				// Half of them as they are shown where their page cannot be had.
				p.withPages(i%2 == 0)
				p.opensHostile(dir, target(kind, n))
			})
		})
	}
}

// withPages has the reader find the static pages of articles, or not.
func (p *page) withPages(there bool) {
	p.t.Helper()
	p.must(p.tab.Eval(fmt.Sprintf(`{
		window.honest ??= window.fetch;
		window.fetch = %t ? honest : (url, options) => String(url).includes("/a/") ? Promise.resolve(new Response("")) : honest(url, options);
		CacheStorage.prototype.match = () => Promise.resolve(undefined);
	}`, there), nil))
}

// opensHostile searches for a hostile article and opens it.
func (p *page) opensHostile(dir, word string) {
	p.t.Helper()
	p.replace(word)
	p.wait(`[...document.querySelectorAll("#kb-hits #kb-hit-0 mark")].some((m) => m.textContent.includes(` + quote(word) + `))`)
	p.nothingRan("hits of " + word)
	// The address follows later: a browser refuses to change it as often as this does.
	rel := strings.TrimPrefix(eval[string](p, `decodeURIComponent(new URL(document.querySelector("#kb-hit-0").href).pathname)`), base)
	p.click("#kb-hit-0")
	p.wait(`document.querySelector("#kb-live .kb-article mark")?.closest(".kb-article").textContent.includes(` + quote(word) + `)`)
	p.nothingRan("the live article of " + word)
	live := squeeze(eval[string](p, `document.querySelector("#kb-live .kb-text").textContent`))
	if static := squeeze(staticText(p.t, dir, rel)); static != live {
		p.t.Errorf("%s: the live article says\n%q\nits page\n%q", word, live, static)
	}
}

// TestHostileHitsRunNothingInTheElement searches for each hostile article on another page.
func TestHostileHitsRunNothingInTheElement(t *testing.T) {
	dir, _ := hostileSite(t)
	p := prepare(t, dir)
	p.withoutPolicy()
	p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	eachHostile(func(kind string, n int, _, _ string) {
		p.must(p.tab.Eval(widgetField+`.select()`, nil))
		p.insert(target(kind, n))
		p.wait(`[...document.querySelector("kanbao-search").shadowRoot.querySelectorAll("mark")].some((m) => m.textContent.includes(` + quote(target(kind, n)) + `))`)
		p.is(`!window.ran && !document.querySelector("kanbao-search").shadowRoot.querySelector("script, iframe, img, [onerror], [part=hit] [style]")`, "nothing runs in the element")
	})
}

// staticText returns the text of an article's page as it was built.
func staticText(t *testing.T, dir, rel string) string {
	t.Helper()
	return parsePage(t, dir, rel+"index.html").Find(".kb-text").Text()
}
