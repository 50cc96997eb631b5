package pdfium

import (
	"cmp"
	"fmt"
	"math"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium/enums"
)

// mostGlyphs is how many characters of a page are read: some ten times what a
// broadsheet has. mostObjects is the same for lines and pictures.
const (
	mostGlyphs  = 200_000
	mostObjects = 20_000
)

// read makes a sheet of a loaded page. Where text or art cannot be read the sheet
// has the page's size.
func read(l *library, page pointer) (*layout.Sheet, error) {
	view, err := newView(l, page)
	if err != nil {
		return nil, err
	}
	s := &layout.Sheet{Width: view.width, Height: view.height}
	if err := readText(l, page, view, s); err != nil {
		return &layout.Sheet{Width: view.width, Height: view.height}, fmt.Errorf("the text cannot be read: %w", err)
	}
	if err := readObjects(l, page, view, s); err != nil {
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

func newView(l *library, page pointer) (view, error) {
	if !l.is("FPDF_GetPageBoundingBox", page, l.scratch) {
		return view{}, cmp.Or(l.err, fmt.Errorf("the page has no box"))
	}
	left, top, right, bottom := l.float(0), l.float(1), l.float(2), l.float(3)
	v := view{turn: enums.FPDF_PAGE_ROTATION(l.int("FPDFPage_GetRotation", page)), box: layout.Rect{
		X0: min(left, right), X1: max(left, right), Y0: min(bottom, top), Y1: max(bottom, top),
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
