package layout

import (
	"math"
	"slices"
)

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
