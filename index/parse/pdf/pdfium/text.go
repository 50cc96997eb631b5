package pdfium

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium/enums"
)

// A texter reads the characters of a page.
type texter struct {
	lib  *library
	text pointer
	view view
	// font is what is known of a font: those with a name have one number a name.
	font  map[pointer]face
	named map[string]int
	// object is the text object of the character before, and what its characters
	// have in common.
	object pointer
	common common
	// whole is the box of the character before, and parts how many characters it is
	// that of: one glyph may stand for several, as —— and fi do.
	whole layout.Rect
	parts int
	// fonts are those of the characters, where it has no name, else 0.
	fonts []pointer
	// unmapped tells of the characters so far whether they have no mapping to Unicode.
	unmapped map[printed]bool
}

// A face is a font as it looks.
type face struct {
	number int // below 0 if the font has no name
	bold   bool
}

// common is what the characters of one text object have in common.
type common struct {
	ptr    pointer // the font
	face   face
	color  uint32
	size   float64
	wide   float64 // an em along the line
	turned bool
}

// readText adds the page's characters to s.
func readText(l *library, page pointer, v view, s *layout.Sheet) error {
	text := l.call("FPDFText_LoadPage", page)
	if text == 0 {
		return cmp.Or(l.err, fmt.Errorf("PDFium finds none"))
	}
	defer l.call("FPDFText_ClosePage", text)
	count := l.int("FPDFText_CountChars", text)
	if count > mostGlyphs {
		return fmt.Errorf("%d characters on one page, at most %d are read", count, mostGlyphs)
	}
	t := &texter{lib: l, text: text, view: v, font: map[pointer]face{}, named: map[string]int{}, unmapped: map[printed]bool{}}
	all := t.characters(count)
	spaced := false
	for i := 0; i < count && l.err == nil; i++ {
		at := uint64(i)
		r := all(at)
		if isSpace(r) {
			// PDFium has put in some, all of which are white space.
			spaced = spaced || !l.is("FPDFText_IsGenerated", text, at)
			continue
		}
		g, ok := t.glyph(at, r)
		if !ok {
			return cmp.Or(l.err, fmt.Errorf("character %d has no place", i))
		}
		g.Spaced, spaced = spaced, false
		s.Glyphs = append(s.Glyphs, g)
		if t.parts > 1 {
			share(s.Glyphs[max(0, len(s.Glyphs)-t.parts):], t.whole)
		}
	}
	tellFaces(s.Glyphs, t.fonts, len(t.named))
	return l.err
}

// characters returns what tells the i-th of so many characters. All are read by one
// call if PDFium gives a unit of UTF-16 for each: a call costs a microsecond or more.
func (t *texter) characters(count int) func(i uint64) rune {
	l := t.lib
	one := func(i uint64) rune { return rune(l.call("FPDFText_GetUnicode", t.text, i)) }
	buffer := l.call("malloc", uint64(2*count+2))
	if buffer == 0 {
		return one
	}
	defer l.call("free", buffer)
	if l.int("FPDFText_GetText", t.text, 0, uint64(count), buffer) != count+1 {
		return one
	}
	b, ok := l.bytes(buffer, 2*count)
	if !ok {
		return one
	}
	units := make([]rune, count)
	for i := range units {
		units[i] = rune(binary.LittleEndian.Uint16(b[2*i:]))
		if units[i] == 0 || utf16.IsSurrogate(units[i]) {
			return one
		}
	}
	return func(i uint64) rune { return units[i] }
}

// printed is a character in a font.
type printed struct {
	font pointer
	r    rune
}

// isUnmapped reports whether a font has no mapping to Unicode for the i-th character.
func (t *texter) isUnmapped(i uint64, r rune) bool {
	if r == 0 || r == 0xFFFD || r >= 0xE000 && r <= 0xF8FF {
		return true
	}
	p := printed{t.common.ptr, r}
	is, known := t.unmapped[p]
	if !known || p.font == 0 {
		is = t.lib.is("FPDFText_HasUnicodeMapError", t.text, i)
		t.unmapped[p] = is
	}
	return is
}

// glyph reads the i-th character; ok is false if it has no place.
func (t *texter) glyph(i uint64, r rune) (g layout.Glyph, ok bool) {
	l := t.lib
	if !l.is("FPDFText_GetLooseCharBox", t.text, i, l.scratch) {
		return g, false
	}
	g.Box = t.view.rect(l.float(0), l.float(3), l.float(2), l.float(1))
	g.Rune = r
	object := l.call("FPDFText_GetTextObject", t.text, i)
	if object == t.object && object != 0 && g.Box == t.whole {
		t.parts++
	} else {
		t.whole, t.parts = g.Box, 1
	}
	if object != t.object || object == 0 {
		t.object, t.common = object, t.commonOf(object, i)
	}
	g.Unmapped = t.isUnmapped(i, r)
	c := t.common
	g.Font, g.Bold, g.Color, g.Turned, g.Size = c.face.number, c.face.bold, c.color, c.turned, c.size
	wide := c.wide
	if !(g.Size > 0.5) {
		g.Size = max(0.5, min(g.Box.W(), g.Box.H()))
		wide = g.Size
	}
	t.cell(i, &g, wide)
	nameless := pointer(0)
	if c.face.number < 0 {
		nameless = c.ptr
	}
	t.fonts = append(t.fonts, nameless)
	return g, true
}

// share gives each of the characters that one glyph stands for its part of the
// glyph's box, along the line.
func share(glyphs []layout.Glyph, box layout.Rect) {
	n := float64(len(glyphs))
	for i := range glyphs {
		g, k := &glyphs[i], float64(i)
		if g.Box = box; g.Turned || box.H() > 1.5*g.Size {
			g.Box.Y0, g.Box.Y1 = box.Y0+k*box.H()/n, box.Y0+(k+1)*box.H()/n
		} else {
			g.Box.X0, g.Box.X1 = box.X0+k*box.W()/n, box.X0+(k+1)*box.W()/n
		}
	}
}

// commonOf reads what the characters of a text object have in common off one of
// them.
func (t *texter) commonOf(object pointer, i uint64) (c common) {
	l := t.lib
	if object != 0 {
		c.ptr = l.call("FPDFTextObj_GetFont", object)
	}
	c.face = t.faceOf(c.ptr, i)
	if r, g, b, a := l.four(); l.is("FPDFText_GetFillColor", t.text, i, r, g, b, a) {
		c.color, _ = l.colour()
	}
	c.size = l.double("FPDFText_GetFontSize", t.text, i)
	if !l.is("FPDFText_GetMatrix", t.text, i, l.scratch) {
		c.wide = c.size
		return c
	}
	along, up := math.Hypot(l.float(0), l.float(1)), math.Hypot(l.float(2), l.float(3))
	c.turned = (math.Abs(l.float(1)) > math.Abs(l.float(0))) != t.view.sideways()
	if up > 0 {
		c.size *= up
	}
	c.wide = c.size
	if along > 0 && up > 0 {
		c.wide *= along / up
	}
	return c
}

// faceOf returns what is known of the font of the i-th character.
func (t *texter) faceOf(font pointer, i uint64) face {
	if f, ok := t.font[font]; ok && font != 0 {
		return f
	}
	l := t.lib
	f := face{number: -1, bold: l.int("FPDFText_GetFontWeight", t.text, i) >= 600}
	if name := t.fontName(i); name != "" {
		n, ok := t.named[name]
		if !ok {
			n = len(t.named)
			t.named[name] = n
		}
		f = face{number: n, bold: f.bold || isBold(name)}
	}
	t.font[font] = f
	return f
}

// fontName returns the name of the font of the i-th character, if it has one.
func (t *texter) fontName(i uint64) string {
	l := t.lib
	flags, name := l.scratch, l.scratch+8
	n := l.call("FPDFText_GetFontInfo", t.text, i, name, scratchBytes-8, flags)
	if n < 2 || n > scratchBytes-8 {
		return ""
	}
	b, _ := l.bytes(name, int(n-1))
	return string(b)
}

// leastCell is how much of its cell the box of a Chinese character takes at least,
// if it is that of the cell and not that of the ink.
const leastCell = 0.9

// cell gives a Chinese character the cell that it is set in, so wide and an em
// high, where PDFium has only the box of its ink, as in fonts of Type 3: that of 日
// is narrow and that of 一 flat, so that there seem to be spaces beside them, and
// that of a comma is in a corner, which in lines that run down is another than that
// of other marks.
func (t *texter) cell(i uint64, g *layout.Glyph, wide float64) {
	if !unicode.Is(unicode.Han, g.Rune) && !(t.common.face.number < 0 && isMark(g.Rune)) || g.Turned || t.view.sideways() || g.Box.W() >= leastCell*wide && g.Box.H() >= leastCell*g.Size {
		return
	}
	l := t.lib
	x, y := g.Box.MidX()-wide/2, g.Box.MidY()-g.Size/2
	if t.view.turn == enums.FPDF_PAGE_ROTATION_NONE && l.is("FPDFText_GetCharOrigin", t.text, i, l.at(0, 8), l.at(1, 8)) {
		// The baseline runs an eighth of an em above the cell's foot.
		x, y = t.view.point(l.doubleAt(0), l.doubleAt(1))
		y -= 0.88 * g.Size
	}
	if c := (layout.Rect{X0: x, Y0: y, X1: x + wide, Y1: y + g.Size}); c.Contains(g.Box, 0.2*g.Size) {
		g.Box = c
	}
}

// isMark reports whether r is punctuation that is an em wide in every font.
func isMark(r rune) bool {
	return r >= 0x3001 && r <= 0x301F || r >= 0xFE10 && r <= 0xFE19 || r >= 0xFE30 && r <= 0xFE48 || r >= 0xFF01 && r <= 0xFF0F || r >= 0xFF1A && r <= 0xFF20
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\v', 0x85, 0xA0, 0x200B, 0xFEFF, 0x3000, 0x02, 0xFFFE:
		return true
	}
	return r >= 0x2000 && r <= 0x200F || r == 0x2028 || r == 0x2029
}

// isBold reports whether a font's name says that it is a heavy one.
func isBold(name string) bool {
	name = strings.ToLower(name)
	for _, w := range []string{"bold", "black", "heavy", "heiti", "simhei", "hei-", "-hei", "粗", "黑"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
