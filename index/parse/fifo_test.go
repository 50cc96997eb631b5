//go:build unix

package parse

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestFIFOIsNotWaitedFor(t *testing.T) {
	for _, name := range []string{"x.md", "x.jsonl", "x.html", ConfigName, SynonymsName, "d/" + ConfigName, "SUMMARY.md", "d/_index.md", "mkdocs.yml"} {
		root := folder(t, map[string]string{"a.md": "甲", "d/b.md": "乙"})
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o644); err != nil {
			t.Fatal("no FIFO can be made:", err)
		}
		cfg, err := LoadConfig(root)
		_, faults := LoadSynonyms(root)
		if err == nil {
			for _, e := range faults {
				err = e
			}
			for _, e := range Folder(t.Context(), root, cfg) {
				if e != nil && strings.Contains(e.Error(), "no regular file") {
					err = e
				}
			}
		}
		if named := err != nil && strings.Contains(err.Error(), "no regular file"); !named && name != "SUMMARY.md" && name != "mkdocs.yml" {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}
