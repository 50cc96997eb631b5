package write_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/write"
)

func TestWriterIsDeterministic(t *testing.T) {
	articles := indextest.Articles(1, 100)
	for i, a := range articles { // a date of its own each, so that shuffling changes nothing
		a.Date = "2024-01-01"
		if i > 0 {
			a.Date = nextDay(articles[i-1].Date)
		}
	}
	want := indextest.Build(t, indextest.Small(), articles).Files()
	for name, build := range map[string]func() map[string][]byte{
		"again": func() map[string][]byte { return indextest.Build(t, indextest.Small(), articles).Files() },
		"eight workers": func() map[string][]byte {
			opt := indextest.Small()
			opt.Workers = 8
			return indextest.Build(t, opt, articles).Files()
		},
		"all in memory": func() map[string][]byte {
			opt := indextest.Small()
			opt.Memory = 1 << 30
			return indextest.Build(t, opt, articles).Files()
		},
		"a run for each article": func() map[string][]byte {
			opt := indextest.Small()
			opt.Memory = 1
			return indextest.Build(t, opt, articles).Files()
		},
		"shuffled input": func() map[string][]byte {
			shuffled := slices.Clone(articles)
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			return indextest.Build(t, indextest.Small(), shuffled).Files()
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := build()
			if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
				t.Fatalf("%d files, want the same %d names", len(got), len(want))
			}
			for file := range want {
				if string(got[file]) != string(want[file]) {
					t.Errorf("%s differs", file)
				}
			}
		})
	}
}

func nextDay(date string) string {
	d := []byte(date)
	for i := len(d) - 1; ; i-- {
		if d[i] == '-' {
			continue
		}
		limit := byte('9')
		switch i {
		case 8, 5:
			limit = '1' // keep to days and months that every calendar has
		}
		if d[i] < limit {
			d[i]++
			return string(d)
		}
		d[i] = '0'
		if i == 9 || i == 6 {
			d[i] = '1'
		}
	}
}

// added returns a writer that has taken the articles, and is not finished.
func added(t *testing.T, opt write.Options, articles []*article.Article) *write.Writer {
	t.Helper()
	opt.Segmenter, _ = indextest.Segmenter()
	w, err := write.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func TestSummaryCountsWhatIsThere(t *testing.T) {
	store := new(chunk.Memory)
	opt := indextest.Small()
	opt.Sink = store
	w := added(t, opt, indextest.Articles(2, 30))
	sum, err := w.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	total, files := int64(0), 0
	for _, file := range store.Files() {
		total += int64(len(file))
		files++
	}
	said := sum.Bundles
	for _, n := range sum.Bytes {
		said += n
	}
	if sum.Documents != 30 || sum.Terms == 0 || said != total || sum.Chunks+2 != files {
		t.Errorf("summary %+v, want 30 documents, %d bytes in %d files, a manifest and a bundle among them", sum, total, files)
	}
}

func TestArticleWithoutIDIsRefused(t *testing.T) {
	opt := indextest.Small()
	opt.Sink = new(chunk.Memory)
	opt.Segmenter, _ = indextest.Segmenter()
	w, err := write.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if err := w.Add(&article.Article{Title: "无名", File: "a.md", Line: 7}); err == nil {
		t.Error("an article without an ID was taken")
	}
}

func TestCancelledFinishWritesNoManifest(t *testing.T) {
	store := new(chunk.Memory)
	opt := indextest.Small()
	opt.Sink = store
	w := added(t, opt, indextest.Articles(3, 20))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.Finish(ctx); err == nil {
		t.Error("Finish under a cancelled context succeeded")
	}
	if _, err := store.Manifest(context.Background()); err == nil {
		t.Error("a manifest was written")
	}
}

// What waits in temporary files needs a place for them; where there is none, the
// build fails and says so.
func TestNoPlaceForTemporaryFilesIsAnError(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	t.Setenv("TMPDIR", none)
	t.Setenv("TMP", none) // Windows
	opt := indextest.Small()
	store := new(chunk.Memory)
	opt.Sink, opt.Memory = store, 1
	w := added(t, opt, indextest.Articles(3, 20))
	if _, err := w.Finish(context.Background()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
	if files := store.Files(); files[chunk.ManifestName] != nil {
		t.Error("a manifest was written")
	}
}

func TestNoTemporaryFileIsLeft(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	opt := indextest.Small()
	opt.Memory = 1
	indextest.Build(t, opt, indextest.Articles(4, 20))
	opt.Sink = new(chunk.Memory)
	w := added(t, opt, indextest.Articles(5, 20))
	w.Abort()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v are left (%v)", left, err)
	}
}
