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

// inRow reports whether b, which stands below a, is in another row: both have
// neighbours at their sides that are closer.
func (m *lineMaker) inRow(a, b int) bool {
	down := m.glyphs[b].Box.Y0 - m.glyphs[a].Box.Y1
	beside := func(i int) bool {
		g := &m.glyphs[i]
		for _, j := range m.at.near(g.Box.Grow(down)) {
			o := &m.glyphs[j]
			along := -overlap(g.Box.X0, g.Box.X1, o.Box.X0, o.Box.X1)
			if j != i && math.Abs(o.Box.MidY()-g.Box.MidY()) < sameRow*g.Size && along < 0.5*down && along > closest*g.Size && near(o.Size, g.Size, 0.1*g.Size) {
				return true
			}
		}
		return false
	}
	return down > 0.2*m.glyphs[b].Size && beside(a) && beside(b)
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

// settle gives runs without a direction that of the run that they stand
// closest to.
func (m *lineMaker) settle(runs []run) {
	byPlace := newPlaces(len(runs), func(i int) Rect { return runs[i].box })
	for i := range runs {
		r := &runs[i]
		if r.sure {
			continue
		}
		best := 1.2 * r.size
		for _, j := range byPlace.near(r.box.Grow(best)) {
			o := &runs[j]
			if j == i || max(r.size, o.size) > 1.35*min(r.size, o.size) {
				continue
			}
			along := -overlap(r.box.X0, r.box.X1, o.box.X0, o.box.X1)
			if math.Abs(r.box.MidY()-o.box.MidY()) < sameRow*r.size && (!o.sure || !o.down) && along < best {
				best, r.down = along, false
			}
			along = -overlap(r.box.Y0, r.box.Y1, o.box.Y0, o.box.Y1)
			if math.Abs(r.box.MidX()-o.box.MidX()) < sameRow*r.size && (!o.sure || o.down) && along < best {
				best, r.down = along, true
			}
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

// gutter reports whether the space is a part of what parts two columns: a strip
// of white goes on through the two lines above or below it. If the space is in
// a line that is set wide, text stands there.
func (m *lineMaker) gutter(runs []run, places *places, space Rect, em float64) bool {
	above := Rect{space.X0, space.Y0 - 2.8*em, space.X1, space.Y0 - 0.2*em}
	below := Rect{space.X0, space.Y1 + 0.2*em, space.X1, space.Y1 + 2.8*em}
	width := min(narrowest*em, 0.8*space.W())
	return m.strip(runs, places, above, width) || m.strip(runs, places, below, width)
}

// strip reports whether white as wide as that goes down through an area.
func (m *lineMaker) strip(runs []run, places *places, area Rect, width float64) bool {
	var spans [][2]float64
	for _, i := range places.near(area) {
		b := runs[i].box
		if last := m.glyphs[runs[i].glyphs[len(runs[i].glyphs)-1]]; isWide(last.Rune) {
			// A mark at the end of a line may hang over its column's edge.
			b.X1 -= 0.5 * last.Size
		}
		if b.Touches(area) {
			spans = append(spans, [2]float64{b.X0, b.X1})
		}
	}
	slices.SortFunc(spans, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	x := area.X0
	for _, s := range spans {
		if s[0]-x >= width {
			return true
		}
		x = max(x, s[1])
	}
	return area.X1-x >= width
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

// places finds rectangles by where they are.
type places struct {
	cell  float64
	boxes map[[2]int][]int
	large []int // those that are in more cells than most
	mark  []int
	turn  int
}

// mostCells is in how many cells one is looked for.
const mostCells = 1024

func newPlaces(n int, box func(int) Rect) *places {
	p := &places{cell: 48, boxes: map[[2]int][]int{}, mark: make([]int, n)}
	for i := range n {
		x0, y0, x1, y1 := p.cells(box(i))
		if (x1-x0+1)*(y1-y0+1) > mostCells {
			p.large = append(p.large, i)
			continue
		}
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				p.boxes[[2]int{x, y}] = append(p.boxes[[2]int{x, y}], i)
			}
		}
	}
	return p
}

// cells returns the cells of r.
func (p *places) cells(r Rect) (x0, y0, x1, y1 int) {
	at := func(v float64) int {
		if math.IsNaN(v) {
			return 0
		}
		return int(math.Floor(max(-20000, min(20000, v)) / p.cell))
	}
	return at(r.X0), at(r.Y0), at(r.X1), at(r.Y1)
}

// near returns those that share a cell with r; they need not touch it.
func (p *places) near(r Rect) []int {
	p.turn++
	x0, y0, x1, y1 := p.cells(r)
	if (x1-x0+1)*(y1-y0+1) > mostCells {
		all := make([]int, len(p.mark))
		for i := range all {
			all[i] = i
		}
		return all
	}
	out := slices.Clone(p.large)
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			for _, i := range p.boxes[[2]int{x, y}] {
				if p.mark[i] != p.turn {
					p.mark[i] = p.turn
					out = append(out, i)
				}
			}
		}
	}
	return out
}
