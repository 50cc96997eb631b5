package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// titlesFor returns what the command finds in a site.
func titlesFor(t *testing.T, dir, q string) []string {
	t.Helper()
	out, err := exec.Command(kanbao, "query", dir, q, "--json").Output()
	if err != nil {
		t.Fatalf("kanbao query: %v", err)
	}
	var answer struct{ Hits []struct{ Title string } }
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	titles := []string{}
	for _, h := range answer.Hits {
		titles = append(titles, h.Title)
	}
	return titles
}

const shownTitles = `[...document.querySelectorAll(".kb-hit-title")].map((e) => e.textContent)`

// nextBuild builds the sample again with one article more and another changed.
func nextBuild(t *testing.T) string {
	t.Helper()
	changed := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(changed, os.DirFS(content)); err != nil {
		t.Fatal(err)
	}
	text := "---\ntitle: 增刊里的潮水\ndate: 2024-09-13\n---\n增刊说潮水，也说灯塔。\n"
	if err := os.WriteFile(filepath.Join(changed, "extra.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "site")
	if out, err := exec.Command(kanbao, "build", changed, "-o", dir, "--base", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// swap puts the site in next in the place of the one in dir.
func swap(t *testing.T, dir, next string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, dir); err != nil {
		t.Fatal(err)
	}
}

// TestOldPageWithANewIndexNeverMixesTheTwo: the answer is that of one build or
// the page says that it is out of date.
func TestOldPageWithANewIndexNeverMixesTheTwo(t *testing.T) {
	next := nextBuild(t)
	for _, c := range []struct {
		name   string
		before func(p *page)
	}{
		{"nothing loaded", func(*page) {}},
		{"engine loaded", func(p *page) { p.live() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := copySite(t)
			copied := filepath.Join(t.TempDir(), "next")
			if err := os.CopyFS(copied, os.DirFS(next)); err != nil {
				t.Fatal(err)
			}
			p := prepare(t, dir)
			p.tab.Allow("404|kb")
			p.goTo("")
			c.before(p)
			swap(t, dir, copied)
			p.replace("灯塔")
			p.wait(`new URLSearchParams(location.search).get("q") === "灯塔" && document.querySelector(".kb-hit mark, #kb-live .kb-state")`)
			p.wait(`!document.querySelector(".kb-hit mark") || [...document.querySelectorAll(".kb-hit mark")].some((m) => m.textContent.includes("灯"))`)
			if eval[bool](p, `Boolean(document.querySelector("#kb-live .kb-state button"))`) {
				return // it says so, and offers to load the page anew
			}
			got, was, is := eval[[]string](p, shownTitles), titlesFor(t, sample, "灯塔"), titlesFor(t, dir, "灯塔")
			if !slices.Equal(got, was) && !slices.Equal(got, is) {
				t.Errorf("the page shows\n%q\nthe old build has\n%q\nthe new one\n%q", got, was, is)
			}
		})
	}
}

// TestStoredSiteFollowsANewBuild: a reader who has the old build stored gets
// the new one whole, and no program again that is the same.
func TestStoredSiteFollowsANewBuild(t *testing.T) {
	for name, host := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
		"a host of brotli": func(http.ResponseWriter, *http.Request) bool { return false },
		"a host that compresses nothing": func(w http.ResponseWriter, r *http.Request) bool {
			r.Header.Del("Accept-Encoding")
			if strings.HasSuffix(r.URL.Path, ".br") {
				http.NotFound(w, r)
				return true
			}
			return false
		},
	} {
		t.Run(name, func(t *testing.T) { storedSiteFollows(t, host) })
	}
}

func storedSiteFollows(t *testing.T, host func(w http.ResponseWriter, r *http.Request) bool) {
	dir := copySite(t)
	p := prepare(t, dir)
	p.server.Intercept(host)
	p.tab.Allow("404|kb") // the old build's files are gone from the server
	p.goTo("")
	p.live()
	p.stored()
	next := nextBuild(t)
	want := titlesFor(t, next, "灯塔")
	swap(t, dir, next)
	p.server.Forget()
	p.must(p.tab.Eval(`navigator.serviceWorker.getRegistration().then((r) => r.update())`, nil))
	p.wait(`navigator.serviceWorker.getRegistration().then((r) => !r.installing)`)
	p.goTo("search/?q=灯塔")
	p.hits()
	p.stored()
	if got := eval[[]string](p, shownTitles); !slices.Equal(got, want) {
		t.Errorf("after the update the page shows\n%q\nwant\n%q", got, want)
	}
	if n := p.server.Count(".wasm"); n > 0 {
		t.Errorf("the update fetched %d programs, which are the same", n)
	}
	p.server.Stop()
	p.goTo("a/extra/")
	p.tab.Allow(`^request failed: Fetch net::ERR_CONNECTION_REFUSED`) // the service worker asks the network first
	p.wait(`[...document.querySelectorAll("h1")].some((e) => e.textContent.includes("增刊") && e.checkVisibility())`)
}
