package layout

import (
	"cmp"
	"slices"
)

// A block is lines of one column below each other.
type block struct {
	lines []*line
	box   Rect
	// left and right are the edges of the column.
	left, right float64
	// verse is set where each line is one by itself.
	verse bool
}

// makeBlocks stacks lines.
func (m *matter) makeBlocks(lines []*line) []*block {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b *line) int {
		return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0))
	})
	var blocks []*block
	for _, l := range lines {
		var best *block
		for _, b := range blocks {
			if m.fits(b, l) && (best == nil || b.box.Y1 > best.box.Y1) {
				best = b
			}
		}
		if best == nil {
			best = &block{}
			blocks = append(blocks, best)
		}
		best.lines = append(best.lines, l)
		best.box = best.box.Union(l.box)
	}
	blocks = m.besidePictures(blocks)
	m.edges(blocks)
	for _, b := range blocks {
		b.verse = m.isVerse(b)
	}
	return blocks
}

// besidePictures parts blocks where a picture makes their column narrower.
func (m *matter) besidePictures(blocks []*block) []*block {
	for _, f := range m.figures {
		var out []*block
		area := f.whole()
		for _, b := range blocks {
			if area.overX(b.box) < 0.8*m.body || area.overY(b.box) <= 0 {
				out = append(out, b)
				continue
			}
			out = append(out, b.part(func(l *line) bool { return area.overY(l.box) > 0.2*l.box.H() })...)
		}
		blocks = out
	}
	return blocks
}

// part cuts a block where what is asked of its lines changes.
func (b *block) part(is func(*line) bool) []*block {
	var out []*block
	last := false
	for i, l := range b.lines {
		if now := is(l); i == 0 || now != last {
			out = append(out, &block{})
			last = now
		}
		o := out[len(out)-1]
		o.lines = append(o.lines, l)
		o.box = o.box.Union(l.box)
	}
	return out
}

// fits reports whether a line is the next of a block.
func (m *matter) fits(b *block, l *line) bool {
	last := b.lines[len(b.lines)-1]
	gap := l.box.Y0 - last.box.Y1
	if gap < -0.4*l.size || gap > 1.6*m.body {
		return false
	}
	reach := b.box
	if b.indented(m.body) {
		reach.X0 -= 2.6 * m.body
	}
	if l.box.overX(reach) < 0.5*min(l.box.W(), b.box.W()) {
		return false
	}
	// The left edge moves by an indent at most, and that at a first line.
	if l.box.X0 < b.box.X0-2.6*m.body || l.box.X0 < b.box.X0-0.8*m.body && len(b.lines) > 1 && !b.indented(m.body) {
		return false
	}
	return true
}

// indented reports whether all lines so far begin at one place: the column's
// edge is not known yet.
func (b *block) indented(body float64) bool {
	for _, l := range b.lines {
		if !near(l.box.X0, b.lines[0].box.X0, 0.5*body) {
			return false
		}
	}
	return true
}

// edges finds the columns' edges. A block of indented or short lines alone has
// those of the blocks above and below it.
func (m *matter) edges(blocks []*block) {
	for _, b := range blocks {
		b.left, b.right = b.box.X0, b.box.X1
	}
	for _, b := range blocks {
		for _, o := range blocks {
			if o == b || o.box.overX(b.box) < 0.6*min(b.box.W(), o.box.W()) {
				continue
			}
			if d := b.box.X0 - o.box.X0; d > 0 && d < 2.6*m.body && o.box.X1 > b.box.X0 && len(b.lines) <= 2 {
				b.left = min(b.left, o.box.X0)
			}
			if o.box.W() < b.box.W()*3 && len(b.lines) <= 2 && near(o.box.X0, b.left, 2.6*m.body) {
				b.right = max(b.right, o.box.X1)
			}
		}
	}
}

// isVerse reports whether the lines of a block all begin at one place, end at
// many, and mostly without a stop.
func (m *matter) isVerse(b *block) bool {
	aligned, open := 0, 0
	for _, l := range b.lines {
		if near(l.box.X0, b.box.X0, 0.6*m.body) {
			aligned++
		}
		if l.box.X1 < b.box.X1-1.5*m.body && !ending(l.text) || l == b.lines[len(b.lines)-1] {
			open++
		}
	}
	n := len(b.lines)
	return n >= 3 && 10*aligned >= 9*n && 5*open >= 2*n
}

// flush reports whether a block begins in the middle of a paragraph, and open
// whether it ends so. sure is false where nothing tells.
func (m *matter) flush(b *block) (yes, sure bool) {
	l := b.lines[0]
	if m.isSubhead(l, b) || startsBrief(l.text) || l.font != m.font && l.size < 1.05*m.body && l.bold {
		return false, false
	}
	return l.box.X0-b.left < 0.9*m.body, true
}

func (m *matter) open(b *block) (yes, sure bool) {
	l := b.lines[len(b.lines)-1]
	if l.box.X1 < b.right-1.2*m.body {
		return false, true
	}
	if !ending(l.text) {
		return true, true
	}
	return false, false
}

// breaks counts the places where one block cannot go on in the next.
func (m *matter) breaks(order []*block) int {
	n := 0
	for i := 1; i < len(order); i++ {
		n += m.mismatch(order[i-1], order[i])
	}
	return n
}

// mismatch is 1 where b cannot follow a, else 0.
func (m *matter) mismatch(a, b *block) int {
	open, sureOpen := m.open(a)
	flush, sureFlush := m.flush(b)
	if sureOpen && sureFlush && open != flush {
		return 1
	}
	return 0
}

// order puts the blocks of a story in the order in which they are read: one
// column after the other, or, where pictures or the like go across, band by
// band, whichever the ends of the columns fit.
func (m *matter) order(blocks []*block, across []Rect) []*block {
	byColumn := inColumns(blocks)
	best, fewest := byColumn, m.breaks(byColumn)
	if fewest == 0 || len(blocks) < 3 {
		return best
	}
	byBand := m.inBands(blocks, across)
	if n := m.breaks(byBand); n < fewest {
		best = byBand
	}
	return best
}

// inColumns orders blocks by columns from the left, and in each from the top.
func inColumns(blocks []*block) []*block {
	blocks = slices.Clone(blocks)
	slices.SortStableFunc(blocks, func(a, b *block) int { return cmp.Compare(b.box.W(), a.box.W()) })
	type column struct {
		x0, x1 float64
		blocks []*block
	}
	var columns []*column
	slices.SortStableFunc(blocks, func(a, b *block) int { return cmp.Compare(a.left, b.left) })
	for _, b := range blocks {
		var in *column
		for _, c := range columns {
			if overlap(c.x0, c.x1, b.left, b.right) > 0.5*min(c.x1-c.x0, b.right-b.left) {
				in = c
				break
			}
		}
		if in == nil {
			in = &column{x0: b.left, x1: b.right}
			columns = append(columns, in)
		}
		in.blocks = append(in.blocks, b)
	}
	slices.SortStableFunc(columns, func(a, b *column) int { return cmp.Compare(a.x0, b.x0) })
	var out []*block
	for _, c := range columns {
		slices.SortStableFunc(c.blocks, func(a, b *block) int { return cmp.Compare(a.box.Y0, b.box.Y0) })
		out = append(out, c.blocks...)
	}
	return out
}

// inBands orders blocks by the bands that things which go across leave between
// them, and in each by columns.
func (m *matter) inBands(blocks []*block, across []Rect) []*block {
	var all Rect
	for _, b := range blocks {
		all = all.Union(b.box)
	}
	var cuts []float64
	for _, r := range across {
		y := r.MidY()
		if y > all.Y0 && y < all.Y1 && !slices.ContainsFunc(blocks, func(b *block) bool { return b.box.Y0 < y-m.body && b.box.Y1 > y+m.body }) {
			cuts = append(cuts, y)
		}
	}
	slices.Sort(cuts)
	band := func(b *block) int {
		n, _ := slices.BinarySearch(cuts, b.box.MidY())
		return n
	}
	bands := make([][]*block, len(cuts)+1)
	for _, b := range blocks {
		bands[band(b)] = append(bands[band(b)], b)
	}
	var out []*block
	for _, b := range bands {
		out = append(out, inColumns(b)...)
	}
	return out
}
