package layout

import (
	"cmp"
	"math"
	"slices"
)

// split parts what is in a region among its headlines.
func (m *matter) split(r *region) []*part {
	m.labels()
	all := &part{heads: m.heads, blocks: m.makeBlocks(m.lines), pictures: r.pictures, tables: r.tables}
	return m.cut(all, 0)
}

// labels makes the names of columns, which stand above a headline without a
// text of their own, parts of that headline.
func (m *matter) labels() {
	for i := 0; i < len(m.heads); i++ {
		a := m.heads[i]
		if len(a.lines) > 1 || len(a.lines[0].glyphs) > 10 {
			continue
		}
		for _, b := range m.heads {
			gap := m.pictureTop(b) - a.box.Y1
			if a == b || a.down != b.down || gap < -0.5*m.body || gap > 3*m.body || b.largest() < a.largest() || a.box.overX(b.box) <= 0 && gap > m.body {
				continue
			}
			between := Rect{min(a.box.X0, b.box.X0), a.box.Y1, max(a.box.X1, b.box.X1), b.box.Y0}
			if slices.ContainsFunc(m.lines, func(l *line) bool { return between.Holds(l.box.MidX(), l.box.MidY()) }) {
				continue
			}
			b.label = append(a.lines, b.label...)
			b.lines = append(b.lines, a.lines...)
			b.box = b.box.Union(a.box)
			m.heads = slices.Delete(m.heads, i, i+1)
			i--
			break
		}
	}
}

// An item is anything in a part with its place.
type item struct {
	box   Rect
	head  *head
	block *block
	fig   *figure
	table *tableText
}

func (q *part) items() []item {
	var out []item
	for _, h := range q.heads {
		out = append(out, item{box: h.box, head: h})
	}
	for _, b := range q.blocks {
		out = append(out, item{box: b.box, block: b})
	}
	for _, f := range q.pictures {
		out = append(out, item{box: f.whole(), fig: f})
	}
	for _, t := range q.tables {
		out = append(out, item{box: t.box, table: t})
	}
	return out
}

func (q *part) add(it item) {
	switch {
	case it.head != nil:
		q.heads = append(q.heads, it.head)
	case it.block != nil:
		q.blocks = append(q.blocks, it.block)
	case it.fig != nil:
		q.pictures = append(q.pictures, it.fig)
	default:
		q.tables = append(q.tables, it.table)
	}
}

const deepestCut = 64

// cut parts a part with several headlines where white goes across it or down.
func (m *matter) cut(q *part, depth int) []*part {
	if depth > deepestCut {
		return []*part{q}
	}
	if a, b, ok := m.cutBeside(q); ok {
		return append(m.cut(a, depth+1), m.cut(b, depth+1)...)
	}
	if len(q.heads) < 2 {
		return []*part{q}
	}
	if a, b, ok := m.cutAcross(q); ok {
		return append(m.cut(a, depth+1), m.cut(b, depth+1)...)
	}
	if a, b, ok := m.cutDown(q); ok {
		return append(m.cut(a, depth+1), m.cut(b, depth+1)...)
	}
	return m.deal(q)
}

// divide parts the items by whether they lie before a line.
func (q *part) divide(before func(Rect) (bool, bool)) (a, b *part, ok bool) {
	a, b = &part{}, &part{}
	for _, it := range q.items() {
		first, clean := before(it.box)
		if !clean {
			return nil, nil, false
		}
		if first {
			a.add(it)
		} else {
			b.add(it)
		}
	}
	return a, b, true
}

// cutAcross finds a headline above which white goes across the part, with
// another story above it.
func (m *matter) cutAcross(q *part) (a, b *part, ok bool) {
	for _, h := range q.heads {
		y := m.pictureTop(h)
		a, b, ok := q.divide(func(r Rect) (bool, bool) {
			if r.MidY() < y {
				return true, r.Y1 < y+0.5*m.body
			}
			return false, r.Y0 > y-0.5*m.body
		})
		if ok && len(a.heads) > 0 && len(b.heads) > 0 && (len(a.blocks) > 0 || len(a.tables) > 0) && len(b.blocks) > 0 {
			return a, b, true
		}
	}
	return nil, nil, false
}

// pictureTop returns where a headline begins, or the picture that stands above it:
// one that is closer to it than to any text and has no caption below.
func (m *matter) pictureTop(h *head) float64 {
	top := h.box.Y0
	if h.down {
		return top
	}
	for _, f := range m.figures {
		gap := h.box.Y0 - f.box.Y1
		if len(f.caption) > 0 || gap < -0.5*m.body || gap > 3*m.body || f.box.overX(h.box) < 0.8*h.box.W() {
			continue
		}
		near := slices.ContainsFunc(m.lines, func(l *line) bool {
			return l.box.overX(f.box) > 0 && (l.box.overY(f.box) > 0 || l.box.Y1 <= f.box.Y0 && f.box.Y0-l.box.Y1 < gap)
		})
		if !near {
			top = min(top, f.box.Y0)
		}
	}
	return top
}

// cutBeside finds columns beside a headline that begin with a title of their own,
// one that is too small for a headline: briefs, which no rule parts from the story.
func (m *matter) cutBeside(q *part) (a, b *part, ok bool) {
	if len(q.heads) == 0 {
		return nil, nil, false
	}
	for _, block := range q.blocks {
		x := block.box.X0 - 1
		l, r, clean := q.divide(func(r Rect) (bool, bool) {
			if r.MidX() < x {
				return true, r.X1 < x+2
			}
			return false, r.X0 > x-2
		})
		if !clean || len(l.blocks) == 0 || len(r.blocks) == 0 || (len(l.heads) == 0) == (len(r.heads) == 0) {
			continue
		}
		story, briefs := l, r
		if len(l.heads) == 0 {
			story, briefs = r, l
		}
		first := inColumns(briefs.blocks)[0]
		columns := inColumns(l.blocks)
		open, sure := m.open(columns[len(columns)-1])
		if m.titled(first) && first.box.Y0 < story.heads[0].box.Y1 && !(open && sure) {
			return l, r, true
		}
	}
	return nil, nil, false
}

// titled reports whether a block begins with the title of a brief.
func (m *matter) titled(b *block) bool {
	l := b.lines[0]
	return startsBrief(l.text) || l.size > 1.15*m.body && l.box.X0-b.left < 0.6*m.body
}

// cutDown finds the gutter between two stories side by side: each side has a
// headline at its top, which stands best in the middle of its columns.
func (m *matter) cutDown(q *part) (a, b *part, ok bool) {
	var edges []float64
	for _, it := range q.items() {
		edges = append(edges, it.box.X0)
	}
	slices.Sort(edges)
	best := math.Inf(1)
	for _, x := range edges {
		x -= 1
		l, r, clean := q.divide(func(r Rect) (bool, bool) {
			if r.MidX() < x {
				return true, r.X1 < x+2
			}
			return false, r.X0 > x-2
		})
		if !clean || len(l.heads) == 0 || len(r.heads) == 0 || len(l.blocks) == 0 || len(r.blocks) == 0 {
			continue
		}
		cost := l.uneven() + r.uneven() + 4*m.body*float64(m.torn(l, r))
		if cost < best {
			best, a, b, ok = cost, l, r, true
		}
	}
	return a, b, ok
}

// uneven tells how far the first headline is from the middle of its part, and
// whether something stands above it.
func (q *part) uneven() float64 {
	h := slices.MinFunc(q.heads, func(a, b *head) int { return cmp.Compare(a.box.Y0, b.box.Y0) })
	box := q.box()
	d := min(math.Abs(h.box.MidX()-box.MidX()), math.Abs(h.box.X0-box.X0))
	if h.box.Y0 > box.Y0+0.4*box.H() {
		d += box.H()
	}
	return d
}

// torn is 1 where the text left of a cut goes on right of it.
func (m *matter) torn(l, r *part) int {
	a, b := inColumns(l.blocks), inColumns(r.blocks)
	open, sure := m.open(a[len(a)-1])
	flush, sureToo := m.flush(b[0])
	if sure && sureToo && open && flush {
		return 1
	}
	return 0
}

// deal gives each block to the headline above it, or the one whose text goes on
// in it.
func (m *matter) deal(q *part) []*part {
	parts := make([]*part, len(q.heads))
	for i, h := range q.heads {
		parts[i] = &part{heads: []*head{h}}
	}
	of := map[*block]int{}
	for _, b := range q.blocks {
		of[b] = m.owner(q, b.box)
	}
	m.flowOn(q, of)
	for _, it := range q.items() {
		switch {
		case it.block != nil:
			parts[of[it.block]].add(it)
		case it.head == nil:
			parts[m.owner(q, it.box)].add(it)
		}
	}
	var out []*part
	for _, p := range parts {
		if len(p.blocks)+len(p.tables) == 0 && len(out) > 0 {
			last := out[len(out)-1]
			last.heads = append(last.heads, p.heads...)
			last.pictures = append(last.pictures, p.pictures...)
			continue
		}
		out = append(out, p)
	}
	return out
}

// flowOn gives columns that no headline stands above to the story that the column
// before them ends with: one that begins in the middle of a column goes on at the top
// of the next.
func (m *matter) flowOn(q *part, of map[*block]int) {
	for _, b := range inColumns(q.blocks) {
		if slices.ContainsFunc(q.heads, func(h *head) bool {
			return h.down || h.box.overX(b.box) > 0 && h.box.Y0 < b.box.Y1
		}) {
			continue
		}
		if last := columnBefore(q.blocks, b); last != nil && of[last] != of[b] && m.mismatch(last, b) == 0 {
			of[b] = of[last]
		}
	}
}

// columnBefore returns the lowest block of the column left of b, or nil.
func columnBefore(blocks []*block, b *block) *block {
	var best *block
	for _, o := range blocks {
		switch {
		case o.right > b.left:
		case best == nil, o.left > best.right, overlap(o.left, o.right, best.left, best.right) > 0 && o.box.Y1 > best.box.Y1:
			best = o
		}
	}
	return best
}

// owner returns the number of the headline that a place belongs to.
func (m *matter) owner(q *part, r Rect) int {
	best, least := 0, math.Inf(1)
	for i, h := range q.heads {
		dx := max(0, -h.box.overX(r))
		dy := r.Y0 - h.box.Y1
		if h.down {
			dx, dy = max(0, r.X0-h.box.X1), max(0, -h.box.overY(r))
			if r.X0 < h.box.X0 {
				dx = 3 * (h.box.X0 - r.X1)
			}
		}
		d := 3*dx + dy
		if dy < -2*m.body {
			d = 2000 - dy + 3*dx
		}
		if d < least {
			best, least = i, d
		}
	}
	return best
}
