package indextest

import (
	"context"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/write"
)

// Small returns options that make a small corpus cross every border: tiny
// chunks, no pack, trigrams with lists from the first surplus article on, and runs
// of a few articles in temporary files.
func Small() write.Options {
	return write.Options{StoredSize: 700, TermsSize: 600, WordsSize: 60, PackBelow: -1, Excess: 1, Memory: 20_000, Workers: 2, Entities: Entities, Folder: Folder()}
}

// Rounds returns how often to try what is tried n times at random: n, or a quarter
// of it with -short. build.sh asks for that where it runs a test once more, with the
// race detector or as wasm, which take five to twenty times as long for the same.
func Rounds(n int) int {
	if testing.Short() {
		return (n + 3) / 4
	}
	return n
}

// Segmenter returns a segmenter whose dictionary is Words.
var Segmenter = sync.OnceValues(func() (*words.Segmenter, error) { return words.FromList(Words...) })

// Build writes an index of the articles into memory.
func Build(t testing.TB, opt write.Options, articles []*article.Article) *chunk.Memory {
	t.Helper()
	store := new(chunk.Memory)
	opt.Sink = store
	if opt.Folder.Variants == nil {
		opt.Folder = Folder()
	}
	if opt.Segmenter == nil {
		segmenter, err := Segmenter()
		if err != nil {
			t.Fatal(err)
		}
		opt.Segmenter = segmenter
	}
	w, err := write.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	Write(t, w, articles)
	return store
}

// Write adds the articles to the index and writes it.
func Write(t testing.TB, w *write.Writer, articles []*article.Article) {
	t.Helper()
	for _, a := range articles {
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
}
