package layout

import (
	"cmp"
	"math"
	"slices"
)

// art is what is on a page besides text.
type art struct {
	rules    []Rect // lines that may part stories
	frames   []Rect // borders and tints with text in them
	pictures []Rect
	tables   []grid
}

// Sizes in points.
const (
	smallestPicture = 28.0
	smallestFrame   = 40.0
	snap            = 4.0 // ends of lines that are meant to meet are this near
	// leastText is how much of a tint text takes at least: that of an advertisement in
	// a narrow column has little.
	leastText = 0.02
)

// findArt sorts out lines, frames, tints, tables and pictures. middles are the
// middles of all characters.
func findArt(s *Sheet, body float64) art {
	text := newPlaces(len(s.Glyphs), func(i int) Rect { return s.Glyphs[i].Box })
	within := func(r Rect) (n int, size float64) {
		for _, i := range text.near(r) {
			if g := &s.Glyphs[i]; r.Holds(g.Box.MidX(), g.Box.MidY()) {
				n++
				size += g.Size
			}
		}
		return n, size / float64(max(n, 1))
	}
	page := Rect{X1: s.Width, Y1: s.Height}
	whole := func(r Rect) bool { return r.W() > 0.93*page.W() && r.H() > 0.93*page.H() }
	var a art
	a.rules = mergeRules(s.Rules)
	a.tables, a.rules = findGrids(s, a.rules, body)
	for _, p := range s.Pictures {
		if p.W() >= smallestPicture && p.H() >= smallestPicture && !whole(p) {
			a.pictures = append(a.pictures, p)
		}
	}
	for _, f := range s.Frames {
		if n, _ := within(f); n > 0 && f.W() >= smallestFrame && f.H() >= smallestFrame && !whole(f) && !a.inTable(f) {
			a.frames = append(a.frames, f)
		} else if n == 0 && f.W() >= smallestPicture && f.H() >= smallestPicture {
			a.pictures = append(a.pictures, f)
		}
	}
	for _, f := range s.Fills {
		n, size := within(f.Rect)
		switch {
		case whole(f.Rect) || f.Empty() || a.inTable(f.Rect):
		case n == 0 && f.Color < 0xFAFAFA && max(f.W(), f.H()) >= 8:
			a.pictures = append(a.pictures, f.Rect)
		case n >= 20 && f.W() >= smallestFrame && f.H() >= smallestFrame && float64(n)*size*size > leastText*f.Area():
			a.frames = append(a.frames, f.Rect)
		}
	}
	a.pictures = mergePictures(a.pictures, a.frames)
	a.frames = distinct(a.frames)
	return a
}

func (a *art) inTable(r Rect) bool {
	return slices.ContainsFunc(a.tables, func(t grid) bool { return t.box.Contains(r, snap) })
}

// mergePictures joins the parts of a drawing: what overlaps is one picture.
// Small pieces that stand alone are ornaments.
func mergePictures(parts, frames []Rect) []Rect {
	slices.SortFunc(parts, func(a, b Rect) int { return cmp.Compare(b.Area(), a.Area()) })
	if len(parts) > 3000 {
		parts = parts[:3000]
	}
	var out []Rect
	for _, p := range parts {
		i := slices.IndexFunc(out, func(o Rect) bool {
			c := o.Common(p)
			return !c.Empty() && (c.Area() > 0.3*p.Area() || p.W() < smallestPicture || p.H() < smallestPicture)
		})
		if i >= 0 {
			out[i] = out[i].Union(p)
		} else {
			out = append(out, p)
		}
	}
	return slices.DeleteFunc(out, func(r Rect) bool { return r.W() < smallestPicture || r.H() < smallestPicture })
}

// distinct leaves out frames that are drawn twice.
func distinct(frames []Rect) []Rect {
	var out []Rect
	for _, f := range frames {
		if !slices.ContainsFunc(out, func(o Rect) bool { return o.Contains(f, snap) && f.Contains(o, snap) }) {
			out = append(out, f)
		}
	}
	return out
}

// mergeRules joins pieces of one line, as dashes are, and lines beside each
// other, as a double rule has.
func mergeRules(rules []Rect) []Rect {
	if len(rules) > 5000 {
		rules = longest(rules, 5000)
	}
	var flat, steep []Rect
	for _, r := range rules {
		if r.W() >= r.H() {
			flat = append(flat, r)
		} else {
			steep = append(steep, turn(r))
		}
	}
	out := mergeFlat(flat)
	for _, r := range mergeFlat(steep) {
		out = append(out, turnBack(r))
	}
	return out
}

func longest(rules []Rect, n int) []Rect {
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b Rect) int { return cmp.Compare(max(b.W(), b.H()), max(a.W(), a.H())) })
	return rules[:n]
}

func mergeFlat(rules []Rect) []Rect {
	slices.SortFunc(rules, func(a, b Rect) int {
		return cmp.Or(cmp.Compare(math.Round(a.MidY()/snap), math.Round(b.MidY()/snap)), cmp.Compare(a.X0, b.X0))
	})
	var out []Rect
	for _, r := range rules {
		if n := len(out); n > 0 {
			o := out[n-1]
			if math.Abs(o.MidY()-r.MidY()) < snap && r.X0-o.X1 < snap && o.Y1-o.Y0 < 3*snap {
				out[n-1] = o.Union(r)
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// A grid is a table that is drawn with lines, or a loose one, of rows alone.
type grid struct {
	box   Rect
	xs    []float64 // where its vertical lines are
	ys    []float64
	loose bool
}

// findGrids finds tables: lines that meet in a grid of at least two by two
// cells with text in most of them. The other lines are returned.
func findGrids(s *Sheet, rules []Rect, body float64) (tables []grid, rest []Rect) {
	group := make([]int, len(rules))
	for i := range group {
		group[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	at := newPlaces(len(rules), func(i int) Rect { return rules[i].Grow(snap) })
	for i, r := range rules {
		for _, j := range at.near(r.Grow(snap)) {
			o := rules[j]
			if (r.W() > r.H()) != (o.W() > o.H()) && r.Grow(snap/2).Touches(o.Grow(snap/2)) {
				group[root(i)] = root(j)
			}
		}
	}
	sets := map[int][]int{}
	for i := range rules {
		sets[root(i)] = append(sets[root(i)], i)
	}
	inTable := make([]bool, len(rules))
	var roots []int
	for r := range sets {
		roots = append(roots, r)
	}
	slices.Sort(roots)
	for _, r := range roots {
		var g grid
		for _, i := range sets[r] {
			g.box = g.box.Union(rules[i])
			if rules[i].W() > rules[i].H() {
				g.ys = append(g.ys, rules[i].MidY())
			} else {
				g.xs = append(g.xs, rules[i].MidX())
			}
		}
		g.xs, g.ys = apart(g.xs), apart(g.ys)
		if len(g.xs) < 3 || len(g.ys) < 3 || !g.isTable(s, body) {
			continue
		}
		for _, i := range sets[r] {
			inTable[i] = true
		}
		tables = append(tables, g)
	}
	for i, r := range rules {
		if !inTable[i] {
			rest = append(rest, r)
		}
	}
	return tables, rest
}

// apart sorts values and leaves out those that are about the same.
func apart(v []float64) []float64 {
	slices.Sort(v)
	return slices.CompactFunc(v, func(a, b float64) bool { return near(a, b, snap) })
}

// isTable reports whether most cells have text, but little of it: boxes on a
// page make a grid too.
func (g *grid) isTable(s *Sheet, body float64) bool {
	count := map[[2]int]int{}
	for i := range s.Glyphs {
		b := s.Glyphs[i].Box
		if row, col, ok := g.cell(b.MidX(), b.MidY()); ok {
			count[[2]int{row, col}]++
		}
	}
	cells := (len(g.xs) - 1) * (len(g.ys) - 1)
	large := 0
	for _, n := range count {
		if n > 60 {
			large++
		}
	}
	return 2*len(count) >= cells && 4*large <= len(count) && g.box.H()/float64(len(g.ys)-1) < 12*body
}

// cell returns the row and column, from 0, of the cell that a point is in.
func (g *grid) cell(x, y float64) (row, col int, ok bool) {
	find := func(v float64, at []float64) int {
		i, _ := slices.BinarySearch(at, v)
		return i - 1
	}
	row, col = find(y, g.ys), find(x, g.xs)
	return row, col, row >= 0 && col >= 0 && row < len(g.ys)-1 && col < len(g.xs)-1
}
