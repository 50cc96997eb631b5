package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeReloadsThePageWhenContentChanges, also once the service worker has
// stored the page, and with the strict policy in force.
func TestServeReloadsThePageWhenContentChanges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS(content)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(kanbao, "serve", dir, "--addr", "127.0.0.1:0", "--base", base)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended long before, if all is well
	address := ""
	said := bufio.NewScanner(stderr)
	for address == "" && said.Scan() {
		_, address, _ = strings.Cut(said.Text(), "serving ")
	}
	go func() {
		for said.Scan() { // what nobody reads would stop the server
		}
	}()

	tab, err := browser.NewTab(1280, 900)
	if err != nil {
		t.Fatal(err)
	}
	defer tab.Close()
	p := &page{t: t, tab: tab}
	write := func(title string) {
		text := "---\ntitle: " + title + "\ndate: 2024-09-12\n---\n说说潮水。\n"
		if err := os.WriteFile(filepath.Join(dir, "new.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(title string) {
		p.wait(`document.querySelector("#kb-main").innerText.includes(` + quote(title) + `)`)
	}
	p.must(tab.Open(address + "archive/"))
	write("刚写好的一篇")
	shows("刚写好的一篇")

	p.live()
	p.stored()
	p.must(tab.Open(address + "archive/"))
	write("又改过的一篇")
	shows("又改过的一篇")
	for _, c := range tab.Complaints() {
		t.Errorf("the browser complains: %s", c)
	}

	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
}
