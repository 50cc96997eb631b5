package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	panelInElement  = inElement + `.querySelector("[part=panel]")`
	statusInElement = inElement + `.querySelector("[role=status]")`
)

// holding has requests for what has a part in its path wait until it is released.
func (p *page) holding(part string) (release func()) {
	p.t.Helper()
	held := make(chan struct{})
	p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, part) {
			<-held
		}
		return false
	})
	open := true
	release = func() {
		if open {
			close(held)
		}
		open = false
	}
	p.t.Cleanup(release)
	return release
}

// Who has left the field wants no panel over what they read now.
func TestLateAnswersOpenNoPanel(t *testing.T) {
	p := hostPage{body: `<h1>某局</h1><kanbao-search></kanbao-search><input id="another">`}.visit(t)
	p.must(p.tab.Eval(`window.found = 0; document.addEventListener("kanbao:search", () => { found++; })`, nil))
	release := p.holding(".wasm")
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(word)
	p.wait(panelInElement + `.checkVisibility()`) // says that the engine is on its way
	p.must(p.tab.Eval(`document.querySelector("#another").focus()`, nil))
	release()
	p.wait(`found === 1`)
	p.is(`!`+panelInElement+`.checkVisibility()`, "the panel stays closed")
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.wait(hitsInElement + `.length > 0 && ` + panelInElement + `.checkVisibility()`)
	p.press(escape)
	p.must(p.tab.Eval(`document.querySelector("#another").focus(); `+element+`.value = "灯塔"`, nil))
	p.wait(`found === 2 && ` + panelInElement + `.checkVisibility()`)
	p.click(`h1`)
	p.wait(`!` + panelInElement + `.checkVisibility()`)
}

// An element that is not seen opens no dialog, which would lock the page.
func TestHiddenButtonLocksNoPage(t *testing.T) {
	p := hostPage{body: `<div style="display: none"><kanbao-search mode="button"></kanbao-search></div><kanbao-search mode="button"></kanbao-search>`}.visit(t)
	opened := `[...document.querySelectorAll("kanbao-search")].map((e) => e.shadowRoot.querySelector("dialog").open).join()`
	p.must(p.tab.Eval(element+`.show()`, nil))
	p.is(opened+` === "false,false"`, "nothing is open")
	p.press("k", chromedp.KeyModifiers(2))
	p.wait(opened + ` === "false,true"`)
}

// Hosts multiply lengths: the whole page, for who sees badly, or the length rem.
func TestElementOnPagesOfOtherLengths(t *testing.T) {
	for name, h := range map[string]hostPage{
		"body":  {head: `<style>body { zoom: 1.5 }</style>`},
		"html":  {head: `<style>html { zoom: 0.75 }</style>`},
		"foot":  {head: `<style>body { zoom: 1.5 }</style>`, body: `<footer style="position: fixed; bottom: 0; left: 40px"><kanbao-search></kanbao-search></footer>`},
		"phone": {phone: true, head: `<meta name="viewport" content="width=device-width, initial-scale=1"><style>body { zoom: 1.25 }</style>`},
	} {
		t.Run(name, func(t *testing.T) {
			p := h.visit(t)
			p.find(word)
			for _, bad := range eval[[]string](p, faults) {
				t.Error(bad)
			}
			shoot(p, "zoom "+name)
			if !h.phone {
				p.is(`(() => {
					const field = `+widgetField+`.getBoundingClientRect(), panel = `+panelInElement+`.getBoundingClientRect();
					return Math.abs(field.left - panel.left) < 2 && Math.min(Math.abs(panel.top - field.bottom), Math.abs(field.top - panel.bottom)) < 12;
				})()`, "the panel is at the field")
			}
		})
	}
	t.Run("rem", func(t *testing.T) {
		p := hostPage{head: `<style>html { font-size: 192px } body { font-size: 14px }</style>`, body: `<kanbao-search mode="button"></kanbao-search>`}.visit(t)
		p.must(p.tab.Eval(element+`.show()`, nil))
		p.insert(word)
		p.wait(hitsInElement + `.length > 0`)
		for _, bad := range eval[[]string](p, faults) {
			t.Error(bad)
		}
		p.is(inElement+`.querySelector("dialog").offsetHeight > 300`, "the dialog is as high as on any page")
	})
}

// A document without an origin must leave its address alone.
func TestResultsPageInAFrameWithoutAnOrigin(t *testing.T) {
	p := prepare(t, sample)
	inner := strings.Replace(foreign, "<kanbao-search>", `<kanbao-search mode="page">`, 1)
	p.server.PageWith("/inner/", strings.Replace(inner, "</body>", `<script>
		addEventListener("kanbao:search", ({ detail }) => parent.postMessage({ found: detail.total }, "*"));
		addEventListener("kanbao:error", ({ detail }) => parent.postMessage({ error: detail.kind + " " + detail.message }, "*"));
		customElements.whenDefined("kanbao-search").then(() => { document.querySelector("kanbao-search").value = "`+word+`"; });
		</script></body>`, 1))
	p.server.Share()
	p.server.PageWith("/outer/", `<!doctype html><html lang="zh-Hans"><title>框</title><link rel="icon" href="data:,">
		<script>addEventListener("message", ({ data }) => { window.got = data; })</script>
		<iframe src="/inner/" width="320" height="400" sandbox="allow-scripts"></iframe>`)
	p.must(p.tab.Open(p.server.Origin() + "/outer/"))
	p.wait(`window.got`)
	if got := eval[map[string]any](p, `got`); got["found"] == nil || got["found"].(float64) == 0 {
		t.Errorf("in the frame: %v", got)
	}
}

// A form that leads to no page is none, and what it has twice is sent twice.
func TestEnterAndFormsOfAllKinds(t *testing.T) {
	for action, want := range map[string]string{
		"javascript:void(0)": "/news/search/?q=" + word,
		"http://[":           "/news/search/?q=" + word,
		"mailto:a@b.example": "/news/search/?q=" + word,
		"/find?kind=old&x=1": "/find?x=1&words=" + word + "&kind=1&kind=2",
	} {
		p := hostPage{body: `<kanbao-search><form action="` + action + `"><input name="words">
			<input type="checkbox" name="kind" value="1" checked><input type="checkbox" name="kind" value="2" checked></form></kanbao-search>`}.visit(t)
		p.server.PageWith("/find", `<!doctype html><title>全部</title><link rel="icon" href="data:,">`)
		p.find(word)
		p.press(enter)
		p.wait(`decodeURIComponent(location.pathname + location.search) === ` + quote(want))
	}
}

// What was wrong in an attribute is searched for again once it is right.
func TestMalformedAttributesAreMended(t *testing.T) {
	p := hostPage{}.visit(t)
	p.tab.Allow(`attribute|属性`)
	p.find(word)
	for name, values := range map[string][2]string{"filters": {`date`, `date:2000..`}, "limit": {"many", "3"}, "base": {"http://[", "/news/"}} {
		p.must(p.tab.Eval(element+`.setAttribute("`+name+`", `+quote(values[0])+`)`, nil))
		p.wait(hitsInElement + `.length === 0 && ` + statusInElement + `.textContent`)
		p.must(p.tab.Eval(element+`.setAttribute("`+name+`", `+quote(values[1])+`)`, nil))
		p.wait(hitsInElement + `.length > 0`)
	}
}

// An element is moved with its search, and comes back without.
func TestElementIsMovedWhileItSearches(t *testing.T) {
	p := hostPage{body: `<kanbao-search></kanbao-search><main></main>`}.visit(t)
	release := p.holding(".wasm")
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.compose("deng") // what ends this is never told
	p.must(p.tab.Eval(element+`.remove()`, nil))
	p.must(p.tab.Eval(`{ const e = window.e = document.createElement("kanbao-search"); e.value = "灯塔"; document.body.append(e) }`, nil))
	release()
	p.wait(hitsInElement + `.length > 0`)
	p.must(p.tab.Eval(`e.value = "`+word+`"; document.querySelector("main").append(e)`, nil))
	p.wait(`[...` + inElement + `.querySelectorAll("[part=hit] mark")].some((m) => m.textContent === "` + word + `") && ` + panelInElement + `.checkVisibility()`)
	p.must(p.tab.Eval(`e.remove()`, nil))
	p.must(p.tab.Eval(`new Promise((done) => setTimeout(done)).then(() => document.body.append(e))`, nil))
	p.is(`!`+panelInElement+`.checkVisibility() && `+widgetField+`.value === "`+word+`"`, "the text is there, and no panel")
	p.must(p.tab.Eval(`window.found = 0; e.addEventListener("kanbao:search", () => { found++; }); `+widgetField+`.focus()`, nil))
	p.wait(`found === 1 && ` + panelInElement + `.checkVisibility()`)
}

// A field that is taken away while something is composed in it is not told that it ends.
func TestComposingEndsWithItsElement(t *testing.T) {
	p := hostPage{}.visit(t)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.compose("chao")
	p.must(p.tab.Eval(`{ const e = `+element+`; e.remove(); document.body.append(e); e.shadowRoot.querySelector("input").value = ""; }`, nil))
	p.must(p.tab.Eval(widgetField+`.dispatchEvent(new CompositionEvent("compositionstart"))`, nil)) // as where no end is told
	p.must(p.tab.Eval(`document.activeElement.blur()`, nil))
	p.find(word)
}

// Letters that are typed here are no commands of the page around.
func TestLettersAreNoCommandsOfTheHost(t *testing.T) {
	p := hostPage{}.visit(t)
	p.must(p.tab.Eval(`window.keys = []; document.addEventListener("keydown", (event) => {
		keys.push(event.key);
		if (event.key === "/" && event.target.localName !== "input") event.preventDefault();
	})`, nil))
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.press("/")
	p.press("a")
	p.press(arrowDown)
	p.wait(`keys.includes("ArrowDown")`)
	p.is(widgetField+`.value === "/a" && keys.length === 1`, "the field has the letters, and the page the other key")

	p = open(t, "")
	p.must(p.tab.Eval(`import("`+base+`kanbao.js").then(() => document.querySelector("main").prepend(document.createElement("kanbao-search")))`, nil))
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.press("/")
	p.wait(widgetField + `.value === "/"`)
}

// The script of the results page may come later.
func TestResultsPageIsTriedAgain(t *testing.T) {
	p := prepare(t, sample)
	p.tab.Allow(`404|page-|Failed to fetch`)
	p.server.PageWith("/find/", `<!doctype html><html lang="zh-Hans"><title>全部</title><link rel="icon" href="data:,">
		<script type="module" src="/news/kanbao.js"></script><kanbao-search mode="page" base="/news/"></kanbao-search>`)
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/page-") {
			return false
		}
		http.NotFound(w, r)
		return true
	})
	p.must(p.tab.Open(p.server.Origin() + "/find/?q=" + word))
	p.wait(inElement + `?.querySelector("[part=again]")?.checkVisibility()`)
	p.server.Intercept(nil)
	p.clickIn(`[part=again]`)
	p.wait(hitsInElement + `.length > 0`)
}

// clickIn clicks something in the element.
func (p *page) clickIn(selector string) {
	p.t.Helper()
	p.must(p.tab.Eval(fmt.Sprintf(`%s.querySelector(%q).click()`, inElement, selector), nil))
}

// Enter opens no hit of what was typed before.
func TestEnterOpensWhatIsTyped(t *testing.T) {
	p := indexed(t, "hugo") // which has no page for all results
	p.goTo("posts/tide-gauge/")
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(`window.taken = []; document.addEventListener("kanbao:select", (event) => { event.preventDefault(); taken.push(event.detail.href); })`, nil))
	p.find("赶海")
	p.press(enter)
	p.wait(`taken.length === 1`)
	p.must(p.tab.Eval(widgetField+`.focus(); `+element+`.value = "井底"; `+widgetField+`.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }))`, nil))
	p.wait(`taken.length === 2`)
	p.is(`taken[0].includes("spring-tide") && taken[1].includes("tide-gauge")`, "the hit is one of the text that was typed last")
}

// An article whose address is none takes no other hit away.
func TestHitWithoutAnAddress(t *testing.T) {
	p := hostPage{}.visit(t)
	p.must(p.tab.Eval(`{
		const spoilt = (event) => typeof event.data !== "string" ? event
			: new MessageEvent("message", { data: event.data.replace(/"url":"a[^"]*"/, '"url":"http://["') });
		const Real = Worker;
		window.Worker = class extends Real {
			get onmessage() { return super.onmessage; }
			set onmessage(f) { super.onmessage = f && ((event) => f(spoilt(event))); }
		};
	}`, nil))
	p.find(word)
	p.is(hitsInElement+`.length > 1 && `+hitsInElement+`[0].href === location.origin + "/news/"`, "the first leads to the site")
	p.is(hitsInElement+`[1].pathname.startsWith("/news/a/")`, "the second to its article")
}
