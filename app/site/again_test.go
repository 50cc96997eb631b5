package site

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/kanbao/kanbao/index/article"
)

// tree returns the bytes of all files below a folder, by name.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// folders returns the names of all folders.
func folders(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// expectSame compares a site with one of the same content that is built from nothing.
func expectSame(t *testing.T, f *fixture, out, about string) {
	t.Helper()
	fresh := filepath.Join(t.TempDir(), "fresh")
	if _, err := f.buildIn(t, t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	got, want := tree(t, out), tree(t, fresh)
	for _, name := range sortedKeys(want) {
		if have, ok := got[name]; !ok {
			t.Errorf("%s: %s is not there", about, name)
		} else if have != want[name] {
			t.Errorf("%s: %s is not what a build from nothing makes", about, name)
		}
	}
	for _, name := range sortedKeys(got) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is left", about, name)
		}
	}
	if a, b := folders(t, out), folders(t, fresh); !slices.Equal(a, b) {
		t.Errorf("%s: the folders are %q, want %q", about, a, b)
	}
	if beside, _ := os.ReadDir(filepath.Dir(out)); len(beside) != 1 {
		t.Errorf("%s: beside the site remain %v", about, beside)
	}
	if t.Failed() {
		t.FailNow()
	}
}

// An edit changes something that a site is made of, and says what.
type edit func(r *rand.Rand, f *fixture) string

func one(r *rand.Rand, f *fixture) *article.Article { return f.articles[r.IntN(len(f.articles))] }

var edits = []edit{
	func(*rand.Rand, *fixture) string { return "nothing" },
	func(r *rand.Rand, f *fixture) string {
		id := fmt.Sprintf("new-%d", r.IntN(1000))
		for _, a := range f.articles {
			if a.ID == id {
				return "nothing, for it is there"
			}
		}
		a := piece(id, "新来的"+id, []string{"2024-09-05", "2024-09-06", "2020-03-01", ""}[r.IntN(4)], "一段话，刚写好。")
		f.articles = slices.Insert(f.articles, r.IntN(len(f.articles)+1), a)
		return "a new article " + id
	},
	func(r *rand.Rand, f *fixture) string {
		if len(f.articles) < 3 {
			return "nothing, for few are left"
		}
		i := r.IntN(len(f.articles))
		id := f.articles[i].ID
		f.articles = slices.Delete(f.articles, i, i+1)
		return "without " + id
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		a.Title += "改"
		return "another title of " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: "又补了一句。"})
		return "another paragraph in " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		a.Date = fmt.Sprintf("2024-09-%02d", 4+r.IntN(3))
		return "another date of " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		a.Date = fmt.Sprintf("2024-09-%02d", 4+r.IntN(6))
		on(a, fmt.Sprint("A0", 1+r.IntN(3)), "")
		return "another place in print of " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		a.Tags = []string{[]string{"海", "Go", "go", "日记"}[r.IntN(4)]}
		return "another tag of " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a, to := one(r, f), one(r, f)
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, rich(`<p><a href="`+filepath.Base(to.File)+`">见</a><img src="pic/moon.png" alt="月"></p>`))
		return "a link from " + a.ID + " to " + to.ID
	},
	func(r *rand.Rand, f *fixture) string {
		a := one(r, f)
		for _, b := range f.articles {
			if b.ID == a.ID+"x" {
				return "nothing, for the name is taken"
			}
		}
		a.ID += "x"
		return "another name of " + a.ID
	},
	func(r *rand.Rand, f *fixture) string {
		i, j := r.IntN(len(f.articles)), r.IntN(len(f.articles))
		f.articles[i], f.articles[j] = f.articles[j], f.articles[i]
		return "another order"
	},
	func(r *rand.Rand, f *fixture) string {
		f.config.Title += "报"
		return "another title of the site"
	},
	func(r *rand.Rand, f *fixture) string {
		f.config.URL = []string{"", "https://example.org/", "https://example.net/a/"}[r.IntN(3)]
		return "another address " + f.config.URL
	},
	func(r *rand.Rand, f *fixture) string {
		f.config.Lang = []string{"zh-Hans", "zh-Hant", "en"}[r.IntN(3)]
		return "another language " + f.config.Lang
	},
	func(r *rand.Rand, f *fixture) string {
		f.web = maps.Clone(f.web)
		f.web["css/page.css"] = &fstest.MapFile{Data: fmt.Appendf(nil, "p{margin:%dpx}", r.IntN(9))}
		return "another style"
	},
	func(r *rand.Rand, f *fixture) string {
		f.files = map[string]string{"pic/moon.png": fmt.Sprint("PNG", r.IntN(9))}
		return "another picture"
	},
	func(r *rand.Rand, f *fixture) string {
		f.mostBuffered = []int{0, 1, 300}[r.IntN(3)]
		return fmt.Sprintf("a buffer of %d bytes", f.mostBuffered)
	},
}

func TestBuildOverASiteIsABuildFromNothing(t *testing.T) {
	for name, make := range map[string]func() *fixture{"paper": paper, "blog": func() *fixture { return blog(124) }, "handbook": handbook} {
		if testing.Short() && name != "paper" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			// Each edit once, two at a time, in an order that tries other pairs each for
			// other sites.
			r := rand.New(rand.NewPCG(uint64(len(name)), 29))
			f := make()
			f.web = testWeb(t)
			out := filepath.Join(t.TempDir(), "out")
			about := "at first"
			for left := r.Perm(len(edits)); ; left = left[min(2, len(left)):] {
				if _, err := f.buildIn(t, t.Context(), out); err != nil {
					t.Fatalf("%s: %v", about, err)
				}
				expectSame(t, f, out, about)
				if len(left) == 0 {
					break
				}
				for _, i := range left[:min(2, len(left))] {
					about += ", " + edits[i](r, f)
				}
			}
		})
	}
}

// What an article's page shows of the site around it may change while the
// article and its neighbours do not.
func TestPageChangesWithWhatIsAroundIt(t *testing.T) {
	tagged := func() *fixture {
		f := blog(20)
		f.articles[0].Tags, f.articles[9].Tags = []string{"Go"}, []string{"go"}
		return f
	}
	sheet := func() *fixture {
		f := paper()
		for _, id := range []string{"before", "between", "behind"} {
			f.articles = append(f.articles, on(piece(id, id, "2024-08-08", "一句话。"), "01", ""))
		}
		return f
	}
	for about, c := range map[string]struct {
		site *fixture
		edit func(f *fixture)
	}{
		// Where there are several sheets, the way to an article's place names its own.
		"another sheet": {sheet(), func(f *fixture) {
			f.articles = append(f.articles, on(piece("more", "又一版", "2024-08-08", "一句话。"), "02", ""))
		}},
		// Whoever turns to the edition before finds the new one, from either side.
		"an edition between": {paper(), func(f *fixture) {
			f.articles = append(f.articles, on(piece("more", "又一天", "2024-08-20", "一句话。"), "01", ""))
		}},
		"another address": {paper(), func(f *fixture) { f.config.URL = "https://example.net/a/" }},
		// Of names that look alike the second gets a number.
		"another tag": {tagged(), func(f *fixture) { f.articles[0].Tags = nil }},
	} {
		t.Run(about, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			for _, edit := range []func(*fixture){func(*fixture) {}, c.edit} {
				edit(c.site)
				if _, err := c.site.buildIn(t, t.Context(), out); err != nil {
					t.Fatal(err)
				}
				expectSame(t, c.site, out, about)
			}
		})
	}
}

// times returns when each file was written.
func times(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	written := make(map[string]time.Time)
	for name := range tree(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		written[name] = info.ModTime()
	}
	return written
}

func TestOnlyWhatChangesIsWritten(t *testing.T) {
	f := blog(200)
	out := filepath.Join(t.TempDir(), "out")
	build := func() map[string]time.Time {
		t.Helper()
		if _, err := f.buildIn(t, t.Context(), out); err != nil {
			t.Fatal(err)
		}
		return times(t, out)
	}
	first := build()
	root, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	f.articles[100].Title = "改了"
	second := build()
	var written []string
	for _, name := range sortedKeys(second) {
		if !second[name].Equal(first[name]) {
			written = append(written, name)
		}
	}
	for _, name := range []string{"a/post-100/index.html", "a/post-099/index.html", "a/post-101/index.html", "sw.js", inventoryName} {
		if !slices.Contains(written, name) {
			t.Errorf("%s is as it was", name)
		}
	}
	if len(written) > 20 {
		t.Errorf("%d files are written for one title: %q", len(written), written)
	}
	if now, err := os.Stat(out); err != nil || !os.SameFile(root, now) {
		t.Errorf("the folder was replaced for one title; %v", err)
	}
}

// Whatever happens to a site between two builds, the second makes it good.
func TestBuildMendsASite(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour)
	for about, harm := range map[string]func(dir string) error{
		"a page is longer": func(dir string) error {
			name := filepath.Join(dir, "a/post-000/index.html")
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			past := time.Now().Add(-time.Hour)
			if err := os.WriteFile(name, append(data, '\n'), 0o644); err != nil {
				return err
			}
			return os.Chtimes(name, past, past)
		},
		"a page of the same length": func(dir string) error {
			name := filepath.Join(dir, "a/post-000/index.html")
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			data[len(data)/2] ^= 1
			if err := os.WriteFile(name, data, 0o644); err != nil {
				return err
			}
			return os.Chtimes(name, tomorrow, tomorrow)
		},
		"a page is gone": func(dir string) error { return os.RemoveAll(filepath.Join(dir, "a/post-001")) },
		"the wasm is gone": func(dir string) error {
			names, err := filepath.Glob(filepath.Join(dir, "kanbao/engine-????????.wasm"))
			if err != nil || len(names) != 1 {
				return fmt.Errorf("the wasm is %q, %v", names, err)
			}
			return os.Remove(names[0])
		},
		"a link for a page": func(dir string) error {
			name := filepath.Join(dir, "a/post-000/index.html")
			if err := os.Remove(name); err != nil {
				return err
			}
			return os.Symlink("../post-001/index.html", name)
		},
		"an empty folder for a page": func(dir string) error {
			name := filepath.Join(dir, "a/post-000/index.html")
			if err := os.Remove(name); err != nil {
				return err
			}
			return os.Mkdir(name, 0o755)
		},
	} {
		t.Run(about, func(t *testing.T) {
			f := blog(40)
			out := filepath.Join(t.TempDir(), "out")
			if _, err := f.buildIn(t, t.Context(), out); err != nil {
				t.Fatal(err)
			}
			if err := harm(out); err != nil {
				t.Fatal(err)
			}
			if _, err := f.buildIn(t, t.Context(), out); err != nil {
				t.Fatal(err)
			}
			expectSame(t, f, out, about)
		})
	}
}

func TestDamagedIndexIsMadeAnew(t *testing.T) {
	f := blog(10)
	out := filepath.Join(t.TempDir(), "out")
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	f.damaged = true
	f.articles[3].Title = "改了"
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	f.damaged = false
	expectSame(t, f, out, "a damaged index")
}

func TestPatchThatFailsLeavesTheSiteAsItWas(t *testing.T) {
	f := blog(40)
	out := filepath.Join(t.TempDir(), "out")
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
	before := tree(t, out)
	o, err := newOutput(out, keepSame)
	if err != nil {
		t.Fatal(err)
	}
	defer o.discard()
	for name, was := range o.old.files {
		o.note(name, was, true)
	}
	for _, name := range []string{"a/post-003/index.html", "b/new.html", "sw.js"} {
		delete(o.kept, name)
		if err := o.write(name, []byte("new "+name)); err != nil {
			t.Fatal(err)
		}
	}
	delete(o.files, "404.html")
	// The last to be taken away cannot be: something is where it would go.
	if err := writeFile(filepath.Join(o.stage, stageOld, "404.html", "x"), nil); err != nil {
		t.Fatal(err)
	}
	if err := o.patch(); err == nil {
		t.Fatal("a file was moved onto a folder")
	}
	after := tree(t, out)
	delete(after, lockName) // goes with the build
	if !maps.Equal(before, after) {
		t.Error("the site is not as it was")
	}
}
