package e2e

import (
	"net/url"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// value returns a selector for the line of a value among the facets, which is
// marked for it.
func (p *page) value(text string) string {
	p.t.Helper()
	p.wait(`[...document.querySelectorAll(".kb-value")].some((e) => e.firstChild.textContent === ` + quote(text) + `)`)
	p.must(p.tab.Eval(`[...document.querySelectorAll(".kb-value")].forEach((e) => {
		e.toggleAttribute("data-probe", e.firstChild.textContent === `+quote(text)+`);
	})`, nil))
	return ".kb-value[data-probe]"
}

// found waits until the page says that it has found that many articles.
func (p *page) found(n int) {
	p.t.Helper()
	p.wait(`document.querySelector("` + status + `").textContent === "找到` + strconv.Itoa(n) + `篇文章" && document.querySelectorAll(".kb-hit").length === ` + strconv.Itoa(min(n, 10)))
}

func (p *page) params() url.Values {
	p.t.Helper()
	v, err := url.ParseQuery(eval[string](p, `location.search.slice(1)`))
	p.must(err)
	return v
}

func TestFiltersNarrowAndAreInTheAddress(t *testing.T) {
	p := open(t, "search/?q=海")
	p.hits()
	all := eval[string](p, `document.querySelector("`+status+`").textContent`)
	p.click(p.value("科学"))
	p.found(3)
	p.click(p.value("历史"))
	p.found(6)
	p.click(p.value("2024年9月"))
	p.wait(`document.querySelectorAll(".kb-chosen li").length === 4`) // three and the way out of all
	p.found(6)
	if v := p.params(); v.Get("date") != "2024-09" || len(v["tag"]) != 2 || v.Get("q") != "海" {
		t.Errorf("the address has %v", v)
	}
	p.is(`document.querySelector(".kb-value[aria-checked=true]")`, "what is chosen is checked")
	address := eval[string](p, `location.href`)

	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelectorAll(".kb-chosen li").length === 3`)
	p.found(6)
	p.must(p.tab.Eval(`history.forward()`, nil))
	p.wait(`document.querySelectorAll(".kb-chosen li").length === 4`)

	p.must(p.tab.Open(address))
	p.found(6)
	p.is(`document.querySelectorAll(".kb-chosen li").length === 4`, "a shared address has the filters")
	p.click(".kb-chosen button[aria-label*=历史]")
	p.found(3)
	p.is(`document.activeElement !== document.body`, "the focus is not lost with the button")
	if v := p.params(); len(v["tag"]) != 1 {
		t.Errorf("one filter less, the address has %v", v)
	}
	p.click(".kb-drop-all button")
	p.wait(`!document.querySelector(".kb-chosen") && document.querySelector("` + status + `").textContent === ` + quote(all))
}

func TestOrderIsInTheAddress(t *testing.T) {
	p := open(t, "search/?q=太阳")
	p.hits()
	p.click(".kb-orders button:nth-child(2)")
	p.wait(`new URLSearchParams(location.search).get("sort") === "newest" && document.querySelector(".kb-hit .kb-meta").textContent.startsWith("2024年9月12日")`)
	p.must(p.tab.Run(chromedp.Reload()))
	p.wait(`document.querySelector(".kb-orders button:nth-child(2)")?.ariaPressed === "true"`)
}

// TestFacetsOnAPhoneTakeThePlaceOfTheHits and nothing of them is fetched before.
func TestFacetsOnAPhoneTakeThePlaceOfTheHits(t *testing.T) {
	p := prepare(t, sample)
	p.narrow(390)
	p.goTo("search/?q=海")
	p.hits()
	p.is(`!document.querySelector(".kb-facets").checkVisibility()`, "the filters are not seen")
	p.is(`!document.querySelector(".kb-facet")`, "and have not been counted")
	p.click("#kb-narrow")
	p.wait(`document.querySelector(".kb-facet")?.checkVisibility()`)
	p.is(`!document.querySelector(".kb-hit").checkVisibility()`, "the hits make room")
	p.is(`document.querySelector("#kb-narrow").ariaExpanded === "true"`, "the button says that it is open")
	p.is(`[...document.querySelectorAll(".kb-value, .kb-done button, .kb-orders button, #kb-narrow")].every((e) => e.getBoundingClientRect().height >= 44)`, "targets are large")
	p.click(p.value("科学"))
	p.wait(`document.querySelector(".kb-done button").textContent === "看这3篇文章"`)
	p.click(".kb-done button")
	p.wait(`document.querySelector(".kb-hit")?.checkVisibility()`)
	p.is(`document.documentElement.scrollWidth <= innerWidth`, "nothing is too wide")
}

func TestHitsDoNotMoveWhenTheFacetsCome(t *testing.T) {
	p := open(t, "")
	p.must(p.tab.Eval(`(() => {
		globalThis.places = new Set();
		globalThis.alone = false; // the hits were seen without the facets
		const look = () => {
			const hit = document.querySelector(".kb-hit");
			if (hit) places.add(JSON.stringify(hit.getBoundingClientRect()));
			if (hit && !document.querySelector(".kb-facet")) alone = true;
			requestAnimationFrame(look);
		};
		new MutationObserver(() => { if (document.querySelector(".kb-hit") && !document.querySelector(".kb-facet")) alone = true; })
			.observe(document.querySelector("#kb-live"), { childList: true, subtree: true });
		look();
	})()`, nil))
	p.focus()
	p.insert("海")
	p.hits()
	p.wait(`document.querySelector(".kb-facet")?.checkVisibility()`)
	p.must(p.tab.Eval(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`, nil))
	p.is(`alone`, "the hits come before the facets")
	if places := eval[[]string](p, `[...places]`); len(places) != 1 {
		t.Errorf("the first hit was in the places %q", places)
	}
}

func TestPinyinIsReadAndSaid(t *testing.T) {
	p := open(t, "search/?q=chaoshui")
	p.wait(`document.querySelector("#kb-live .kb-remarks .kb-link")?.textContent === "潮水"`)
	p.is(`document.querySelector(".kb-hit mark").textContent === "潮水"`, "the characters are marked")
	p.click("#kb-live .kb-remarks .kb-link")
	p.hits()
	p.is(`document.querySelector("`+field+`").value === "潮水"`, "the link searches for the characters")
}

func TestWhatWasMeantIsOneClickAway(t *testing.T) {
	p := open(t, "search/?q=朝水")
	p.wait(`document.querySelector("#kb-live .kb-meant .kb-link")?.textContent === "潮水"`)
	p.click("#kb-live .kb-meant .kb-link")
	p.hits()
	p.is(`document.querySelector("`+field+`").value === "潮水"`, "the field has what was meant")
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelector("` + field + `").value === "朝水" && document.querySelector(".kb-meant")`)
}

func TestWhatToLeaveOutIsOneClickAway(t *testing.T) {
	p := open(t, "search/?q=潮水 author:姜禾&date=2023")
	p.wait(`document.querySelector(".kb-without .kb-link")`)
	p.is(`document.querySelector(".kb-without").textContent.includes("1篇")`, "it tells how many there are")
	p.click(".kb-without .kb-link")
	p.found(1)
	p.is(`!location.search.includes("date")`, "the filter is gone from the address")
}

func TestNothingFoundHelps(t *testing.T) {
	p := open(t, "search/?q="+absent+"&tag=科学")
	p.wait(`document.querySelector("#kb-live .kb-state")`)
	p.is(`document.querySelector(".kb-state h2").textContent.includes("`+absent+`")`, "it says what was not found")
	p.is(`document.querySelector(".kb-chosen button")?.checkVisibility()`, "the filter can be taken off")
	p.click(".kb-state .kb-help summary")
	p.is(`document.querySelector(".kb-state .kb-operators").checkVisibility()`, "it tells how to ask")
}

// An address with filters and without words is a search, too.
func TestFiltersAloneAreAnAddress(t *testing.T) {
	p := open(t, "search/?tag="+url.QueryEscape("历史"))
	p.wait(`document.querySelectorAll(".kb-chosen li").length > 0 && document.querySelectorAll(".kb-hit").length > 0`)
	p.is(`document.querySelector("`+status+`").textContent.startsWith("找到")`, "the articles of the tag are counted")
}
