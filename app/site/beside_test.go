package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/source"
)

func TestStaticFilesArePublishedAsTheyAre(t *testing.T) {
	f := blog(3)
	want := map[string]string{"CNAME": "news.example.cn\n", ".well-known/security.txt": "Contact: x\n", ".nojekyll": "", "images/a b.png": "PNG",
		"demo/index.html": "<script>alert(1)</script>", "robots.txt": "User-agent: *\n"}
	f.files = map[string]string{"static/.git/HEAD": "ref", "static/sub/.DS_Store": "x"}
	for name, data := range want {
		f.files["static/"+name] = data
	}
	f.articles[0].Sections[0].Blocks = append(f.articles[0].Sections[0].Blocks, rich(`<img src="/images/a%20b.png" alt="甲"><img src="/static/images/a%20b.png" alt="乙">`))
	out := filepath.Join(t.TempDir(), "out")
	for range 2 {
		mustBuild(t, f, out)
		got := tree(t, out)
		for name, data := range want {
			if have, ok := got[name]; !ok || have != data {
				t.Errorf("%s is %q, want %q", name, have, data)
			}
		}
		if got[".git/HEAD"] != "" || got["sub/.DS_Store"] != "" {
			t.Error("what version control and desktops keep is published")
		}
		if page := got["a/post-000/index.html"]; strings.Count(page, `src="../../images/a%20b.png"`) != 2 && strings.Count(page, `src="../../images/a b.png"`) != 2 {
			t.Errorf("the picture is not shown where it is: %s", page)
		}
		if strings.Contains(got["sw.js"], "demo/") {
			t.Error("a page that is not the site's own is stored by the service worker")
		}
	}
	delete(f.files, "static/CNAME")
	mustBuild(t, f, out)
	if _, ok := tree(t, out)["CNAME"]; ok {
		t.Error("a file that is no more in static is still on the site")
	}
}

func TestStaticFileInThePlaceOfAPage(t *testing.T) {
	for name, want := range map[string]string{
		"a/post-001/index.html": "post-001.md", "index.html": "index.html", "Index.HTML": "index.html", "sw.js": "sw.js", "a": "post-000.md",
		"kanbao/files.txt": "kanbao/files.txt", "search/index.html/x": "search/index.html", "kanbao.js": "kanbao.js",
	} {
		f := blog(3)
		f.files = map[string]string{"static/" + name: "x"}
		_, err := f.buildIn(t, t.Context(), filepath.Join(t.TempDir(), "out"))
		if err == nil || !strings.Contains(err.Error(), filepath.FromSlash("static/"+name)) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want one that names it and %s", name, err, want)
		}
	}
}

func TestStaticFolderBesideTheContent(t *testing.T) {
	parent := t.TempDir()
	content := filepath.Join(parent, "content")
	put(t, parent, map[string]string{"static/CNAME": "a", "content/static/b.txt": "b", "files/c.txt": "c", "content/a.md": "甲"})
	s, err := findStatic(content, filepath.Join(parent, "out"), &parse.Config{})
	if err != nil || len(s.files) != 2 || len(s.folders) != 2 {
		t.Errorf("found %v, %v", s, err)
	}
	s, err = findStatic(content, filepath.Join(parent, "out"), &parse.Config{Static: "files"})
	if err != nil || len(s.files) != 1 || s.files["c.txt"] == "" {
		t.Errorf("under another name: %v, %v", s, err)
	}
	put(t, parent, map[string]string{"content/static/CNAME": "b"})
	if _, err := findStatic(content, filepath.Join(parent, "out"), &parse.Config{}); err == nil || strings.Count(err.Error(), "CNAME") < 2 {
		t.Errorf("two of one name: %v", err)
	}
	for _, out := range []string{"static", "static/x", "."} {
		if _, err := findStatic(content, filepath.Join(parent, out), &parse.Config{}); err == nil {
			t.Errorf("a site in %s is no error", out)
		}
	}
}

func TestStaticLinkThatLeadsOutIsNamed(t *testing.T) {
	parent := t.TempDir()
	content := filepath.Join(parent, "content")
	put(t, parent, map[string]string{"secret.txt": "secret", "content/static/a.txt": "a"})
	if err := os.Symlink(filepath.Join(parent, "secret.txt"), filepath.Join(content, "static/b.txt")); err != nil {
		t.Fatal(err)
	}
	s, err := findStatic(content, filepath.Join(parent, "out"), &parse.Config{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := newOutput(filepath.Join(parent, "out"), keepSame)
	if err != nil {
		t.Fatal(err)
	}
	defer o.discard()
	faults, err := s.publish(o, func(name string) string { return name })
	if err != nil || len(faults) != 1 || !strings.HasPrefix(faults[0].Error(), "static/b.txt: is a link") || !s.done["a.txt"] || s.done["b.txt"] {
		t.Errorf("faults %v, %v", faults, err)
	}
}

func TestOldAddressesLeadToTheArticle(t *testing.T) {
	f := blog(3)
	f.base, f.config.URL = "/news/", "https://example.org/news/"
	f.articles[0].Publication.Addresses = []string{"/old/tide/", "posts/1.html", "/news/2024/潮", "https://example.org/news/abs/", "https://elsewhere.example/x/", "/:year/:title/", "pretty"}
	f.articles[1].Publication.Addresses = []string{"/old/tide/", "/../up", "/?p=12", "/", "/a/post-002/", "/a/post-001/", "search", "/.hidden/x"}
	f.articles[2].Title = `<b>"潮"</b>`
	f.articles[2].Publication.Addresses = []string{"/x.php", "/old"}
	site := f.build(t)
	for name, to := range map[string]string{
		"old/tide/index.html": "../../a/post-000/", "posts/1.html": "../a/post-000/", "2024/潮/index.html": "../../a/post-000/", "abs/index.html": "../a/post-000/",
		"x.php/index.html": "../a/post-002/", "old/index.html": "../a/post-002/",
	} {
		if !site.has(name) {
			t.Errorf("nothing is at %s", name)
			continue
		}
		page := site.page(name)
		if got := page.Find("meta[http-equiv=refresh]").AttrOr("content", ""); got != "0; url="+to {
			t.Errorf("%s leads by %q, want %q", name, got, to)
		}
		if page.Find("a").AttrOr("href", "") != to || page.Find("script").Length() > 0 || page.Find("b").Length() > 0 {
			t.Errorf("%s is %s", name, site.read(name))
		}
		if strings.Contains(site.read("sw.js"), strings.TrimSuffix(name, "index.html")+`"`) {
			t.Errorf("%s is stored by the service worker", name)
		}
	}
	var said []string
	for _, w := range site.summary.Warnings {
		said = append(said, w.Error())
	}
	for _, want := range []string{`"/old/tide/" is the address of old/tide/index.html already`, `"/../up" is no address`, `"/?p=12" has a question mark`, `"/" is no address`, `"/a/post-002/" is the address of`, `"search" is the address of`, `"/.hidden/x" has a part`} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("the warnings are %q, want one with %s", said, want)
		}
	}
	if len(said) != 7 {
		t.Errorf("the warnings are %q", said)
	}
}

// Hugo counts an address without a slash before it from where the page lies.
func TestOldAddressesBesideThePage(t *testing.T) {
	f := blog(3)
	f.articles[0].File = "content/posts/tide.md"
	f.articles[0].Publication.Addresses = []string{"../old/tide/", "./tides", "flood/", "潮 汐", "../../up/", "../../../up/"}
	f.articles[1].File = "posts/boat/index.md"
	f.articles[1].Publication.Addresses = []string{"../ship.html", "flood/", "/abs/"}
	site := f.build(t)
	for name, to := range map[string]string{
		"old/tide/index.html": "../../a/post-000/", "posts/tides/index.html": "../../a/post-000/", "posts/flood/index.html": "../../a/post-000/",
		"flood/index.html": "../a/post-000/", "潮 汐/index.html": "../a/post-000/", "ship.html": "./a/post-001/", "abs/index.html": "../a/post-001/",
	} {
		if !site.has(name) {
			t.Errorf("nothing is at %s", name)
		} else if got := site.page(name).Find("a").AttrOr("href", ""); got != to {
			t.Errorf("%s leads to %q, want %q", name, got, to)
		}
	}
	if site.has("posts/潮 汐/index.html") || site.has("posts/abs/index.html") || site.has("up/index.html") {
		t.Error("there are pages at other addresses")
	}
	if len(site.summary.Warnings) != 3 {
		t.Errorf("the warnings are %q", site.summary.Warnings)
	}
}

func TestPicturesOfOtherHosts(t *testing.T) {
	make := func() *fixture {
		f := blog(2)
		for _, a := range f.articles {
			a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Kind: article.Rich, Text: "塔",
				HTML: `<p><a href="https://Img.example.cn/a.png" rel="nofollow noreferrer">塔</a></p>`})
		}
		f.articles[1].Publication.Cover = "//cdn.example.org/c.jpg"
		return f
	}
	plain := make().build(t)
	if n := plain.summary.Remote["https://img.example.cn"]; n != 2 || plain.summary.Remote["https://cdn.example.org"] != 1 || plain.summary.RemoteShown {
		t.Errorf("counted are %v", plain.summary.Remote)
	}
	if strings.Contains(plain.read("a/post-000/index.html"), `<img src="https:`) || strings.Contains(plain.read(markerName), "example") {
		t.Error("they are shown")
	}
	f := make()
	f.config.Pictures = "remote"
	shown := f.build(t)
	page := shown.page("a/post-000/")
	if img := page.Find("img[src='https://Img.example.cn/a.png']"); img.Length() != 1 || img.AttrOr("referrerpolicy", "") != "no-referrer" || page.Find(".kb-text").Text() == "" {
		t.Errorf("the picture is not shown: %s", shown.read("a/post-000/index.html"))
	}
	if want := `"pictures":["https://cdn.example.org","https://img.example.cn"]`; !strings.Contains(shown.read(markerName), want) {
		t.Errorf("the marker is %s", shown.read(markerName))
	}
}

func TestPublicationOnThePage(t *testing.T) {
	f := blog(3)
	f.files = map[string]string{"pic/c.png": "PNG"}
	p := &f.articles[0].Publication
	p.Lang, p.Updated, p.Cover = "zh-Hant", "2029-01-02", "pic/c.png"
	f.articles[1].Publication.Lang = `x" onload="alert(1)`
	site := f.build(t)
	page := site.page("a/post-000/")
	if page.Find("article").AttrOr("lang", "") != "zh-Hant" || page.Find("time[itemprop=dateModified]").AttrOr("datetime", "") != "2029-01-02" {
		t.Errorf("the page is %s", site.read("a/post-000/index.html"))
	}
	if src := page.Find("img[itemprop=image]").AttrOr("src", ""); !strings.HasPrefix(src, "../../media/") || !site.has(strings.TrimPrefix(src, "../../")) {
		t.Errorf("the picture is %q", src)
	}
	if _, ok := site.page("a/post-001/").Find("article").Attr("lang"); ok {
		t.Error("what is no language is taken for one")
	}
}

func TestWhatIsSaidOfFilesIsInTheSummary(t *testing.T) {
	f := blog(1)
	f.faults = []error{
		&parse.Error{File: "d.md", Msg: "is held back: draft", Grade: source.Held}, &parse.Error{File: "404.md", Grade: source.Passed},
		&parse.Error{File: "w.md", Grade: source.Warning}, &parse.Error{File: "f.md"},
	}
	s := f.build(t).summary
	if len(s.HeldBack) != 1 || len(s.Passed) != 1 || len(s.Warnings) != 1 || len(s.Errors) != 1 {
		t.Errorf("the summary is %+v", s)
	}
	f.articles, f.faults = nil, f.faults[:2]
	_, err := f.buildIn(t, t.Context(), filepath.Join(t.TempDir(), "out"))
	if err == nil || !strings.Contains(err.Error(), "1 held back (d.md: is held back: draft)") || !strings.Contains(err.Error(), "1 passed over (404.md") {
		t.Errorf("the error is %v", err)
	}
}
