package blocks

import (
	"strings"

	"github.com/kanbao/kanbao/index/parse/formula"
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
	case formula.Is(n):
		t.base.WriteString(formula.Source(n))
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
