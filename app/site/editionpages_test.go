package site

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
)

// manyOfADay is one day with so many articles in each column.
func manyOfADay(columns map[string]int) *fixture {
	f := &fixture{config: parse.Config{Title: "潮音", URL: "https://example.org/"}}
	for _, name := range sortedKeys(columns) {
		for i := range columns[name] {
			a := piece(fmt.Sprintf("x%s-%03d", name, i), fmt.Sprintf("%s第%d篇", name, i), "2024-09-05", "一句话。")
			a.Edition = article.Edition{Date: a.Date, Name: name}
			f.articles = append(f.articles, a)
		}
	}
	return f
}

// Every article of a large edition is on one of its pages, once, and each leads to the
// next.
func TestLargeEditionIsParted(t *testing.T) {
	for about, c := range map[string]struct {
		columns map[string]int
		want    []int
	}{
		"one page":         {map[string]int{"甲": 120, "乙": 80}, []int{200}},
		"sheets stay":      {map[string]int{"A": 150, "B": 150, "C": 20}, []int{150, 170}},
		"a sheet too long": {map[string]int{"A": 30, "B": 450}, []int{200, 200, 80}},
		"one sheet":        {map[string]int{"A": 201}, []int{200, 1}},
	} {
		site := manyOfADay(c.columns).build(t)
		seen := make(map[string]int)
		for i, want := range c.want {
			doc := site.page(strings.TrimSuffix(partPath("e/2024-09-05/", i+1), "/"))
			links := doc.Find("main article h3 a")
			if n := links.Length(); n != want {
				t.Errorf("%s: page %d has %d articles, want %d", about, i+1, n, want)
			}
			for _, a := range links.EachIter() {
				seen[a.AttrOr("href", "")]++
			}
			next := doc.Find(".kb-pager a[rel=next]").AttrOr("href", "")
			if (next != "") != (i+1 < len(c.want)) {
				t.Errorf("%s: page %d leads on to %q", about, i+1, next)
			}
			site.mustLead(t, partPath("e/2024-09-05/", i+1))
		}
		if len(seen) != len(site.pagesOf("a/")) {
			t.Errorf("%s: the pages have %d articles of %d", about, len(seen), len(site.pagesOf("a/")))
		}
		for to, n := range seen {
			if n != 1 {
				t.Errorf("%s: %s stands %d times", about, to, n)
			}
		}
		if site.has(partPath("e/2024-09-05/", len(c.want)+1) + "index.html") {
			t.Errorf("%s: there is a page more", about)
		}
		front := site.page("")
		if n := front.Find("main article h3 a").Length(); n > namesOnOneList {
			t.Errorf("%s: the front page has %d articles", about, n)
		}
		if to := front.Find(".kb-pager a[rel=next]").AttrOr("href", ""); to != map[bool]string{true: "./e/2024-09-05/2/"}[len(c.want) > 1] {
			t.Errorf("%s: the front page leads on to %q", about, to)
		}
		site.mustLead(t, "")
	}
}

// pagesOf are the pages below a folder.
func (b *built) pagesOf(folder string) []string {
	return slices.DeleteFunc(b.pages(), func(name string) bool { return !strings.HasPrefix(name, folder) })
}

// mustLead fails the test if a link of a page's main part to a page of an edition leads
// nowhere.
func (b *built) mustLead(t *testing.T, from string) {
	t.Helper()
	for _, a := range b.page(strings.TrimSuffix(from, "/")).Find("main a[href*='e/'], main a[href^='#']").EachIter() {
		to, id, _ := strings.Cut(a.AttrOr("href", ""), "#")
		name := strings.TrimSuffix(from, "/")
		if to != "" {
			name = filepath.ToSlash(filepath.Join(from, to))
		}
		if name == "." {
			name = ""
		}
		if !b.has(index(name)) {
			t.Errorf("%q leads to %q", from, to)
		} else if id != "" && b.page(name).Find("[id='"+id+"']").Length() != 1 {
			t.Errorf("%q leads to %q of %q, which it has not", from, id, name)
		}
	}
}

// The way back from an article leads to the page on which its sheet begins.
func TestArticleLeadsToItsPageOfALargeEdition(t *testing.T) {
	site := manyOfADay(map[string]int{"A": 150, "B": 150, "C": 20}).build(t)
	for id, want := range map[string]string{"xA-000": "../../e/2024-09-05/#v1", "xB-003": "../../e/2024-09-05/2/#v2", "xC-019": "../../e/2024-09-05/2/#v3"} {
		doc := site.page("a/" + id)
		if got := doc.Find(".kb-crumbs a").Last().AttrOr("href", ""); got != want {
			t.Errorf("%s leads to %q, want %q", id, got, want)
		}
		site.mustLead(t, "a/"+id+"/")
	}
	// All sections are named on each page, and the page of each is right.
	var to []string
	for _, a := range site.page("e/2024-09-05/2").Find(".kb-sheets a").EachIter() {
		to = append(to, a.AttrOr("href", ""))
	}
	if want := []string{"../../../e/2024-09-05/#v1", "#v2", "#v3"}; !slices.Equal(to, want) {
		t.Errorf("the second page leads to %q, want %q", to, want)
	}
}

// A handbook of many folders has a front page that ends.
func TestFrontPageOfManyFoldersEnds(t *testing.T) {
	f := &fixture{config: parse.Config{Title: "手册"}}
	for i := range 90 {
		for j := range 9 {
			a := piece(fmt.Sprintf("h-%d-%d", i, j), fmt.Sprintf("第%d章第%d节", i, j), "", "一句话。")
			a.File = fmt.Sprintf("第%02d章/%d.md", i, j)
			f.articles = append(f.articles, a)
		}
	}
	site := f.build(t)
	if n := site.page("").Find("main article h3 a").Length(); n > namesOnOneList || n < foldersShown {
		t.Errorf("the front page has %d articles", n)
	}
	if site.page("").Find(`main a[href="./f/"]`).Length() == 0 {
		t.Error("the front page does not lead to the other folders")
	}
}
