package e2e

import (
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

func TestWidgetProposesAndSearchesWhatIsTaken(t *testing.T) {
	p := widget(t)
	shadow := `document.querySelector("kanbao-search").shadowRoot`
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert("潮")
	p.wait(shadow + `.querySelector("[part=proposal]")`)
	p.press(arrowDown)
	p.wait(shadow + `.querySelector("[part=proposal]").ariaSelected === "true"`)
	proposed := eval[string](p, shadow+`.querySelector("[part=proposal]").firstChild.textContent`)
	p.press(enter)
	p.wait(widgetField + `.value === ` + quote(proposed))
	p.wait(`[...` + shadow + `.querySelectorAll("mark")].some((m) => m.textContent === ` + quote(proposed) + `)`)
	p.is(`location.pathname === "/gov/"`, "a proposal is searched for where it stands")
	p.must(p.tab.Eval(widgetField+`.select()`, nil))
	p.insert(absent)
	p.wait(shadow + `.querySelector("[role=status]").textContent.includes("没有找到")`)
	p.is(`!`+shadow+`.querySelector("[part=hit]")`, "there are no hits")
}
