package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// choose leaves choices on the device, as web/choices.js keeps them. The tab has to be
// on the site.
func (p *page) choose(choices string) {
	p.t.Helper()
	p.must(p.tab.Eval(`localStorage.setItem("kanbao", `+quote(choices)+`)`, nil))
}

// chosen returns what is set on <html>.
func (p *page) chosen(name string) string {
	p.t.Helper()
	return eval[string](p, `document.documentElement.dataset[`+quote(name)+`] ?? ""`)
}

// TestReaderChoosesHowPagesAreSet goes through the dialog by keyboard and mouse.
func TestReaderChoosesHowPagesAreSet(t *testing.T) {
	article := articles(t)[0].Path()
	p := open(t, article)
	size := eval[float64](p, `parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).fontSize)`)
	p.click("#kb-settings")
	p.wait(`document.querySelector("dialog[open]")?.matches(":modal")`)
	for _, c := range []struct{ choice, value, holds string }{
		{"size", "125", fmt.Sprintf(`Math.abs(parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).fontSize) - 1.25 * %g) < 0.1`, size)},
		{"size", "250", fmt.Sprintf(`Math.abs(parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).fontSize) - 2.5 * %g) < 0.1`, size)},
		{"size", "100", fmt.Sprintf(`Math.abs(parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).fontSize) - %g) < 0.1`, size)},
		{"theme", "dark", `getComputedStyle(document.body).backgroundColor === "rgb(25, 23, 20)"`},
		{"theme", "contrast", `getComputedStyle(document.body).color === "rgb(0, 0, 0)"`},
		{"theme", "white", `getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`},
		{"theme", "paper", `getComputedStyle(document.body).backgroundColor === "rgb(251, 249, 244)"`},
		{"face", "sans", `!getComputedStyle(document.querySelector(".kb-text > p")).fontFamily.includes("Songti")`},
		{"leading", "loose", `parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).lineHeight) > 2 * parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).fontSize)`},
		{"measure", "narrow", fmt.Sprintf(`document.querySelector(".kb-text").clientWidth < 28.1 * %g`, size)},
		{"para", "gap", `getComputedStyle(document.querySelector(".kb-text > p")).textIndent === "0px" && parseFloat(getComputedStyle(document.querySelector(".kb-text > p")).marginBottom) > 0`},
	} {
		p.click(`dialog [name="kb-` + c.choice + `"][value="` + c.value + `"]`)
		p.is(c.holds, c.choice+" is "+c.value)
	}
	p.press(escape)
	p.wait(`!document.querySelector("dialog[open]") && document.activeElement.id === "kb-settings"`)

	// Another page, another kind of page, and one out of the index have the same.
	for _, path := range []string{"archive/", "", "search/?q=" + word} {
		p.goTo(path)
		p.is(`Object.entries({ size: "100", theme: "paper", face: "sans", leading: "loose", measure: "narrow", para: "gap" })
			.every(([name, value]) => document.documentElement.dataset[name] === value)`, "choices stay on "+path)
	}
	p.hits()
	p.click(".kb-hit")
	p.opened()
	p.is(`!getComputedStyle(document.querySelector("#kb-live .kb-text > p")).fontFamily.includes("Songti")`, "an article out of the index has the face")

	p.click("#kb-settings")
	p.wait(`document.querySelector("dialog[open]")`)
	p.is(`document.querySelector("dialog [name=kb-face][value=sans]").checked`, "the dialog shows what is chosen")
	p.must(p.tab.Eval(`document.querySelector(".kb-choose-foot button").click()`, nil))
	p.is(`["size", "theme", "face", "leading", "measure", "para"].every((name) => !(name in document.documentElement.dataset))`, "all is reset")
	p.is(`document.querySelector("dialog [name=kb-face][value=serif]").checked`, "the dialog shows that it is")
}

// TestChoicesReachOtherTabs changes them on one page and looks at another.
func TestChoicesReachOtherTabs(t *testing.T) {
	p := open(t, "")
	// Each tab of the harness is a browser of its own, so the other page is in a frame.
	p.must(p.tab.Eval(`document.body.append(Object.assign(document.createElement("iframe"), { src: "archive/", width: 390, height: 844 }))`, nil))
	p.wait(`frames[0]?.document.querySelector("#kb-care")?.getAttribute("aria-checked") === "false" && frames[0].document.readyState === "complete"`)
	p.click("#kb-care")
	p.is(`document.querySelector("#kb-care").getAttribute("aria-checked") === "true" && document.documentElement.dataset.care === "on"`, "the switch is on")
	p.wait(`frames[0].document.documentElement.dataset.care === "on" && frames[0].document.querySelector("#kb-care").getAttribute("aria-checked") === "true"`)
	p.must(p.tab.Eval(`frames[0].document.querySelector("#kb-care").click()`, nil))
	p.wait(`!("care" in document.documentElement.dataset)`)
}

// TestBrokenChoicesDoNoHarm puts what no page writes where choices are kept.
func TestBrokenChoicesDoNoHarm(t *testing.T) {
	p := open(t, "")
	for _, kept := range []string{`{`, `null`, `7`, `[]`, `"x"`, `{"theme":{"a":1},"size":"9999","care":["on"]}`, `{"theme":"\u0000\" onload=alert(1) "}`} {
		p.choose(kept)
		p.goTo("")
		p.is(`document.querySelector("main h2").checkVisibility()`, "the page is there with "+kept)
		p.click("#kb-settings")
		p.wait(`document.querySelector("dialog[open]")`)
		p.click(`dialog [name="kb-theme"][value="white"]`)
		p.is(`getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`, "white can be chosen with "+kept)
		p.press(escape)
	}
}

// TestChoicesAreThereBeforeThePageIsSeen looks for shifts while pages load, and for
// the choices in the first frame.
func TestChoicesAreThereBeforeThePageIsSeen(t *testing.T) {
	article := articles(t)[0].Path()
	p := open(t, "404.html")
	p.choose(`{"care":"on","theme":"dark"}`)
	for _, path := range []string{"", article, "archive/", "search/"} {
		p.goTo(path)
		p.still(path)
		if got := p.chosen("theme"); got != "night" {
			t.Errorf("%q: easy reading in the dark has the theme %q, want night", path, got)
		}
	}
}

// careFaults returns what the rule for sites that old people use does not allow: small
// targets, close lines and paragraphs, several columns, small type.
const careFaults = `(() => {
	const faults = [];
	const name = (e) => e.outerHTML.slice(0, 120);
	const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".kb-unseen") && !(e.matches(".skip") && document.activeElement !== e);
	for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=option], [role=button], label.kb-choice")) {
		if (!seen(e) || e.matches("label input")) continue;
		const { width, height } = e.getBoundingClientRect();
		if (Math.min(width, height) < 44) faults.push("a target of " + width.toFixed(1) + " by " + height.toFixed(1) + " pixels: " + name(e));
	}
	const paragraphs = [...document.querySelectorAll("p, li, dd, .kb-hit-text")].filter((e) => seen(e) && e.textContent.trim());
	for (const e of paragraphs) {
		const style = getComputedStyle(e);
		const size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
		if (size < 18) faults.push("type of " + size + " pixels: " + name(e));
		if (line < 1.299 * size) faults.push("lines of " + line + " pixels with type of " + size + ": " + name(e));
	}
	for (const e of document.querySelectorAll(":is(.kb-text, .kb-lead-text) > p + p:not(.kb-caption)")) {
		const before = e.previousElementSibling;
		if (!seen(e) || before.matches(".kb-caption")) continue;
		const gap = e.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
		const line = parseFloat(getComputedStyle(e).lineHeight);
		if (gap < 1.3 * line - 1) faults.push("a gap of " + gap + " pixels between paragraphs with lines of " + line + ": " + name(e));
	}
	const items = [...document.querySelectorAll("main .kb-item, main .kb-lead, main .kb-hit, main .kb-titles > li")].filter(seen).map((e) => e.getBoundingClientRect());
	for (const [i, r] of items.entries()) if (i && r.top < items[i - 1].bottom - 1) faults.push("items beside each other: " + i);
	if (document.documentElement.scrollWidth > innerWidth) faults.push((document.documentElement.scrollWidth - innerWidth) + " pixels too wide");
	if (matchMedia("(pointer: fine)").matches && !getComputedStyle(document.body).cursor.includes("pointer")) faults.push("no large pointer: " + getComputedStyle(document.body).cursor);
	return faults;
})()`

// edition returns the page of the newest edition.
func edition(t *testing.T) string {
	t.Helper()
	names := pages(t)
	slices.Sort(names)
	for _, name := range slices.Backward(names) {
		if strings.HasPrefix(name, "e/") {
			return strings.TrimSuffix(name, "index.html")
		}
	}
	t.Fatalf("there is no edition in %q", names)
	return ""
}

// TestEasyReadingKeepsTheRule measures every kind of page.
func TestEasyReadingKeepsTheRule(t *testing.T) {
	list := articles(t)
	p := open(t, "404.html")
	p.choose(`{"care":"on"}`)
	for _, c := range []struct{ name, path, until string }{
		{"front page", "", ""},
		{"edition", edition(t), ""},
		{"article", list[0].Path(), ""},
		{"another article", list[len(list)-1].Path(), ""},
		{"archive", "archive/", ""},
		{"tags", "t/", ""},
		{"search", "search/", ""},
		{"missing", "404.html", ""},
		{"results", "search/?q=" + word, `document.querySelector("#kb-hits .kb-hit mark")`},
		{"no results", "search/?q=" + absent, `document.querySelector("#kb-live .kb-state")`},
		{"settings", "", ""},
		{"article out of the index", "search/?q=" + word, `document.querySelector("#kb-live .kb-article mark")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := p.part(t)
			for _, width := range []int64{390, 1280} {
				call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
				p.scheme("light")
				p.goTo(c.path)
				p.prepareState(c.name)
				if c.until != "" {
					p.wait(c.until)
				}
				p.loadAxe()
				for _, look := range []struct{ scheme, rules string }{{"light", everyRuleOfCare}, {"dark", ruleOfColoursOfCare}} {
					p.scheme(look.scheme)
					for _, fault := range eval[[]string](p, careFaults) {
						t.Errorf("%d %s: %s", width, look.scheme, fault)
					}
					p.accessible(look.scheme, look.rules)
				}
			}
		})
	}
}

// TestEasyReadingComesFirst by keyboard, on static pages and over the live ones.
func TestEasyReadingComesFirst(t *testing.T) {
	for _, path := range []string{"", articles(t)[0].Path(), "search/?q=" + word} {
		p := open(t, path)
		if path != "" && path[0] == 's' {
			p.hits()
			p.must(p.tab.Eval(`document.activeElement.blur(); getSelection().removeAllRanges()`, nil))
		}
		p.must(p.tab.Run(chromedp.KeyEvent(tab)))
		p.is(`document.activeElement.id === "kb-care"`, "the first stop on "+path+" is the switch")
		p.press(" ")
		p.is(`document.documentElement.dataset.care === "on"`, "the space bar throws it")
	}
}

// TestForcedColoursKeepStatesVisible: where the system takes a page's colours away,
// what they said is said otherwise.
func TestForcedColoursKeepStatesVisible(t *testing.T) {
	p := prepare(t, sample)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	p.goTo("")
	p.focus()
	p.insert("潮")
	p.wait(`document.querySelectorAll(".kb-offer").length > 1`)
	p.press(arrowDown)
	p.wait(`document.querySelector(".kb-offer[aria-selected=true]")`)
	p.is(`getComputedStyle(document.querySelector(".kb-offer[aria-selected=true]")).outlineStyle === "solid" && getComputedStyle(document.querySelector(".kb-offer:not([aria-selected=true])")).outlineStyle === "none"`, "the chosen offer is seen")
	p.press(escape)
	p.goTo("search/?q=海&tag=科学")
	p.wait(`document.querySelector("#kb-hits .kb-hit mark") && document.querySelector(".kb-value[aria-checked=true]")?.checkVisibility()`)
	p.is(`(() => { const m = getComputedStyle(document.querySelector("#kb-hits mark")); return m.backgroundColor !== getComputedStyle(document.body).backgroundColor && m.textDecorationLine === "underline"; })()`, "marks are seen")
	p.is(`(() => { const on = getComputedStyle(document.querySelector(".kb-value[aria-checked=true]"), "::before"), off = getComputedStyle(document.querySelector(".kb-value:not([aria-checked=true])"), "::before"); return on.backgroundColor !== off.backgroundColor; })()`, "filters that are on are seen")
	p.is(`getComputedStyle(document.querySelector(".kb-hit:not(:hover)")).borderInlineStartColor === getComputedStyle(document.body).backgroundColor`, "hits have no border for nothing")
	p.is(`getComputedStyle(document.querySelector(".kb-orders [aria-pressed=true]")).textDecorationLine === "underline"`, "the order is seen")
	p.click("#kb-care")
	p.is(`getComputedStyle(document.querySelector("#kb-care"), "::before").content.includes("✓")`, "the switch is seen to be on")
}
