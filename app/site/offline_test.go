package site

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readBuild returns what sw.js says of its build.
func readBuild(t *testing.T, sw string) (p precache) {
	t.Helper()
	m := regexp.MustCompile(`(?m)^const BUILD = (\{.*\});$`).FindStringSubmatch(sw)
	if m == nil {
		t.Fatal("sw.js has no build")
	}
	if err := json.Unmarshal([]byte(m[1]), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOfflineCopyHasAllThatIsNeeded(t *testing.T) {
	site := paper().build(t)
	build := readBuild(t, site.read(workerName))
	var list struct {
		Version string
		Bytes   int64
		Files   [][2]any
	}
	if err := json.Unmarshal([]byte(site.read(offlineName)), &list); err != nil {
		t.Fatal(err)
	}
	sum, has := 0.0, make(map[string]bool)
	for _, f := range list.Files {
		if f[1].(float64) <= 0 {
			t.Errorf("%v has %v bytes", f[0], f[1])
		}
		sum += f[1].(float64)
		has[f[0].(string)] = true
	}
	if list.Version != build.Version || int64(sum) != list.Bytes {
		t.Errorf("the list is of %s and has %d bytes; the worker of %s, and the files have %v", list.Version, list.Bytes, build.Version, sum)
	}
	for _, names := range [][]string{build.Core, build.Index, build.Pages, {site.chunk()}} {
		for _, name := range names {
			if !has[name] {
				t.Errorf("%s is not in the list", name)
			}
		}
	}
	for _, name := range []string{"./", "search/", "index/manifest.kb", "a/tide/"} {
		if build.Sums[name] == "" {
			t.Errorf("the hash of %s is not known", name)
		}
	}
}

func TestOfflineFalseTakesTheWorkerAway(t *testing.T) {
	f, no := paper(), false
	on := f.build(t)
	if !strings.Contains(on.read("index.html"), `id="kb-offline"`) || readBuild(t, on.read(workerName)).Off {
		t.Error("a site offers no copy, and nobody has said so")
	}
	f.config.Offline = &no
	off := f.build(t)
	if strings.Contains(off.read("index.html"), "kb-offline") || strings.Contains(off.read("search/index.html"), "kb-offline") {
		t.Error("pages offer a copy")
	}
	if !readBuild(t, off.read(workerName)).Off || off.has(offlineName) {
		t.Error("the worker stays")
	}
}

func TestWebManifestHasShortcutsAndScreenshots(t *testing.T) {
	f := blog(3)
	var wide, tall bytes.Buffer
	for b, r := range map[*bytes.Buffer]image.Rectangle{&wide: image.Rect(0, 0, 40, 30), &tall: image.Rect(0, 0, 30, 60)} {
		if err := png.Encode(b, image.NewGray(r)); err != nil {
			t.Fatal(err)
		}
	}
	f.files = map[string]string{"static/screenshot-1.png": wide.String(), "static/screenshot-2.png": tall.String(),
		"static/screenshot-3.png": "no picture", "static/sub/screenshot.png": wide.String(), "static/photo.png": wide.String()}
	out := filepath.Join(t.TempDir(), "out")
	mustBuild(t, f, out)
	var m webManifest
	if err := json.Unmarshal([]byte(tree(t, out)["manifest.webmanifest"]), &m); err != nil {
		t.Fatal(err)
	}
	want := []screenshot{{"screenshot-1.png", "40x30", "image/png", "wide"}, {"screenshot-2.png", "30x60", "image/png", "narrow"}}
	if len(m.Screenshots) != 2 || m.Screenshots[0] != want[0] || m.Screenshots[1] != want[1] {
		t.Errorf("the screenshots are %v, want %v", m.Screenshots, want)
	}
	for _, s := range m.Shortcuts {
		if _, ok := tree(t, out)[s.URL+"index.html"]; !ok || s.Name == "" {
			t.Errorf("the shortcut %v leads nowhere", s)
		}
	}
	if len(m.Shortcuts) < 2 {
		t.Errorf("the shortcuts are %v", m.Shortcuts)
	}
}
