package e2e

import (
	"encoding/json"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// foreign is a page that belongs to somebody else on the same origin.
const foreign = `<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>某局</title>
<link rel="icon" href="data:,">
<script type="module" src="/news/kanbao.js"></script>
</head><body><h1>某局</h1><kanbao-search></kanbao-search></body></html>`

// widgetField is the search field inside the widget.
const widgetField = `document.querySelector("kanbao-search").shadowRoot.querySelector("input")`

func widget(t *testing.T) *page {
	t.Helper()
	p := prepare(t, sample)
	p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	return p
}

func TestWidgetLoadsNothingButItselfUntilFocus(t *testing.T) {
	p := widget(t)
	for _, r := range p.server.Requests() {
		if strings.HasPrefix(r.Path, base) && r.Path != base+"kanbao.js" {
			t.Errorf("the widget asked for %s before anybody asked it", r.Path)
		}
	}
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.wait(`performance.getEntriesByType("resource").some((e) => e.name.includes(".wasm")) || true`)
	p.insert(word)
	p.wait(`document.querySelector("kanbao-search").shadowRoot.querySelector("mark")`)
	links := eval[[]string](p, `[...document.querySelector("kanbao-search").shadowRoot.querySelectorAll("a")].map((a) => a.href)`)
	if len(links) == 0 {
		t.Fatal("the widget shows no hits")
	}
	for _, l := range links {
		if !strings.HasPrefix(l, p.server.Origin()+base) {
			t.Errorf("a hit of the widget leads to %s", l)
		}
	}
	if n := p.server.Count("/app-"); n > 0 {
		t.Errorf("the widget loads the reader (%d requests), want the engine alone", n)
	}
	p.goTo(strings.TrimPrefix(links[0], p.server.Origin()+base))
	p.is(`document.querySelector("#kb-main h1")`, "the link leads to an article")
}

// TestModuleAnswersAsTheCommandDoes asks the same in the browser and natively.
func TestModuleAnswersAsTheCommandDoes(t *testing.T) {
	p := prepare(t, sample)
	p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.must(p.tab.Eval(`import("`+base+`kanbao.js").then(async ({ open }) => { globalThis.ix = await open("`+base+`") })`, nil))
	for _, q := range []string{word, `"` + word + `"`, "潮汐", "潮", "月亮 地球", "灯塔", "WiFi", "ＷＩＦＩ", "gps", "2024年", "10个", absent, "", "，", `"`, "潮水为什么一天涨两次"} {
		type hit struct {
			ID, URL, Title, Snippet string
			Score                   float64
		}
		type answer struct {
			Query string
			Total int
			Hits  []hit
		}
		out, err := exec.Command(kanbao, "query", sample, "--json", "--limit", "7", "--", q).Output()
		if q == "" {
			out, err = []byte(`{"query":"","total":0,"hits":[]}`), nil
		}
		if err != nil {
			t.Fatalf("kanbao query %q: %v", q, err)
		}
		var native answer
		if err := json.Unmarshal(out, &native); err != nil {
			t.Fatal(err)
		}
		browser := eval[answer](p, `ix.search(`+quote(q)+`, { limit: 7 })`)
		for i := range browser.Hits {
			browser.Hits[i].URL = strings.TrimPrefix(strings.TrimPrefix(browser.Hits[i].URL, p.server.Origin()), base)
		}
		if len(native.Hits)+len(browser.Hits) > 0 && !reflect.DeepEqual(native.Hits, browser.Hits) || native.Total != browser.Total {
			t.Errorf("%q:\nthe command: %+v\nthe browser: %+v", q, native, browser)
		}
	}
	p.must(p.tab.Eval(`ix.close()`, nil))
}
