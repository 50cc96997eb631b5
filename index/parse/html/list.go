package html

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// aside is how many characters a page may have beside its articles that is a list of them.
const aside = 100

// listsArticles reports whether a page is a list of other pages, as the front page of a
// blog is: its articles, of which there are several, all have a heading that leads to
// another page. id is the address of the page itself.
func (p *page) listsArticles(root *html.Node, id string) bool {
	if p.meta["og:type"] == "article" {
		return false
	}
	around := []*html.Node{root}
	if main := outermost(root, "main", "role=main"); len(main) > 0 {
		around = main
	}
	all, listed, n := 0, 0, 0
	for _, m := range around {
		all += visible(textOf(m))
		for _, a := range outermost(m, "article") {
			if !leadsAway(a, id) {
				return false
			}
			n++
			listed += visible(textOf(a))
		}
	}
	return n > 1 && (all-listed < aside || around[0] == root)
}

// leadsAway reports whether the first heading of an article is a link to another page.
func leadsAway(a *html.Node, id string) bool {
	var heading *html.Node
	visit(a, func(n *html.Node) bool {
		if heading == nil && isHeading(n) {
			heading = n
		}
		return heading == nil
	})
	if heading == nil {
		return false
	}
	var link *html.Node
	for n := heading.Parent; n != nil && n != a.Parent; n = n.Parent {
		if n.Data == "a" {
			link = n
		}
	}
	visit(heading, func(n *html.Node) bool {
		if n.Data == "a" && visible(textOf(n))*2 > visible(textOf(heading)) {
			link = n
		}
		return true
	})
	if link == nil {
		return false
	}
	to, err := url.Parse(strings.TrimSpace(attr(link, "href")))
	if err != nil || to.Path == "" {
		return false
	}
	own := strings.TrimPrefix(id, "./")
	return own == "" || !strings.HasSuffix(strings.TrimSuffix(to.EscapedPath(), "index.html"), "/"+own) && to.Path != own
}
