package site

import (
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// put writes files below a folder and fails the test if that fails.
func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		if err := writeFile(filepath.Join(dir, name), []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
}

func mustBuild(t *testing.T, f *fixture, out string) {
	t.Helper()
	if _, err := f.buildIn(t, t.Context(), out); err != nil {
		t.Fatal(err)
	}
}

// strangers are what editors and hosts put into the folder of a site.
var strangers = map[string]string{
	".git/HEAD": "ref: refs/heads/main\n", ".git/objects/ab/cd": "blob", ".nojekyll": "", "CNAME": "news.example.cn\n",
	"robots.txt": "User-agent: *\n", ".well-known/security.txt": "Contact: x\n", "a/post-000/notes/todo.txt": "later",
	"google1234.html": "google-site-verification", "old/index.html": "an older site", "index/readme": "not ours",
}

// Whatever a build changes, be it a title or all of a site, others' files stay.
func TestFilesThatNoBuildMadeStay(t *testing.T) {
	for about, next := range map[string]*fixture{
		"the same site": blog(40), "another site": paper(), "a smaller one": blog(2), "one more article": blog(41),
	} {
		t.Run(about, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "out")
			mustBuild(t, blog(40), out)
			put(t, out, strangers)
			for range 2 {
				mustBuild(t, next, out)
				got, fresh := tree(t, out), filepath.Join(t.TempDir(), "fresh")
				for name, data := range strangers {
					if got[name] != data {
						t.Errorf("%s is %q, want %q", name, got[name], data)
					}
					delete(got, name)
				}
				mustBuild(t, next, fresh)
				if want := tree(t, fresh); !maps.Equal(got, want) {
					t.Errorf("beside them are %q, want %q", sortedKeys(got), sortedKeys(want))
				}
			}
			if beside, _ := os.ReadDir(parent); len(beside) != 1 {
				t.Errorf("beside the site remain %v", beside)
			}
		})
	}
}

func TestFolderOfDotFilesIsAccepted(t *testing.T) {
	out := t.TempDir()
	dots := map[string]string{".git/HEAD": "ref", ".nojekyll": ""}
	put(t, out, dots)
	mustBuild(t, blog(2), out)
	got := tree(t, out)
	if got["index.html"] == "" || got[".git/HEAD"] != "ref" {
		t.Errorf("the folder has %q", sortedKeys(got))
	}
}

func TestFolderOfSomebodyElseIsRefused(t *testing.T) {
	for about, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a thesis":          {map[string]string{"thesis.txt": "years of work"}, "static/"},
		"a stray marker":    {map[string]string{markerName: "{}", "thesis.txt": "years of work"}, "static/"},
		"a list of nothing": {map[string]string{inventoryName: "", "thesis.txt": "years of work"}, "damaged"},
		"a damaged list":    {map[string]string{inventoryName: inventoryHead + "0000\n- - 0 thesis.txt\n", "thesis.txt": "years of work"}, "damaged"},
		"a list that leads out": {map[string]string{
			inventoryName: string(inventory{"../thesis.txt": {unknown, unknown, 0}}.bytes()), "x": ""}, "damaged"},
	} {
		t.Run(about, func(t *testing.T) {
			out := t.TempDir()
			put(t, out, c.files)
			before := tree(t, out)
			if _, err := blog(1).buildIn(t, t.Context(), out); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one with %q", err, c.want)
			}
			if after := tree(t, out); !maps.Equal(before, after) {
				t.Errorf("the folder has %q, want %q", sortedKeys(after), sortedKeys(before))
			}
		})
	}
}

// A file of somebody's where the site needs one of its own is named, and nothing
// is changed; one of the same bytes is taken for ours.
func TestFileInTheWayIsNamed(t *testing.T) {
	for name, built := range map[string]int{
		"a/post-001/index.html": 1, "a/post-001": 1, "a/post-001/index.html/x": 1, "a/post-000/index.html/x": 2, "a/post-000": 2,
	} {
		out := filepath.Join(t.TempDir(), "out")
		mustBuild(t, blog(built), out)
		if built == 2 { // in the place of what a build has made
			if err := os.RemoveAll(filepath.Join(out, "a/post-000")); err != nil {
				t.Fatal(err)
			}
		}
		put(t, out, map[string]string{name: "mine"})
		before := tree(t, out)
		_, err := blog(2).buildIn(t, t.Context(), out)
		if err == nil || !strings.Contains(err.Error(), "a/post-00") {
			t.Errorf("%s: the error is %v", name, err)
		}
		if after := tree(t, out); !maps.Equal(before, after) {
			t.Errorf("%s: the folder has changed to %q", name, sortedKeys(after))
		}
	}
	two, out := filepath.Join(t.TempDir(), "two"), filepath.Join(t.TempDir(), "out")
	mustBuild(t, blog(2), two)
	mustBuild(t, blog(1), out)
	put(t, out, map[string]string{"a/post-001/index.html": tree(t, two)["a/post-001/index.html"]})
	mustBuild(t, blog(2), out)
}

// A link below the output is never written through, wherever it leads.
func TestLinkInTheSiteIsNotFollowed(t *testing.T) {
	for _, name := range []string{"a", "index", "kanbao", "a/post-000"} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			out, elsewhere := filepath.Join(parent, "out"), filepath.Join(parent, "elsewhere")
			mustBuild(t, blog(3), out)
			if err := os.Rename(filepath.Join(out, name), elsewhere); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(elsewhere, filepath.Join(out, name)); err != nil {
				t.Fatal(err)
			}
			before := tree(t, elsewhere)
			_, err := blog(4).buildIn(t, t.Context(), out)
			if err == nil || !strings.Contains(err.Error(), filepath.Join(out, name)) {
				t.Errorf("the error is %v, want one that names %s", err, name)
			}
			if after := tree(t, elsewhere); !maps.Equal(before, after) {
				t.Errorf("what the link leads to has changed to %q", sortedKeys(after))
			}
			if to, err := os.Readlink(filepath.Join(out, name)); err != nil || to != elsewhere {
				t.Errorf("the link leads to %q, %v", to, err)
			}
		})
	}
}

func TestLinkToNothingIsNoOutput(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if err := os.Symlink("nowhere", out); err != nil {
		t.Fatal(err)
	}
	if _, err := blog(1).buildIn(t, t.Context(), out); err == nil || !strings.Contains(err.Error(), "leads to no folder") {
		t.Errorf("the error is %v", err)
	}
	if to, err := os.Readlink(out); err != nil || to != "nowhere" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

// Where the parent cannot be written, as /var/www, or is another file system, the
// files wait in the folder itself.
func TestSiteIsPutInPlaceFileByFile(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	f := blog(5)
	mustBuild(t, f, out)
	root, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	o, err := newOutput(out, keepNone)
	if err != nil {
		t.Fatal(err)
	}
	defer o.discard()
	if err := os.RemoveAll(o.stage); err != nil {
		t.Fatal(err)
	}
	if o.stage, err = makeStage(o.target, withinStage); err != nil {
		t.Fatal(err)
	}
	o.beside = false
	want := map[string]string{"index.html": "new", "a/new/index.html": "newer", "sw.js": "newest"}
	for name, data := range want {
		if err := o.write(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.finish(); err != nil {
		t.Fatal(err)
	}
	o.discard()
	got := tree(t, out)
	delete(got, inventoryName)
	if !maps.Equal(got, want) {
		t.Errorf("the site has %q, want %q", sortedKeys(got), sortedKeys(want))
	}
	if now, err := os.Stat(out); err != nil || !os.SameFile(root, now) {
		t.Errorf("the folder was replaced; %v", err)
	}
}

func TestParentThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		// Permissions do not bind root: a parent that refuses new folders is made of
		// a name that is too long for what is added to it.
		out := filepath.Join(t.TempDir(), strings.Repeat("o", 255))
		for range 2 {
			mustBuild(t, blog(2), out)
		}
		if got := tree(t, out); got["index.html"] == "" || len(folders(t, out)) == 0 {
			t.Errorf("the site has %q", sortedKeys(got))
		}
		return
	}
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(parent, 0o755)
	for range 2 {
		mustBuild(t, blog(2), out)
	}
}

func TestOnlyOneBuildWritesToAFolder(t *testing.T) {
	f := blog(3)
	out := filepath.Join(t.TempDir(), "out")
	mustBuild(t, f, out)
	o, err := newOutput(out, keepSame)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.buildIn(t, t.Context(), out)
	if err == nil || !strings.Contains(err.Error(), "another build (process ") {
		t.Errorf("the error is %v", err)
	}
	o.discard()
	// A lock that a dead build has left locks nothing.
	put(t, out, map[string]string{lockName: "process 1 on elsewhere\n"})
	mustBuild(t, f, out)
	expectSame(t, f, out, "after the lock")
}

// Where locks do not work, a second build is noticed by what it has written.
func TestBuildOverAnotherIsNoticed(t *testing.T) {
	f := blog(40)
	out := filepath.Join(t.TempDir(), "out")
	mustBuild(t, f, out)
	o, err := newOutput(out, keepSame)
	if err != nil {
		t.Fatal(err)
	}
	defer o.discard()
	o.lock.release()
	f.articles[0].Title = "另一篇"
	mustBuild(t, f, out)
	if err := o.finish(); !errors.Is(err, errOther) {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatDeadBuildsLeftIsRemoved(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "out")
	f := blog(3)
	mustBuild(t, f, out)
	put(t, parent, map[string]string{
		"out.tmp-123/" + stageMark: "", "out.tmp-123/site/index.html": "half", "out.tmp-124/mine.txt": "mine", "out.tmp-125/sub/mine.txt": "mine",
		"out.tmp-backup/" + stageMark: "", "out/" + withinStage + "7/" + stageMark: "", "out/" + withinStage + "7/site/x": "half",
		// An old site that changed places with the new one, with a file of somebody's.
		"out.tmp-126/" + stageMark: "", "out.tmp-126/" + stageSwapped: "", "out.tmp-126/site/CNAME": "mine", "out.tmp-126/site/index.html": "old",
		"out.tmp-126/site/" + inventoryName: string(inventory{"index.html": {unknown, unknown, 0}}.bytes()),
		// One with a file whose name is taken by another of somebody's.
		"out.tmp-128/" + stageMark: "", "out.tmp-128/" + stageSwapped: "", "out.tmp-128/site/CNAME": "another", "out.tmp-128/site/index.html": "old",
		"out.tmp-128/site/" + inventoryName: string(inventory{"index.html": {unknown, unknown, 0}}.bytes()),
	})
	if err := os.Mkdir(filepath.Join(parent, "out.tmp-127"), 0o755); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, f, out)
	var left []string
	for name := range tree(t, parent) {
		if !strings.HasPrefix(name, "out/") || strings.Contains(name, "tmp") {
			left = append(left, name)
		}
	}
	slices.Sort(left)
	want := []string{"out.tmp-124/mine.txt", "out.tmp-125/sub/mine.txt", "out.tmp-128/.kanbao-tmp", "out.tmp-128/site/CNAME",
		"out.tmp-128/site/kanbao/files.txt", "out.tmp-128/swapped", "out.tmp-backup/" + stageMark}
	if !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
	if _, err := os.Stat(filepath.Join(parent, "out.tmp-127")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty one is left: %v", err)
	}
	if got := tree(t, out)["CNAME"]; got != "mine" {
		t.Errorf("CNAME is %q, want what was brought over", got)
	}
}

// A patch that ends in the middle, as by a power cut, leaves a list of what is ours
// and every page that others lead to; the next build makes the site whole.
func TestPatchThatEndsInTheMiddle(t *testing.T) {
	for steps := 0; ; steps++ {
		f := blog(12)
		out := filepath.Join(t.TempDir(), "out")
		mustBuild(t, f, out)
		fresh := filepath.Join(t.TempDir(), "fresh")
		next := blog(13)
		next.articles = next.articles[2:]
		mustBuild(t, next, fresh)
		o, err := newOutput(out, keepSame)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range tree(t, fresh) {
			if name != inventoryName {
				if err := o.write(name, []byte(data)); err != nil {
					t.Fatal(err)
				}
			}
		}
		done := dieAfter(t, &patch{output: o}, steps)
		o.lock.release()
		site := &built{t: t, dir: out}
		expectLinks(t, site, steps)
		next.web, f.web = testWeb(t), nil
		mustBuild(t, next, out)
		expectSame(t, next, out, "after a patch that ended")
		if done {
			return
		}
		steps += 6
	}
}

// dieAfter runs a patch for some steps of those that run takes; it reports whether
// that were all.
func dieAfter(t *testing.T, p *patch, steps int) bool {
	t.Helper()
	changed := p.changed()
	do := []func() error{func() error { return p.list(p.both(changed)) }}
	for _, name := range changed {
		do = append(do, func() error { return p.bring(name) })
	}
	for _, name := range p.gone() {
		do = append(do, func() error { return p.takeAway(name) })
	}
	for i, step := range do {
		if i == steps {
			return false
		}
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return true
}

// expectLinks follows all links from the front page.
func expectLinks(t *testing.T, site *built, steps int) {
	t.Helper()
	site.parsed = make(map[string]*goquery.Document)
	seen := make(map[string]bool)
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		site.page(queue[0]).Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
			ref, err := url.Parse(s.AttrOr("href", s.AttrOr("src", "")))
			if err != nil || ref.Host != "" || ref.Path == "" {
				return
			}
			to := path.Join(path.Dir(queue[0]), ref.Path)
			if strings.HasSuffix(ref.Path, "/") {
				to = path.Join(to, "index.html")
			}
			if seen[to] {
				return
			}
			seen[to] = true
			if !site.has(to) {
				t.Fatalf("after %d steps %s leads to %s, which is not there", steps, queue[0], to)
			}
			if path.Ext(to) == ".html" {
				queue = append(queue, to)
			}
		})
	}
}
