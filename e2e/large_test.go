package e2e

import (
	"net/url"
	"testing"
)

// tooLarge lists what is seen and reaches past the window's edges, and what is one
// thing to read and yet stands on two lines: a day of the calendar, a name of an order,
// a number of articles.
const tooLarge = `(() => {
	const faults = [];
	const named = (e) => e.tagName.toLowerCase() + "." + e.className + " " + e.textContent.trim().slice(0, 20);
	const over = document.documentElement.scrollWidth - innerWidth;
	if (over > 0) faults.push("the page is " + over + " pixels too wide");
	for (const e of document.querySelectorAll(".kb-find *, dialog[open] button, dialog[open] label, .kb-masthead a, .kb-masthead button")) {
		const r = e.getBoundingClientRect();
		if (e.checkVisibility() && (r.left < -0.5 || r.right > innerWidth + 0.5 || e.matches(".kb-find-what") && e.scrollWidth > e.clientWidth)) faults.push("cut off: " + named(e));
	}
	for (const e of document.querySelectorAll("table.kb-month :is(th, td), .kb-orders button, .kb-n")) {
		const range = document.createRange();
		range.selectNodeContents(e);
		const rows = new Set([...range.getClientRects()].map((r) => Math.round(r.top + r.height / 2)));
		const size = parseFloat(getComputedStyle(e).fontSize);
		if (e.checkVisibility() && Math.max(...rows) - Math.min(...rows) > size) faults.push("torn: " + named(e));
	}
	const brand = document.querySelector(".kb-brand a").getBoundingClientRect(), field = document.querySelector(".kb-search").getBoundingClientRect();
	if (brand.left < field.right && brand.right > field.left && field.top < brand.bottom - 0.5) faults.push("the field covers the name");
	return faults;
})()`

// TestLargeTypeKeepsItsPlace holds every kind of page and state, in the largest type and
// in 关怀版, on phones and on a desk, to lines that are whole and within the window.
func TestLargeTypeKeepsItsPlace(t *testing.T) {
	article := longArticle(t)
	drawn := pictured(t)
	drawing, found := drawn.Path(), drawn.Path()+"?q="+url.QueryEscape(wordOf(drawn))
	p := prepare(t, sample)
	p.goTo("")
	for width, several := range map[int64][]string{320: {`{"size":"250"}`, `{"care":"on"}`}, 1280: {`{"size":"250"}`}} {
		for _, choices := range several {
			p.narrow(width)
			p.choose(choices)
			for _, c := range []struct{ path, until, click, then string }{
				{"", "", ".kb-calendar summary", `document.querySelector("table.kb-month").checkVisibility()`},
				{article, "", "#kb-settings", `document.querySelector("dialog[open]")`},
				{drawing, `document.querySelector(".kb-anchor")`, "a.kb-enlarge", `document.querySelector("dialog.kb-enlarged[open]")`},
				{found, `document.querySelector(".kb-find")`, "", ""},
				{"archive/", "", "", ""},
				{"archive/2024-09/", "", "", ""},
				{"by/", "", "", ""},
				{"t/", "", "", ""},
				{"404.html", "", "", ""},
				{"search/?q=" + word, `document.querySelector("#kb-hits .kb-hit mark")`, "", ""},
				{"search/?q=海&date=2024&author=姜禾", `document.querySelector("#kb-hits .kb-hit mark")`, "#kb-narrow", `document.querySelector(".kb-value")?.checkVisibility()`},
				{"search/?q=" + absent, `document.querySelector("#kb-live .kb-state")`, "", ""},
			} {
				p.goTo(c.path)
				if c.until != "" {
					p.wait(c.until)
				}
				if c.click != "" && eval[bool](p, `document.querySelector(`+quote(c.click)+`)?.checkVisibility() ?? false`) {
					p.click(c.click)
					p.wait(c.then)
				}
				for _, fault := range eval[[]string](p, tooLarge) {
					t.Errorf("%q at %d pixels with %s: %s", c.path, width, choices, fault)
				}
			}
		}
	}
}
