package pdfium

import (
	"cmp"
	"math"
	"slices"
	"unicode"

	"github.com/kanbao/kanbao/index/parse/layout"
)

// tellFaces numbers the typefaces of characters whose fonts have no names, from
// first on; fonts has the font of each character, 0 for one that has a number
// already.
//
// Fonts of Type 3 have at most 256 characters, so a typeface is many fonts, and
// nothing in them says which belong together. Where they stand says it: fonts of one
// typeface alternate within lines, and a character is in one of them alone.
func tellFaces(glyphs []layout.Glyph, fonts []pointer, first int) {
	t := newFaces(glyphs, fonts)
	for t.joinBest() {
	}
	number := map[int]int{}
	for i := range glyphs {
		if fonts[i] == 0 {
			continue
		}
		g := t.group[fonts[i]]
		n, ok := number[g]
		if !ok {
			n = first + len(number)
			number[g] = n
		}
		glyphs[i].Font = n
	}
}

// faces are groups of fonts that are taken for one typeface.
type faces struct {
	group map[pointer]int // of each font
	count []float64       // of each group's characters
	han   []map[rune]bool
	// beside is how often characters of two groups, the lower first, stand side by
	// side.
	beside map[[2]int]float64
	all    float64
}

func newFaces(glyphs []layout.Glyph, fonts []pointer) *faces {
	t := &faces{group: map[pointer]int{}, beside: map[[2]int]float64{}}
	for i, f := range fonts {
		if f == 0 {
			continue
		}
		g, ok := t.group[f]
		if !ok {
			g = len(t.count)
			t.group[f] = g
			t.count, t.han = append(t.count, 0), append(t.han, map[rune]bool{})
		}
		t.count[g]++
		t.all++
		if unicode.Is(unicode.Han, glyphs[i].Rune) {
			t.han[g][glyphs[i].Rune] = true
		}
		if i > 0 && fonts[i-1] != 0 && fonts[i-1] != f && together(&glyphs[i-1], &glyphs[i]) {
			t.beside[pair(t.group[fonts[i-1]], g)]++
		}
	}
	return t
}

func pair(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// together reports whether two characters follow one another without a space in
// one size.
func together(a, b *layout.Glyph) bool {
	em := max(a.Size, b.Size)
	return math.Abs(a.Size-b.Size) < 0.03*em && !b.Spaced &&
		math.Abs(a.Box.MidX()-b.Box.MidX()) < 1.3*em && math.Abs(a.Box.MidY()-b.Box.MidY()) < 1.3*em
}

// leastMixed is how often characters of two fonts of one typeface stand side by side
// at least, of the times that they would if they were strewn among all others.
const leastMixed = 0.2

// joinBest joins the two groups that stand together most, for what they have of
// characters, and reports whether there were such.
func (t *faces) joinBest() bool {
	best, most := [2]int{}, 0.0
	for p, n := range t.beside {
		mixed := n * t.all / (2 * t.count[p[0]] * t.count[p[1]])
		if mixed < leastMixed || mixed < most {
			continue
		}
		if t.clash(p[0], p[1]) {
			delete(t.beside, p)
			continue
		}
		if mixed > most || slices.Compare(p[:], best[:]) < 0 {
			best, most = p, mixed
		}
	}
	if most == 0 {
		return false
	}
	t.join(best[0], best[1])
	return true
}

// clash reports whether two groups have a character in common.
func (t *faces) clash(a, b int) bool {
	if len(t.han[a]) > len(t.han[b]) {
		a, b = b, a
	}
	for r := range t.han[a] {
		if t.han[b][r] {
			return true
		}
	}
	return false
}

// join makes two groups one.
func (t *faces) join(a, b int) {
	t.count[a] += t.count[b]
	for r := range t.han[b] {
		t.han[a][r] = true
	}
	for f, g := range t.group {
		if g == b {
			t.group[f] = a
		}
	}
	var moved [][2]int
	for p := range t.beside {
		if p[0] == b || p[1] == b {
			moved = append(moved, p)
		}
	}
	slices.SortFunc(moved, func(x, y [2]int) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	for _, p := range moved {
		n := t.beside[p]
		delete(t.beside, p)
		if o := p[0] + p[1] - b; o != a {
			t.beside[pair(a, o)] += n
		}
	}
}
