package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// A region is a part of the page that rules and frames part from the others,
// and what stands in it.
type region struct {
	lines    []*line
	pictures []*figure
	tables   []*tableText
	frame    Rect // the border or tint around it, if it has one
	box      Rect
	// sealed regions are in a frame: nothing is joined to them but what they
	// lack.
	sealed bool
	given  *Given // it is one story, as somebody says
}

// A tableText is a table and the lines in it.
type tableText struct {
	grid  *grid
	box   Rect
	lines []*line
}

func (r *region) measure() {
	r.box = Rect{}
	for _, l := range r.lines {
		r.box = r.box.Union(l.box)
	}
	for _, f := range r.pictures {
		r.box = r.box.Union(f.whole())
	}
	for _, t := range r.tables {
		r.box = r.box.Union(t.box)
	}
}

// big is how much larger than the text around it a line is at least that is a
// headline by its size alone.
const big = 1.28

// regions parts the page and analyzes each part.
func (p *page) regions() {
	given := p.givenRegions()
	rs := p.part()
	rs = append(p.mend(rs), given...)
	sortRegions(rs)
	for _, r := range rs {
		p.analyze(r)
	}
}

// part floods the page between its rules and frames.
func (p *page) part() []*region {
	var area Rect
	for i := range p.lines {
		area = area.Union(p.lines[i].box)
	}
	for _, b := range p.art.frames {
		area = area.Union(b)
	}
	for _, f := range p.figures {
		area = area.Union(f.whole())
	}
	if area.Empty() {
		for i := range p.lines {
			p.rest("other", &p.lines[i])
		}
		return nil
	}
	m := newWalls(area)
	var flat, steep []Rect
	for _, r := range p.art.rules {
		switch {
		case max(r.W(), r.H()) < 6*p.body:
		case r.W() >= r.H():
			flat = append(flat, r)
		default:
			steep = append(steep, r)
		}
	}
	var frames []Rect
	for _, f := range p.art.frames {
		if p.isBox(f) {
			frames = append(frames, f)
		} else {
			p.grounds = append(p.grounds, f)
		}
	}
	for _, f := range frames {
		m.frame(f)
	}
	for _, r := range flat {
		m.rule(r)
	}
	walls := slices.DeleteFunc(steep, func(r Rect) bool { return p.inStory(r, steep, flat) })
	for _, r := range walls {
		m.rule(r)
	}
	text := newPlaces(len(p.lines), func(i int) Rect { return p.lines[i].box })
	boxOf := func(i int) Rect { return p.lines[i].box }
	longer := m.extend(append(flat, walls...), 2.6*p.body, text, boxOf)
	for _, r := range longer {
		m.rule(r)
	}
	m.corners(longer, frames, 2.6*p.body, text, boxOf)
	m.flood()
	return p.fill(m, frames)
}

// isBox reports whether a frame goes around text, and is not the ground of a
// headline alone, which has text just below it.
func (p *page) isBox(f Rect) bool {
	n, small, white := 0, 0, 0
	below := false
	foot := Rect{f.X0, f.Y1, f.X1, f.Y1 + 3*p.body}
	for i := range p.lines {
		l := &p.lines[i]
		if f.Holds(l.box.MidX(), l.box.MidY()) {
			n++
			switch {
			case l.size >= big*p.body || isByline(l.text):
			case light(l.color):
				white++
			default:
				small++
			}
		} else if l.size < big*p.body && foot.Holds(l.box.MidX(), l.box.MidY()) {
			below = true
		}
	}
	if white > 4 { // more than kickers and subtitles have: a story in white
		small += white
	}
	return n >= 3 && small >= 2 || n >= 2 && f.H() > 8*p.body && (small > 0 || !below)
}

// inStory reports whether a rule stands between columns of one story: a
// headline above it goes across, or it is one of a row of which others do.
func (p *page) inStory(r Rect, steep, flat []Rect) bool {
	if p.crossedAbove(r, flat) {
		return true
	}
	for _, o := range steep {
		if o != r && near(o.Y0, r.Y0, snap) && near(o.Y1, r.Y1, snap) && p.crossedAbove(o, flat) {
			return true
		}
	}
	return false
}

func near(a, b, by float64) bool { return a-b < by && b-a < by }

// crossedAbove reports whether a headline just above the rule's upper end goes
// across it.
func (p *page) crossedAbove(r Rect, flat []Rect) bool {
	x := r.MidX()
	for i := range p.lines {
		l := &p.lines[i]
		if l.down || l.size < 1.1*p.body || l.box.X0 > x-p.body || l.box.X1 < x+p.body {
			continue
		}
		gap := r.Y0 - l.box.Y1
		if gap < -0.3*l.size || gap > 5*p.body {
			continue
		}
		if !slices.ContainsFunc(flat, func(f Rect) bool {
			return f.X0 < x && f.X1 > x && f.MidY() > l.box.MidY() && f.MidY() < r.Y0+1
		}) {
			return true
		}
	}
	return false
}

// fill puts what is on the page into its regions.
func (p *page) fill(m *walls, frames []Rect) []*region {
	byLabel := map[int]*region{}
	var out []*region
	of := func(b Rect) *region {
		l := m.of(b)
		r := byLabel[l]
		if r == nil {
			r = &region{}
			byLabel[l] = r
			out = append(out, r)
		}
		return r
	}
	tables := make([]*tableText, len(p.art.tables))
	for i := range p.art.tables {
		tables[i] = &tableText{grid: &p.art.tables[i], box: p.art.tables[i].box}
	}
next:
	for i := range p.lines {
		l := &p.lines[i]
		for _, t := range tables {
			if t.box.Holds(l.box.MidX(), l.box.MidY()) {
				t.lines = append(t.lines, l)
				continue next
			}
		}
		r := of(l.box)
		r.lines = append(r.lines, l)
	}
	for _, t := range tables {
		if len(t.lines) > 0 {
			r := of(t.box)
			r.tables = append(r.tables, t)
		}
	}
	for _, f := range p.figures {
		r := of(f.box)
		r.pictures = append(r.pictures, f)
	}
	for _, r := range out {
		r.measure()
		p.frameOf(r, frames)
	}
	return out
}

// frameOf finds the smallest frame that a region fills.
func (p *page) frameOf(r *region, frames []Rect) {
	for _, f := range frames {
		if f.Contains(r.box, snap) && (r.frame == Rect{} || f.Area() < r.frame.Area()) {
			r.frame, r.sealed = f, true
		}
	}
	if r.sealed && len(r.lines) < 2 && r.box.H() < 0.3*r.frame.H() {
		r.frame, r.sealed = Rect{}, false
	}
}

// hasText reports whether a region has running text: lines of which one goes
// on in the next.
func (p *page) hasText(r *region) bool {
	n := 0
	for _, l := range r.lines {
		if l.size < big*p.body && len(l.glyphs) >= 6 {
			n++
		}
	}
	return n >= 2
}

// hasHead reports whether a region has a headline or begins with one that is
// small.
func (p *page) hasHead(r *region) bool {
	return slices.ContainsFunc(r.lines, func(l *line) bool { return l.size >= big*p.body })
}

// mend joins regions that are no story by themselves with the one that they
// belong to: headlines that a rule parts from their text, text that a rule
// parts from its headline.
func (p *page) mend(rs []*region) []*region {
	for {
		a, b := p.mismatch(rs)
		if a == nil {
			return rs
		}
		b.lines = append(b.lines, a.lines...)
		b.pictures = append(b.pictures, a.pictures...)
		b.tables = append(b.tables, a.tables...)
		if !a.frame.Empty() && b.frame.Empty() && a.frame.Contains(b.box, snap) {
			b.frame = a.frame
		}
		b.measure()
		rs = slices.DeleteFunc(rs, func(r *region) bool { return r == a })
	}
}

// mismatch returns a region and the one that it should be joined to.
func (p *page) mismatch(rs []*region) (a, b *region) {
	for _, r := range rs {
		switch {
		case len(r.lines) == 0 && len(r.pictures)+len(r.tables) > 0:
			if o := p.neighbour(rs, r, false); o != nil && !r.sealed {
				return r, o
			}
		case !p.hasText(r) && !r.sealed && p.isHeadline(r):
			if o := p.below(rs, r); o != nil {
				return r, o
			}
		case p.hasText(r) && !p.hasHead(r) && !r.sealed && !p.startsItself(r):
			if o := p.neighbour(rs, r, true); o != nil {
				return r, o
			}
		}
	}
	return nil, nil
}

// isHeadline reports whether a region is lines of a headline alone.
func (p *page) isHeadline(r *region) bool { return len(r.lines) <= 4 && len(r.tables) == 0 }

// below returns the region that lies directly under r.
func (p *page) below(rs []*region, r *region) *region {
	var best *region
	for _, o := range rs {
		if o == r || len(o.lines) == 0 || o.box.overX(r.box) < 0.5*min(r.box.W(), o.box.W()) {
			continue
		}
		gap := o.box.Y0 - r.box.Y1
		if gap > -2 && gap < 4*p.body && (best == nil || o.box.Y0 < best.box.Y0) {
			best = o
		}
	}
	return best
}

// startsItself reports whether a region without a headline begins with a small
// one, as briefs do.
func (p *page) startsItself(r *region) bool {
	var first *line
	for _, l := range r.lines {
		if l.box.X0 < r.box.X0+3*p.body && (first == nil || l.box.Y0 < first.box.Y0) {
			first = l
		}
	}
	if first == nil {
		return false
	}
	return first.size > 1.05*p.body || first.bold && first.size >= 0.98*p.body || startsBrief(first.text) ||
		p.runIn(first, fontOf(r.lines, p.body))
}

// runIn reports whether a line begins with a title in another type than the text
// that follows it, whose font is given.
func (p *page) runIn(l *line, font int) bool {
	first := p.glyphs[l.glyphs[0]]
	if !first.Bold && first.Font == font || !unicode.Is(unicode.Han, first.Rune) && !strings.ContainsRune("“《「『", first.Rune) {
		return false
	}
	if _, is := byline.Dateline(l.text); is || isByline(l.text) || imprint().MatchString(l.text) {
		return false
	}
	n := 0
	for n < len(l.glyphs) && p.glyphs[l.glyphs[n]].Font == first.Font && p.glyphs[l.glyphs[n]].Bold == first.Bold {
		n++
	}
	return n >= leastRunIn
}

// leastRunIn is how many characters such a title has at least.
const leastRunIn = 4

// neighbour returns the region whose text goes on in r, if it is flow, or that
// r lies beside: left of it, else right, else above.
func (p *page) neighbour(rs []*region, r *region, flow bool) *region {
	var best *region
	bestScore := 0.0
	for _, o := range rs {
		if o == r || len(o.lines) == 0 || o.sealed {
			continue
		}
		over := o.box.overY(r.box) / min(o.box.H(), r.box.H())
		gap := -o.box.overX(r.box)
		if over < 0.3 || gap > 4*p.body {
			continue
		}
		score := over
		if o.box.MidX() < r.box.MidX() {
			score += 0.5
		}
		if !p.hasHead(o) {
			score -= 0.6
		}
		if flow && near(o.box.Y1, r.box.Y1, 2*p.body) {
			score += 0.3
		}
		if score > bestScore {
			best, bestScore = o, score
		}
	}
	return best
}

func sortRegions(rs []*region) {
	slices.SortStableFunc(rs, func(a, b *region) int {
		return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0))
	})
}
