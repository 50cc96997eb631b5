package e2e

import (
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// indexed is a site as a generator leaves it, with the two lines of HTML in its
// template, made searchable by kanbao index.
func indexed(t *testing.T, site string) *page {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("../testdata/sites", site))); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		html, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text := strings.Replace(string(html), "</head>", `<script type="module" src="`+base+`kanbao/kanbao.js"></script></head>`, 1)
		text = strings.Replace(text, "</header>", "<kanbao-search></kanbao-search></header>", 1)
		text = strings.ReplaceAll(text, `<link rel="stylesheet" href="/css/style.css">`, "") // it is not below the path of this test
		text = strings.Replace(text, "<p>", strings.Repeat("<br>", 100)+"<p>", 1)            // so that there is something to scroll
		return os.WriteFile(name, []byte(text), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(kanbao, "index", dir, "-o", filepath.Join(dir, "kanbao")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return prepare(t, dir)
}

// A search on a page of another site leads to another page of it: at the id of the
// heading, or at the very words where there is none.
func TestSearchOnASiteAsItIs(t *testing.T) {
	shadow := `document.querySelector("kanbao-search").shadowRoot`
	for _, c := range []struct{ site, from, text, path, hash, words string }{
		{"hugo", "posts/tide-gauge/", "赶海", "posts/spring-tide/", "#大潮", "赶海的人"},
		{"hugo", "posts/spring-tide/", "井底", "posts/tide-gauge/", "", "井底通着海"},
		{"hexo", "2024/05/20/boat/", "鱼苗", "2024/06/02/net/", "#网眼", "伤了鱼苗"},
	} {
		p := indexed(t, c.site)
		p.goTo(c.from)
		p.wait(`customElements.get("kanbao-search") && ` + widgetField)
		p.must(p.tab.Eval(widgetField+`.focus()`, nil))
		p.insert(c.text)
		p.wait(shadow + `.querySelector("[part=hit] mark")`)
		p.is(shadow+`.querySelector("[part=all]").hidden`, "there is no page with all results to lead to")
		p.press(enter)
		p.wait(`location.pathname === ` + quote(base+c.path) + ` && document.readyState === "complete"`)
		p.is(`decodeURI(location.hash) === `+quote(c.hash), "the hit leads to its heading")
		p.wait(`(() => { const e = [...document.querySelectorAll("p")].find((e) => e.textContent.includes(` + quote(c.words) + `));
			const { top, bottom } = e.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight && scrollY > 0; })()`)
	}
}

// The API finds by what attributes of Pagefind say.
func TestAPIOfASiteAsItIs(t *testing.T) {
	p := indexed(t, "hugo")
	p.goTo("posts/tide-gauge/")
	answer := eval[struct {
		Total  int
		Hrefs  []string
		Counts []string
	}](p, `import("`+base+`kanbao/kanbao.js").then(async ({ open }) => {
		const index = await open();
		const { total, hits, facets } = await index.search("tide", { filters: [{ field: "lang", values: ["en"] }], facets: ["lang"] });
		index.close();
		return { total, hrefs: hits.map(({ href }) => href), counts: facets[0].values.map(({ value, count }) => value + " " + count) };
	})`)
	if answer.Total != 1 || !strings.HasPrefix(answer.Hrefs[0], p.server.URL("en/posts/tide-gauge/")) || answer.Counts[0] != "en 1" {
		t.Errorf("got %+v", answer)
	}
}

// TestEnterBeforeTheFirstHitsLeadsSomewhere: such a site has no page of results.
func TestEnterBeforeTheFirstHitsLeadsSomewhere(t *testing.T) {
	shadow := `document.querySelector("kanbao-search").shadowRoot`
	p := indexed(t, "hugo")
	release := make(chan struct{})
	p.server.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, ".wasm") {
			<-release
		}
		return false
	})
	p.goTo("posts/tide-gauge/")
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert("赶海")
	p.press(enter)
	for p.server.Count("build.json") == 0 {
		p.must(p.tab.Eval(`new Promise((done) => setTimeout(done, 20))`, nil))
	}
	close(release)
	p.wait(`location.pathname === ` + quote(base+"posts/spring-tide/") + ` && document.readyState === "complete"`)
	// Nothing is found, and nothing is there to go to.
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(absent)
	p.wait(shadow + `.querySelector("[part=status]").textContent.includes("没有找到")`)
	p.press(enter)
	p.must(p.tab.Eval(`new Promise((done) => setTimeout(done, 300))`, nil))
	p.is(`location.pathname === `+quote(base+"posts/spring-tide/"), "the page stays")
	// A form of the host leads to the host's own page.
	p.must(p.tab.Eval(`document.querySelector("kanbao-search").innerHTML = '<form action="`+base+`posts/tide-gauge/"><input name="s"></form>'`, nil))
	p.press(enter)
	p.wait(`location.pathname === ` + quote(base+"posts/tide-gauge/") + ` && new URLSearchParams(location.search).get("s") === ` + quote(absent))
}
