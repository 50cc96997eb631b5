package layout

import (
	"cmp"
	"slices"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// A head is a headline with what belongs to it: 引题, 主题, 副题, the line with
// the authors' names.
type head struct {
	lines                           []*line
	box                             Rect
	down                            bool
	kicker, title, subtitle, byline []*line
	label                           []*line
}

// A text is what a region or a part of it has besides headlines.
type matter struct {
	p       *page
	body    float64 // the size of its text
	font    int
	lines   []*line // all that are not yet in a head
	heads   []*head
	figures []*figure
}

func (p *page) newMatter(r *region) *matter {
	m := &matter{p: p, lines: r.lines, body: p.body, figures: r.pictures}
	count := map[float64]int{}
	best := 0.0
	for _, l := range r.lines {
		if l.size < 1.6*p.body && l.size > 0.6*p.body && len(l.glyphs) >= 5 {
			k := float64(int(l.size*2+0.5)) / 2
			count[k] += len(l.glyphs)
			if count[k] > count[best] {
				best = k
			}
		}
	}
	if count[best] >= 40 {
		m.body = best
	}
	m.font = fontOf(r.lines, m.body)
	return m
}

// findHeads makes heads of the large lines, with the smaller ones that stand
// above and below them.
func (m *matter) findHeads() {
	var rest []*line
	for _, l := range m.lines {
		if l.size < big*m.body {
			rest = append(rest, l)
			continue
		}
		m.heads = append(m.heads, &head{lines: []*line{l}, box: l.box, down: l.down})
	}
	m.lines = rest
	for m.joinHeads() {
	}
	m.joinBeside()
	for _, h := range m.heads {
		bigBox := h.box
		for m.growHead(h, bigBox) {
		}
	}
	for m.joinHeads() {
	}
	for _, h := range m.heads {
		h.sortParts(m)
	}
	slices.SortStableFunc(m.heads, func(a, b *head) int { return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0)) })
}

func (h *head) largest() float64 {
	s := 0.0
	for _, l := range h.lines {
		s = max(s, l.size)
	}
	return s
}

// joinHeads puts two heads that are parts of one together.
func (m *matter) joinHeads() bool {
	for i, a := range m.heads {
		for _, b := range m.heads[i+1:] {
			if a.down == b.down && m.oneHead(a, b) {
				a.lines = append(a.lines, b.lines...)
				a.box = a.box.Union(b.box)
				m.heads = slices.DeleteFunc(m.heads, func(h *head) bool { return h == b })
				return true
			}
		}
	}
	return false
}

func (m *matter) oneHead(a, b *head) bool {
	x, y := a.box, b.box
	if a.down {
		x, y = m.p.across(x), m.p.across(y)
	}
	over := x.overX(y)
	gap := -x.overY(y)
	if over < 0.3*min(x.W(), y.W()) || gap > 0.8*max(a.largest(), b.largest()) || gap > 4*m.body {
		return false
	}
	between := a.box.Union(b.box)
	return !slices.ContainsFunc(m.lines, func(l *line) bool {
		return between.Holds(l.box.MidX(), l.box.MidY()) && near(l.size, m.body, 0.05*m.body) && l.font == m.font
	})
}

// growHead adds a line that stands just above or below the head and is not a
// part of a column.
func (m *matter) growHead(h *head, large Rect) bool {
	box := h.box
	if h.down {
		box = m.p.across(box)
	}
	for i, l := range m.lines {
		if l.down != h.down {
			continue
		}
		lb := l.box
		if h.down {
			lb = m.p.across(lb)
		}
		above, below := box.Y0-lb.Y1, lb.Y0-box.Y1
		reach := 1.25 * max(l.size, m.body)
		if h.down {
			reach *= 1.6
		}
		switch {
		case lb.overX(box) < 0.5*min(lb.W(), box.W()):
		case !m.ownType(l) && !isByline(l.text), startsBrief(l.text):
		case above > -0.3*l.size && above < reach,
			below > -0.3*l.size && below < reach && !m.inFlow(l, h, large) && !m.goesOn(l):
			h.lines = append(h.lines, l)
			h.box = h.box.Union(l.box)
			m.lines = slices.Delete(slices.Clone(m.lines), i, i+1)
			return true
		}
	}
	return false
}

// ownType reports whether a line is set in another type than the text.
func (m *matter) ownType(l *line) bool {
	return l.size > 1.04*m.body || l.size > 0.85*m.body && l.font != m.font
}

// inFlow reports whether a line below a headline is the first of a column: one
// of the other columns under the headline begins beside it.
func (m *matter) inFlow(l *line, h *head, large Rect) bool {
	if h.down {
		return false
	}
	for _, o := range m.lines {
		if o == l || o.down || !near(o.size, m.body, 0.05*m.body) || o.box.overX(l.box) > 0 || o.box.overY(l.box) < 0.4*o.box.H() {
			continue
		}
		if m.underOther(o, h) {
			continue
		}
		// A column that runs beside the headline as well tells nothing.
		if !slices.ContainsFunc(m.lines, func(q *line) bool {
			return q.box.overX(o.box) > 0 && q.box.overY(large) > 0.3*q.box.H() && q != l
		}) {
			return true
		}
	}
	return false
}

// underOther reports whether a line stands under another headline.
func (m *matter) underOther(o *line, h *head) bool {
	return slices.ContainsFunc(m.heads, func(b *head) bool {
		gap := o.box.Y0 - b.box.Y1
		return b != h && !b.down && b.box.overX(o.box) > 0 && gap > -m.body && gap < 8*m.body
	})
}

// goesOn reports whether the text below a line goes on from it: a line below
// ends where it ends and begins further left, as after an indent; or it is the
// first of three or more in the same type.
func (m *matter) goesOn(l *line) bool {
	last, n := l, 1
	for again := true; again && n < 3; {
		again = false
		for _, o := range m.lines {
			gap := o.box.Y0 - last.box.Y1
			if o == last || o.down != l.down || gap < -0.3*l.size || gap > 2.2*max(l.size, m.body) || o.box.overX(last.box) < 0.5*min(o.box.W(), last.box.W()) {
				continue
			}
			if near(o.size, l.size, 0.1*l.size) && n == 1 && gap < 0.95*max(l.size, m.body) && o.box.X0 < l.box.X0-1.2*m.body && o.box.X0 > l.box.X0-3*m.body && near(o.box.X1, l.box.X1, m.body) {
				return true
			}
			if near(o.size, l.size, 0.03*l.size) && o.font == l.font {
				last, again = o, true
				n++
				break
			}
		}
	}
	return n >= 3 && !isByline(l.text)
}

// sortParts tells which line of a head is what.
func (h *head) sortParts(m *matter) {
	lines, beside := m.partBeside(h)
	slices.SortStableFunc(lines, func(a, b *line) int {
		x, y := a.box, b.box
		if h.down {
			x, y = m.p.across(x), m.p.across(y)
		}
		if x.overY(y) > 0.6*min(x.H(), y.H()) {
			return cmp.Compare(x.X0, y.X0)
		}
		return cmp.Compare(x.MidY(), y.MidY())
	})
	h.kicker, h.title, h.subtitle, h.byline, h.label = nil, nil, nil, nil, nil
	largest := h.largest()
	first, last := -1, -1
	for i, l := range lines {
		if l.size > 0.93*largest {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i, l := range lines {
		switch {
		case i >= first && i <= last:
			h.title = append(h.title, l)
		case l.size < big*m.body && bylineAt(lines, i):
			h.byline = append(h.byline, l)
		case i < first && isLabel(l, m):
			h.label = append(h.label, l)
		case i < first:
			h.kicker = append(h.kicker, l)
		case len(h.byline) > 0 && near(l.size, h.byline[0].size, 0.1) && l.font == h.byline[0].font:
			h.byline = append(h.byline, l)
		default:
			h.subtitle = append(h.subtitle, l)
		}
	}
	h.sortBeside(m, beside)
	h.lines = append(lines, beside...)
}

// bylineAt reports whether the i-th line is a byline, or begins one that ends on
// the next.
func bylineAt(lines []*line, i int) bool {
	s := lines[i].text
	if isByline(s) || i+1 == len(lines) || !near(lines[i].size, lines[i+1].size, 0.1) {
		return isByline(s)
	}
	next := lines[i+1].text
	return isByline(s+next) || isByline(s+" "+next)
}

func isByline(s string) bool {
	if _, ok := byline.Parse(s); ok {
		return true
	}
	_, ok := byline.Signed(s)
	return ok
}

// isLabel reports whether a line above a headline is the name of a column: it
// is short and printed in white on a ground of its own.
func isLabel(l *line, m *matter) bool {
	return len(l.glyphs) <= 8 && light(l.color)
}

// isName reports whether a headline may be the name of a column: it is one short
// line.
func (h *head) isName() bool { return len(h.lines) == 1 && len(h.lines[0].glyphs) <= 6 }

func light(c uint32) bool {
	r, g, b := c>>16&255, c>>8&255, c&255
	return 3*r+6*g+b > 2000
}
