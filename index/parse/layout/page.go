package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A Page is what Analyze finds on a sheet.
type Page struct {
	Width, Height float64
	Stories       []Story // in the order in which they are read
	// Rest is text that belongs to no story, such as the folio.
	Rest []Rest
	// LeftOut are characters that are left out on purpose.
	LeftOut []LeftOut
	// Unmapped is how many characters have no mapping to Unicode.
	Unmapped int
}

// A Story is one article as it stands on the page.
type Story struct {
	Kicker, Title, Subtitle Text // 引题, 主题, 副题
	// Label is the name of the column that the story stands under, if it has
	// one; several stories may share it, and the first has it.
	Label Text
	// Body is the text in reading order.
	Body []Block
	// Zones are the areas of the page that the story takes.
	Zones []Rect
	// Pictures stand within the story, with the number in Body of the caption,
	// or -1.
	Pictures []Picture
}

// A Picture is an image within a story.
type Picture struct {
	Box     Rect
	Caption int
}

// Kind says what a Block is.
type Kind uint8

// Kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // of a section
	Caption
	Byline // a line of its own between headline and text
	Table
)

// A Block is a part of a story's text.
type Block struct {
	Kind Kind
	Text Text
	Rows [][]Text // of a table; Text is then empty
	// Begins and Ends are unset on a paragraph that was begun or goes on
	// elsewhere, as the first and last of a story may be.
	Begins, Ends bool
	// Lines has, for a verse, the lines as printed.
	Lines []string
}

// Text is characters in reading order.
type Text struct {
	String string
	Glyphs []int // numbers in Sheet.Glyphs
	// Joins are the offsets in String at which two lines were put together
	// without a space; there may have been one.
	Joins []int
}

// Spaced returns the text with a space at each join.
func (t Text) Spaced() string {
	var b strings.Builder
	at := 0
	for _, j := range t.Joins {
		b.WriteString(t.String[at:j])
		b.WriteByte(' ')
		at = j
	}
	b.WriteString(t.String[at:])
	return b.String()
}

// Rest is text that is no story's.
type Rest struct {
	Kind string // "folio", "editors", "advertisement", "contents", "label", "other"
	Text Text
	Box  Rect
}

// LeftOut is a character that is in no text, and why.
type LeftOut struct {
	Glyph int
	Why   string // "printed twice", "outside the page"
}

// Analyze finds the stories on a sheet.
func Analyze(s *Sheet) *Page { return analyze(s, nil) }

func analyze(s *Sheet, given []Given) *Page {
	own := *s
	own.Glyphs = slices.Clone(s.Glyphs)
	s = &own
	out := &Page{Width: s.Width, Height: s.Height}
	use := make([]bool, len(s.Glyphs))
	for i := range s.Glyphs {
		g := &s.Glyphs[i]
		if g.Unmapped {
			out.Unmapped++
		}
		use[i] = true
		if !finite(g.Box) || g.Box.X1 < 0 || g.Box.Y1 < 0 || g.Box.X0 > s.Width || g.Box.Y0 > s.Height {
			use[i] = false
			out.LeftOut = append(out.LeftOut, LeftOut{i, "outside the page"})
		}
	}
	for _, i := range doubled(s, use) {
		use[i] = false
		out.LeftOut = append(out.LeftOut, LeftOut{i, "printed twice"})
	}
	p := &page{sheet: s, glyphs: s.Glyphs, out: out, given: given}
	p.body = bodySize(s.Glyphs, use)
	p.art = findArt(s, p.body)
	p.lines = makeLines(s, p.art.rules, p.body, use)
	for i := range p.lines {
		p.lines[i].text = text(s.Glyphs, &p.lines[i])
	}
	p.takeFolio()
	p.findRows()
	p.takeCaptions()
	if p.runsDown(p.lines) {
		p.turnAll()
	}
	p.regions()
	p.finishAll()
	return out
}

// page is a page while it is analyzed. If turned, all places are turned so
// that text which runs down and from right to left runs like other text.
type page struct {
	sheet   *Sheet
	glyphs  []Glyph
	out     *Page
	given   []Given
	lines   []line
	art     art
	figures []*figure
	grounds []Rect  // tints behind headlines
	body    float64 // the size of most text
	turned  bool
}

func finite(r Rect) bool {
	for _, v := range []float64{r.X0, r.Y0, r.X1, r.Y1} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

// bodySize returns the size in which most text is set.
func bodySize(glyphs []Glyph, use []bool) float64 {
	count := map[int]int{}
	for i := range glyphs {
		if use[i] {
			count[int(math.Round(glyphs[i].Size*4))]++
		}
	}
	best := 0
	for size, n := range count {
		if n > count[best] || n == count[best] && size < best {
			best = size
		}
	}
	if best == 0 {
		return 10
	}
	return float64(best) / 4
}

// doubled finds characters that are printed twice at one place, as some do to
// look bolder or to cast a shadow.
func doubled(s *Sheet, use []bool) []int {
	places := newPlaces(len(s.Glyphs), func(i int) Rect { return s.Glyphs[i].Box })
	var out []int
	gone := make([]bool, len(s.Glyphs))
	for i := range s.Glyphs {
		a := &s.Glyphs[i]
		if !use[i] || gone[i] {
			continue
		}
		for _, j := range places.near(a.Box) {
			b := &s.Glyphs[j]
			if j <= i || !use[j] || gone[j] || a.Rune != b.Rune || math.Abs(a.Size-b.Size) > 0.05*a.Size {
				continue
			}
			if math.Abs(a.Box.MidX()-b.Box.MidX()) < 0.15*a.Size && math.Abs(a.Box.MidY()-b.Box.MidY()) < 0.15*a.Size {
				gone[j] = true
				out = append(out, j)
			}
		}
	}
	slices.Sort(out)
	return out
}

// runsDown reports whether most of the text runs down.
func (p *page) runsDown(lines []line) bool {
	down, all := 0, 0
	for i := range lines {
		l := &lines[i]
		if math.Abs(l.size-p.body) > 0.15*p.body || len(l.glyphs) < 4 {
			continue
		}
		all += len(l.glyphs)
		if l.down {
			down += len(l.glyphs)
		}
	}
	return 2*down > all
}

// turnAll turns the page so that its lines run right.
func (p *page) turnAll() {
	p.turned = !p.turned
	t := turn
	if !p.turned {
		t = turnBack
	}
	for i := range p.lines {
		p.lines[i].box = t(p.lines[i].box)
		p.lines[i].down = !p.lines[i].down
	}
	for _, rs := range [][]Rect{p.art.rules, p.art.frames} {
		for i := range rs {
			rs[i] = t(rs[i])
		}
	}
	for _, f := range p.figures {
		f.turn(t)
	}
	for i := range p.art.tables {
		p.art.tables[i].box = t(p.art.tables[i].box)
	}
}

// across returns a place as it is where lines that now run down run right.
func (p *page) across(r Rect) Rect {
	if p.turned {
		return turnBack(r)
	}
	return turn(r)
}

// back returns a place as it is on the sheet.
func (p *page) back(r Rect) Rect {
	if p.turned {
		return turnBack(r)
	}
	return r
}

// textOf makes the text of lines, one after the other.
func (p *page) textOf(lines ...*line) Text {
	var t Text
	for _, l := range lines {
		before := len(t.String)
		t.String = joinText(t.String, l.text)
		if before > 0 && len(t.String) == before+len(l.text) {
			t.Joins = append(t.Joins, before)
		}
		t.Glyphs = append(t.Glyphs, l.glyphs...)
	}
	return t
}

func (p *page) rest(kind string, lines ...*line) {
	if len(lines) == 0 {
		return
	}
	r := Rest{Kind: kind, Text: p.textOf(lines...)}
	for _, l := range lines {
		r.Box = r.Box.Union(p.back(l.box))
	}
	p.out.Rest = append(p.out.Rest, r)
}

// finishAll orders the stories: from top to bottom where one is clearly above
// the other, else from left to right, or from the right where lines run down.
func (p *page) finishAll() {
	slices.SortStableFunc(p.out.Rest, func(a, b Rest) int { return cmp.Or(cmp.Compare(a.Box.Y0, b.Box.Y0), cmp.Compare(a.Box.X0, b.Box.X0)) })
}
