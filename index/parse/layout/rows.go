package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Measures of tables that no grid is drawn for.
const (
	longestCell = 16   // characters
	widestCell  = 15.0 // ems between two cells of a row
	leastRows   = 4
	// mostRows bounds the search; a page has some hundred.
	mostRows = 3000
)

// A cellRow is short lines beside each other.
type cellRow struct {
	cells []*line
	box   Rect
}

// findRows finds tables that no grid is drawn for: rows of short cells, below each
// other, in columns that stand in line, most of which have figures. Rules above and
// below their rows part no stories.
func (p *page) findRows() {
	rows := p.cellRows()
	if len(rows) > mostRows {
		return
	}
	used := make([]bool, len(rows))
	for i := range rows {
		if used[i] {
			continue
		}
		columns := spansOf(&rows[i])
		found, at := []cellRow{rows[i]}, []int{i}
		for _, down := range []bool{true, false} {
			last := rows[i]
			for j := i + step(down); j >= 0 && j < len(rows); j += step(down) {
				r := rows[j].within(columns)
				if used[j] || len(r.cells) == 0 || last.box.overX(r.box) <= 0.6*min(last.box.W(), r.box.W()) || !r.beside(&last, down) || !r.inLine(columns) {
					continue
				}
				last = r
				found, at = append(found, r), append(at, j)
			}
		}
		slices.SortStableFunc(found, func(a, b cellRow) int { return cmp.Compare(a.box.MidY(), b.box.MidY()) })
		if !haveFigures(found) {
			continue
		}
		for _, j := range at {
			used[j] = true
		}
		p.art.tables = append(p.art.tables, p.looseGrid(found, columns))
	}
}

func step(down bool) int {
	if down {
		return 1
	}
	return -1
}

// cellRows returns the rows of at least two short lines, from the top.
func (p *page) cellRows() []cellRow {
	var cells []*line
	for i := range p.lines {
		l := &p.lines[i]
		if !l.down && len(l.glyphs) <= longestCell && l.size > 0.7*p.body && l.size < 1.15*p.body && !strings.ContainsAny(l.text, "。，【") && !p.inGrid(l) {
			cells = append(cells, l)
		}
	}
	at := newPlaces(len(cells), func(i int) Rect { return cells[i].box })
	next, after := make([]int, len(cells)), make([]bool, len(cells))
	for i, l := range cells {
		next[i] = -1
		reach := l.box
		reach.X1 += widestCell * l.size
		for _, j := range at.near(reach) {
			o := cells[j]
			if o.box.X0 < l.box.X1 || o.box.X0 > reach.X1 || !near(o.box.MidY(), l.box.MidY(), 0.3*l.size) || next[i] >= 0 && cells[next[i]].box.X0 <= o.box.X0 {
				continue
			}
			next[i] = j
		}
		if next[i] >= 0 && p.ruledBetween(l.box, cells[next[i]].box) {
			next[i] = -1
		}
		if next[i] >= 0 {
			after[next[i]] = true
		}
	}
	var rows []cellRow
	for i := range cells {
		if after[i] || next[i] < 0 {
			continue
		}
		var r cellRow
		for j := i; j >= 0; j = next[j] {
			r.cells = append(r.cells, cells[j])
			r.box = r.box.Union(cells[j].box)
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b cellRow) int { return cmp.Compare(a.box.MidY(), b.box.MidY()) })
	return rows
}

// inGrid reports whether a line stands in a table that is drawn.
func (p *page) inGrid(l *line) bool {
	return slices.ContainsFunc(p.art.tables, func(g grid) bool { return g.box.Holds(l.box.MidX(), l.box.MidY()) })
}

// ruledBetween reports whether a rule runs down between two places of a row.
func (p *page) ruledBetween(a, b Rect) bool {
	return slices.ContainsFunc(p.art.rules, func(r Rect) bool {
		return r.H() > r.W() && r.MidX() > a.X1-1 && r.MidX() < b.X0+1 && r.overY(a) > 0
	})
}

func spansOf(r *cellRow) [][2]float64 {
	var out [][2]float64
	for _, l := range r.cells {
		out = append(out, [2]float64{l.box.X0, l.box.X1})
	}
	return out
}

// within returns the cells of a row that stand in the columns, or between them: a line
// of text may stand beside a table.
func (r *cellRow) within(columns [][2]float64) cellRow {
	var out cellRow
	for _, l := range r.cells {
		if overlap(l.box.X0, l.box.X1, columns[0][0], columns[len(columns)-1][1]) > 0 {
			out.cells = append(out.cells, l)
			out.box = out.box.Union(l.box)
		}
	}
	return out
}

// beside reports whether a row stands just below another, or just above it.
func (r *cellRow) beside(o *cellRow, below bool) bool {
	gap, size := r.box.Y0-o.box.Y1, o.cells[0].size
	if !below {
		gap = o.box.Y0 - r.box.Y1
	}
	return gap > -0.3*size && gap < 2.2*size
}

// inLine reports whether the cells of a row stand in the columns, and widens these.
func (r *cellRow) inLine(columns [][2]float64) bool {
	if len(r.cells) != len(columns) {
		return false
	}
	for i, l := range r.cells {
		for k, c := range columns {
			if (overlap(l.box.X0, l.box.X1, c[0], c[1]) > 0) != (i == k) {
				return false
			}
		}
	}
	for i, l := range r.cells {
		columns[i] = [2]float64{min(columns[i][0], l.box.X0), max(columns[i][1], l.box.X1)}
	}
	return true
}

// haveFigures reports whether rows are enough for a table, and most of the cells but
// those at its head and left edge have figures: lines of a poem have none.
func haveFigures(rows []cellRow) bool {
	if len(rows) < leastRows {
		return false
	}
	n, all := 0, 0
	for _, r := range rows[1:] {
		for _, l := range r.cells[1:] {
			all++
			if strings.ContainsFunc(l.text, unicode.IsDigit) {
				n++
			}
		}
	}
	return 3*n >= 2*all
}

// looseGrid makes a table of rows, and takes the rules at its head and foot, and below
// the names of its columns, out of those that part stories.
func (p *page) looseGrid(rows []cellRow, columns [][2]float64) grid {
	g := grid{loose: true}
	size := rows[0].cells[0].size
	for _, r := range rows {
		g.box = g.box.Union(r.box)
	}
	aside := max(4*size, 0.25*g.box.W()) // a column's cells may all be short
	own := func(r Rect) bool {
		return r.W() > r.H() && r.MidY() > g.box.Y0-1.2*size && r.MidY() < g.box.Y1+1.2*size &&
			r.X0 > g.box.X0-aside && r.X1 < g.box.X1+aside && r.overX(g.box) > 0.8*g.box.W()
	}
	var rules Rect
	rest := slices.DeleteFunc(slices.Clone(p.art.rules), func(r Rect) bool {
		if own(r) {
			rules = rules.Union(r)
			return true
		}
		return false
	})
	if len(rest) < len(p.art.rules)-1 {
		p.art.rules, g.box = rest, g.box.Union(rules)
	}
	g.xs = append(g.xs, g.box.X0-1)
	for k := 1; k < len(columns); k++ {
		g.xs = append(g.xs, (columns[k-1][1]+columns[k][0])/2)
	}
	g.xs = append(g.xs, g.box.X1+1)
	g.ys = append(g.ys, g.box.Y0-1)
	for k := 1; k < len(rows); k++ {
		g.ys = append(g.ys, (rows[k-1].box.Y1+rows[k].box.Y0)/2)
	}
	g.ys = append(g.ys, g.box.Y1+1)
	return g
}
