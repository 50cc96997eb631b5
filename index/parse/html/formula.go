package html

import (
	"strings"

	"golang.org/x/net/html"
)

// formulas puts each formula once, as its author wrote it, in place of what the
// programs that show formulas make of it: MathJax's script elements, its
// containers, KaTeX's two trees, MathML that knows its TeX.
func formulas(root *html.Node) {
	var take []*html.Node
	scripts := false
	for d := range root.Descendants() {
		scripts = scripts || isTeXScript(d)
	}
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		switch {
		case isTeXScript(n):
			open, close := `\(`, `\)`
			if strings.Contains(attr(n, "type"), "mode=display") {
				open, close = `\[`, `\]`
			}
			put(n, open+strings.TrimSpace(textOf(n))+close)
		case scripts && isShown(n):
			take = append(take, n)
		case hasClass(n, "katex"):
			tex, found := annotation(n)
			if !found {
				return true
			}
			display := hasClass(n.Parent, "katex-display")
			put(n, delimited(tex, display))
		case n.Data == "mjx-container", hasClass(n, "MathJax"), hasClass(n, "MathJax_Display"), hasClass(n, "MathJax_SVG"):
			if tex, found := annotation(n); found {
				put(n, delimited(tex, attr(n, "display") == "true" || hasClass(n, "MathJax_Display")))
				return false
			}
			for d := range n.Descendants() {
				if d.Type == html.ElementNode && d.Data == "math" {
					put(n, strings.Join(strings.Fields(textOf(d)), " "))
					return false
				}
			}
		case n.Data == "math":
			if tex, found := annotation(n); found {
				put(n, delimited(tex, attr(n, "display") == "block"))
			} else {
				put(n, strings.Join(strings.Fields(textOf(n)), " "))
			}
		default:
			return true
		}
		return false
	})
	for _, n := range take {
		n.Parent.RemoveChild(n)
	}
}

func isTeXScript(n *html.Node) bool {
	return n.Type == html.ElementNode && n.Data == "script" && strings.HasPrefix(attr(n, "type"), "math/tex")
}

// isShown reports whether n is what MathJax shows of a formula whose source
// stands in a script beside it.
func isShown(n *html.Node) bool {
	for _, c := range []string{"MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_Preview", "MathJax_CHTML", "mjx-chtml"} {
		if hasClass(n, c) {
			return true
		}
	}
	return n.Data == "mjx-container"
}

func hasClass(n *html.Node, class string) bool {
	if n == nil {
		return false
	}
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// annotation returns the TeX that MathML in n carries beside itself.
func annotation(n *html.Node) (tex string, ok bool) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" && strings.Contains(attr(d, "encoding"), "tex") {
			return strings.TrimSpace(textOf(d)), true
		}
	}
	return "", false
}

// delimited returns a formula between the marks that say it is one, unless it
// has them.
func delimited(tex string, display bool) string {
	switch {
	case strings.HasPrefix(tex, "$"), strings.HasPrefix(tex, `\(`), strings.HasPrefix(tex, `\[`):
		return tex
	case display:
		return "$$" + tex + "$$"
	}
	return "$" + tex + "$"
}

// put puts text in the place of all that n is.
func put(n *html.Node, text string) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	n.Data, n.DataAtom, n.Attr = "span", atomOf("span"), nil
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}
