package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	arrowDown = kb.ArrowDown
	arrowUp   = kb.ArrowUp
	arrowLeft = kb.ArrowLeft
	escape    = kb.Escape
	tab       = kb.Tab
	enter     = kb.Enter
)

// inView is true of an element of which something is seen.
const inView = `((e) => { const r = e?.getBoundingClientRect(); return r && r.top < innerHeight && r.bottom > 0 })`

// opened waits until an article is open at its passage, with marks.
func (p *page) opened() {
	p.t.Helper()
	p.wait(`location.pathname.startsWith("` + base + `a/") && document.querySelector("#kb-live .kb-article mark")`)
}

func TestHitOpensAtItsPassageAndBackReturns(t *testing.T) {
	p := open(t, "")
	p.live()
	hits := eval[string](p, `document.querySelector("#kb-hits").innerText`)
	title := eval[string](p, `document.querySelector(".kb-hit-title").textContent`)
	href := eval[string](p, `document.querySelector(".kb-hit").href`)
	p.server.Forget()
	p.click(".kb-hit")
	p.opened()
	p.is(`location.href === `+quote(href), "the address is that of the hit")
	p.is(`document.querySelector("#kb-live h1").textContent === `+quote(title), "it is the article of the hit")
	p.wait(inView + `(document.querySelector("#kb-live .kb-here"))`)
	p.is(`document.querySelector("#kb-live .kb-here mark")`, "the passage has marks")
	p.is(`!document.querySelector("#kb-main").checkVisibility()`, "the static page is not seen")
	if n := p.server.Count(".html"); n > 0 {
		t.Errorf("%d pages were fetched", n)
	}

	p.must(p.tab.Eval(`history.back()`, nil))
	p.hits()
	if got := eval[string](p, `document.querySelector("#kb-hits").innerText`); got != hits {
		t.Errorf("Back shows the results\n%s\nwant\n%s", got, hits)
	}
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`location.pathname === "` + base + `" && document.querySelector("#kb-main").checkVisibility()`)
	p.is(`!document.querySelector(".kb-hit")`, "the results are gone")
	p.must(p.tab.Eval(`history.forward()`, nil))
	p.hits()
}

func TestReloadGivesTheStaticPageOfTheSameAddress(t *testing.T) {
	p := open(t, "")
	p.live()
	p.click(".kb-hit")
	p.opened()
	live := squeeze(eval[string](p, `document.querySelector("#kb-live .kb-text").innerText`))
	p.must(p.tab.Run(chromedp.Reload()))
	p.wait(`document.querySelector("#kb-main .kb-text")?.checkVisibility()`)
	if static := squeeze(eval[string](p, `document.querySelector("#kb-main .kb-text").innerText`)); static != live {
		t.Errorf("the article out of the index reads\n%s\nand its page\n%s", live, static)
	}
}

func TestSharedAddressSearches(t *testing.T) {
	p := open(t, "search/?q="+word)
	p.hits()
	p.is(`document.querySelector("`+field+`").value === "`+word+`"`, "the field holds the query")
	p.is(`document.title.includes("`+word+`")`, "the title names the query")
}

// TestEverythingIsReachedByKeyboard never touches the mouse.
func TestEverythingIsReachedByKeyboard(t *testing.T) {
	p := open(t, "")
	p.press(tab)
	p.is(`document.activeElement.matches("#kb-care")`, "the first stop makes the page easy to read")
	p.press(tab)
	p.is(`document.activeElement.matches(".skip")`, "the second stop skips to the text")
	p.press("/")
	p.wait(`document.activeElement.matches("` + field + `")`)
	p.is(`document.querySelector("`+field+`").value === ""`, "the slash is not typed")
	p.insert(word)
	p.hits()
	p.press(tab)
	p.wait(`document.activeElement.closest("#kb-live .kb-found")`)
	p.press(tab, chromedp.KeyModifiers(chromedp.ModifierShift))
	p.wait(`document.activeElement.matches("` + field + `")`)
	p.press(arrowDown)
	p.wait(`document.activeElement.id === "kb-hit-0"`)
	p.press(arrowDown)
	p.wait(`document.activeElement.id === "kb-hit-1"`)
	p.press(enter)
	p.opened()
	p.wait(`document.activeElement.closest("#kb-live .kb-article")`)
	p.press("k", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	p.wait(`document.activeElement.matches("` + field + `")`)
	p.press(escape)
	p.must(p.tab.Eval(`history.back()`, nil))
	p.hits()
	p.wait(`document.activeElement.id === "kb-hit-1"`) // where the reader left
	p.press("/")
	p.wait(`document.activeElement.matches("` + field + `")`)
	p.press(escape)
	p.wait(`document.querySelector("#kb-main").checkVisibility()`)
}
