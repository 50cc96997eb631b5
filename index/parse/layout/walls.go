package layout

import "math"

// walls is a map of the page in small squares: which are parted from each other
// by rules and frames. What is connected is a region.
type walls struct {
	area  Rect
	w, h  int
	solid []bool
	label []int // of each square, from 1; 0 on walls
	count int
}

const square = 2.0 // points

// mostSquares bounds the map of a page of 5 m.
const mostSquares = 4_000_000

func newWalls(area Rect) *walls {
	m := &walls{area: area}
	m.w = int(min(20000, math.Ceil(area.W()/square))) + 1
	m.h = int(min(float64(mostSquares/m.w), math.Ceil(area.H()/square))) + 1
	m.solid = make([]bool, m.w*m.h)
	m.label = make([]int, m.w*m.h)
	return m
}

// at returns the square that a point is in, or the nearest.
func (m *walls) at(x, y float64) (int, int) {
	i := int(math.Floor((x - m.area.X0) / square))
	j := int(math.Floor((y - m.area.Y0) / square))
	return max(0, min(m.w-1, i)), max(0, min(m.h-1, j))
}

// rule builds a wall along a line.
func (m *walls) rule(r Rect) {
	x0, y0 := m.at(r.X0, r.Y0)
	x1, y1 := m.at(r.X1, r.Y1)
	if r.W() >= r.H() {
		_, y0 = m.at(0, r.MidY())
		y1 = y0
	} else {
		x0, _ = m.at(r.MidX(), 0)
		x1 = x0
	}
	for j := y0; j <= y1; j++ {
		for i := x0; i <= x1; i++ {
			m.solid[j*m.w+i] = true
		}
	}
}

// frame builds walls around an area.
func (m *walls) frame(r Rect) {
	for _, side := range []Rect{{r.X0, r.Y0, r.X1, r.Y0}, {r.X0, r.Y1, r.X1, r.Y1}} {
		m.rule(side)
	}
	for _, x := range []float64{r.X0, r.X1} {
		m.rule(Rect{x, r.Y0, x, r.Y1 + 0.01})
	}
}

// flood numbers the regions.
func (m *walls) flood() {
	var stack []int
	for start := range m.label {
		if m.solid[start] || m.label[start] != 0 {
			continue
		}
		m.count++
		m.label[start] = m.count
		stack = append(stack[:0], start)
		for len(stack) > 0 {
			c := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x := c % m.w
			for _, n := range [4]int{c - 1, c + 1, c - m.w, c + m.w} {
				if n < 0 || n >= len(m.label) || n == c-1 && x == 0 || n == c+1 && x == m.w-1 {
					continue
				}
				if !m.solid[n] && m.label[n] == 0 {
					m.label[n] = m.count
					stack = append(stack, n)
				}
			}
		}
	}
}

// of returns the region that most of r's middle line is in.
func (m *walls) of(r Rect) int {
	votes := map[int]int{}
	best := 0
	for k := range 9 {
		t := (float64(k) + 0.5) / 9
		x, y := r.X0+t*r.W(), r.MidY()
		if r.H() > r.W() {
			x, y = r.MidX(), r.Y0+t*r.H()
		}
		i, j := m.at(x, y)
		l := m.label[j*m.w+i]
		if l == 0 {
			continue
		}
		votes[l]++
		if votes[l] > votes[best] || best == 0 {
			best = l
		}
	}
	return best
}

// free reports whether nothing is between a point on one side and a wall in a
// direction, within reach; it returns how far the wall is.
func (m *walls) free(x, y, dx, dy, reach float64, text *places, box func(int) Rect) (float64, bool) {
	for d := square; d <= reach; d += square {
		px, py := x+dx*d, y+dy*d
		if px <= m.area.X0 || px >= m.area.X1 || py <= m.area.Y0 || py >= m.area.Y1 {
			return d + square, true
		}
		i, j := m.at(px, py)
		if m.solid[j*m.w+i] {
			return d, true
		}
		spot := Rect{px, py, px, py}
		for _, k := range text.near(spot) {
			if box(k).Grow(0.3).Holds(px, py) {
				return 0, false
			}
		}
	}
	return 0, false
}

// extend lengthens rules that end just before another wall, so that no path
// leads around their ends.
func (m *walls) extend(rules []Rect, reach float64, text *places, box func(int) Rect) []Rect {
	out := make([]Rect, len(rules))
	for i, r := range rules {
		if r.W() >= r.H() {
			y := r.MidY()
			if d, ok := m.free(r.X0, y, -1, 0, reach, text, box); ok {
				r.X0 -= d
			}
			if d, ok := m.free(r.X1, y, 1, 0, reach, text, box); ok {
				r.X1 += d
			}
		} else {
			x := r.MidX()
			if d, ok := m.free(x, r.Y0, 0, -1, reach, text, box); ok {
				r.Y0 -= d
			}
			if d, ok := m.free(x, r.Y1, 0, 1, reach, text, box); ok {
				r.Y1 += d
			}
		}
		out[i] = r
	}
	return out
}

// corners joins the ends of rules with corners of frames that lie just ahead of them,
// above or below their line: a rule that begins beside a box as it ends.
func (m *walls) corners(rules, frames []Rect, reach float64, text *places, box func(int) Rect) {
	for _, r := range rules {
		flat := r.W() >= r.H()
		for _, end := range []float64{-1, 1} {
			from := Rect{r.X0, r.MidY(), r.X0, r.MidY()}
			switch {
			case flat && end > 0:
				from.X0, from.X1 = r.X1, r.X1
			case !flat:
				from = Rect{r.MidX(), r.Y0, r.MidX(), r.Y0}
				if end > 0 {
					from.Y0, from.Y1 = r.Y1, r.Y1
				}
			}
			for _, f := range frames {
				for _, to := range []Rect{{f.X0, f.Y0, f.X0, f.Y0}, {f.X1, f.Y0, f.X1, f.Y0}, {f.X0, f.Y1, f.X0, f.Y1}, {f.X1, f.Y1, f.X1, f.Y1}} {
					ahead, aside := end*(to.X0-from.X0), to.Y0-from.Y0
					if !flat {
						ahead, aside = end*(to.Y0-from.Y0), to.X0-from.X0
					}
					way := Rect{min(from.X0, to.X0), min(from.Y0, to.Y0), max(from.X0, to.X0), max(from.Y0, to.Y0)}
					if ahead < 0 || ahead > reach || aside > reach || aside < -reach || touchesAny(way, text, box) {
						continue
					}
					if flat {
						m.rule(Rect{way.X0, from.Y0, way.X1, from.Y0})
						m.rule(Rect{to.X0, way.Y0, to.X0, way.Y1 + 0.01})
					} else {
						m.rule(Rect{from.X0, way.Y0, from.X0, way.Y1 + 0.01})
						m.rule(Rect{way.X0, to.Y0, way.X1, to.Y0})
					}
				}
			}
		}
	}
}

// touchesAny reports whether text stands in an area.
func touchesAny(area Rect, text *places, box func(int) Rect) bool {
	for _, i := range text.near(area) {
		if b := box(i); b.overX(area) > 0.3 && b.overY(area) > 0.3 || b.Holds(area.MidX(), area.MidY()) {
			return true
		}
	}
	return false
}
