package html

import (
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/net/html"
)

// A Page is a page of a finished site, to be found where it is.
type Page struct {
	*article.Article
	// Marked says that the page itself says where its text is: on a site with such
	// pages, others are left out.
	Marked bool
	// Canonical is the address under which the page wants to be found, as it writes it,
	// or empty.
	Canonical string
}

// Page reads a page of a finished site. Its text is where an attribute says, else all
// of <main> or of <article>, else what Parse finds. Blocks have no HTML; sections have
// the id that leads to them. The error is of the grade Passed if the page is none.
func (p *Parser) Page(name string, raw []byte) (*Page, error) {
	if pattern, ok := p.Options.skipped(name); ok {
		return nil, passed(name, "is no article by its name (%s)", pattern)
	}
	text, err := source.DecodeAsShown(name, raw, declared(raw))
	if err != nil {
		return nil, err
	}
	root := parse(text, true)
	of := readPage(root)
	marks := readDeclarations(root)
	page := &Page{Article: &article.Article{File: name, Line: 1}, Canonical: of.canonical, Marked: len(bodies(root)) > 0}
	_, ignored := said(root, "ignore")
	switch why := of.noArticle(); {
	case ignored:
		return nil, passed(name, "is not to be found: all of it is marked to be ignored")
	case why != "" && (of.leads != "" || of.hidden() || !page.Marked):
		return nil, passed(name, "%s", why)
	case !page.Marked && of.listsArticles(root, strings.TrimSuffix(name, "index.html")):
		return nil, passed(name, "is no article: it is a list of others")
	}
	prepare(root)
	clean(root)
	h1 := headings(root)
	if err := of.fill(page.Article, nearby(root)); err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	main := pageContent(root, of.title)
	if page.Title = valueOf(marks.meta, "title"); page.Title == "" {
		page.Title = of.titleOf(main, h1)
	}
	if err := p.readContent(page.Article, main); err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	if page.Title == "" && page.Text() == "" {
		return nil, passed(name, "has no text")
	}
	if page.Title == "" {
		page.Title = source.TitleFromName(name)
	}
	if page.Date == "" {
		page.Date = source.DateFromName(name)
	}
	marks.declare(page.Article)
	page.Publication.Lang = attr(root, "lang")
	if lang := strings.ToLower(page.Publication.Lang); lang != "" {
		addProperty(page.Article, article.Filtered, property{"lang", lang})
	}
	return page, nil
}

// bodies returns the outermost elements that say that they hold the page's text.
func bodies(root *html.Node) []*html.Node {
	var found []*html.Node
	visit(root, func(n *html.Node) bool {
		if _, ok := said(n, "body"); ok {
			found = append(found, n)
			return false
		}
		return n.Type == html.ElementNode
	})
	return found
}

// beside are elements in a text that are none of it.
var beside = set("nav footer form label svg iframe")

// pageContent returns the nodes that hold the text of a page, whole. The tree must be
// clean.
func pageContent(root *html.Node, title string) []*html.Node {
	if found := bodies(root); len(found) > 0 {
		for _, n := range found {
			remove(n, func(d *html.Node) bool { return d != n && beside[d.Data] })
		}
		return allOf(found)
	}
	takeFurniture(root)
	for _, container := range []string{"main", "role=main", "article"} {
		found := outermost(root, container)
		for _, n := range found {
			if visible(textOf(n)) > 0 {
				return allOf(found)
			}
		}
	}
	return mainContent(root, title)
}

// allOf returns what is in some elements.
func allOf(found []*html.Node) []*html.Node {
	var out []*html.Node
	for _, n := range found {
		out = append(out, childrenOf(n)...)
	}
	return out
}

// readContent reads the text of a page into its article: blocks that have text, and
// for each section what leads to it.
func (p *Parser) readContent(a *article.Article, main []*html.Node) error {
	ids, top := headingIDs(main, a.Title)
	inner, err := render(main)
	if err != nil {
		return err
	}
	read, err := p.blocks.Read(inner, a.Title)
	if err != nil {
		return err
	}
	if a.Title == "" {
		a.Title = read.Title
	}
	used := make(map[string]bool)
	for i, s := range read.Sections {
		anchors, weight := takeWeight(s.Anchors)
		kept := article.Section{Heading: s.Heading, Level: s.Level, Anchor: leading(anchors, ids), Weight: weight}
		if used[kept.Anchor] { // a browser goes to the first of two with one id
			kept.Anchor = ""
		}
		used[kept.Anchor] = true
		if i == 0 {
			kept.Anchor = top
		}
		for _, b := range s.Blocks {
			if b.Text == "" {
				continue
			}
			_, weight := takeWeight(b.Anchors)
			kept.Blocks = append(kept.Blocks, article.Block{Kind: b.Kind, Text: b.Text, Weight: weight})
		}
		a.Sections = append(a.Sections, kept)
	}
	return nil
}

// headingIDs returns the ids of headings, and that of the heading that is the title.
func headingIDs(main []*html.Node, title string) (ids map[string]bool, top string) {
	ids = make(map[string]bool)
	first := true
	for _, m := range main {
		visit(m, func(n *html.Node) bool {
			if n.Type != html.ElementNode {
				return false
			}
			if !isHeading(n) {
				return true
			}
			id := attr(n, "id")
			if id != "" {
				ids[id] = true
			}
			if first && (n.Data == "h1" || words(textOf(n)) == title) {
				top = id
			}
			first = false
			return false
		})
	}
	return ids, top
}

// longestAnchor is how many bytes an id may have that leads anywhere.
const longestAnchor = 300

// leading returns the name that leads to a heading: its id, or else that which stands
// nearest before it.
func leading(anchors []string, ids map[string]bool) string {
	for _, a := range anchors {
		if ids[a] {
			return a
		}
	}
	if n := len(anchors); n > 0 && len(anchors[n-1]) <= longestAnchor && utf8.ValidString(anchors[n-1]) {
		return anchors[n-1]
	}
	return ""
}

// dateOr returns a date as articles have it, or else another.
func dateOr(s, other string) string {
	if date, err := source.Date(s); err == nil && date != "" {
		return date
	}
	return other
}
