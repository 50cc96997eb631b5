package layout

import (
	"cmp"
	"slices"
)

// gutter reports whether the space is a part of what parts two columns: a strip of
// white goes on between the lines above or below it. If the space is in a line that is
// set wide, or is one that an author has put there, text stands above or below it.
// Where neither tells, as at the ends of a column, lines further off do.
func (m *lineMaker) gutter(runs []run, places *places, space Rect, em float64) bool {
	width := min(narrowest*em, 0.8*space.W())
	for _, reach := range []float64{2.8, 6, 12} {
		above := m.strip(runs, places, Rect{space.X0, space.Y0 - reach*em, space.X1, space.Y0 - 0.2*em}, width, em)
		below := m.strip(runs, places, Rect{space.X0, space.Y1 + 0.2*em, space.X1, space.Y1 + reach*em}, width, em)
		switch {
		case above == parted || below == parted:
			return true
		case above == crossed || below == crossed:
			return false
		}
	}
	return true
}

// What an area above or below a space in a line says.
type strip int

const (
	unknown strip = iota // no text crosses it, nor is there some on both sides
	parted               // white as wide as that goes down through it, between text
	crossed              // text of the same size stands all over it
)

// strip tells whether white of a width goes down through an area, and text is on both
// sides of it. Headlines go across columns and say nothing.
func (m *lineMaker) strip(runs []run, places *places, area Rect, width, em float64) strip {
	const side = 8 // ems, within which text is beside the strip
	var all, same [][2]float64
	wide := area
	wide.X0, wide.X1 = area.X0-side*em, area.X1+side*em
	left, right := false, false
	for _, i := range places.near(wide) {
		b := runs[i].box
		if last := m.glyphs[runs[i].glyphs[len(runs[i].glyphs)-1]]; isWide(last.Rune) {
			// A mark at the end of a line may hang over its column's edge.
			b.X1 -= 0.5 * last.Size
		}
		if !b.Touches(wide) || runs[i].size > 1.2*em {
			continue
		}
		left = left || b.X1 < area.X1
		right = right || near(b.X0, area.X1, 2.6*em) // at the edge of its column, or indented
		if b.Touches(area) {
			all = append(all, [2]float64{b.X0, b.X1})
			if near(runs[i].size, em, 0.08*em) {
				same = append(same, [2]float64{b.X0, b.X1})
			}
		}
	}
	switch {
	case !hasWhite(same, area, width):
		return crossed
	case left && right && hasWhite(all, area, width):
		return parted
	}
	return unknown
}

// hasWhite reports whether spans leave white of a width in an area.
func hasWhite(spans [][2]float64, area Rect, width float64) bool {
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
