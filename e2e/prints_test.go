package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/kanbao/kanbao/index/article"
)

// The sample has a page as PDF; what follows is about its picture.
const printed = ".kb-printed"

// printedArticle returns the first article of that page, and the way to its edition.
func printedArticle(t *testing.T) (first *article.Article, all int, edition string) {
	t.Helper()
	for _, a := range articles(t) {
		if !strings.HasSuffix(a.File, ".pdf") {
			continue
		}
		if all++; first == nil {
			first = a
		}
	}
	if first == nil {
		t.Fatal("the sample has no PDF")
	}
	return first, all, "e/" + article.Slug(first.EditionKey()) + "/"
}

// TestPrintedPageIsAPictureWithZones looks at the picture as it is without scripts.
func TestPrintedPageIsAPictureWithZones(t *testing.T) {
	first, all, edition := printedArticle(t)
	p := prepare(t, sample)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.goTo(edition)
	p.wait(`document.querySelector("` + printed + ` img").complete`)
	if w := eval[int](p, `document.querySelector("`+printed+` img").naturalWidth`); w != eval[int](p, `+document.querySelector("`+printed+` img").getAttribute("width")`) {
		t.Errorf("the picture is %d pixels wide, which its attribute does not say", w)
	}
	names := eval[[]string](p, `[...document.querySelectorAll(".kb-zone")].map((z) => z.getAttribute("aria-label"))`)
	if len(names) != all || names[0] != first.Title {
		t.Errorf("zones are called %q; there are %d articles, the first %q", names, all, first.Title)
	}
	// A zone lies on the picture where the article was printed.
	where := eval[[]float64](p, `(() => { const i = document.querySelector("`+printed+` img").getBoundingClientRect(),
		z = document.querySelector(".kb-zone rect").getBoundingClientRect();
		return [(z.left - i.left) / i.width, (z.top - i.top) / i.height, z.width / i.width, z.height / i.height]; })()`)
	zone, sheet := first.Zones[0], first.Sheets[0]
	for i, want := range []float64{zone.X0 / sheet.Width, zone.Y0 / sheet.Height, (zone.X1 - zone.X0) / sheet.Width, (zone.Y1 - zone.Y0) / sheet.Height} {
		if d := where[i] - want; d < -0.01 || d > 0.01 {
			t.Errorf("the first zone is at %v of the picture, number %d should be %.3f", where, i, want)
		}
	}
	// On a desk the list stands beside it, on a phone below.
	beside := `(() => { const a = document.querySelector(".kb-prints").getBoundingClientRect(), b = document.querySelector(".kb-print-list").getBoundingClientRect(); return b.left >= a.right; })()`
	if !eval[bool](p, beside) {
		t.Error("on a desk the list is not beside the picture")
	}
	p.narrow(390)
	if eval[bool](p, beside) {
		t.Error("on a phone the list is beside the picture")
	}
	large := eval[string](p, `document.querySelector("`+printed+` figcaption a:not([rel])").href`)
	if !strings.HasSuffix(large, ".jpg") {
		t.Errorf("the picture is enlarged by %s", large)
	}
}

// TestZonesAndListLightUpTogether by pointer and by keyboard, each from the other.
func TestZonesAndListLightUpTogether(t *testing.T) {
	_, _, edition := printedArticle(t)
	p := open(t, edition)
	fill := func(n string) string {
		return eval[string](p, `getComputedStyle(document.querySelector(".kb-zone`+n+` rect")).fill`)
	}
	dark := fill(".kb-z2")
	p.must(p.tab.Eval(`document.querySelector(".kb-item.kb-z2 a").focus()`, nil))
	if lit := fill(".kb-z2"); lit == dark {
		t.Errorf("the zone of the article that has the focus is filled with %s as before", lit)
	}
	if other := fill(".kb-z1"); other != dark {
		t.Errorf("the zone of another article is filled with %s", other)
	}
	item := `getComputedStyle(document.querySelector(".kb-item.kb-z1")).backgroundImage`
	before := eval[string](p, item)
	p.must(p.tab.Eval(`document.querySelector(".kb-zone.kb-z1").focus({ focusVisible: true })`, nil))
	if eval[string](p, item) == before {
		t.Error("the article of the zone that has the focus does not light up")
	}
	stroke := `getComputedStyle(document.querySelector(".kb-zone.kb-z1 rect")).strokeWidth`
	if w := eval[string](p, stroke); w == "2px" {
		t.Errorf("the focus is a line of %s, as if there were none", w)
	}
}

// TestArticleAndZoneLeadToEachOther follows the links from one to the other.
func TestArticleAndZoneLeadToEachOther(t *testing.T) {
	first, _, _ := printedArticle(t)
	p := open(t, first.Path())
	if n := eval[int](p, `[...document.querySelectorAll(".kb-picture img")].filter((i) => i.alt && i.getAttribute("width") > 100).length`); n != len(first.Pictures) {
		t.Errorf("the article has %d pictures, printed were %d", n, len(first.Pictures))
	}
	p.click(".kb-to-zone")
	p.wait(`document.querySelector(".kb-zone:target")`)
	if !eval[bool](p, `(() => { const r = document.querySelector(":target").getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight; })()`) {
		t.Error("the zone is not in sight")
	}
	p.must(p.tab.Eval(`document.querySelector(":target").focus()`, nil))
	p.press(enter)
	p.wait(`document.querySelector("h1")?.textContent === ` + quote(first.Title))
}

// TestLargeTypeListsWhatThePictureShows: 关怀版 has no picture of the page, but all of its
// articles.
func TestLargeTypeListsWhatThePictureShows(t *testing.T) {
	first, _, edition := printedArticle(t)
	for _, width := range []int64{1280, 390} {
		p := open(t, "404.html")
		p.choose(`{"care":"on"}`)
		p.narrow(width)
		p.goTo(edition)
		p.is(`document.querySelectorAll(".kb-print-list h3").length > 0 && [...document.querySelectorAll("main h3")].every((h) => h.checkVisibility() && h.offsetHeight > 0)`, "all headlines are seen")
		p.is(`!document.querySelector(".kb-prints").checkVisibility()`, "the picture is not")
		p.goTo(first.Path())
		p.is(`!document.querySelector(".kb-to-zone").checkVisibility()`, "nothing leads to it")
	}
}

// TestPicturesShiftNothing measures the layout shift of pages with pictures.
func TestPicturesShiftNothing(t *testing.T) {
	first, _, edition := printedArticle(t)
	for _, path := range []string{edition, first.Path()} {
		p := open(t, path)
		p.narrow(390)
		p.goTo(path)
		p.wait(`[...document.images].every((i) => i.complete || i.loading === "lazy")`)
		shift := eval[float64](p, `new Promise((done) => { let sum = 0;
			new PerformanceObserver((l) => { for (const e of l.getEntries()) sum += e.value; }).observe({ type: "layout-shift", buffered: true });
			requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })`)
		if shift > 0 {
			t.Errorf("%s: layout shift of %v", path, shift)
		}
	}
}
