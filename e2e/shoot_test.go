package e2e

import (
	"os"
	"path/filepath"
	"strings"

	cdp "github.com/chromedp/cdproto/page"
)

// shoot writes what the page looks like into the folder that SHOTS in the environment
// names, for a person to look at.
func shoot(p *page, name string) {
	p.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	shot := call(p, cdp.CaptureScreenshot, cdp.CaptureScreenshotParams{})
	if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".png"), shot.Data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
