package harness

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// A Browser is a Chromium without a window and with a fresh profile.
type Browser struct {
	ctx    context.Context
	cancel func()
	// The proxy is what every request meets that is not for this machine.
	proxy *httptest.Server

	mu      sync.Mutex
	foreign []string
}

// flags keep Chromium from doing anything that a page did not ask for.
var flags = []chromedp.ExecAllocatorOption{
	chromedp.NoFirstRun,
	chromedp.NoDefaultBrowserCheck,
	chromedp.NoSandbox, // the sandbox does not work for root
	chromedp.Headless,
	chromedp.DisableGPU,
	chromedp.Flag("disable-quic", true),
	chromedp.Flag("disable-background-networking", true),
	chromedp.Flag("disable-component-update", true),
	chromedp.Flag("disable-default-apps", true),
	chromedp.Flag("disable-extensions", true),
	chromedp.Flag("disable-sync", true),
	chromedp.Flag("disable-dev-shm-usage", true),
	chromedp.Flag("disable-search-engine-choice-screen", true),
	// The last four are processes that nobody sees here: pages of Chromium's own that
	// each window brings for its address bar, two a tab, and one more that waits for the
	// page to which the reader goes next.
	chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter,NetworkTimeServiceQuerying,"+
		"WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess"),
	// Tabs in the background are tested as if they were seen.
	chromedp.Flag("disable-background-timer-throttling", true),
	chromedp.Flag("disable-backgrounding-occluded-windows", true),
	chromedp.Flag("disable-renderer-backgrounding", true),
	chromedp.Flag("lang", "zh-CN"),
}

// Plain is an option for Launch: wasm is compiled by V8's first compiler alone
// and not a second time for speed, which a test has no use for. Whoever measures
// does without it.
var Plain = chromedp.Flag("js-flags", "--liftoff-only")

// Launch starts Chromium. CHROMIUM in the environment says which.
func Launch(ctx context.Context, more ...chromedp.ExecAllocatorOption) (*Browser, error) {
	path, err := chromium()
	if err != nil {
		return nil, err
	}
	b := &Browser{}
	b.proxy = httptest.NewServer(http.HandlerFunc(b.refuse))
	options := append(flags[:len(flags):len(flags)],
		chromedp.ExecPath(path),
		chromedp.ProxyServer(b.proxy.URL))
	options = append(options, more...)
	allocator, cancelAllocator := chromedp.NewExecAllocator(ctx, options...)
	browser, cancelBrowser := chromedp.NewContext(allocator)
	b.ctx = browser
	b.cancel = func() {
		cancelBrowser()
		cancelAllocator()
		b.proxy.Close()
	}
	if err := chromedp.Do(browser); err != nil {
		b.cancel()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return b, nil
}

func chromium() (string, error) {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium: run apt-get install -y chromium fonts-noto-cjk, or set CHROMIUM to its path")
}

// ownHosts are asked by Chromium itself, whatever its flags say. A page that
// asked them would violate the policy, and be noticed by that.
var ownHosts = map[string]bool{
	"accounts.google.com":                     true,
	"clients2.google.com":                     true,
	"content-autofill.googleapis.com":         true,
	"edgedl.me.gvt1.com":                      true,
	"optimizationguide-pa.googleapis.com":     true,
	"redirector.gvt1.com":                     true,
	"safebrowsingohttpgateway.googleapis.com": true,
	"update.googleapis.com":                   true,
	"www.google.com":                          true,
}

// refuse takes a note of a request for another host.
func (b *Browser) refuse(w http.ResponseWriter, r *http.Request) {
	if host, _, _ := strings.Cut(r.Host, ":"); !ownHosts[host] {
		b.mu.Lock()
		b.foreign = append(b.foreign, r.Method+" "+r.Host+r.URL.Path)
		b.mu.Unlock()
	}
	http.Error(w, "no other host is reached from here", http.StatusBadGateway)
}

// Foreign returns the requests for other hosts, of all tabs, workers and
// service workers.
func (b *Browser) Foreign() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.foreign...)
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() { b.cancel() }
