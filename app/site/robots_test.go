package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

// hostile is a paper with an article that says what breaks careless writers.
func hostile() (f *fixture, title, opening string) {
	title, opening = "</script><script>alert(1)</script> & \"汐\" ]]> &lt; \u2028", `用<br>和 &amp; 写的第一段：1 < 2，]]></entry>"}]。`
	f = paper()
	a := on(piece("a&b<c>\"d'…?#%", title, "2024-09-07", opening), "A01", `版"<名>`)
	a.Authors = []article.Author{{Name: `王"　<明>`}, {Name: "王 明"}, {Name: "王　明", Role: "摄影"}}
	a.Tags = []string{`<标"签>`}
	f.articles = append(f.articles, a)
	return f, title, opening
}

// strict reads XML to its end and fails on what is none.
func strict(t *testing.T, data string, into any) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(data))
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if _, err := dec.Token(); err != io.EOF {
		if token, err := dec.Token(); err != io.EOF {
			t.Fatalf("after the end stands %v, %v", token, err)
		}
	}
}

type readSitemap struct {
	XMLName xml.Name
	URLs    []struct {
		Loc     string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
		LastMod string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
	} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	Parts []struct {
		Loc string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
	} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
}

func TestSitemapHasEveryPageOnce(t *testing.T) {
	f, _, _ := hostile()
	site := f.build(t)
	var m readSitemap
	strict(t, site.read(sitemapName), &m)
	if m.XMLName.Local != "urlset" {
		t.Fatalf("it is a %s", m.XMLName.Local)
	}
	var got []string
	for _, u := range m.URLs {
		loc, err := url.Parse(u.Loc)
		if err != nil || loc.Host != "example.org" || strings.ContainsAny(u.Loc, "<>\"' \n") {
			t.Errorf("%q is no address of the site", u.Loc)
			continue
		}
		if _, err := time.Parse(time.DateOnly, u.LastMod); u.LastMod != "" && err != nil {
			t.Errorf("%s has changed on %q", u.Loc, u.LastMod)
		}
		got = append(got, strings.TrimPrefix(loc.Path, "/paper/")+"index.html")
	}
	want := slices.DeleteFunc(site.pages(), func(name string) bool { return name == "404.html" || name == "search/index.html" })
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the sitemap has\n%q, the site\n%q", got, want)
	}
}

func TestLargeSitemapIsInParts(t *testing.T) {
	p := &pages{config: &parse.Config{URL: "https://example.org/报/"}}
	var urls []sitemapURL
	for i := range 23 {
		urls = append(urls, sitemapURL{fmt.Sprintf("https://example.org/%d/", i), ""})
	}
	for _, c := range []struct{ most, bytes, parts int }{{10, 1 << 20, 3}, {23, 1 << 20, 0}, {100, sitemapHeadLength + 200, 8}, {100, 1, 23}} {
		files, err := p.sitemaps(urls, c.most, c.bytes)
		if err != nil {
			t.Fatal(err)
		}
		var m readSitemap
		strict(t, string(files[sitemapName]), &m)
		if len(m.Parts) != c.parts {
			t.Errorf("%+v: %d parts", c, len(m.Parts))
		}
		n := len(m.URLs)
		for _, part := range m.Parts {
			name, ok := strings.CutPrefix(part.Loc, "https://example.org/%E6%8A%A5/")
			var p readSitemap
			strict(t, string(files[name]), &p)
			if !ok || len(p.URLs) == 0 || len(p.URLs) > c.most || c.bytes > 1 && len(files[name]) > c.bytes {
				t.Errorf("%+v: %s has %d pages and %d bytes", c, part.Loc, len(p.URLs), len(files[name]))
			}
			n += len(p.URLs)
		}
		if n != len(urls) {
			t.Errorf("%+v: %d pages are there, want %d", c, n, len(urls))
		}
	}
}

func TestJSONFeedSaysWhatTheAuthorWrote(t *testing.T) {
	f, title, opening := hostile()
	site := f.build(t)
	dec := json.NewDecoder(strings.NewReader(site.read(jsonFeedName)))
	dec.DisallowUnknownFields()
	var feed jsonFeed
	if err := dec.Decode(&feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Home != "https://example.org/paper/" || feed.Feed != "https://example.org/paper/feed.json" || len(feed.Items) != len(f.articles) {
		t.Errorf("the feed is %+v", feed)
	}
	first := feed.Items[0]
	if first.Title != title || first.Text != opening || first.Published != "2024-09-07T00:00:00Z" || len(first.Authors) != 2 || first.Authors[1].Name != "王明" {
		t.Errorf("the newest is %+v", first)
	}
	ids := make(map[string]bool)
	for _, i := range feed.Items {
		if i.ID == "" || i.ID != i.URL || ids[i.ID] || i.Text == "" {
			t.Errorf("%+v", i)
		}
		ids[i.ID] = true
	}
}

func TestSearchEnginesAreToldOfAnArticle(t *testing.T) {
	f, title, _ := hostile()
	f.articles[2].Publication.Cover = "pic/moon.png"
	site := f.build(t)
	for name, want := range map[string]string{"a/" + article.Slug(f.articles[len(f.articles)-1].ID): title, "a/tide": "潮水一天来两次 月亮和地球一起推"} {
		doc := site.page(name)
		data := doc.Find("script[type='application/ld+json']")
		var l linkedArticle
		dec := json.NewDecoder(strings.NewReader(data.Text()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&l); err != nil || data.Length() != 1 {
			t.Fatalf("%s: %v in %q", name, err, data.Text())
		}
		if l.Headline != want || l.Type != "NewsArticle" || l.Publisher.Name != "潮音报" || l.Publisher.Type != "NewsMediaOrganization" || l.Published == "" || !strings.HasPrefix(l.URL, "https://example.org/paper/a/") {
			t.Errorf("%s: %+v", name, l)
		}
		if n := doc.Find("script:not([src])").Length(); n != 1 {
			t.Errorf("%s: %d scripts in the page", name, n)
		}
	}
	picture := site.page("a/tide").Find("meta[property='og:image']").AttrOr("content", "")
	if name, ok := strings.CutPrefix(picture, "https://example.org/paper/"); !ok || !site.has(name) {
		t.Errorf("the picture is at %q", picture)
	}
}

// What the editor has put there stays, in static and in the folder of the site.
func TestEditorsFilesForRobotsStay(t *testing.T) {
	const own = "User-agent: *\nDisallow: /\n"
	f := paper()
	f.config.URL = "https://example.org/"
	out := filepath.Join(t.TempDir(), "out")
	put(t, out, map[string]string{".nojekyll": ""})
	mustBuild(t, f, out)
	if got := tree(t, out)[robotsName]; got != "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n" {
		t.Errorf("robots.txt is %q", got)
	}
	f.files["static/Robots.txt"], f.files["static/sitemap.xml"] = own, "<mine/>"
	mustBuild(t, f, out)
	if got := tree(t, out); got["Robots.txt"] != own || got[robotsName] != "" || got[sitemapName] != "<mine/>" {
		t.Errorf("robots.txt is %q, the sitemap %q", got[robotsName]+got["Robots.txt"], got[sitemapName])
	}
	by := filepath.Join(t.TempDir(), "out")
	g := paper()
	g.config.URL = ""
	mustBuild(t, g, by)
	put(t, by, map[string]string{robotsName: own, sitemapName: "<mine/>"})
	g.config.URL = "https://example.org/"
	for range 2 {
		mustBuild(t, g, by)
		if got := tree(t, by); got[robotsName] != own || got[sitemapName] != "<mine/>" || got[jsonFeedName] == "" {
			t.Errorf("robots.txt is %q, the sitemap %q", got[robotsName], got[sitemapName])
		}
	}
}

// Below the root of a host no robot looks for it.
func TestRobotsFileIsForTheRootOfAHost(t *testing.T) {
	site := paper().build(t)
	if site.has(robotsName) || !site.has(sitemapName) {
		t.Errorf("robots.txt %v, sitemap %v", site.has(robotsName), site.has(sitemapName))
	}
	private := paper()
	private.config.URL = ""
	site = private.build(t)
	if site.has(sitemapName) || site.has(jsonFeedName) || site.has(robotsName) {
		t.Error("without a public address there is something for robots")
	}
}
