package e2e

import "testing"

// unreached starts to take away, from all that is seen and can have the focus, what gets
// it. The button of the field is left out: over hits, Tab goes from the field into them.
const unreached = `(() => {
	globalThis.left = new Set([...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
		.filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !e.matches("#kb-search button")));
	document.addEventListener("focusin", (event) => left.delete(event.target));
	return left.size;
})()`

// TestTabReachesAllOfAPage walks through pages of every kind by the Tab key alone, from
// the first stop to the last.
func TestTabReachesAllOfAPage(t *testing.T) {
	p := prepare(t, sample)
	for _, c := range []struct{ path, until string }{
		{"", ""},
		{edition(t), ""},
		{pictured(t).Path(), `document.querySelector(".kb-anchor")`},
		{"archive/2024-09/", ""},
		{"search/", ""},
		{"404.html", ""},
		{"search/?q=" + absent, `document.querySelector("#kb-live .kb-help")`},
		{"search/?q=" + word, `document.querySelector("#kb-live #kb-hits .kb-hit mark")`},
	} {
		t.Run(c.path, func(t *testing.T) {
			p := p.part(t)
			p.goTo(c.path)
			if c.until != "" {
				p.wait(c.until)
			}
			stops := eval[int](p, unreached)
			// Facets come later than hits, and are stops as well.
			for range 4 * stops {
				if eval[bool](p, `[...left].every((e) => !e.isConnected)`) {
					break
				}
				p.press("\t")
			}
			for _, name := range eval[[]string](p, `[...left].filter((e) => e.isConnected).map((e) => e.outerHTML.slice(0, 120))`) {
				t.Errorf("Tab passes by %s", name)
			}
		})
	}
}
