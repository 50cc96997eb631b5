package html

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// titleName matches the class or id that sites without headings give to a title.
var titleName = regexp.MustCompile(`^(?:(?:article|art|content|con|news|doc|detail|main|page|info|text|xl|zw)-?_?)?(?:title|tit|bt|biaoti|headline|subject)-?_?\d?$`)

// namedTitle returns what a page without a heading calls its title, by a class or an id,
// nearest before its text. Old sites have their own name for the title of every window.
// Where the title of the window is shown as a line of the page, it is the better one.
func (p *page) namedTitle(main []*html.Node) string {
	if len(main) == 0 {
		return ""
	}
	window := p.withoutSite(p.title, nil)
	if window == p.title {
		window = cutSite(window)
	}
	isWindow := func(n *html.Node) bool {
		text := strings.Join(strings.Fields(textOf(n)), "")
		return text != "" && text == strings.ReplaceAll(window, " ", "")
	}
	title, begun, ended, shown := "", false, false, false
	visit(lineage(main[0])[0], func(n *html.Node) bool {
		begun = begun || n == main[0]
		if n.Type == html.TextNode {
			shown = shown || isWindow(n) && !inNamedTitle(n)
			ended = ended || begun && utf8.RuneCountInString(words(n.Data)) >= 40 // the text has begun, too
			return false
		}
		shown = shown || isHeading(n) && isWindow(n)
		if ended || begun && title != "" || !hasName(n, titleName) {
			return true
		}
		if text := words(textOf(n)); isTitle(text) && !leadsOn(n) && (!begun || isIn(n, main)) {
			title = text
		}
		return true
	})
	if shown {
		return ""
	}
	return title
}

// isTitle reports whether a text is one that a title may be.
func isTitle(text string) bool {
	n := utf8.RuneCountInString(text)
	return n >= 5 && n <= 80 && !strings.ContainsAny(text, "。；")
}

// leadsOn reports whether the half of what is in n are links: then it is the name of a list.
func leadsOn(n *html.Node) bool {
	linked := 0
	visit(n, func(c *html.Node) bool {
		if c.Data == "a" && attr(c, "href") != "" {
			linked += visible(textOf(c))
			return false
		}
		return true
	})
	return linked*2 > visible(textOf(n))
}

// isIn reports whether n is one of some nodes or in one.
func isIn(n *html.Node, nodes []*html.Node) bool {
	return slices.ContainsFunc(lineage(n), func(p *html.Node) bool { return slices.Contains(nodes, p) })
}

func inNamedTitle(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if hasName(p, titleName) {
			return true
		}
	}
	return false
}
