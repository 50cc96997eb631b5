//go:build unix

package command

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A disk that is full in the middle of a build leaves the last good site as it was, and
// nothing beside it. The full disk is a bound on the size of a file that may be written.
func TestFullDiskLeavesTheLastSite(t *testing.T) {
	content := writeContent(t, map[string]string{"a.md": tides})
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	if _, stderr, code := kanbao(t, "build", content, "-o", out); code != 0 {
		t.Fatal(stderr)
	}
	before := files(t, out)
	write(t, filepath.Join(content, "b.md"), "# 满了\n\n![塔](tower.png)\n")
	write(t, filepath.Join(content, "tower.png"), "\x89PNG\r\n\x1a\n"+strings.Repeat("塔", 1<<20))
	if err := os.Mkdir(filepath.Join(content, "static"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(content, "static", "large.bin"), strings.Repeat("大", 1<<20))
	for _, args := range [][]string{{"build", content, "-o", out}, {"build", content, "-o", out, "--full"}, {"build", content, "-o", filepath.Join(parent, "first")}} {
		cmd := command(args...)
		cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", `trap "" XFSZ; ulimit -f 1000; exec "$@"`, "sh", os.Args[0]}, args...)
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Run(); err == nil || !strings.Contains(said.String(), "too large") {
			t.Errorf("%q: %v, %s", args, err, said.String())
		}
		if after := files(t, out); !maps.Equal(before, after) {
			t.Errorf("%q: the site has changed", args)
		}
		if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
			t.Errorf("%q: beside the site remain %v, %v", args, entries, err)
		}
	}
	if _, stderr, code := kanbao(t, "build", content, "-o", out); code != 0 {
		t.Errorf("with room again: %s", stderr)
	}
	if _, stderr, code := kanbao(t, "check", out); code != 0 {
		t.Error(stderr)
	}
}

// files returns the files of a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
