package e2e

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
)

// TestSiteBehindAPassword: an office's paper may be for those who know a password. Then
// programs, the manifest, the index, the worker and the service worker are asked for with
// it, and none of them twice.
func TestSiteBehindAPassword(t *testing.T) {
	p := prepare(t, sample)
	p.tab.Allow(`401|ERR_CONNECTION_REFUSED`)
	var mu sync.Mutex
	var refused []string
	p.server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		name, password, ok := r.BasicAuth()
		if ok && name == "reader" && password == "潮水" {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		refused = append(refused, r.URL.Path)
		w.Header().Set("WWW-Authenticate", `Basic realm="paper", charset="UTF-8"`)
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return true
	})
	p.must(p.tab.Open(strings.Replace(p.server.URL("archive/"), "http://", "http://reader:%E6%BD%AE%E6%B0%B4@", 1)))
	p.goTo("")
	mu.Lock()
	refused = nil
	mu.Unlock()
	p.live()
	p.stored()
	manifest := call(p, cdppage.GetAppManifest, cdppage.GetAppManifestParams{})
	if len(manifest.Errors) > 0 || manifest.Data == "" {
		t.Errorf("the web manifest: %q, %v", manifest.Data, manifest.Errors)
	}
	if p.server.Count("/sw.js") == 0 || p.server.Count("/index/") == 0 || p.server.Count(".wasm") == 0 {
		t.Error("the service worker, the index or the engine was not asked for")
	}
	mu.Lock()
	if len(refused) > 0 {
		t.Errorf("asked for without the password: %q", refused)
	}
	mu.Unlock()
	// What is stored is there without the network, as on any site.
	p.server.Stop()
	p.goTo("search/?q=" + word)
	p.hits()

	// The element on a page beside the site knows the password, too.
	p.must(p.server.Start())
	p.server.Page("/gov/", strings.Replace(foreign, ` href="data:,"`, ` href="/favicon.ico"`, 1))
	p.must(p.tab.Open(p.server.Origin() + "/gov/"))
	p.wait(`customElements.get("kanbao-search") && ` + widgetField)
	p.must(p.tab.Eval(widgetField+`.focus()`, nil))
	p.insert(word)
	p.wait(`document.querySelector("kanbao-search").shadowRoot.querySelector("[part=hit] mark")`)
}
