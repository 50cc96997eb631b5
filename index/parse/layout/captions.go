package layout

import (
	"cmp"
	"slices"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// A figure is a picture with the text that belongs to it.
type figure struct {
	box     Rect
	caption []*line
}

// whole returns the area of the picture and its caption.
func (f *figure) whole() Rect {
	b := f.box
	for _, l := range f.caption {
		b = b.Union(l.box)
	}
	return b
}

func (f *figure) turn(t func(Rect) Rect) {
	f.box = t(f.box)
	for _, l := range f.caption {
		l.box = t(l.box)
		l.down = !l.down
	}
}

// takeCaptions gives each picture the lines below or beside it, or above it,
// that are smaller than the text, or set in another type and worded like a
// caption.
func (p *page) takeCaptions() {
	taken := make([]bool, len(p.lines))
	font := p.bodyFont()
	for _, b := range p.art.pictures {
		p.figures = append(p.figures, &figure{box: b})
	}
	for _, f := range p.figures {
		for _, side := range []func(Rect, *line) (float64, bool){under, beside, over} {
			if p.caption(f, side, 1.5, taken, font); len(f.caption) > 0 {
				break
			}
		}
	}
	for _, f := range p.figures {
		if len(f.caption) == 0 && p.wordedBeside(f, taken) {
			p.caption(f, beside, farBeside, taken, font)
		}
	}
	keep := p.lines[:0:0]
	for i := range p.lines {
		if !taken[i] {
			keep = append(keep, p.lines[i])
		}
	}
	p.lines = keep
}

// bodyFont returns the font of most lines of the text's size.
func (p *page) bodyFont() int { return fontOf(pointers(p.lines), p.body) }

func pointers(lines []line) []*line {
	out := make([]*line, len(lines))
	for i := range lines {
		out[i] = &lines[i]
	}
	return out
}

func fontOf(lines []*line, size float64) int {
	count := map[int]int{}
	best := -1
	for _, l := range lines {
		if near(l.size, size, 0.06*size) {
			count[l.font] += len(l.glyphs)
			if best < 0 || count[l.font] > count[best] {
				best = l.font
			}
		}
	}
	return best
}

// The sides of a picture on which a caption may begin: how far the line is
// from the picture, and whether it is on that side at all.
func under(b Rect, l *line) (float64, bool) {
	return l.box.Y0 - b.Y1, !l.down && l.box.X0 > b.X0-3 && l.box.X1 < b.X1+l.size+3
}

func over(b Rect, l *line) (float64, bool) {
	return b.Y0 - l.box.Y1, !l.down && l.box.X0 > b.X0-3 && l.box.X1 < b.X1+3
}

func beside(b Rect, l *line) (float64, bool) {
	right, left := l.box.X0-b.X1, b.X0-l.box.X1
	return max(right, left), l.box.Y0 > b.Y0-3 && l.box.Y1 < b.Y1+3
}

// farBeside is how far beside a picture its caption is at most, in ems, if it is worded
// like one: its lines are not as long as their measure.
const farBeside = 4

// wordedBeside reports whether small type some way beside a picture is worded like its
// caption.
func (p *page) wordedBeside(f *figure, taken []bool) bool {
	var lines []*line
	for i := range p.lines {
		l := &p.lines[i]
		if d, ok := beside(f.box, l); ok && !taken[i] && d >= 0 && d <= farBeside*l.size && l.size <= 0.95*p.body {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b *line) int { return cmp.Compare(a.box.Y0, b.box.Y0) })
	_, worded := byline.Photo(p.textOf(lines...).String)
	return worded
}

// caption takes the lines of small type that stand on a side of a picture, no more than
// so many ems off, and what goes on below them.
func (p *page) caption(f *figure, side func(Rect, *line) (float64, bool), most float64, taken []bool, font int) {
	var found []int
	for i := range p.lines {
		l := &p.lines[i]
		d, ok := side(f.box, l)
		if !ok || taken[i] || d < -0.4*l.size || d > most*l.size || !p.smallType(l, font) {
			continue
		}
		found = append(found, i)
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Compare(p.lines[a].box.Y0, p.lines[b].box.Y0) })
	for _, i := range found {
		if len(f.caption) > 0 && !near(p.lines[i].size, f.caption[0].size, 0.5) {
			continue
		}
		if !taken[i] {
			p.take(f, i, taken)
		}
	}
	// What goes on below, in the same size and measure.
	for again := len(f.caption) > 0; again; {
		again = false
		last := f.caption[len(f.caption)-1]
		for i := range p.lines {
			l := &p.lines[i]
			gap := l.box.Y0 - last.box.Y1
			if taken[i] || l.down != last.down || !near(l.size, last.size, 0.3) || gap < -0.3*l.size || gap > 0.9*l.size || !p.smallType(l, font) {
				continue
			}
			if l.box.overX(last.box) > 0.5*min(l.box.W(), last.box.W()) {
				p.take(f, i, taken)
				again = true
				break
			}
		}
	}
}

func (p *page) take(f *figure, i int, taken []bool) {
	taken[i] = true
	l := p.lines[i]
	f.caption = append(f.caption, &l)
}

// smallType reports whether a line is set as captions are.
func (p *page) smallType(l *line, font int) bool {
	if l.size <= 0.95*p.body {
		return true
	}
	_, worded := byline.Photo(l.text)
	return worded && l.size <= 1.08*p.body && (l.font != font || l.bold)
}
