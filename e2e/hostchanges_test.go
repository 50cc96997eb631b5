package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A host's page changes its language and its colours while it is read.
func TestElementFollowsItsPage(t *testing.T) {
	p := hostPage{
		head: `<style>body { transition: background-color 50ms } .night { background: #101010; color: #eee }</style>`,
		body: `<section lang="zh-Hant"><kanbao-search></kanbao-search></section>`,
	}.visit(t)
	p.is(widgetField+`.placeholder === "搜尋全部文章"`, "the words are those of the section")
	p.must(p.tab.Eval(`document.querySelector("section").lang = "en"`, nil))
	p.wait(widgetField + `.placeholder === "Search all articles"`)
	p.find(word)
	p.must(p.tab.Eval(`document.querySelector("section").removeAttribute("lang")`, nil))
	p.wait(widgetField + `.placeholder === "搜索全部文章" && /^找到/.test(` + statusInElement + `.textContent)`)
	p.must(p.tab.Eval(`document.body.className = "night"`, nil))
	p.wait(inElement + `.querySelector(".root.dark")`)
	p.must(p.tab.Eval(`document.body.className = ""`, nil))
	p.wait(inElement + `.querySelector(".root:not(.dark)")`)
}

// A link to a place of the page is no other search.
func TestResultsStayWhenThePageIsScrolledByALink(t *testing.T) {
	p := hostPage{body: `<a href="#end">下面</a><kanbao-search mode="page" limit="2"></kanbao-search><p id="end">完</p>`}.visit(t)
	p.must(p.tab.Eval(`window.found = 0; document.addEventListener("kanbao:search", () => { found++; })`, nil))
	p.must(p.tab.Eval(element+`.value = "的"`, nil))
	p.wait(`found === 1 && ` + hitsInElement + `.length === 2`)
	p.must(p.tab.Eval(inElement+`.querySelector("[part=next]").click()`, nil))
	p.wait(hitsInElement + `.length === 4`)
	p.click(`a[href="#end"]`)
	p.wait(`location.hash === "#end"`)
	p.must(p.tab.Eval(`new Promise((done) => { addEventListener("hashchange", () => setTimeout(done), { once: true }); location.hash = "#top"; })`, nil))
	p.is(`found === 1 && `+hitsInElement+`.length === 4`, "the hits that were asked for are still there")
	p.must(p.tab.Eval(`history.pushState(null, "", "?q=`+word+`"); history.pushState(null, "", "?q=x"); history.back()`, nil))
	p.wait(widgetField + `.value === "` + word + `" && found === 2`)
}

// What is folded can be asked for, and must not lock the page that does not show it.
func TestFoldedButtonLocksNoPage(t *testing.T) {
	for _, fold := range []string{`<details>`, `<div style="content-visibility: hidden">`} {
		p := hostPage{body: `<h1>某局</h1>` + fold + `<kanbao-search mode="button"></kanbao-search>`}.visit(t)
		p.press("k", chromedp.KeyModifiers(2))
		p.must(p.tab.Eval(element+`.show()`, nil))
		p.is(`!`+inElement+`.querySelector("dialog").open`, "no dialog that nobody sees is open in "+fold)
		p.must(p.tab.Eval(`document.querySelector("details")?.setAttribute("open", ""); document.querySelector("div")?.removeAttribute("style"); `+element+`.show()`, nil))
		p.is(inElement+`.querySelector("dialog").open`, "once it is unfolded it opens in "+fold)
	}
}

// In quirks mode the root of a page may be narrower than the window.
func TestPanelIsAtTheFieldInQuirksMode(t *testing.T) {
	for _, zoom := range []string{"1", "1.5"} {
		p := hostPage{}.visit(t)
		p.server.PageWith("/old/", `<html lang="zh-Hans"><title>某局</title><link rel="icon" href="data:,"><style>html { width: 600px; margin: 0 auto } body { zoom: `+zoom+` }</style>
			<script type="module" src="/news/kanbao.js"></script><div style="float: right; width: 160px"><kanbao-search></kanbao-search></div>`)
		p.must(p.tab.Open(p.server.Origin() + "/old/"))
		p.wait(`customElements.get("kanbao-search")`)
		p.is(`document.compatMode === "BackCompat"`, "the page has no doctype")
		p.find(word)
		p.is(`(() => {
			const field = `+widgetField+`.getBoundingClientRect(), panel = `+panelInElement+`.getBoundingClientRect();
			return Math.abs(field.left - panel.left) < 2 && panel.right <= innerWidth;
		})()`, "the panel begins where the field does, with zoom "+zoom)
	}
}

// What covers the page is not part of it on paper.
func TestOpenPanelIsNotPrinted(t *testing.T) {
	for _, phone := range []bool{false, true} {
		p := hostPage{phone: phone, head: `<meta name="viewport" content="width=device-width">`}.visit(t)
		p.find(word)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		p.wait(`!` + panelInElement + `.checkVisibility()`)
		p.is(`document.elementFromPoint(innerWidth / 2, innerHeight / 2) !== `+element, "nothing covers the page")
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		p.wait(panelInElement + `.checkVisibility()`)
	}
}

// Where the visitor's colours are forced, the hit that the arrows have chosen is seen.
func TestForcedColoursShowTheChosenHit(t *testing.T) {
	p := hostPage{}.visit(t)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	p.find(word)
	p.press(arrowDown)
	p.wait(inElement + `.querySelector("a[aria-selected=true]")`)
	p.is(`getComputedStyle(`+inElement+`.querySelector("a[aria-selected=true]")).outlineStyle === "solid" && getComputedStyle(`+inElement+`.querySelector("a[aria-selected=false]")).outlineStyle === "none"`, "the chosen hit is another one than the rest")
}

// The button begins where the text of the page does.
func TestButtonOfAPageFromRightToLeft(t *testing.T) {
	p := hostPage{attributes: `dir="rtl"`, body: `<h1>某局</h1><kanbao-search mode="button"></kanbao-search>`}.visit(t)
	p.is(`(() => { const button = `+inElement+`.querySelector("[part=button]").getBoundingClientRect(), host = `+element+`.getBoundingClientRect(); return Math.abs(host.right - button.right) < 1 && button.width < host.width / 2; })()`, "the button is at the right")
	p.must(p.tab.Eval(`document.documentElement.dir = "ltr"`, nil))
	p.wait(`Math.abs(` + inElement + `.querySelector("[part=button]").getBoundingClientRect().left - ` + element + `.getBoundingClientRect().left) < 1`)
}

// What is left of an element that a page has taken out opens no panel, and it searches again
// where it is put.
func TestElementOutOfThePageOpensNothing(t *testing.T) {
	p := hostPage{}.visit(t)
	p.find(word)
	p.must(p.tab.Eval(`{ const e = window.e = `+element+`; e.remove();
		e.shadowRoot.querySelector("input").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, composed: true })); }`, nil))
	p.is(`!e.shadowRoot.querySelector(":popover-open")`, "nothing is open")
	p.must(p.tab.Eval(`document.body.append(e); e.value = "灯塔"`, nil))
	p.wait(inElement + `.querySelector("[part=hit] mark")?.textContent === "灯塔" && ` + panelInElement + `.checkVisibility()`)
}
