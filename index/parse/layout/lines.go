package layout

import (
	"cmp"
	"math"
	"slices"
)

// A line is a row of characters that stand together: a line of one column, a
// headline, a cell of a table. Of a line that runs down the page the
// characters follow one another downwards.
type line struct {
	glyphs []int // in reading order
	box    Rect
	size   float64
	font   int
	bold   bool // most of it
	down   bool
	color  uint32
	text   string
}

// lineMaker makes lines of glyphs.
type lineMaker struct {
	glyphs []Glyph
	at     *places // of the glyphs
	rules  []Rect
	body   float64
}

// Distances between characters that follow one another, in ems.
const (
	sameRow     = 0.3   // between the middles of two on one row
	closest     = -0.88 // punctuation that is set tight overlaps its neighbour's cell
	touching    = 0.35  // no more than this is within a line, whatever else
	narrowest   = 0.85  // columns are no closer
	spaced      = 1.6   // at most this in a headline, where the file has them one after the other
	widestSplit = 6.0   // a gap in a line of a column that is set wide
)

// makeLines returns the lines of those glyphs that use tells of.
func makeLines(s *Sheet, rules []Rect, body float64, use []bool) []line {
	m := &lineMaker{glyphs: s.Glyphs, at: newPlaces(len(s.Glyphs), func(i int) Rect { return s.Glyphs[i].Box }), rules: rules, body: body}
	runs := m.runs(use)
	m.settle(runs)
	var rows, cols []run
	for _, r := range runs {
		if r.down {
			cols = append(cols, r)
		} else {
			rows = append(rows, r)
		}
	}
	lines := m.join(rows, false)
	return append(lines, m.join(cols, true)...)
}

// A run is a part of a line that the file has in one piece.
type run struct {
	glyphs []int
	box    Rect
	size   float64
	down   bool
	sure   bool // the direction is known
}

// runs cuts the file's sequence of glyphs where it jumps or turns.
func (m *lineMaker) runs(use []bool) []run {
	var out []run
	last := -1
	for i := range m.glyphs {
		if !use[i] {
			continue
		}
		g := &m.glyphs[i]
		if len(out) > 0 && last >= 0 {
			r := &out[len(out)-1]
			row, col := m.follows(&m.glyphs[last], g, touching)
			if col && !row && !r.sure && !g.Turned && m.inRow(last, i) {
				// The file goes from one row to the next and back at each character.
				col = false
			}
			if stacked(&m.glyphs[last], g) {
				r.glyphs = append(r.glyphs, i)
				r.box = r.box.Union(g.Box)
				last = i
				continue
			}
			// A run of one has no direction yet; in a run of more it must stay.
			if row && (!r.sure || !r.down) && !g.Turned || col && (!r.sure || r.down) {
				if !r.sure {
					r.sure, r.down = true, !row || g.Turned
				}
				if r.down {
					m.settleCell(&m.glyphs[last], g)
				}
				r.glyphs = append(r.glyphs, i)
				r.box = r.box.Union(g.Box)
				last = i
				continue
			}
		}
		out = append(out, run{glyphs: []int{i}, box: g.Box, size: g.Size, down: g.Down || g.Turned, sure: g.Down || g.Turned})
		last = i
	}
	for i := range out {
		out[i].size = m.sizeOf(out[i].glyphs)
	}
	return out
}

// stacked reports whether two characters are printed one over the other, as by a font
// that does not say how far apart its characters stand: the file has their order.
func stacked(a, b *Glyph) bool {
	em := min(a.Size, b.Size)
	return near(a.Size, b.Size, 0.05*em) && math.Abs(a.Box.MidX()-b.Box.MidX()) < 0.1*em && math.Abs(a.Box.MidY()-b.Box.MidY()) < 0.2*em
}

// inRow reports whether b, which stands below a, is in another row. Then a has a
// neighbour at its side that is closer, and so has b, or b is all that there is of
// its row: nothing goes on below it.
func (m *lineMaker) inRow(a, b int) bool {
	em := m.glyphs[b].Size
	// Cells may be higher than an em: what counts is how far the middles are apart.
	down := m.glyphs[b].Box.MidY() - m.glyphs[a].Box.MidY() - em
	return down > 0.2*em && m.beside(a, 0.5*down) && (m.beside(b, 0.5*down) || !m.below(b, down))
}

// beside reports whether a character of the same size stands at the side of another,
// no further off than gap.
func (m *lineMaker) beside(i int, gap float64) bool {
	g := &m.glyphs[i]
	for _, j := range m.at.near(g.Box.Grow(gap)) {
		o := &m.glyphs[j]
		along := -g.Box.overX(o.Box)
		if j != i && math.Abs(o.Box.MidY()-g.Box.MidY()) < sameRow*g.Size && along < gap && along > closest*g.Size && near(o.Size, g.Size, 0.1*g.Size) {
			return true
		}
	}
	return false
}

// below reports whether a character of the same size stands below another, as far off
// as gap says.
func (m *lineMaker) below(i int, gap float64) bool {
	g := &m.glyphs[i]
	for _, j := range m.at.near(g.Box.Grow(gap + g.Size)) {
		o := &m.glyphs[j]
		if j != i && near(o.Size, g.Size, 0.1*g.Size) && math.Abs(o.Box.MidX()-g.Box.MidX()) < sameRow*g.Size &&
			near(o.Box.MidY()-g.Box.MidY()-g.Size, gap, 0.2*g.Size) {
			return true
		}
	}
	return false
}

// settleCell puts the cell of a mark of punctuation just below the character
// before it, where the font has it elsewhere.
func (m *lineMaker) settleCell(a, b *Glyph) {
	if d := b.Box.Y0 - a.Box.Y1; isWide(b.Rune) && math.Abs(d) > 0.25*b.Size {
		b.Box.Y0, b.Box.Y1 = b.Box.Y0-d, b.Box.Y1-d
	}
}

// sizeOf returns the size of most of the glyphs.
func (m *lineMaker) sizeOf(glyphs []int) float64 {
	sizes := make([]float64, len(glyphs))
	for i, g := range glyphs {
		sizes[i] = m.glyphs[g].Size
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// follows reports whether b stands right of a, or below it, at no more than gap
// ems.
func (m *lineMaker) follows(a, b *Glyph, gap float64) (row, col bool) {
	em := min(a.Size, b.Size)
	if max(a.Size, b.Size) > 1.35*em {
		return false, false
	}
	dx, dy := b.Box.X0-a.Box.X1, b.Box.Y0-a.Box.Y1
	row = math.Abs(a.Box.MidY()-b.Box.MidY()) < sameRow*em && dx > closest*em && dx < gap*em && b.Box.MidX() > a.Box.MidX()
	col = math.Abs(a.Box.MidX()-b.Box.MidX()) < sameRow*em && dy > closest*em && dy < gap*em && b.Box.MidY() > a.Box.MidY()
	if !row && !col && (isWide(a.Rune) || isWide(b.Rune)) {
		// Where the forms of punctuation for lines that run down stand in their
		// cells is told differently by each font.
		col = math.Abs(a.Box.MidX()-b.Box.MidX()) < sameRow*em && dy > -1.1*em && dy < 0.95*em
	}
	return row, col
}

// settle gives runs without a direction that of the run that they stand closest to,
// the closest first: what has a direction by then pulls no other way.
func (m *lineMaker) settle(runs []run) {
	type link struct {
		a, b int
		gap  float64
		down bool
	}
	var links []link
	byPlace := newPlaces(len(runs), func(i int) Rect { return runs[i].box })
	for i := range runs {
		r := &runs[i]
		if r.sure {
			continue
		}
		most := 1.2 * r.size
		for _, j := range byPlace.near(r.box.Grow(most)) {
			o := &runs[j]
			if j == i || max(r.size, o.size) > 1.35*min(r.size, o.size) {
				continue
			}
			if gap := -r.box.overX(o.box); math.Abs(r.box.MidY()-o.box.MidY()) < sameRow*r.size && gap < most {
				links = append(links, link{i, j, gap, false})
			}
			if gap := -r.box.overY(o.box); math.Abs(r.box.MidX()-o.box.MidX()) < sameRow*r.size && gap < most {
				links = append(links, link{i, j, gap, true})
			}
		}
	}
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(a.gap, b.gap) })
	for _, l := range links {
		a, b := &runs[l.a], &runs[l.b]
		if a.sure || b.sure && b.down != l.down {
			continue
		}
		a.down, a.sure = l.down, true
		b.down, b.sure = l.down, true
	}
	// What stands alone runs as most of the page does.
	most := 0
	for i := range runs {
		switch {
		case runs[i].sure && runs[i].down:
			most += len(runs[i].glyphs)
		case runs[i].sure:
			most -= len(runs[i].glyphs)
		}
	}
	for i := range runs {
		if !runs[i].sure {
			runs[i].down = most > 0
		}
	}
}

// join makes lines of the runs of one direction.
func (m *lineMaker) join(runs []run, down bool) []line {
	if down {
		for i := range runs {
			runs[i].box = turn(runs[i].box)
		}
	}
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.box.MidY(), b.box.MidY()) })
	places := newPlaces(len(runs), func(i int) Rect { return runs[i].box })
	next := make([]int, len(runs))
	prev := make([]int, len(runs))
	for i := range runs {
		next[i], prev[i] = -1, -1
	}
	type link struct {
		a, b int
		gap  float64
	}
	var links []link
	for i := range runs {
		a := &runs[i]
		search := a.box
		search.X1 += widestSplit * a.size
		for _, j := range places.near(search) {
			b := &runs[j]
			if i == j || b.box.MidX() <= a.box.MidX() || b.box.X0-a.box.X1 < closest*a.size {
				continue
			}
			if m.oneRow(a, b) {
				links = append(links, link{i, j, b.box.X0 - a.box.X1})
			}
		}
	}
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(a.gap, b.gap) })
	for _, l := range links {
		if next[l.a] >= 0 || prev[l.b] >= 0 {
			continue
		}
		if m.together(runs, places, l.a, l.b, down) {
			next[l.a], prev[l.b] = l.b, l.a
		}
	}
	var out []line
	for i := range runs {
		if prev[i] >= 0 {
			continue
		}
		l := line{down: down}
		for j := i; j >= 0; j = next[j] {
			l.glyphs = append(l.glyphs, runs[j].glyphs...)
			l.box = l.box.Union(runs[j].box)
		}
		if down {
			l.box = turnBack(l.box)
		}
		m.finish(&l)
		out = append(out, l)
	}
	return out
}

// turn maps a place so that lines that run down, from right to left, become
// rows that run right, from top to bottom. turnBack is its reverse.
func turn(r Rect) Rect     { return Rect{r.Y0, -r.X1, r.Y1, -r.X0} }
func turnBack(r Rect) Rect { return Rect{-r.Y1, r.X0, -r.Y0, r.X1} }

func (m *lineMaker) oneRow(a, b *run) bool {
	em := min(a.size, b.size)
	return max(a.size, b.size) <= 1.35*em && math.Abs(a.box.MidY()-b.box.MidY()) < sameRow*em
}

// together reports whether two runs on one row are parts of one line, and not
// lines of two columns.
func (m *lineMaker) together(runs []run, places *places, i, j int, down bool) bool {
	a, b := &runs[i], &runs[j]
	em := min(a.size, b.size)
	gap := b.box.X0 - a.box.X1
	space := Rect{a.box.X1, max(a.box.Y0, b.box.Y0), b.box.X0, min(a.box.Y1, b.box.Y1)}
	if gap > 1 && m.ruled(space, down) {
		return false
	}
	next := b.glyphs[0] == a.glyphs[len(a.glyphs)-1]+1
	switch {
	case !next && gap > 0.15*em && !near(a.size, b.size, 0.08*em):
		// Small type beside text: a caption under a picture within a column.
		return false
	case gap <= touching*em, next && gap <= narrowest*em:
		return true
	case em > 1.25*m.body:
		return next && gap <= spaced*em
	}
	return gap <= widestSplit*em && !m.gutter(runs, places, space, em)
}

// ruled reports whether a rule runs through the space across the row.
func (m *lineMaker) ruled(space Rect, down bool) bool {
	for _, r := range m.rules {
		if down {
			r = turn(r)
		}
		if r.H() > r.W() && r.MidX() > space.X0-1 && r.MidX() < space.X1+1 && r.overY(space) > 0 {
			return true
		}
	}
	return false
}

// finish sets what follows from a line's glyphs.
func (m *lineMaker) finish(l *line) {
	l.size = m.sizeOf(l.glyphs)
	bold, fonts := 0, map[int]int{}
	for _, g := range l.glyphs {
		if m.glyphs[g].Bold {
			bold++
		}
		fonts[m.glyphs[g].Font]++
	}
	l.bold = 2*bold > len(l.glyphs)
	best := 0
	for _, g := range l.glyphs {
		if f := m.glyphs[g].Font; fonts[f] > best {
			best, l.font, l.color = fonts[f], f, m.glyphs[g].Color
		}
	}
}
