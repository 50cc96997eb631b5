package layout

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// briefMark matches a title in brackets that begins a brief.
var briefMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[【\[〔]\s*([^】\]〕]{2,40})[】\]〕]`) })

func startsBrief(s string) bool { return strings.HasPrefix(s, "【") }

// isSubhead reports whether a line within a column is a small headline: it is
// larger than the text, or bold and alone in the middle.
func (m *matter) isSubhead(l *line, b *block) bool {
	if l.size > 1.06*m.body {
		return true
	}
	if l.size < 0.97*m.body || !(l.bold || l.font != m.font) || len(l.glyphs) > 30 {
		return false
	}
	left, right := l.box.X0-b.left, b.right-l.box.X1
	return left > 2.4*m.body && near(left, right, 1.2*m.body) && !ending(l.text) || m.isTitle(l, b)
}

// isTitle reports whether a line of the text's size, all of it in another type, is one
// of a title: of one to three lines without a stop, after the end of a paragraph, with
// one that begins with an indent below.
func (m *matter) isTitle(l *line, b *block) bool {
	first := slices.Index(b.lines, l)
	last := first
	if !m.otherType(l) {
		return false
	}
	for first > 0 && m.otherType(b.lines[first-1]) {
		first--
	}
	for last+1 < len(b.lines) && m.otherType(b.lines[last+1]) {
		last++
	}
	if last-first > 2 || last+1 == len(b.lines) || m.indent(b.lines[last+1], b) < 1.2*m.body {
		return false
	}
	if first > 0 && !ending(b.lines[first-1].text) {
		return false
	}
	title := m.p.textOf(b.lines[first : last+1]...)
	return len(title.Glyphs) >= leastRunIn && len(title.Glyphs) <= 40 && !ending(title.String) && !isByline(title.String)
}

// otherType reports whether all of a line is in another type than the text.
func (m *matter) otherType(l *line) bool {
	for _, i := range l.glyphs {
		if g := &m.p.glyphs[i]; !g.Bold && g.Font == m.font {
			return false
		}
	}
	return near(l.size, m.body, 0.06*m.body)
}

// A piece is a paragraph, heading or the like of lines in sequence.
type piece struct {
	kind  Kind
	lines []*line
	last  *block // in which it ends
	// begins is unset where its first line is not that of a paragraph.
	begins bool
}

// pieces makes paragraphs of ordered blocks. A paragraph begins with an
// indent, or after a short line.
func (m *matter) pieces(order []*block) []piece {
	var out []piece
	var last *line
	var lastBlock *block
	for _, b := range order {
		for i, l := range b.lines {
			kind := Paragraph
			if m.isSubhead(l, b) {
				kind = Heading
			}
			begin := true
			if len(out) > 0 && !b.verse {
				begin = m.begins(&out[len(out)-1], last, lastBlock, l, b, kind, i == 0)
			}
			if begin {
				out = append(out, piece{kind: kind, begins: kind != Paragraph || m.indent(l, b) > 1.2*m.body || len(out) > 0})
			}
			p := &out[len(out)-1]
			p.lines = append(p.lines, l)
			p.last = b
			last, lastBlock = l, b
		}
	}
	return out
}

// indent returns how far a line begins from its column's edge.
func (m *matter) indent(l *line, b *block) float64 { return l.box.X0 - b.left }

// begins reports whether l begins something new after last.
func (m *matter) begins(p *piece, last *line, lastBlock *block, l *line, b *block, kind Kind, first bool) bool {
	if kind != p.kind {
		return true
	}
	if kind == Heading {
		return first || !near(l.size, last.size, 0.3) || l.box.Y0-last.box.Y1 > 0.8*l.size
	}
	// A signature set to the right goes on in a second line.
	if m.indent(l, b) > 4*m.body && unclosed(p.lines) && near(l.box.X1, b.right, m.body) {
		return false
	}
	if m.indent(l, b) > 1.2*m.body || startsBrief(l.text) && (m.leads(l) || ending(last.text)) {
		return true
	}
	// The line before it is short: the paragraph ended there.
	room := lastBlock.right - last.box.X1
	if room < 1.5*m.body {
		return false
	}
	if ending(last.text) {
		return true
	}
	// A word that did not fit leaves room, too.
	return room > m.firstWord(l)+1.2*m.body
}

// unclosed reports whether the last bracket of some lines is open, and opens
// at the beginning of a line.
func unclosed(lines []*line) bool {
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.HasPrefix(lines[i].text, "（") || strings.HasPrefix(lines[i].text, "(") {
			return !strings.ContainsAny(lines[len(lines)-1].text, "）)")
		}
	}
	return false
}

// leads reports whether a line begins in another type than the text.
func (m *matter) leads(l *line) bool {
	g := &m.p.glyphs[l.glyphs[0]]
	return g.Bold || g.Font != m.font
}

// firstWord returns how wide the part of a line is that cannot be broken.
func (m *matter) firstWord(l *line) float64 {
	g := m.p.glyphs
	end := g[l.glyphs[0]].Box.X1
	for k := 1; k < len(l.glyphs); k++ {
		a, b := &g[l.glyphs[k-1]], &g[l.glyphs[k]]
		if !(isLatin(a.Rune) && isLatin(b.Rune)) || b.Spaced {
			break
		}
		end = b.Box.X1
	}
	if m.p.turned {
		return m.body
	}
	return end - g[l.glyphs[0]].Box.X0
}
