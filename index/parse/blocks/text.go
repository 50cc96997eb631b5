package blocks

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// textOf returns the text of the nodes, as article.Block has it.
func textOf(nodes ...*html.Node) string {
	var t textReader
	for _, n := range nodes {
		t.read(n)
	}
	if len(t.readings) == 0 {
		return t.base.String()
	}
	base := t.base.String()
	if base != "" {
		base += "\n"
	}
	return base + strings.Join(t.readings, " ")
}

// headingOf returns the text of a heading, which is all that there is of it: its
// readings stand in brackets behind what they belong to.
func headingOf(n *html.Node) string {
	var b strings.Builder
	var readings []string
	flush := func() {
		if len(readings) > 0 {
			b.WriteString("（" + strings.Join(readings, " ") + "）")
			readings = nil
		}
	}
	for c := range n.ChildNodes() {
		var t textReader
		t.read(c)
		if len(t.readings) == 0 && t.base.Len() > 0 {
			flush()
		}
		b.WriteString(t.base.String())
		readings = append(readings, t.readings...)
	}
	flush()
	return strings.TrimSpace(strings.ReplaceAll(b.String(), "\n", " "))
}

// A textReader parts what is read from what stands beside it.
type textReader struct {
	base     strings.Builder
	readings []string
}

func (t *textReader) read(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		t.base.WriteString(n.Data)
		return
	case isMath(n):
		t.base.WriteString(sourceOf(n))
		return
	case isElement(n, atom.Rp):
		return
	case isElement(n, atom.Rt):
		var of textReader
		for c := range n.ChildNodes() {
			of.read(c)
		}
		if s := strings.TrimSpace(of.base.String()); s != "" {
			t.readings = append(t.readings, s)
		}
		return
	}
	for c := range n.ChildNodes() {
		t.read(c)
	}
}

func isMath(n *html.Node) bool {
	return n.Type == html.ElementNode && n.Data == "math" && n.Namespace == "math"
}

// sourceOf returns the formula in its annotation, or where it has none, all that
// the formula shows.
func sourceOf(math *html.Node) string {
	var all strings.Builder
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			var b strings.Builder
			for c := range d.Descendants() {
				b.WriteString(c.Data)
			}
			return b.String()
		}
		if d.Type == html.TextNode {
			all.WriteString(d.Data)
		}
	}
	return all.String()
}

// plainMath makes text of each formula that is not MathML alone: other elements in
// it are read one way by one parser and another way by the next.
func plainMath(root *html.Node) {
	var found []*html.Node
	for d := range root.Descendants() {
		if isMath(d) {
			found = append(found, d)
		}
	}
	for _, m := range found {
		if m.Parent == nil || isPlainMath(m) {
			continue
		}
		m.Parent.InsertBefore(newText(sourceOf(m)), m)
		m.Parent.RemoveChild(m)
	}
}

func isPlainMath(m *html.Node) bool {
	for d := range m.Descendants() {
		if d.Type != html.TextNode && (d.Type != html.ElementNode || d.Namespace != "math" || d.Data == "math") {
			return false
		}
	}
	return m.FirstChild != nil
}
