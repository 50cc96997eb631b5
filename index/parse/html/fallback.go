package html

import (
	"strings"

	"golang.org/x/net/html"
)

// noScript are the elements that a browser shows where it does not run what stands in
// their place, which is what we do: they are read like any other. Their pictures stand
// beside those that wait for a script.
var noScript = set("noscript noembed noframes")

func insideNoScript(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if noScript[p.Data] {
			return true
		}
	}
	return false
}

// holdsItems reports whether a menu is a list of an article: one of commands or links has
// no other text.
func holdsItems(menu *html.Node) bool {
	words := false
	visit(menu, func(n *html.Node) bool {
		words = words || n.Type == html.TextNode && strings.TrimSpace(n.Data) != ""
		return n.Data != "a" && n.Data != "button" && !words
	})
	return words
}
