package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
)

// TestServeReloadsThePageWhenContentChanges, also once the service worker has
// stored the page, and with the strict policy in force.
func TestServeReloadsThePageWhenContentChanges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS(content)); err != nil {
		t.Fatal(err)
	}
	cmd, address := serving(t, dir)
	p := tabOf(t)
	write := func(title string) {
		text := "---\ntitle: " + title + "\ndate: 2024-09-12\n---\n说说潮水。\n"
		if err := os.WriteFile(filepath.Join(dir, "new.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(title string) {
		p.wait(`document.querySelector("#kb-main").innerText.includes(` + quote(title) + `)`)
	}
	p.must(p.tab.Open(address + "archive/"))
	write("刚写好的一篇")
	shows("刚写好的一篇")

	p.live()
	p.stored()
	p.must(p.tab.Open(address + "archive/"))
	write("又改过的一篇")
	shows("又改过的一篇")
	for _, c := range p.tab.Complaints() {
		t.Errorf("the browser complains: %s", c)
	}

	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
}

// tabOf opens an empty tab for a site that the command serves.
func tabOf(t *testing.T) *page {
	t.Helper()
	tab, err := browser.NewTab(1280, 900)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.Close)
	return &page{t: t, tab: tab}
}

// serving starts kanbao serve on a folder and returns it with the site's address.
func serving(t *testing.T, dir string) (cmd *exec.Cmd, address string) {
	t.Helper()
	cmd = exec.Command(kanbao, "serve", dir, "--addr", "127.0.0.1:0", "--base", base)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended long before, if all is well
	said := bufio.NewScanner(stderr)
	for address == "" && said.Scan() {
		_, address, _ = strings.Cut(said.Text(), "serving ")
	}
	go func() {
		for said.Scan() { // what nobody reads would stop the server
		}
	}()

	return cmd, address
}

// A page that the browser keeps to go back to must not keep its connection: a
// browser has six to a host, and the seventh page would wait for ever.
func TestServeKeepsNoConnectionOfAPageThatWasLeft(t *testing.T) {
	_, address := serving(t, content)
	p := tabOf(t)
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.connections = [];
		window.EventSource = class extends EventSource { constructor(url) { super(url); connections.push(this); } };`})
	p.must(p.tab.Open(address))
	p.wait(`connections.length === 1 && connections[0].readyState === EventSource.OPEN`)
	p.must(p.tab.Eval(`dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))`, nil))
	p.is(`connections[0].readyState === EventSource.CLOSED`, "the connection is closed when the page is left")
	p.must(p.tab.Eval(`dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`, nil))
	p.wait(`connections.length === 2 && connections[1].readyState === EventSource.OPEN`)
	for _, c := range p.tab.Complaints() {
		t.Errorf("the browser complains: %s", c)
	}
}
