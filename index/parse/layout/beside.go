package layout

import (
	"cmp"
	"slices"
)

// How large what stands beside a title is at most, of the title's size, and how far off
// it may be, in ems of the title.
const (
	besideSize = 0.72
	besideGap  = 2.5
)

// joinBeside adds to the headlines what stands beside their titles in smaller type:
// a subtitle at the right, a kicker at the left, the authors' names.
func (m *matter) joinBeside() {
	for _, h := range slices.Clone(m.heads) {
		if slices.Contains(m.heads, h) && h.largest() >= 1.7*m.body {
			m.takeBeside(h)
		}
	}
}

// takeBeside adds the lines that stand beside the title of one headline.
func (m *matter) takeBeside(h *head) {
	title := m.titleBox(h)
	for _, right := range []bool{true, false} {
		lines := m.linesBeside(h, title, right)
		if len(lines) == 0 || !m.sameTop(h, title, lines) {
			continue
		}
		h.lines = append(h.lines, lines...)
		for _, l := range lines {
			h.box = h.box.Union(l.box)
		}
		taken := func(l *line) bool { return slices.Contains(lines, l) }
		m.lines = slices.DeleteFunc(slices.Clone(m.lines), taken)
		m.heads = slices.DeleteFunc(m.heads, func(o *head) bool { return o != h && slices.ContainsFunc(o.lines, taken) })
	}
}

// titleBox returns where the largest lines of a headline are; of one that runs down, as
// it is when turned.
func (m *matter) titleBox(h *head) Rect {
	var box Rect
	for _, l := range h.lines {
		if l.size > 0.93*h.largest() {
			box = box.Union(m.flat(h, l.box))
		}
	}
	return box
}

// flat returns a place as it is where the lines of a headline run right.
func (m *matter) flat(h *head, r Rect) Rect {
	if h.down {
		return m.p.across(r)
	}
	return r
}

// linesBeside returns the lines of smaller type on one side of a title that lie within
// its height.
func (m *matter) linesBeside(h *head, title Rect, right bool) []*line {
	large := h.largest()
	var cands []*line
	for _, l := range m.lines {
		if m.ownType(l) || isByline(l.text) {
			cands = append(cands, l)
		}
	}
	for _, o := range m.heads {
		if o != h && o.largest() <= besideSize*large {
			cands = append(cands, o.lines...)
		}
	}
	var out []*line
	var group Rect
	for again := true; again; {
		again = false
		for _, l := range cands {
			b := m.flat(h, l.box)
			gap := b.X0 - title.X1
			if !right {
				gap = title.X0 - b.X1
			}
			near := gap <= besideGap*large || len(out) > 0 && b.overX(group) > 0
			if l.down != h.down || l.size > besideSize*large || gap < 0 || !near || slices.Contains(out, l) || startsBrief(l.text) ||
				b.Y0 < title.Y0-0.3*large || b.Y1 > title.Y1+0.3*large {
				continue
			}
			out = append(out, l)
			group = group.Union(b)
			again = true
		}
	}
	for _, o := range m.heads {
		// What is part of another headline stays with the rest of it.
		in := func(l *line) bool { return slices.Contains(o.lines, l) }
		if o != h && slices.ContainsFunc(out, in) && slices.ContainsFunc(o.lines, func(l *line) bool { return !slices.Contains(out, l) }) {
			out = slices.DeleteFunc(out, in)
		}
	}
	return out
}

// sameTop reports whether the text below some lines beside a title begins where that
// below the title does, or a picture does: it is the text of one story.
func (m *matter) sameTop(h *head, title Rect, beside []*line) bool {
	var group Rect
	for _, l := range beside {
		group = group.Union(m.flat(h, l.box))
	}
	top := func(under Rect) (float64, bool) {
		y, ok := 0.0, false
		for _, l := range m.lines {
			b := m.flat(h, l.box)
			if slices.Contains(beside, l) || l.down != h.down || !near(l.size, m.body, 0.06*m.body) || isByline(l.text) || b.overX(under) <= 0 || b.MidY() < group.Y0 {
				continue
			}
			if !ok || b.Y0 < y {
				y, ok = b.Y0, true
			}
		}
		for _, f := range m.figures {
			if b := m.flat(h, f.whole()); b.overX(under) > 0 && b.MidY() > group.Y0 && (!ok || b.Y0 < y) {
				y, ok = b.Y0, true
			}
		}
		return y, ok
	}
	a, ok := top(title)
	b, too := top(group)
	return ok && too && near(a, b, 0.8*m.body) && b > title.Y1-0.5*m.body
}

// isBeside reports whether a line of a headline stands beside its title.
func (m *matter) isBeside(h *head, title Rect, l *line) bool {
	b := m.flat(h, l.box)
	return l.size <= besideSize*h.largest() && b.overX(title) <= 0 && b.overY(title) > 0.6*b.H()
}

// partBeside takes the lines beside the title out of those of a headline, and sorts
// them in the order in which they are read.
func (m *matter) partBeside(h *head) (lines, beside []*line) {
	title := m.titleBox(h)
	for _, l := range h.lines {
		if m.isBeside(h, title, l) {
			beside = append(beside, l)
		} else {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(beside, func(a, b *line) int {
		x, y := m.flat(h, a.box), m.flat(h, b.box)
		return cmp.Compare(x.MidY(), y.MidY())
	})
	return lines, beside
}

// sortBeside tells which line beside a title is what.
func (h *head) sortBeside(m *matter, beside []*line) {
	title := m.titleBox(h)
	var subtitle []*line
	for _, l := range beside {
		switch {
		case isByline(l.text):
			h.byline = append(h.byline, l)
		case isLabel(l, m):
			h.label = append(h.label, l)
		case m.flat(h, l.box).MidX() < title.X0:
			h.kicker = append(h.kicker, l)
		default:
			subtitle = append(subtitle, l)
		}
	}
	h.subtitle = append(subtitle, h.subtitle...)
}
