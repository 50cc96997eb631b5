package site

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse"
)

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><script>alert(1)</script><path d="M0 0H200V50Z" onclick="x"/></svg>`

func pngOf(t *testing.T, w, h int) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	m.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// dressed is a paper with all that kanbao.toml can say of its face.
func dressed() *fixture {
	f := paper()
	f.files["logo.svg"] = drawing
	f.files["static/self/index.html"] = "<p>关于</p>"
	f.config.Logo, f.config.Accent, f.config.Theme = "logo.svg", "#0b5394", "white"
	f.config.Masthead = []string{"海边某市主办", "国内统一刊号 CN 00-0000"}
	f.config.Footer = parse.Footer{
		Sponsor: "某市<委>", Organizer: "某中心", Address: "海边路1号", Phone: "000-1234567", ICP: "某ICP备00000000号", Police: "某公网安备 00000000000001号",
		Code: "0000000001", Accessibility: "about.md", Copyright: "© 某报",
		Links: []parse.Link{{Name: "某市", URL: "https://city.example.org/"}, {Name: "关于", URL: "/self/"}, {Name: "没有", URL: "nowhere.md"}},
	}
	return f
}

func TestFaceOfAPaper(t *testing.T) {
	f := dressed()
	f.config.Icon = "icon.png"
	f.files["icon.png"] = pngOf(t, 300, 300)
	site := f.build(t)
	doc := site.page("a/tide")
	logo := doc.Find(".kb-brand img.kb-logo")
	if logo.AttrOr("alt", "") != "潮音报" || logo.AttrOr("width", "") != "176" || logo.AttrOr("height", "") != "44" || strings.TrimSpace(doc.Find(".kb-brand").Text()) != "" {
		t.Errorf("the head of the page is %s", doc.Find(".kb-brand").Text())
	}
	at := strings.TrimPrefix(logo.AttrOr("src", ""), "../../")
	if data := site.read(at); strings.Contains(data, "alert") || strings.Contains(data, "onclick") {
		t.Errorf("the logo is %s", data)
	}
	if theme := doc.Find("html").AttrOr("data-theme", ""); theme != "white" {
		t.Errorf("the theme is %q", theme)
	}
	if n := doc.Find("link[rel=icon]").Length(); n != 2 || doc.Find("link[rel=apple-touch-icon]").Length() != 1 {
		t.Errorf("%d icons", n)
	}
	css := site.read(strings.TrimPrefix(doc.Find("link[rel=stylesheet]").AttrOr("href", ""), "../../"))
	if !strings.Contains(css, "--kb-accent: #0b5394;") || strings.Contains(css, "#9e1b1f") || strings.Contains(css, "158 27 31") {
		t.Error("the style sheet has another accent")
	}
	foot := doc.Find(".kb-footer")
	for _, want := range []string{"某市<委>", "海边路1号", "0000000001", "© 某报", "没有"} {
		if !strings.Contains(foot.Text(), want) {
			t.Errorf("the foot of the page is without %s", want)
		}
	}
	for text, to := range map[string]string{
		"某ICP备00000000号": "https://beian.miit.gov.cn/", "某公网安备 00000000000001号": "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000001",
		"无障碍声明": "../../a/about/", "某市": "https://city.example.org/", "关于": "../../self/", "没有": "",
	} {
		got := ""
		for _, a := range foot.Find("a").EachIter() {
			if a.Text() == text {
				got = a.AttrOr("href", "")
			}
		}
		if got != to {
			t.Errorf("%s leads to %q, want %q", text, got, to)
		}
	}
	said := false
	for _, w := range site.summary.Warnings {
		said = said || strings.Contains(w.Error(), "nowhere.md")
	}
	if !said {
		t.Errorf("nobody says that a link of the footer leads nowhere: %v", site.summary.Warnings)
	}
}

func TestPaperWithoutSettingsHasNoFaceOfOurs(t *testing.T) {
	doc := paper().build(t).page("")
	if n := doc.Find(".kb-brand img").Length(); n != 0 {
		t.Errorf("%d pictures stand beside the name", n)
	}
	if _, ok := doc.Find("html").Attr("data-theme"); ok || doc.Find(".kb-imprint").Length() > 0 {
		t.Error("the page says what nobody has said")
	}
}

func TestFaceThatCannotBe(t *testing.T) {
	for about, c := range map[string]struct {
		edit func(f *fixture)
		want string
	}{
		"pale":       {func(f *fixture) { f.config.Accent = "#ff8800" }, `accent "#ff8800" with the page #fbf9f4 has a contrast of 2.27:1`},
		"dark alone": {func(f *fixture) { f.config.AccentDark = "#ff8800" }, "accent is not"},
		"nowhere":    {func(f *fixture) { f.config.Logo = "no.png" }, `logo "no.png"`},
		"outside":    {func(f *fixture) { f.config.Logo = "../../../etc/passwd.png" }, `logo "../../../etc/passwd.png"`},
		"no picture": {func(f *fixture) { f.config.Icon, f.files["x.png"] = "x.png", "GIF89a" }, `icon "x.png": is no PNG`},
	} {
		t.Run(about, func(t *testing.T) {
			f := paper()
			c.edit(f)
			_, err := f.buildIn(t, t.Context(), filepath.Join(t.TempDir(), "out"))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), parse.ConfigName) {
				t.Errorf("the error is %v, want one with %s", err, c.want)
			}
		})
	}
}

// A page is made anew where the face has changed, and left where it has not.
func TestFaceChanges(t *testing.T) {
	f := paper()
	out := filepath.Join(t.TempDir(), "out")
	for about, edit := range []func(){
		func() {}, func() { *f = *dressed() }, func() { f.files["logo.svg"] = strings.Replace(drawing, "200 50", "50 50", 1) },
		func() { f.config.Footer.Phone = "1" }, func() { f.config.Accent = "#14532d" }, func() { f.config.Masthead = nil }, func() { *f = *paper() },
	} {
		edit()
		mustBuild(t, f, out)
		expectSame(t, f, out, string(rune('0'+about)))
	}
}
