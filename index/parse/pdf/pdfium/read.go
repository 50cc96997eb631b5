package pdfium

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// mostGlyphs is how many characters of a page are read: some ten times what a
// broadsheet has. mostObjects is the same for lines and pictures.
const (
	mostGlyphs  = 200_000
	mostObjects = 20_000
)

// read makes a sheet of a loaded page. Where text or art cannot be read the sheet
// has the page's size.
func read(in pdfium.Pdfium, page requests.Page) (*layout.Sheet, error) {
	view, err := newView(in, page)
	if err != nil {
		return nil, err
	}
	s := &layout.Sheet{Width: view.width, Height: view.height}
	if err := readText(in, page, view, s); err != nil {
		return &layout.Sheet{Width: view.width, Height: view.height}, fmt.Errorf("the text cannot be read: %w", err)
	}
	if err := readObjects(in, page, view, s); err != nil {
		return &layout.Sheet{Width: view.width, Height: view.height}, fmt.Errorf("lines and pictures cannot be read: %w", err)
	}
	return s, nil
}

// A view turns the file's coordinates into those of a sheet: from the top left
// of what is shown, turned as it is shown.
type view struct {
	box           layout.Rect // what is shown, in the file's coordinates: Y0 is its lower edge
	turn          enums.FPDF_PAGE_ROTATION
	width, height float64
}

func newView(in pdfium.Pdfium, page requests.Page) (view, error) {
	box, err := in.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page})
	if err != nil {
		return view{}, err
	}
	turn, err := in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return view{}, err
	}
	v := view{turn: turn.PageRotation, box: layout.Rect{
		X0: float64(min(box.Rect.Left, box.Rect.Right)), X1: float64(max(box.Rect.Left, box.Rect.Right)),
		Y0: float64(min(box.Rect.Bottom, box.Rect.Top)), Y1: float64(max(box.Rect.Bottom, box.Rect.Top)),
	}}
	v.width, v.height = v.box.W(), v.box.H()
	if v.sideways() {
		v.width, v.height = v.height, v.width
	}
	if !(v.width > 0 && v.height > 0) || math.IsInf(v.width, 0) || math.IsInf(v.height, 0) {
		return view{}, fmt.Errorf("the page has no area")
	}
	return v, nil
}

// sideways reports whether the page is shown turned by a quarter.
func (v view) sideways() bool {
	return v.turn == enums.FPDF_PAGE_ROTATION_90_CW || v.turn == enums.FPDF_PAGE_ROTATION_270_CW
}

func (v view) point(x, y float64) (float64, float64) {
	switch v.turn {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		return y - v.box.Y0, x - v.box.X0
	case enums.FPDF_PAGE_ROTATION_180_CW:
		return v.box.X1 - x, y - v.box.Y0
	case enums.FPDF_PAGE_ROTATION_270_CW:
		return v.box.Y1 - y, v.box.X1 - x
	}
	return x - v.box.X0, v.box.Y1 - y
}

func (v view) rect(left, bottom, right, top float64) layout.Rect {
	x0, y0 := v.point(left, bottom)
	x1, y1 := v.point(right, top)
	return layout.Rect{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

// readText adds the page's characters to s.
func readText(in pdfium.Pdfium, page requests.Page, v view, s *layout.Sheet) error {
	loaded, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return err
	}
	text := loaded.TextPage
	defer in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	count, err := in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return err
	}
	if count.Count > mostGlyphs {
		return fmt.Errorf("%d characters on one page, at most %d are read", count.Count, mostGlyphs)
	}
	fonts := fonts{number: map[string]int{}, heavy: map[string]bool{}}
	spaced := false
	for i := range count.Count {
		g, ok, err := readGlyph(in, text, i, v, &fonts)
		if err != nil {
			return fmt.Errorf("character %d: %w", i, err)
		}
		if !ok {
			made, err := in.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: i})
			spaced = spaced || err == nil && !made.IsGenerated
			continue
		}
		g.Spaced, spaced = spaced, false
		s.Glyphs = append(s.Glyphs, g)
	}
	return nil
}

// fonts numbers the fonts of a page by their names.
type fonts struct {
	number map[string]int
	heavy  map[string]bool
}

func (f *fonts) of(name string) int {
	n, ok := f.number[name]
	if !ok {
		n = len(f.number)
		f.number[name] = n
	}
	return n
}

// readGlyph reads the i-th character; ok is false for white space, and for
// characters that PDFium has put in, all of which are white space.
func readGlyph(in pdfium.Pdfium, text references.FPDF_TEXTPAGE, i int, v view, fonts *fonts) (g layout.Glyph, ok bool, err error) {
	code, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return g, false, err
	}
	g.Rune = rune(code.Unicode)
	if isSpace(g.Rune) {
		return g, false, nil
	}
	lost, err := in.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: text, Index: i})
	if err != nil {
		return g, false, err
	}
	g.Unmapped = lost.HasUnicodeMapError || g.Rune == 0 || g.Rune == 0xFFFD || g.Rune >= 0xE000 && g.Rune <= 0xF8FF
	if err := place(in, text, i, v, &g); err != nil {
		return g, false, err
	}
	font, err := in.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i})
	if err == nil {
		g.Font = fonts.of(font.FontName)
		bold, known := fonts.heavy[font.FontName]
		if !known {
			weight, err := in.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: text, Index: i})
			bold = err == nil && weight.FontWeight >= 600 || isBold(font.FontName)
			if font.FontName != "" {
				fonts.heavy[font.FontName] = bold
			}
		}
		g.Bold = bold
	}
	if c, err := in.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: text, Index: i}); err == nil {
		g.Color = uint32(c.R&255)<<16 | uint32(c.G&255)<<8 | uint32(c.B&255)
	}
	return g, true, nil
}

// place finds where the character stands, how large it is and which way up.
func place(in pdfium.Pdfium, text references.FPDF_TEXTPAGE, i int, v view, g *layout.Glyph) error {
	loose, err := in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return err
	}
	r := loose.Rect
	g.Box = v.rect(float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top))
	size, err := in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: i})
	if err != nil {
		return err
	}
	g.Size = size.FontSize
	m, err := in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i})
	if err != nil {
		return err
	}
	a, b, c, d := float64(m.Matrix.A), float64(m.Matrix.B), float64(m.Matrix.C), float64(m.Matrix.D)
	if scale := math.Hypot(c, d); scale > 0 {
		g.Size *= scale
	}
	turned := math.Abs(b) > math.Abs(a)
	g.Turned = turned != v.sideways()
	if !(g.Size > 0.5) {
		g.Size = max(0.5, min(g.Box.W(), g.Box.H()))
	}
	wide := g.Size
	if along, up := math.Hypot(a, b), math.Hypot(c, d); along > 0 && up > 0 {
		wide *= along / up
	}
	return cell(in, text, i, v, g, wide)
}

// leastCell is how much of its cell the box of a Chinese character takes at least,
// if it is that of the cell and not that of the ink.
const leastCell = 0.9

// cell gives a Chinese character the cell that it is set in, so wide and an em
// high, where PDFium has only the box of its ink, as in fonts of Type 3: that of 日
// is narrow and that of 一 flat, so that there seem to be spaces beside them.
func cell(in pdfium.Pdfium, text references.FPDF_TEXTPAGE, i int, v view, g *layout.Glyph, wide float64) error {
	if !unicode.Is(unicode.Han, g.Rune) || g.Turned || v.sideways() || g.Box.W() >= leastCell*wide && g.Box.H() >= leastCell*g.Size {
		return nil
	}
	x, y := g.Box.MidX()-wide/2, g.Box.MidY()-g.Size/2
	if v.turn == enums.FPDF_PAGE_ROTATION_NONE {
		origin, err := in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
		if err != nil {
			return err
		}
		// The baseline runs an eighth of an em above the cell's foot.
		x, y = v.point(origin.X, origin.Y)
		y -= 0.88 * g.Size
	}
	if c := (layout.Rect{X0: x, Y0: y, X1: x + wide, Y1: y + g.Size}); c.Contains(g.Box, 0.2*g.Size) {
		g.Box = c
	}
	return nil
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
