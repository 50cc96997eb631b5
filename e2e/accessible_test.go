package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// TestNoSeriousFaultOfAccessibility runs axe-core on every kind of page, in
// light and then in dark: the style sheet is the same page's, only colours change.
func TestNoSeriousFaultOfAccessibility(t *testing.T) {
	article := articles(t)[0].Path()
	_, _, printedEdition := printedArticle(t)
	p := prepare(t, sample)
	for _, c := range []struct{ name, path, until string }{
		{"front page", "", ""},
		{"article", article, ""},
		{"archive", "archive/", ""},
		{"tags", "t/", ""},
		{"edition with its month", "e/海岬晚报-2024-09-05/", `document.querySelector(".kb-month")?.checkVisibility()`},
		{"month", "archive/2024-09/", ""},
		{"author", "by/姜禾/", ""},
		{"columns", "c/", ""},
		{"search", "search/", ""},
		{"printed page", printedEdition, ""},
		{"missing", "404.html", ""},
		{"results", "search/?q=" + word, `document.querySelector("#kb-hits .kb-hit mark")`},
		{"no results", "search/?q=" + absent, `document.querySelector("#kb-live .kb-state")`},
		{"nothing with filters", "search/?q=" + absent + "&tag=科学&author=姜禾", `document.querySelector("#kb-live .kb-state")`},
		{"filters beside the hits", "search/?q=海&tag=科学&tag=历史", `document.querySelector(".kb-facet")?.checkVisibility()`},
		{"filters on a phone", "search/?q=海&date=2024-09", `document.querySelector("#kb-hits .kb-hit mark")`},
		{"pinyin", "search/?q=chaoshui", `document.querySelector(".kb-remarks")`},
		{"suggestions", "", `document.querySelector(".kb-offer[aria-selected=true]")`},
		{"help", "search/?q=" + word, `document.querySelector(".kb-operators")?.checkVisibility()`},
		{"article out of the index", "search/?q=" + word, `document.querySelector("#kb-live .kb-article mark")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := p.part(t)
			p.narrow(1280)
			p.scheme("light")
			p.goTo(c.path)
			p.prepareState(c.name)
			if c.until != "" {
				p.wait(c.until)
			}
			p.loadAxe()
			p.accessible("light", everyRule)
			p.scheme("dark")
			p.accessible("dark", ruleOfColours)
		})
	}
}

// scheme has the page shown in light or dark.
func (p *page) scheme(name string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	})
}

// prepareState does what leads to a state that has no address.
func (p *page) prepareState(name string) {
	p.t.Helper()
	switch name {
	case "article out of the index":
		p.hits()
		p.click(".kb-hit")
	case "filters on a phone":
		p.narrow(390)
		p.hits()
		p.click("#kb-narrow")
		p.wait(`document.querySelector(".kb-facet")?.checkVisibility()`)
	case "edition with its month":
		p.click(".kb-calendar summary")
	case "suggestions":
		p.focus()
		p.insert("潮")
		p.wait(`document.querySelector(".kb-offer")`)
		p.press(arrowDown)
	case "settings":
		p.click("#kb-settings")
		p.wait(`document.querySelector("dialog[open]")`)
	case "help":
		p.hits()
		p.click(".kb-help summary")
	}
}

// narrow makes the window as wide as a phone.
func (p *page) narrow(width int64) {
	p.t.Helper()
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 844, DeviceScaleFactor: 1})
}

// TestNothingNeedsSidewaysScrolling at any width, nor at twice the text's size.
func TestNothingNeedsSidewaysScrolling(t *testing.T) {
	article := articles(t)[0].Path()
	p := prepare(t, sample)
	for _, width := range []int64{320, 390, 768, 1280, 1600} {
		call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
		for _, path := range []string{"", article, "archive/", "archive/2024-09/", "e/海岬晚报-2024-09-05/", "t/", "search/", "404.html"} {
			p.goTo(path)
			p.must(p.tab.Eval(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`, nil))
			for _, size := range []string{"100%", "200%"} {
				p.must(p.tab.Eval(`document.documentElement.style.fontSize = `+quote(size), nil))
				if over := eval[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%q at %d pixels, text at %s: %d pixels too wide", path, width, size, over)
				}
			}
		}
	}
}

// TestNoFaultOfAccessibilityInAnyTheme holds every kind of page to all rules of axe-core,
// as the reader may choose to see it, on a phone and on a desk.
func TestNoFaultOfAccessibilityInAnyTheme(t *testing.T) {
	p := prepare(t, sample)
	for _, c := range []struct{ name, path, until string }{
		{"front page", "", ""},
		{"edition", edition(t), ""},
		{"article", longArticle(t), ""},
		{"archive", "archive/", ""},
		{"tags", "t/", ""},
		{"search", "search/", ""},
		{"results", "search/?q=" + word, `document.querySelector("#kb-hits .kb-hit mark")`},
		{"settings", longArticle(t), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := p.part(t)
			for _, width := range []int64{390, 1280} {
				p.narrow(width)
				p.goTo(c.path)
				p.prepareState(c.name)
				if c.until != "" {
					p.wait(c.until)
				}
				p.loadAxe()
				rules := everyRule
				for _, choices := range []string{`{}`, `{"theme":"white"}`, `{"theme":"dark"}`, `{"theme":"contrast"}`, `{"care":"on"}`, `{"care":"on","theme":"dark"}`, `{"size":"250"}`, `{"flow":"down"}`} {
					p.choose(choices)
					p.must(p.tab.Eval(`dispatchEvent(new CustomEvent("kb-choices"))`, nil))
					if choices == `{"flow":"down"}` && c.name == "article" {
						p.wait(`document.querySelector("main .kb-article").tabIndex === 0`)
						rules = everyRule
					}
					p.wait(atRest)
					for _, fault := range p.violations(rules, "true") {
						t.Errorf("%d pixels, %s: %s", width, choices, fault)
					}
					rules = ruleOfSizes
				}
				p.choose(`{}`)
			}
		})
	}
}
