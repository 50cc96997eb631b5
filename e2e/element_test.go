package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const hitsInElement = `[...` + inElement + `.querySelectorAll("[part=hit]")]`

func TestElementWithoutScriptsIsAForm(t *testing.T) {
	p := prepare(t, sample)
	p.server.PageWith("/gov/", strings.Replace(foreign, `<kanbao-search></kanbao-search>`,
		`<kanbao-search><form action="/news/search/"><input name="q"><input type="hidden" name="from" value="gov"></form></kanbao-search>`, 1))
	p.withoutJavaScript()
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.click("kanbao-search input")
	p.insert(word)
	p.press(enter)
	p.wait(`location.pathname === "/news/search/" && new URLSearchParams(location.search).get("q") === "` + word + `"`)
}

func TestEnterGoesWhereTheFormLeads(t *testing.T) {
	p := hostPage{body: `<kanbao-search><form action="/find"><input type="search" name="words"><input type="hidden" name="from" value="gov"></form></kanbao-search>`}.visit(t)
	p.server.PageWith("/find", `<!doctype html><title>全部</title><link rel="icon" href="data:,">`)
	p.is(`!document.querySelector("kanbao-search form").checkVisibility()`, "the form stands back")
	p.find(word)
	p.press(enter)
	p.wait(`location.pathname + location.search === "/find?words=" + encodeURIComponent("` + word + `") + "&from=gov"`)
}

func TestButtonOpensADialog(t *testing.T) {
	p := hostPage{body: `<kanbao-search mode="button"></kanbao-search><input id="another">`}.visit(t)
	p.is(`!`+widgetField+`.checkVisibility()`, "there is but a button")
	p.press("k", chromedp.KeyModifiers(2))
	p.wait(inElement + `.activeElement === ` + widgetField)
	p.insert(word)
	p.wait(inElement + `.querySelector("dialog [part=hit] mark")`)
	for _, bad := range eval[[]string](p, faults) {
		t.Error(bad)
	}
	shoot(p, "dialog")
	p.press(escape)
	p.press(escape) // the first may clear the field
	p.wait(`!` + inElement + `.querySelector("dialog").open`)
	p.must(p.tab.Eval(element+`.setAttribute("mode", "inline")`, nil))
	p.wait(widgetField + `.checkVisibility()`)
	p.must(p.tab.Eval(widgetField+`.select()`, nil))
	p.find(word)
}

func TestAttributesMayChangeAtAnyTime(t *testing.T) {
	p := hostPage{}.visit(t)
	p.find(word)
	set := func(name, value string) {
		p.must(p.tab.Eval(element+`.setAttribute(`+quote(name)+`, `+quote(value)+`)`, nil))
	}
	before := eval[int](p, hitsInElement+`.length`)
	set("limit", "1")
	p.wait(hitsInElement + `.length === 1`)
	set("href-template", "/doc?id={id}&where={url}#part-{block}")
	p.wait(hitsInElement + `.every((a) => /^\/doc\?id=[^&]+&where=a\/.+\/#part-\d+$/.test(a.pathname + a.search + a.hash))`)
	set("lang", "en")
	p.wait(inElement + `.querySelector("[role=status]").textContent.includes("article")`)
	set("filters", "date:1999")
	p.wait(hitsInElement + `.length === 0 && ` + inElement + `.querySelector("[role=status]").textContent.includes("Nothing")`)
	set("filters", "date:2000..")
	set("limit", "8")
	set("href-template", "javascript:alert(1)")
	p.wait(hitsInElement + `.length === ` + strconv.Itoa(before) + ` && ` + hitsInElement + `.every((a) => a.protocol === "http:")`)
	set("placeholder", "找")
	p.is(widgetField+`.placeholder === "找"`, "the placeholder is new")
	set("theme", "dark")
	p.is(`getComputedStyle(`+inElement+`.querySelector("[part=panel]")).backgroundColor === "rgb(25, 23, 20)"`, "the theme is dark")
	p.must(p.tab.Eval(`{ const e = `+element+`; e.remove(); document.body.append(e); e.value = "`+word+`" }`, nil))
	p.wait(hitsInElement + `.length === ` + strconv.Itoa(before))
}

func TestElementTellsThePage(t *testing.T) {
	p := hostPage{}.visit(t)
	p.must(p.tab.Eval(`{
		window.told = [];
		for (const what of ["ready", "search", "select"]) document.addEventListener("kanbao:" + what, (event) => {
			told.push([what, event.detail]);
			if (what === "select") event.preventDefault();
		});
	}`, nil))
	p.find(word)
	p.press(arrowDown)
	p.must(p.tab.Eval(hitsInElement+`[0].click()`, nil))
	p.wait(`told.length === 3`)
	p.is(`told[0][0] === "ready" && told[0][1].bases[0] === location.origin + "/news/"`, "the index is open")
	p.is(`told[1][0] === "search" && told[1][1].query === "`+word+`" && told[1][1].total > 0 && told[1][1].exact !== undefined`, "an answer is shown")
	p.is(`told[2][0] === "select" && told[2][1].id && told[2][1].title && told[2][1].href.startsWith(location.origin + "/news/a/")`, "a hit is taken")
	p.is(`location.pathname === "/gov/"`, "and the page goes nowhere")
}

// On a touch keyboard Latin letters are composed, and the next space may never come.
func TestTouchKeyboardsNeedNotCommit(t *testing.T) {
	p := hostPage{phone: true}.visit(t)
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	p.wait(`matchMedia("(pointer: coarse)").matches`)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.compose("chaoshui")
	p.wait(inElement + `.querySelector("[part=hit]")`)
}

func TestResultsPageOfTheElement(t *testing.T) {
	p := prepare(t, sample)
	p.server.PageWith("/find/", `<!doctype html><html lang="zh-Hans"><title>全部</title><link rel="icon" href="data:,">
		<script type="module" src="/news/kanbao.js"></script><kanbao-search mode="page" base="/news/" limit="3"></kanbao-search>`)
	p.server.PageWith("/gov/", `<!doctype html><title>局</title><link rel="icon" href="data:,"><form action="/find/"><input name="q"><input type="hidden" name="page" value="2"></form>`)
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.click("input[name=q]")
	p.insert("的")
	p.press(enter)
	p.wait(`location.pathname === "/find/" && ` + hitsInElement + `.length === 3`)
	p.wait(inElement + `.querySelectorAll("fieldset input").length > 3`)
	p.must(p.tab.Eval(inElement+`.querySelector("[part=next]").click()`, nil))
	p.wait(hitsInElement + `.length === 6`)
	shoot(p, "results page")
	total := `Number(` + inElement + `.querySelector(".results [role=status]").textContent.match(/\d+/)[0])`
	all := eval[int](p, total)
	p.must(p.tab.Eval(`{ const box = [...`+inElement+`.querySelectorAll("fieldset label")].find((l) => Number(l.querySelector("small").textContent) < `+strconv.Itoa(all)+`); box.click(); }`, nil))
	p.wait(total + ` < ` + strconv.Itoa(all) + ` && ` + inElement + `.querySelector("fieldset input:checked")`)
	p.is(`new URLSearchParams(location.search).get("page") === "2" && location.search.split("&").length === 3`, "the choice is in the address, and what the host has there, which is no choice")
	p.must(p.tab.Eval(`{ const sort = `+inElement+`.querySelector("[part=sort]"); sort.value = "oldest"; sort.dispatchEvent(new Event("change")); }`, nil))
	p.wait(`new URLSearchParams(location.search).get("kb-sort") === "oldest"`)
	p.wait(`(() => { const days = [...` + inElement + `.querySelectorAll("[part=hit] [part=meta]")].map((m) => m.textContent.slice(0, 10)); return days.length && days.every((d, i) => !i || days[i - 1] <= d); })()`)
	chosen := eval[string](p, `location.href`)
	p.must(p.tab.Open(chosen))
	p.wait(inElement + `.querySelector("fieldset input:checked") && ` + inElement + `.querySelector("[part=sort]").value === "oldest"`)
}
