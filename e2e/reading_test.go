package e2e

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestArticleIsReadWithoutJavaScript(t *testing.T) {
	p := prepare(t, sample)
	p.withoutJavaScript()
	for _, a := range articles(t) {
		p.goTo(a.Path())
		text := oneWidth(squeeze(eval[string](p, `document.querySelector("main").innerText`)))
		want := []string{a.Title, a.Subtitle}
		want = append(want, strings.Split(a.Text(), "\n")...)
		for _, w := range want {
			if !strings.Contains(text, oneWidth(squeeze(w))) {
				t.Errorf("%s: the page does not say %q", a.ID, w)
			}
		}
	}
	if n := p.server.Count(".wasm"); n > 0 {
		t.Errorf("%d requests for wasm without JavaScript", n)
	}
}

// oneWidth makes punctuation one: pages show that between Han in full width, whatever
// the author wrote.
func oneWidth(s string) string {
	return strings.NewReplacer("，", ",", "；", ";", "：", ":", "？", "?", "！", "!", "（", "(", "）", ")").Replace(s)
}

func TestBlocksHaveTheNumbersThatHitsLinkTo(t *testing.T) {
	for _, a := range articles(t) {
		if len(a.Pictures) > 0 {
			continue // a build puts them between the blocks that the file has
		}
		doc := parsePage(t, sample, a.Path()+"index.html")
		last := 0
		for n, b := range a.Blocks {
			last = n
			if text := doc.Find("#p" + strconv.Itoa(n)).Text(); !strings.Contains(oneWidth(squeeze(text)), oneWidth(squeeze(b.Text))) {
				t.Errorf("%s: block p%d is %q, want %q", a.ID, n, text, b.Text)
			}
		}
		if doc.Find("#p"+strconv.Itoa(last+1)).Length() != 0 {
			t.Errorf("%s: the page has a block p%d, the article has %d", a.ID, last+1, last)
		}
	}
}

func TestFrontPageLeadsToArticlesWithoutJavaScript(t *testing.T) {
	p := prepare(t, sample)
	p.withoutJavaScript()
	p.goTo("")
	title := squeeze(eval[string](p, `document.querySelector("main a[href*='a/']").innerText`))
	p.click(`main a[href*="a/"]`)
	p.wait(`location.pathname.includes("/a/") && document.readyState === "complete"`)
	if h1 := squeeze(eval[string](p, `document.querySelector("main h1").innerText`)); !strings.Contains(h1, title) && !strings.Contains(title, h1) {
		t.Errorf("the link %q led to the article %q", title, h1)
	}
	p.goTo("archive/")
	p.is(`document.querySelectorAll("main a[href*='e/'], main a[href*='a/']").length > 1`, "the archive links to editions")
}

func TestSearchFormWorksWithoutJavaScript(t *testing.T) {
	p := prepare(t, sample)
	p.withoutJavaScript()
	p.goTo("archive/")
	p.focus()
	p.insert("潮汐")
	p.press("\r")
	p.wait(`location.pathname.endsWith("/search/") && document.readyState === "complete"`)
	p.is(`new URLSearchParams(location.search).get("q") === "潮汐"`, "the address has the query")
	p.is(`document.querySelector("main").innerText.trim().length > 10`, "the search page says what to do without JavaScript")
}

func TestEveryPageHoldsThePolicy(t *testing.T) {
	p := prepare(t, sample)
	for _, name := range pages(t) {
		before := len(p.tab.Complaints())
		p.goTo(strings.TrimSuffix(name, "index.html"))
		for _, c := range p.tab.Complaints()[before:] {
			t.Errorf("%s: %s", name, c)
		}
	}
	if n := p.server.Count(".wasm"); n > 0 {
		t.Errorf("%d requests for wasm before anybody wanted to search", n)
	}
}

func TestPagesHaveNothingInline(t *testing.T) {
	for _, name := range pages(t) {
		doc := parsePage(t, sample, name)
		if n := doc.Find("[style], style, script:not([src]):not([type='application/ld+json'])").Length(); n > 0 {
			t.Errorf("%s: %d inline styles or scripts", name, n)
		}
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range s.Nodes[0].Attr {
				if strings.HasPrefix(attr.Key, "on") {
					t.Errorf("%s: inline handler %s", name, attr.Key)
				}
			}
		})
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, name := range pages(t) {
		from := &url.URL{Path: base + name}
		if name == "404.html" {
			// Shown at any depth, so its links must not depend on where it stands.
			from.Path = base + "a/b/c/"
		}
		parsePage(t, sample, name).Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range []string{"href", "src"} {
				value, ok := s.Attr(attr)
				if !ok {
					continue
				}
				if fault := leadsSomewhere(t, name, from, value); fault != "" {
					t.Errorf("%s: %s=%q %s", name, attr, value, fault)
				}
			}
		})
	}
}

// leadsSomewhere follows a link of the page self within the site; other sites
// are not our business. It returns what is wrong.
func leadsSomewhere(t *testing.T, self string, from *url.URL, link string) string {
	if fragment, ok := strings.CutPrefix(link, "#"); ok {
		return leadsToPlace(t, self, fragment)
	}
	to, err := from.Parse(link)
	if err != nil {
		return err.Error()
	}
	if to.Host != "" || to.Scheme == "mailto" || to.Scheme == "data" {
		return ""
	}
	name, ok := strings.CutPrefix(to.Path, base)
	if !ok {
		return "leaves the site"
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if _, err := fs.Stat(os.DirFS(sample), name); err != nil {
		return "leads to nothing"
	}
	if path.Ext(name) != ".html" {
		return ""
	}
	return leadsToPlace(t, name, to.Fragment)
}

func leadsToPlace(t *testing.T, name, fragment string) string {
	if fragment == "" {
		return ""
	}
	for _, node := range parsePage(t, sample, name).Find("[id]").Nodes {
		for _, attr := range node.Attr {
			if attr.Key == "id" && attr.Val == fragment {
				return ""
			}
		}
	}
	return "leads to no place in " + name
}

// pages returns the names of all HTML files of the sample site.
func pages(t *testing.T) []string {
	t.Helper()
	return pagesOf(t, sample)
}

// pagesOf returns the names of all HTML files of the site in dir.
func pagesOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 10 {
		t.Fatalf("the site has only the pages %q", names)
	}
	return names
}

// parsePage reads a page of the site in dir.
func parsePage(t *testing.T, dir, name string) *goquery.Document {
	t.Helper()
	f, err := os.DirFS(dir).Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := goquery.NewDocumentFromReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
