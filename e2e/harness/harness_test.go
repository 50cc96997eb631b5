package harness

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHarnessNoticesEveryFault shows that the tests which rely on the list of
// complaints can fail.
func TestHarnessNoticesEveryFault(t *testing.T) {
	browser, err := Launch(t.Context(), Plain)
	if err != nil {
		t.Fatal(err)
	}
	defer browser.Close()
	for _, c := range []struct{ name, script, want string }{
		{"nothing", `document.title = "good"`, ""},
		{"console error", `console.error("bad", 1)`, `console: "bad" 1`},
		{"exception", `throw new Error("bad")`, "exception: Uncaught Error: bad"},
		{"rejected promise", `Promise.reject(new Error("bad"))`, "Error: bad"},
		{"exception in a worker", `new Worker("bad-worker.js")`, "bad worker"},
		{"exception in a service worker", `navigator.serviceWorker.register("bad-sw.js").catch(() => {})`, "bad service worker"},
		{"missing file", `fetch("missing")`, "404"},
		{"inline style", `document.body.innerHTML = '<p style="color: red">'`, "style-src"},
		{"eval", `try { eval("1") } catch {}`, "script-src"},
		{"foreign image", `new Image().src = "http://example.com/a.png"`, "example.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{
				"index.html":    `<!doctype html><html lang="zh"><title>页</title><script type="module" src="page.js"></script>`,
				"page.js":       c.script + `; document.documentElement.dataset.done = "yes"`,
				"bad-worker.js": `throw new Error("bad worker")`,
				"bad-sw.js":     `addEventListener("install", () => { throw new Error("bad service worker") })`,
			} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			server, err := Serve(dir, "/news/")
			if err != nil {
				t.Fatal(err)
			}
			defer server.Stop()
			tab, err := browser.NewTab(800, 600)
			if err != nil {
				t.Fatal(err)
			}
			defer tab.Close()
			if err := tab.Open(server.URL("")); err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if err := tab.Wait(`document.title === "good"`); err != nil {
					t.Fatal(err)
				}
				if got := tab.Complaints(); len(got) > 0 {
					t.Errorf("complaints about a good page: %q", got)
				}
				return
			}
			if err := tab.WaitComplaint(c.want); err != nil {
				t.Error(err)
			}
			tab.Allow(".")
			if got := tab.Complaints(); len(got) > 0 {
				t.Errorf("complaints that were allowed: %q", got)
			}
		})
	}
}

// TestForeignRequestMeetsTheProxy shows that requests which no policy stops are
// noticed, from wherever they come.
func TestForeignRequestMeetsTheProxy(t *testing.T) {
	browser, err := Launch(t.Context(), Plain)
	if err != nil {
		t.Fatal(err)
	}
	defer browser.Close()
	tab, err := browser.NewTab(800, 600)
	if err != nil {
		t.Fatal(err)
	}
	defer tab.Close()
	if got := browser.Foreign(); len(got) > 0 {
		t.Errorf("Chromium itself asks for %q", got)
	}
	if err := tab.Open("http://kanbao.example/"); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(browser.Foreign(), " "); !strings.Contains(got, "kanbao.example") {
		t.Errorf("the proxy has seen %q, want a request for kanbao.example", got)
	}
}
