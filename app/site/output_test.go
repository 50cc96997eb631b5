package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
)

func TestSameContentGivesSameBytes(t *testing.T) {
	for _, make := range []func() *fixture{paper, func() *fixture { return blog(310) }, handbook} {
		a, b := make().build(t), make().build(t)
		if x, y := strings.Join(a.files(), "\n"), strings.Join(b.files(), "\n"); x != y {
			t.Fatalf("the files differ:\n%s\n\n%s", x, y)
		}
		for _, name := range a.files() {
			if a.read(name) != b.read(name) {
				t.Errorf("%s differs from build to build", name)
			}
		}
	}
}

func TestArticlePageDependsOnItsArticleAndNeighboursOnly(t *testing.T) {
	before, f := paper().build(t), paper()
	f.articles[0].Title = "立秋日"
	f.articles = append(f.articles, on(piece("new", "白露", "2024-10-01", "露从今夜白。"), "01", ""))
	after := f.build(t)
	for _, name := range []string{"a/tide/index.html", "a/salt/index.html", "a/late/index.html"} {
		if before.read(name) != after.read(name) {
			t.Errorf("%s has changed with an article of another edition", name)
		}
	}
	if before.read("index.html") == after.read("index.html") || before.read(workerName) == after.read(workerName) {
		t.Error("the front page or the build's version has not changed with a new edition")
	}
}

// folder returns what stands in a folder, with the first bytes of its files.
func folder(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		b.WriteString(rel + " " + string(data[:min(len(data), 4000)]) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFailedBuildLeavesTheLastSite(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	if _, err := paper().buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	before := folder(t, parent)

	full := errors.New("disk full")
	failing := blog(3)
	failing.index = full
	broken := blog(3)
	broken.faults = []error{errors.New("read error")}
	nothing := &fixture{faults: []error{&parse.Error{File: "a.md", Line: 3, Msg: "no title"}}}
	unwritable := blog(1)
	unwritable.articles[0].ID = strings.Repeat("长", 200)
	withoutWasm := blog(1)
	withoutWasm.web = testWeb(t)
	delete(withoutWasm.web, "built/app.wasm")
	delete(withoutWasm.web, "built/engine.wasm")
	delete(withoutWasm.web, "built/engine-deferred.wasm")
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		about string
		site  *fixture
		ctx   context.Context
		want  string
	}{
		{"the index fails", failing, t.Context(), "disk full"},
		{"reading fails", broken, t.Context(), "read error"},
		{"there is no article", &fixture{}, t.Context(), "--allow-empty"},
		{"no article can be read", nothing, t.Context(), "a.md:3: no title"},
		{"a page cannot be written", unwritable, t.Context(), "name too long"},
		{"there is no wasm", withoutWasm, t.Context(), "built without the wasm files"},
		{"it is interrupted", paper(), interrupted, "canceled"},
	} {
		t.Run(c.about, func(t *testing.T) {
			_, err := c.site.buildIn(t, c.ctx, out)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
			if after := folder(t, parent); after != before {
				t.Errorf("the folder holds\n%.2000s\nwant\n%.2000s", after, before)
			}
		})
	}
}

func TestBuildReplacesTheLastSite(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	for _, f := range []*fixture{paper(), blog(2)} {
		if _, err := f.buildIn(t, t.Context(), out); err != nil {
			t.Fatal(err)
		}
	}
	site := &built{t: t, dir: out}
	if site.has("a/tide/index.html") || !site.has("a/post-001/index.html") {
		t.Error("the old site's pages are there, or the new one's are not")
	}
	if entries, _ := os.ReadDir(parent); len(entries) != 1 {
		t.Errorf("beside the site remain %v", entries)
	}
}

func TestLinkToAFolderStaysALink(t *testing.T) {
	parent := t.TempDir()
	real, link := filepath.Join(parent, "real"), filepath.Join(parent, "out")
	if err := os.Mkdir(real, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := blog(1).buildIn(t, t.Context(), link); err != nil {
			t.Fatal(err)
		}
	}
	if to, err := os.Readlink(link); err != nil || to != real {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if _, err := os.Stat(filepath.Join(real, "index.html")); err != nil {
		t.Error(err)
	}
}

func TestSiteAndContentMustNotHoldEachOther(t *testing.T) {
	content := t.TempDir()
	for _, out := range []string{content, filepath.Join(content, "out"), filepath.Dir(content), filepath.Join(content, "..", filepath.Base(content), "x", "..")} {
		if err := checkPlaces(content, out); err == nil {
			t.Errorf("%s for content in %s is no error", out, content)
		}
	}
	if err := checkPlaces(content, content+"-site"); err != nil {
		t.Error(err)
	}
}

func TestSummaryCounts(t *testing.T) {
	f := paper()
	fault := &parse.Error{File: "bad.md", Line: 2, Msg: "front matter"}
	f.faults = []error{fault}
	site := f.build(t)
	s := site.summary
	var pages int64
	for _, name := range site.pages() {
		pages += int64(len(site.read(name)))
	}
	if s.Articles != 6 || s.Terms != 7 || s.PageBytes != pages || s.WasmBytes != int64(len("app")+len("engine")+len("deferred")) || s.IndexBytes == 0 || s.Elapsed <= 0 {
		t.Errorf("the summary is %+v; the pages have %d bytes", *s, pages)
	}
	if len(s.Errors) != 1 || !errors.Is(s.Errors[0], fault) {
		t.Errorf("the errors are %v", s.Errors)
	}
}

func TestContentThatChangesWhileItIsRead(t *testing.T) {
	for about, change := range map[string]func(f *fixture){
		"an article less": func(f *fixture) { f.articles = f.articles[:2] },
		"an article more": func(f *fixture) {
			f.articles = append(f.articles, piece("more", "又一篇", "2024-09-05", "一句话。"))
		},
		"another order":    func(f *fixture) { f.articles[0], f.articles[1] = f.articles[1], f.articles[0] },
		"another title":    func(f *fixture) { f.articles[2].Title += "改" },
		"another sentence": func(f *fixture) { f.articles[1].Sections[0].Blocks[0].Text += "又一句。" },
	} {
		f := blog(3)
		src := sources{config: &f.config, web: testWeb(t), mostBuffered: 1, index: func(sink chunk.Sink, _ []byte, _ bool) (indexer, error) { return openTestIndex(sink, ""), nil }}
		src.articles = f.read
		readings := 0
		out := filepath.Join(t.TempDir(), "out")
		_, err := build(t.Context(), Options{Content: t.TempDir(), Out: out, Progress: func(p Progress) {
			if p.Step == Reading && p.Done == 3 && readings == 0 {
				readings++
				change(f)
			}
		}}, src)
		if !errors.Is(err, errChanged) {
			t.Errorf("%s: the error is %v", about, err)
		}
	}
}
