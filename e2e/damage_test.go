package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// copySite returns a copy of the sample site that a test may change.
func copySite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDamagedIndexIsSaidInThePageAndByTheCommand(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(sample, "index", "*.kb"))
	if err != nil || len(names) < 2 {
		t.Fatalf("the index has the files %q, %v", names, err)
	}
	for _, damage := range []struct {
		name string
		do   func([]byte) []byte
	}{
		{"first byte flipped", func(b []byte) []byte { b[0] ^= 1; return b }},
		{"byte in the middle flipped", func(b []byte) []byte { b[len(b)/2] ^= 0x80; return b }},
		{"last byte flipped", func(b []byte) []byte { b[len(b)-1] ^= 0x10; return b }},
		{"last byte missing", func(b []byte) []byte { return b[:len(b)-1] }},
		{"half missing", func(b []byte) []byte { return b[:len(b)/2] }},
		{"empty", func([]byte) []byte { return nil }},
	} {
		for _, name := range names {
			file := filepath.Base(name)
			t.Run(file+" "+damage.name, func(t *testing.T) {
				dir := copySite(t)
				path := filepath.Join(dir, "index", file)
				whole, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, damage.do(bytes.Clone(whole)), 0o644); err != nil {
					t.Fatal(err)
				}
				commandSays(t, dir, file)
				p := prepare(t, dir)
				p.tab.Allow("kb")
				p.goTo("search/?q=" + word)
				p.wait(`document.querySelector("#kb-live .kb-state") || document.querySelector(".kb-hit")`)
				p.is(`!document.querySelector(".kb-hit")`, "there is no result out of a damaged index")
				p.is(`document.querySelector("#kb-live .kb-state").textContent.includes(`+quote(file)+`)`, "the page names the file")
				p.goTo(articles(t)[0].Path())
				p.is(`document.querySelector("#kb-main .kb-text").checkVisibility()`, "articles are readable")
			})
		}
	}
}

func commandSays(t *testing.T, dir, file string) {
	t.Helper()
	out, err := exec.Command(kanbao, "query", dir, word).CombinedOutput()
	if err == nil || !strings.Contains(string(out), file) || strings.Contains(string(out), "panic") {
		t.Errorf("kanbao query: %v, %s; want an error that names %s", err, out, file)
	}
}

func TestMissingIndexIsSaidAndCanBeTriedAgain(t *testing.T) {
	dir := copySite(t)
	index, away := filepath.Join(dir, "index"), filepath.Join(dir, "away")
	if err := os.Rename(index, away); err != nil {
		t.Fatal(err)
	}
	p := prepare(t, dir)
	p.tab.Allow("404|kb")
	p.goTo("search/?q=" + word)
	p.wait(`document.querySelector("#kb-live .kb-state button")`)
	if err := os.Rename(away, index); err != nil {
		t.Fatal(err)
	}
	p.click("#kb-live .kb-state button")
	p.hits()
}
