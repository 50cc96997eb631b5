package site

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/article"
)

// photo is a JPEG file that a smaller picture saves something of.
func photo(t *testing.T, w, h int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 1))
	for y := range h {
		for x := range w {
			c := uint8(r.IntN(256))
			m.Set(x, y, color.RGBA{c, c, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func withPhoto(t *testing.T) *fixture {
	f := blog(0)
	a := piece("pier", "码头", "2024-09-07", "一段。")
	a.File = "pier.md"
	a.Sections[0].Blocks = append(a.Sections[0].Blocks,
		article.Block{Kind: article.Rich, HTML: `<img src="pier.jpg">`}, article.Block{Kind: article.Caption, Text: "清晨的码头。 林一 摄"},
		article.Block{Kind: article.Rich, HTML: `<img src="pier.jpg" alt="又一次">`},
		rich(`<table><tr><td>潮</td></tr></table>`), rich(`<table><tr><td>汐</td></tr></table><pre><code>a</code></pre>`),
		article.Block{Text: "注1", HTML: `注<sup id="fnref:1"><a href="#fn:1">1</a></sup>`},
		rich(`<ol><li id="fn:1">一 <a href="#fnref:1">↩</a></li></ol>`),
		article.Block{Text: "见 the tide", HTML: `见 <span lang="en">the tide</span>`})
	f.articles = append(f.articles, a)
	f.files = map[string]string{"pier.jpg": photo(t, 1300, 40)}
	return f
}

func TestPicturesHaveSizesSmallerFormsAndWords(t *testing.T) {
	page := withPhoto(t).build(t).page("a/pier/")
	figure := page.Find("figure.kb-figure")
	img := figure.Find("#p2 a.kb-enlarge > img")
	for key, want := range map[string]string{"width": "1300", "height": "40", "loading": "lazy", "decoding": "async", "alt": "清晨的码头。 林一 摄"} {
		if got := img.AttrOr(key, ""); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if set := img.AttrOr("srcset", ""); strings.Count(set, "media/") != 3 || !strings.Contains(set, "-400.jpg 400w") || !strings.Contains(set, "-800.jpg 800w") || !strings.HasSuffix(set, ".jpg 1300w") {
		t.Errorf("the smaller forms are %q", set)
	}
	if got := figure.Find("figcaption#p3").Text(); got != "清晨的码头。 林一 摄" {
		t.Errorf("the caption is %q", got)
	}
	if got := figure.Find(".kb-credit").Text(); got != "林一 摄" {
		t.Errorf("the credit is %q", got)
	}
	if got := page.Find("#p4 a").AttrOr("aria-label", ""); got != "放大图片：又一次" {
		t.Errorf("the way to the picture is called %q", got)
	}
}

func TestWhatScrollsAndNotesHaveNames(t *testing.T) {
	page := withPhoto(t).build(t).page("a/pier/")
	for selector, want := range map[string]string{
		`#p5 .kb-wide[tabindex="0"][role=region]`: "表格1", `#p6 .kb-wide[tabindex="0"][role=region]`: "表格2",
		`#p6 pre[tabindex="0"][role=region]`: "代码1", `#p7 a[role=doc-noteref]`: "注1", `#p8 a[role=doc-backlink]`: "回到正文中的注1",
	} {
		if got := page.Find(selector).AttrOr("aria-label", ""); got != want {
			t.Errorf("%s is called %q, want %q", selector, got, want)
		}
	}
	if got := page.Find(`#p9 span[lang="en"]`).Text(); got != "the tide" {
		t.Errorf("the passage in English is %q", got)
	}
}

// TestSmallerPicturesAreMadeOnce looks at the time of the files.
func TestSmallerPicturesAreMadeOnce(t *testing.T) {
	f := withPhoto(t)
	out := filepath.Join(t.TempDir(), "out")
	times := func() map[string]time.Time {
		if _, err := f.buildIn(t, t.Context(), out); err != nil {
			t.Fatal(err)
		}
		all := make(map[string]time.Time)
		names, err := filepath.Glob(filepath.Join(out, "media", "*-*00.jpg"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(name)] = info.ModTime()
		}
		return all
	}
	first := times()
	if len(first) != 2 {
		t.Fatalf("there are %v, want two smaller forms", first)
	}
	f.articles[0].Title = "码头的清晨"
	for name, at := range times() {
		if !at.Equal(first[name]) {
			t.Errorf("%s has been made again", name)
		}
	}
	f.files["pier.jpg"] = photo(t, 1301, 41)
	for name := range times() {
		if _, ok := first[name]; ok {
			t.Errorf("%s is still there, of a picture that has changed", name)
		}
	}
}

func TestCredited(t *testing.T) {
	for caption, want := range map[string]string{
		"清晨的码头。 林一 摄":      "林一 摄",
		"清晨的码头（记者/林一 摄）":   "（记者/林一 摄）",
		"清晨的码头。本报记者林一摄":    "本报记者林一摄",
		"清晨的码头。新华社记者 林一 摄": "新华社记者 林一 摄",
		"清晨的码头 林一/图":       "林一/图",
		"林一 摄":             "",
		"他在码头拍摄了一组照片":      "",
		"清晨的码头（2024年）":     "",
		"":                 "",
	} {
		if text, by := credited(caption); by != want || text+by != caption {
			t.Errorf("%q ends with %q, want %q", caption, by, want)
		}
	}
}
