package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// outlined returns the article of the sample with the most headings.
func outlined(t *testing.T) (path, title string) {
	t.Helper()
	most := 0
	for _, a := range articles(t) {
		n := 0
		for _, s := range a.Sections {
			if s.Heading != "" {
				n++
			}
		}
		if n > most {
			path, title, most = a.Path(), a.Title, n
		}
	}
	if most < 2 {
		t.Fatal("no article of the sample has an outline")
	}
	return path, title
}

// TestArticleOutOfTheIndexHasWhatItsPageHas opens one from the results and looks for what
// scripts give the static page.
func TestArticleOutOfTheIndexHasWhatItsPageHas(t *testing.T) {
	path, title := outlined(t)
	p := open(t, "search/?q="+title)
	p.hits()
	p.click(`.kb-hit[href*="` + path[2:12] + `"]`)
	p.opened()
	p.wait(`document.querySelectorAll("#kb-live .kb-anchor").length === document.querySelectorAll("#kb-live .kb-text [id^=p]").length`)
	p.wait(findBar)
	p.is(`document.querySelector("#kb-live .kb-anchor").getAttribute("aria-label")`, "links at paragraphs have names")
	p.is(`document.querySelector("#kb-live .kb-crumbs a") && document.querySelector("#kb-live .kb-byline a, #kb-live .kb-meta")`, "it has the way from the front page")

	places := eval[int](p, `document.querySelectorAll("#kb-live .kb-article mark").length`)
	first := eval[string](p, findBar)
	if places > 1 {
		p.must(p.tab.Eval(`document.querySelectorAll(".kb-find button")[1].click()`, nil))
		if second := eval[string](p, findBar); second == first {
			t.Errorf("the bar says %q before and after the next match", first)
		}
	}

	// The section that is read is marked in the outline.
	p.must(p.tab.Eval(`document.querySelectorAll("#kb-live .kb-text > h2, #kb-live .kb-text > h3")[1].scrollIntoView()`, nil))
	p.wait(`document.querySelector("#kb-live .kb-outline [aria-current=location]")?.hash === "#" + document.querySelectorAll("#kb-live .kb-text > :is(h2, h3)")[1].id
		|| scrollY + innerHeight >= document.documentElement.scrollHeight - 2`)

	// Citing works as on the page.
	p.must(p.tab.Eval(`navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); };
		document.querySelector("#kb-live [data-does=cite]").click()`, nil))
	p.is(`window.copied === document.querySelector("#kb-live .kb-citation").textContent.trim()`, "its citation is copied")

	// Back to the results the bar is gone, and there again with the article.
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelector("#kb-hits .kb-hit") && !document.querySelector(".kb-find")`)
	p.must(p.tab.Eval(`history.forward()`, nil))
	p.opened()
	p.wait(findBar)
	p.press(escape)
	p.wait(`!document.querySelector(".kb-find, .kb-article mark")`)
	p.is(`!location.search`, "Esc takes the query out of the address")
	p.must(p.tab.Eval(`history.back()`, nil))
	p.wait(`document.querySelector("#kb-hits .kb-hit mark")`)
}

// TestArticleOutOfTheIndexIsDressedOnAnyPage: the scripts of articles are not on others.
func TestArticleOutOfTheIndexIsDressedOnAnyPage(t *testing.T) {
	p := open(t, "")
	p.focus()
	p.insert(word)
	p.hits()
	p.click(".kb-hit")
	p.opened()
	p.wait(`document.querySelector("#kb-live .kb-anchor") && ` + findBar)
}

// TestArticleWithoutItsPageLeadsToOthers: where the page of a hit does not come, what the
// index has leads on by searches.
func TestArticleWithoutItsPageLeadsToOthers(t *testing.T) {
	p := open(t, "")
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "/a/") {
			return false
		}
		w.WriteHeader(http.StatusNoContent)
		return true
	})
	p.focus()
	p.insert(word)
	p.hits()
	p.click(".kb-hit")
	p.opened()
	p.is(`!document.querySelector("#kb-live .kb-citation")`, "it is out of the index")
	p.is(`[...document.querySelectorAll("#kb-live .kb-crumbs a")].map((a) => a.search.split("=")[0]).join() === ",?date,?date"`, "it has the way from the front page")
	p.is(`document.querySelector("#kb-live h1 .kb-words") && document.querySelectorAll("#kb-live h1 wbr").length > 0 === document.querySelector("#kb-live h1").textContent.trim().length > 8`, "its headline ends between words")
	p.click("#kb-live .kb-byline a")
	p.wait(`document.querySelector("#kb-hits .kb-hit") && location.search.startsWith("?author=")`)
	p.must(p.tab.Eval(`history.back()`, nil))
	p.opened()
}
