package site

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// scripts are the files that have to be there, and some more.
func scripts(more map[string]string) fstest.MapFS {
	all := map[string]string{
		"icons/icon.svg":    "<svg/>",
		"built/engine.wasm": "engine", "built/engine-deferred.wasm": "deferred", "built/app.wasm": "app", "sw.js": placeholder, "loader.js": placeholderOfWords,
		"kanbao.js": placeholderOfWords, "live.js": placeholderOfWords, "offline.js": placeholderOfWords, "kanbao.d.ts": "",
		"first.js": "", "settings.js": placeholderOfWords, "listen.js": placeholderOfWords, "icons/pointer.svg": "<svg/>",
		"article.js": placeholderOfWords, "find.js": placeholderOfWords,
		"diagnosis.js": placeholderOfWords, "language.js": placeholderOfWords,
	}
	for name, text := range more {
		all[name] = text
	}
	web := make(fstest.MapFS)
	for _, name := range slices.Concat(stylesheets, liveSheets) {
		web[name] = &fstest.MapFile{Data: []byte("p{}")}
	}
	for name, text := range all {
		web[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return web
}

func TestScriptsNameEachOtherByHash(t *testing.T) {
	a, err := loadAssets(scripts(map[string]string{
		"loader.js":          `import("./live.js"); // "./unknown.js" and "./" stay` + "\n" + placeholderOfWords,
		"diagnosis.js":       placeholderOfWords,
		"live.js":            placeholderOfWords + "new Worker(new URL('./worker.js', import.meta.url)); fetch(`./app.wasm`); styled('./live.css')",
		"worker.js":          `importScripts("./wasm_exec.js")`,
		"kanbao.js":          `fetch(new URL("./engine.wasm", import.meta.url)); import("./worker.js")` + "\n" + placeholderOfWords,
		"built/wasm_exec.js": "",
	}), new(face), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := func(plain string) string { return strings.TrimPrefix(a.paths[plain], "kanbao/") }
	for plain, want := range map[string]string{
		"loader.js": `import("./` + file("live.js") + `"); // "./unknown.js" and "./" stay`,
		"live.js":   "new Worker(new URL('./" + file("worker.js") + "', import.meta.url)); fetch(`./" + file("app.wasm") + "`); styled('./" + file("live.css") + "')",
		"kanbao.js": `fetch(new URL("./kanbao/` + file("engine.wasm") + `", import.meta.url)); import("./kanbao/` + file("worker.js") + `")`,
	} {
		got := regexp.MustCompile(`\n?const WORDS = \{.*\};`).ReplaceAllString(string(a.files[a.paths[plain]].data), "")
		if got != want {
			t.Errorf("%s is\n%s\nwant\n%s", plain, got, want)
		}
	}
	if a.paths["kanbao.js"] != "kanbao.js" {
		t.Errorf("kanbao.js lies at %q; its name must stay", a.paths["kanbao.js"])
	}
	var needed []string
	for _, plain := range []string{"style.css", "first.js", "loader.js", "article.js", "language.js", "live.js", "worker.js", "app.wasm", "live.css", "wasm_exec.js"} {
		needed = append(needed, a.paths[plain])
	}
	if got := a.needed(); !slices.Equal(got, needed) {
		t.Errorf("a reader who searches needs %q, want %q", got, needed)
	}
}

func TestNameOfAScriptDependsOnWhatItUses(t *testing.T) {
	names := func(worker string) (loader, other string) {
		a, err := loadAssets(scripts(map[string]string{"loader.js": `"./worker.js"` + placeholderOfWords, "worker.js": worker, "other.js": ""}), new(face), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		return a.paths["loader.js"], a.paths["other.js"]
	}
	loader1, other1 := names("one")
	loader2, other2 := names("two")
	if loader1 == loader2 || other1 != other2 {
		t.Errorf("the loader was %s and is %s, another script was %s and is %s", loader1, loader2, other1, other2)
	}
}

func TestScriptsInACircleAreAnError(t *testing.T) {
	_, err := loadAssets(scripts(map[string]string{"a.js": `"./b.js"`, "b.js": `"./a.js"`}), new(face), false, nil)
	if err == nil || !strings.Contains(err.Error(), "a.js → b.js → a.js") {
		t.Errorf("the error is %v", err)
	}
}

// The real scripts must hold no name that the site would not find.
func TestScriptsOfTheSiteAreAllThere(t *testing.T) {
	site := paper().build(t)
	found := 0
	for _, name := range site.files() {
		if !strings.HasSuffix(name, ".js") || name == workerName {
			continue
		}
		dir := ""
		if strings.HasPrefix(name, "kanbao/") {
			dir = "kanbao/"
		}
		for _, m := range regexp.MustCompile("[\"'`]\\./([\\w./-]+\\.\\w+)[\"'`]").FindAllStringSubmatch(site.read(name), -1) {
			found++
			if !site.has(dir + m[1]) {
				t.Errorf("%s names %s, which is not there", name, m[1])
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d references between scripts; is the pattern still right?", found)
	}
	if !site.has("kanbao/app-a172cedc.wasm.br") || !site.has("kanbao/app-a172cedc.wasm.gz") {
		t.Errorf("the compressed forms of the wasm are missing in %q", site.files())
	}
}

func TestScriptsAndStylesLieCompressedBesideThemselves(t *testing.T) {
	site := paper().build(t)
	packed := 0
	for _, name := range site.files() {
		if ext := path.Ext(name); ext != ".js" && ext != ".css" && !(ext == ".txt" && strings.HasPrefix(name, "kanbao/han")) || name == workerName {
			continue
		}
		packed++
		br, err := io.ReadAll(brotli.NewReader(strings.NewReader(site.read(name + ".br"))))
		if err != nil {
			t.Fatal(err)
		}
		zr, err := gzip.NewReader(strings.NewReader(site.read(name + ".gz")))
		if err != nil {
			t.Fatal(err)
		}
		gz, err := io.ReadAll(zr)
		if err != nil {
			t.Fatal(err)
		}
		if want := site.read(name); string(br) != want || string(gz) != want {
			t.Errorf("%s: what lies beside it is something else", name)
		}
	}
	if packed < 4 {
		t.Errorf("only %d scripts and styles; is the test still right?", packed)
	}
}

func TestServiceWorkerKnowsItsBuild(t *testing.T) {
	site := paper().build(t)
	m := regexp.MustCompile(`(?m)^const BUILD = (\{.*\});$`).FindStringSubmatch(site.read(workerName))
	if m == nil {
		t.Fatal("sw.js has no build")
	}
	var p precache
	if err := json.Unmarshal([]byte(m[1]), &p); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[0-9a-f]{24}$`).MatchString(p.Version) {
		t.Errorf("the version is %q", p.Version)
	}
	for _, list := range [][]string{p.Core, p.Index, p.Pages} {
		for _, name := range list {
			file := name
			if name == "./" || strings.HasSuffix(name, "/") {
				file = strings.TrimPrefix(name, "./") + "index.html"
			}
			if !site.has(file) {
				t.Errorf("the list has %q, the site has not", name)
			}
		}
	}
	for _, want := range []string{"./", "search/", "manifest.webmanifest"} {
		if !slices.Contains(p.Core, want) {
			t.Errorf("the core %q is without %s", p.Core, want)
		}
	}
	if want := []string{"index/manifest.kb", site.chunk()}; !slices.Equal(p.Index, want) {
		t.Errorf("the index is %q, want %q", p.Index, want)
	}
	if !slices.Contains(p.Pages, "a/tide/") || slices.Contains(p.Pages, "404.html") {
		t.Errorf("the pages are %q", p.Pages)
	}
}

func TestServiceWorkerOfALargeSiteHasNoListOfArticles(t *testing.T) {
	if sw := blog(310).build(t).read(workerName); strings.Contains(sw, `"a/post-`) || !strings.Contains(sw, `"archive/2021-03/"`) {
		t.Error("310 articles are named in the service worker, or the archive is not")
	}
}

// What the service worker stores as it is used it need not know by name, however
// large the site is.
func TestServiceWorkerOfALargeSiteIsAsSmallAsAnother(t *testing.T) {
	chunks := func(n int) (names []string) {
		for i := range n {
			names = append(names, fmt.Sprintf("index/%013d.kb", i))
		}
		return append(names, "index/manifest.kb")
	}
	few := newPrecache(&assets{}, nil, chunks(chunksKept), "")
	if !few.Whole || len(few.Index) != chunksKept+1 || few.Index[0] != "index/manifest.kb" {
		t.Errorf("of %d chunks it is told %q, whole %v", chunksKept, few.Index, few.Whole)
	}
	var pages []string
	for i := range 5000 {
		pages = append(pages, fmt.Sprintf("a/%d/index.html", i), fmt.Sprintf("e/%04d/index.html", i))
	}
	slices.Sort(pages)
	many := newPrecache(&assets{}, pages, chunks(chunksKept+1), "")
	if many.Whole || !slices.Equal(many.Index, []string{"index/manifest.kb"}) {
		t.Errorf("of %d chunks it is told %q, whole %v", chunksKept+1, many.Index, many.Whole)
	}
	if len(many.Pages) != pagesKept || many.Pages[0] != "e/4999/" {
		t.Errorf("of 10,000 pages it is told %d, first %q", len(many.Pages), many.Pages[0])
	}
	mixed := newPrecache(&assets{}, []string{"archive/2026-10/index.html", "e/2026-10-31/index.html", "e/2026-11-02/index.html", "tag/x/index.html"}, nil, "")
	if want := []string{"e/2026-11-02/", "e/2026-10-31/", "archive/2026-10/", "tag/x/"}; !slices.Equal(mixed.Pages, want) {
		t.Errorf("pages are stored in the order %q, want %q", mixed.Pages, want)
	}
}

func TestServiceWorkerWithoutItsPlaceIsAnError(t *testing.T) {
	f := blog(1)
	f.web = testWeb(t)
	f.web["sw.js"] = &fstest.MapFile{Data: []byte("const OTHER = {};")}
	if _, err := f.buildIn(t, t.Context(), t.TempDir()+"/out"); err == nil || !strings.Contains(err.Error(), placeholder) {
		t.Errorf("the error is %v", err)
	}
}

func TestWebManifest(t *testing.T) {
	site := paper().build(t)
	var m webManifest
	if err := json.Unmarshal([]byte(site.read("manifest.webmanifest")), &m); err != nil {
		t.Fatal(err)
	}
	if m.Name != "潮音报" || m.StartURL != "./" || m.Scope != "./" || m.Lang != "zh-Hans" {
		t.Errorf("the manifest is %+v", m)
	}
	purposes := 0
	for _, i := range m.Icons {
		if !site.has(i.Src) {
			t.Errorf("the icon %s is not there", i.Src)
		}
		if i.Purpose == "maskable" {
			purposes++
		}
	}
	if len(m.Icons) < 3 || purposes != 1 {
		t.Errorf("the icons are %+v", m.Icons)
	}
}
