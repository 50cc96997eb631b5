package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestQuickFilesAreNotTakenForTheBest: what a test run leaves is made anew for a
// site, and what a site has is good enough for a test run.
func TestQuickFilesAreNotTakenForTheBest(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.wasm")
	data := bytes.Repeat([]byte("潮水每天来两次。"), 1000)
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if current(name, data, quick) {
		t.Error("current before there is anything")
	}
	if err := precompress(name, quick); err != nil {
		t.Fatal(err)
	}
	if !current(name, data, quick) || current(name, data, best) {
		t.Errorf("after -quick: current %v for -quick, want true; %v else, want false", current(name, data, quick), current(name, data, best))
	}
	if err := precompress(name, best); err != nil {
		t.Fatal(err)
	}
	if !current(name, data, quick) || !current(name, data, best) {
		t.Error("the best is not current")
	}
	if got := unpacked(t, name+".gz"); !bytes.Equal(got, data) {
		t.Errorf("the gzip file holds %d bytes, not the %d that it was made of", len(got), len(data))
	}
	if current(name, data[1:], quick) {
		t.Error("current for other data")
	}
}

func unpacked(t *testing.T, name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
