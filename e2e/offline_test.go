package e2e

import (
	"testing"
)

// stored waits until the service worker has stored the whole of the site.
func (p *page) stored() {
	p.t.Helper()
	p.wait(`document.documentElement.dataset.kept === "true"`)
}

func TestSiteReadsAndSearchesWithTheServerGone(t *testing.T) {
	p := open(t, "")
	p.live()
	p.stored()
	p.server.Stop()
	p.tab.Allow(`^request failed: Fetch net::ERR_CONNECTION_REFUSED`) // the service worker asks the network first
	// Pictures are not stored before somebody has seen them.
	p.tab.Allow(`^request failed: Image|/media/`)

	// The page that is open.
	p.replace("灯塔")
	p.hits()
	p.click(".kb-hit")
	p.opened()

	// Pages that were never opened.
	for _, a := range articles(t)[:5] {
		p.goTo(a.Path())
		p.wait(`document.querySelector("#kb-main h1")?.textContent.includes(` + quote(a.Title) + `)`)
	}
	p.goTo("archive/")
	p.wait(`document.querySelector("#kb-main h1")`)

	// A search in a page that is opened offline.
	p.goTo("search/?q=" + word)
	p.hits()
}

func TestServiceWorkerLeavesOtherCachesAlone(t *testing.T) {
	p := open(t, "")
	p.must(p.tab.Eval(`caches.open("of-a-stranger").then((c) => c.put("/stranger", new Response("kept")))`, nil))
	p.live()
	p.stored()
	p.must(p.tab.Eval(`navigator.serviceWorker.getRegistration().then((r) => r.update())`, nil))
	if got := eval[string](p, `caches.open("of-a-stranger").then((c) => c.match("/stranger")).then((r) => r?.text() ?? "gone")`); got != "kept" {
		t.Errorf("a stranger's cache is %s", got)
	}
}

func TestNothingIsStoredBeforeAnybodySearches(t *testing.T) {
	p := open(t, "")
	if n := eval[int](p, `navigator.serviceWorker.getRegistrations().then((r) => r.length)`); n != 0 {
		t.Errorf("%d service workers before the first search", n)
	}
	if got := eval[[]string](p, `caches.keys()`); len(got) != 0 {
		t.Errorf("caches %q before the first search", got)
	}
}
