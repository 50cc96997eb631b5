package blocks

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mark is what the source says of a place: how links call it, and its line.
type mark struct {
	anchors []string
	line    int
	links   []int // lines of links and pictures, 0 where they are not known
}

// takeMarks takes the names and lines out of n and all below it. The line is the
// first that is given.
func takeMarks(n *html.Node) mark {
	var m mark
	var bare []*html.Node
	for d := range within(n) {
		if d != n && isBare(d) {
			bare = append(bare, d)
		}
		if d.Type != html.ElementNode || len(d.Attr) == 0 {
			continue
		}
		if isElement(d, atom.Img) || isElement(d, atom.A) && attr(d, "href") != "" {
			line, _ := strconv.Atoi(attr(d, lineAttr))
			m.links = append(m.links, line)
		}
		d.Attr = slices.DeleteFunc(d.Attr, func(a html.Attribute) bool {
			switch a.Key {
			case lineAttr:
				if line, err := strconv.Atoi(a.Val); err == nil && m.line == 0 && !isElement(d, atom.A) && !isElement(d, atom.Img) {
					m.line = line
				}
				return true
			case "id":
				m.anchors = append(m.anchors, a.Val)
				return !footnoteID.MatchString(a.Val) || d.Data != "li" && d.Data != "sup"
			case "name":
				m.anchors = append(m.anchors, a.Val)
				return true
			}
			return false
		})
	}
	for _, d := range bare {
		unwrap(d)
	}
	return m
}

// isBare reports whether an element says nothing of what is in it: a span that names no
// language, or a link that leads nowhere.
func isBare(n *html.Node) bool {
	return isElement(n, atom.Span) && attr(n, "lang") == "" || isElement(n, atom.A) && attr(n, "href") == ""
}

// unwrap replaces an element, which has a parent, by what is in it.
func unwrap(n *html.Node) {
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// takeInline takes the names and lines out of inline nodes, and the elements that
// had nothing but a name.
func (w *walk) takeInline(nodes []*html.Node) []*html.Node {
	var out []*html.Node
	for _, n := range nodes {
		w.pass(takeMarks(n))
		if isBare(n) {
			out = append(out, w.takeInline(children(n))...)
			continue
		}
		out = append(out, n)
	}
	return out
}

// pass notes what stands before the next block or heading: a place with a name
// may have no text of its own.
func (w *walk) pass(m mark) {
	w.pending.anchors = append(w.pending.anchors, m.anchors...)
	w.pending.links = append(w.pending.links, m.links...)
	if m.line > 0 {
		w.pending.line = m.line
	}
}

// marksOf takes the names and the line out of n alone.
func marksOf(n *html.Node) mark {
	alone := &html.Node{Type: n.Type, Data: n.Data, Attr: n.Attr}
	m := takeMarks(alone)
	n.Attr = alone.Attr
	return m
}

// end gives the places behind the last block to that.
func (w *walk) end() {
	s := &w.doc.Sections[len(w.doc.Sections)-1]
	anchors, _ := w.take()
	switch {
	case anchors == "":
	case len(s.Blocks) > 0:
		b := &s.Blocks[len(s.Blocks)-1]
		b.Anchors = strings.TrimSpace(b.Anchors + " " + anchors)
	default:
		s.Anchors = strings.TrimSpace(s.Anchors + " " + anchors)
	}
}

// take returns what has been passed since the last block.
func (w *walk) take() (anchors string, line int) {
	anchors, line = strings.Join(w.pending.anchors, " "), w.pending.line
	w.pending.anchors = nil
	return anchors, line
}

// takeLinks returns the lines of the links and pictures since the last block, if
// one of them is not that of the block.
func (w *walk) takeLinks(line int) string {
	links := w.pending.links
	w.pending.links = nil
	if !slices.ContainsFunc(links, func(l int) bool { return l > 0 && l != line }) {
		return ""
	}
	words := make([]string, len(links))
	for i, l := range links {
		if l == 0 {
			l = line
		}
		words[i] = strconv.Itoa(l)
	}
	return strings.Join(words, " ")
}
