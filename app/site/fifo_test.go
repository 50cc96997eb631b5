//go:build unix

package site

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFIFOInTheSiteDoesNotHang(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	mustBuild(t, blog(2), out)
	name := filepath.Join(out, "a/post-000/index.html")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(name, 0o644); err != nil {
		t.Fatal("no FIFO can be made:", err)
	}
	mustBuild(t, blog(2), out)
	expectSame(t, blog(2), out, "a FIFO for a page")
}
