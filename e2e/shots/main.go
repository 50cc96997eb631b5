// Command shots takes screenshots of a site, for people to look at: every kind
// of page on a phone and on a desk, light, dark and with large type. Run it
// through ./build.sh shots.
//
//	shots SITE DIR [VIEW or VIEW-LOOK...]
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/kanbao/kanbao/e2e/harness"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: shots SITE DIR [VIEW or VIEW-LOOK...]")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

// A look is one way in which a page is seen.
type look struct {
	name          string
	width, height int64
	dark          bool
	large         bool
	chosen        string  // by the reader, as choices.js keeps it
	scale         float64 // of the picture; 0 is 1
}

var looks = []look{
	{name: "320", width: 320, height: 640},
	{name: "390", width: 390, height: 844},
	{name: "390-dark", width: 390, height: 844, dark: true},
	{name: "390-large", width: 390, height: 844, large: true},
	{name: "1280", width: 1280, height: 900},
	{name: "1280-dark", width: 1280, height: 900, dark: true},
	{name: "1280-large", width: 1280, height: 900, large: true},
	{name: "390-white", width: 390, height: 844, chosen: `{"theme":"white"}`},
	{name: "390-contrast", width: 390, height: 844, chosen: `{"theme":"contrast"}`},
	{name: "390-care", width: 390, height: 844, chosen: `{"care":"on"}`},
	{name: "390-night", width: 390, height: 844, dark: true, chosen: `{"care":"on"}`},
	{name: "390-250", width: 390, height: 844, chosen: `{"size":"250"}`},
	{name: "390-down", width: 390, height: 844, chosen: `{"flow":"down"}`},
	{name: "390-hant", width: 390, height: 844, chosen: `{"han":"hant"}`},
	{name: "1280-white", width: 1280, height: 900, chosen: `{"theme":"white"}`},
	{name: "1280-contrast", width: 1280, height: 900, chosen: `{"theme":"contrast"}`},
	{name: "1280-care", width: 1280, height: 900, chosen: `{"care":"on"}`},
	{name: "1280-down", width: 1280, height: 900, chosen: `{"flow":"down"}`},
	{name: "1600", width: 1600, height: 1000},
	{name: "readme", width: 1280, height: 800, scale: 0.75}, // small, for docs/
}

// A view is a page, and what is done there before it is seen.
type view struct {
	name string
	path string
	// until is a JavaScript expression that is true when the page is as it
	// should be; empty is at once.
	until string
	// typed is then typed into the search field, and click clicked on if it is
	// seen; then is what until is, once more.
	typed, click, then string
}

func run(ctx context.Context, site, dir string, only []string) error {
	views, err := viewsOf(site)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	server, err := harness.Serve(site, "/")
	if err != nil {
		return err
	}
	defer server.Stop()
	browser, err := harness.Launch(ctx)
	if err != nil {
		return err
	}
	defer browser.Close()
	for _, l := range looks {
		for _, v := range views {
			if len(only) > 0 && !slices.Contains(only, v.name) && !slices.Contains(only, v.name+"-"+l.name) {
				continue
			}
			name := filepath.Join(dir, v.name+"-"+l.name+".png")
			if err := shoot(browser, server, l, v, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			fmt.Println(name)
		}
	}
	return nil
}

// viewsOf returns a view of each kind of page; of articles, the longest.
func viewsOf(site string) ([]view, error) {
	article, err := longest(site, "a/*/index.html")
	if err != nil {
		return nil, err
	}
	printed, err := printedPage(site)
	if err != nil {
		return nil, err
	}
	tag, err := longest(site, "t/*/index.html")
	if err != nil {
		return nil, err
	}
	return []view{
		{name: "front", path: ""},
		{name: "article", path: article},
		{name: "print", path: printed, until: pictured},
		{name: "archive", path: "archive/"},
		{name: "tag", path: tag},
		{name: "search", path: "search/"},
		{name: "offline", path: "search/#kb-offline", until: `document.querySelector("#kb-offline button")`},
		{name: "missing", path: "404.html"},
		{name: "hits", path: "search/?q=潮水", until: settled},
		{name: "narrowed", path: "search/?q=海&author=姜禾&date=2024&sort=newest", until: settled},
		{name: "filters", path: "search/?q=海&date=2024", until: settled, click: "#kb-narrow", then: `document.querySelector(".kb-value, .kb-state button")?.checkVisibility()`},
		{name: "offers", typed: "潮", then: `document.querySelector(".kb-offer") && document.querySelector("mark")`},
		{name: "help", path: "search/?q=面条", until: settled, click: ".kb-help summary", then: `true`},
		{name: "pinyin", path: "search/?q=chaoshui", until: settled},
		{name: "meant", path: "search/?q=朝水", until: settled},
		{name: "settings", path: article, until: `document.readyState === "complete"`, click: "#kb-settings", then: `document.querySelector("dialog[open]")`},
		{name: "none", path: "search/?q=朝水 author:姜禾&date=2023", until: settled},
	}, nil
}

// pictured is true once all pictures in view are there.
const pictured = `[...document.images].every((i) => i.complete)`

// picturePattern matches the picture of a printed page.
var picturePattern = regexp.MustCompile(`id="print-(v\d+)"`)

// printedPage returns the way to the picture of a page as it was printed.
func printedPage(site string) (string, error) {
	names, err := filepath.Glob(filepath.Join(site, "e", "*", "index.html"))
	if err != nil {
		return "", err
	}
	for _, n := range names {
		html, err := os.ReadFile(n)
		if err != nil {
			return "", err
		}
		if m := picturePattern.FindSubmatch(html); m != nil {
			return "e/" + filepath.Base(filepath.Dir(n)) + "/#" + string(m[1]), nil
		}
	}
	return "", fmt.Errorf("%s: no edition has a picture of a page", site)
}

// settled is true once the answer to a search is shown, with the facets if they
// are seen.
const settled = `document.querySelector("mark, .kb-state") && !document.querySelector(".kb-late")?.checkVisibility()`

// longest returns the page with the most bytes, as a path with a slash.
func longest(site, pattern string) (string, error) {
	names, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(pattern)))
	if err != nil {
		return "", err
	}
	best, size := "", int64(-1)
	for _, n := range names {
		info, err := os.Stat(n)
		if err != nil {
			return "", err
		}
		if info.Size() > size {
			best, size = n, info.Size()
		}
	}
	if best == "" {
		return "", fmt.Errorf("%s: no page like %s", site, pattern)
	}
	rel, err := filepath.Rel(site, filepath.Dir(best))
	return filepath.ToSlash(rel) + "/", err
}

// act does what is done before the view is seen.
func (v view) act(tab *harness.Tab) error {
	if v.until != "" {
		if err := tab.Wait(v.until); err != nil {
			return err
		}
	}
	if v.typed != "" {
		if err := tab.Eval(`document.querySelector("#kb-q").focus()`, nil); err != nil {
			return err
		}
		if _, err := harness.Call(tab, input.InsertText, input.InsertTextParams{Text: v.typed}); err != nil {
			return err
		}
	}
	if v.click != "" {
		click := fmt.Sprintf("(e => e?.checkVisibility() && e.click())(document.querySelector(%q))", v.click)
		if err := tab.Eval(click, nil); err != nil {
			return err
		}
	}
	if v.then == "" {
		return nil
	}
	return tab.Wait(v.then)
}

func shoot(browser *harness.Browser, server *harness.Server, l look, v view, name string) error {
	tab, err := browser.NewTab(l.width, l.height)
	if err != nil {
		return err
	}
	defer tab.Close()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	_, err = harness.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		return err
	}
	_, err = harness.Call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.width, Height: l.height, DeviceScaleFactor: cmp.Or(l.scale, 1),
	})
	if err != nil {
		return err
	}
	if l.chosen != "" {
		_, err := harness.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: fmt.Sprintf(`localStorage.setItem("kanbao", %q)`, l.chosen),
		})
		if err != nil {
			return err
		}
	}
	if err := tab.Open(server.URL(v.path)); err != nil {
		return err
	}
	if l.large {
		// As if the reader had set the browser's text to twice its size.
		if err := tab.Eval(`document.documentElement.style.fontSize = "200%"`, nil); err != nil {
			return err
		}
	}
	if err := v.act(tab); err != nil {
		return err
	}
	png, err := harness.Get(tab, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(name, png, 0o644)
}
