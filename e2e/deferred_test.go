package e2e

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

const deferredPart = "engine-deferred"

// TestFirstSearchNeedsNoDeferredPart: what the engine calls at first is in what comes first
// (wasm/engine/deferred.txt). If this fails for a function that is new, run
// `go run ./wasm/build profile` as wasm/README.md says.
func TestFirstSearchNeedsNoDeferredPart(t *testing.T) {
	t.Run("in an element", func(t *testing.T) {
		p := hostPage{}.visit(t)
		p.holding(deferredPart)
		p.find(word)
	})
	t.Run("in the field of the site", func(t *testing.T) {
		p := open(t, "404.html")
		p.holding(deferredPart)
		p.replace(word)
		p.wait(`document.querySelector("#kb-hits .kb-hit mark, [part=hit] mark")`)
	})
}

// withoutFetching has the page never get the deferred part, so that the worker has to.
const withoutFetching = `void (globalThis.fetch = new Proxy(fetch, {
	apply(get, of, [url, ...more]) { return String(url.url ?? url).includes("` + deferredPart + `") ? new Promise(() => {}) : Reflect.apply(get, of, [url, ...more]); },
}))`

func TestWhatHasNotComeIsFetchedWhenItIsNeeded(t *testing.T) {
	p := hostPage{}.visit(t)
	p.must(p.tab.Eval(withoutFetching, nil))
	before := p.server.Count(deferredPart)
	title := inModule[string](p, `
		const index = await open("`+base+`");
		const { hits } = await index.search("`+word+`");
		const { title } = await index.article(hits[0].id);
		await index.facets();
		return title;`)
	if title == "" {
		t.Error("the article has no title")
	}
	if n := p.server.Count(deferredPart) - before; n != 1 {
		t.Errorf("the deferred part was fetched %d times, want once", n)
	}
}

// TestADeferredPartThatIsRefusedIsNamed, and is asked for again.
func TestADeferredPartThatIsRefusedIsNamed(t *testing.T) {
	p := hostPage{}.visit(t)
	p.tab.Allow(`404|` + deferredPart)
	var refused atomic.Bool
	refused.Store(true)
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		refuses := refused.Load() && strings.Contains(r.URL.Path, deferredPart)
		if refuses {
			http.Error(w, "no", http.StatusNotFound)
		}
		return refuses
	})
	said := inModule[string](p, `
		globalThis.index = await open("`+base+`");
		const { hits } = await index.search("`+word+`");
		globalThis.id = hits[0].id;
		return index.facets().then(() => "", String);`)
	if !strings.Contains(said, deferredPart) || !strings.Contains(said, "404") {
		t.Errorf("without its deferred part the engine says %q", said)
	}
	refused.Store(false)
	if title := eval[string](p, `index.article(id).then(({ title }) => title)`); title == "" {
		t.Error("the article has no title")
	}
}
