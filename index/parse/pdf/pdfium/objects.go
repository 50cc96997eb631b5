package pdfium

import (
	"math"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Measures in points.
const (
	thin         = 3.0 // a filled rectangle no thicker is a rule
	shortest     = 4.0 // rules are at least so long
	mostSegments = 2000
	deepestForm  = 6
)

// A matrix maps x, y to a·x + c·y + e, b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then returns the matrix that does m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		a: m.a*n.a + m.b*n.c, b: m.a*n.b + m.b*n.d,
		c: m.c*n.a + m.d*n.c, d: m.c*n.b + m.d*n.d,
		e: m.e*n.a + m.f*n.c + n.e, f: m.e*n.b + m.f*n.d + n.f,
	}
}

// objects reads lines, areas and pictures of a page.
type objects struct {
	in    pdfium.Pdfium
	view  view
	sheet *layout.Sheet
	count int
}

func readObjects(in pdfium.Pdfium, page requests.Page, v view, s *layout.Sheet) error {
	o := &objects{in: in, view: v, sheet: s}
	n, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return err
	}
	for i := 0; i < n.Count && o.count < mostObjects; i++ {
		got, err := in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			continue
		}
		o.object(got.PageObject, identity, 0)
	}
	return nil
}

// object reads one object. One that cannot be read is passed over: it is a
// line or a picture, and the text is elsewhere.
func (o *objects) object(ref references.FPDF_PAGEOBJECT, outer matrix, depth int) {
	o.count++
	kind, err := o.in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: ref})
	if err != nil {
		return
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_IMAGE, enums.FPDF_PAGEOBJ_SHADING:
		if r, ok := o.bounds(ref, outer); ok {
			o.sheet.Pictures = append(o.sheet.Pictures, r)
		}
	case enums.FPDF_PAGEOBJ_PATH:
		o.path(ref, outer)
	case enums.FPDF_PAGEOBJ_FORM:
		if depth < deepestForm {
			o.form(ref, outer, depth)
		}
	}
}

func (o *objects) matrixOf(ref references.FPDF_PAGEOBJECT) matrix {
	m, err := o.in.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: ref})
	if err != nil {
		return identity
	}
	return matrix{float64(m.Matrix.A), float64(m.Matrix.B), float64(m.Matrix.C), float64(m.Matrix.D), float64(m.Matrix.E), float64(m.Matrix.F)}
}

func (o *objects) form(ref references.FPDF_PAGEOBJECT, outer matrix, depth int) {
	n, err := o.in.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: ref})
	if err != nil {
		return
	}
	m := o.matrixOf(ref).then(outer)
	for i := 0; i < n.Count && o.count < mostObjects; i++ {
		got, err := o.in.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: ref, Index: uint64(i)})
		if err == nil {
			o.object(got.PageObject, m, depth+1)
		}
	}
}

// bounds returns where the object stands on the sheet, and whether any of it
// does.
func (o *objects) bounds(ref references.FPDF_PAGEOBJECT, outer matrix) (layout.Rect, bool) {
	b, err := o.in.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: ref})
	if err != nil {
		return layout.Rect{}, false
	}
	x0, y0 := outer.apply(float64(b.Left), float64(b.Bottom))
	x1, y1 := outer.apply(float64(b.Right), float64(b.Top))
	r := o.view.rect(x0, y0, x1, y1)
	return o.shown(r)
}

// shown returns the part of r that lies on the sheet.
func (o *objects) shown(r layout.Rect) (layout.Rect, bool) {
	for _, v := range []float64{r.X0, r.Y0, r.X1, r.Y1} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return r, false
		}
	}
	c := r.Common(layout.Rect{X1: o.sheet.Width, Y1: o.sheet.Height})
	return c, c.X1 >= c.X0 && c.Y1 >= c.Y0
}

// path adds what a path draws: rules, frames or areas.
func (o *objects) path(ref references.FPDF_PAGEOBJECT, outer matrix) {
	all, ok := o.bounds(ref, outer)
	if !ok {
		return
	}
	mode, err := o.in.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: ref})
	if err != nil {
		return
	}
	filled := mode.FillMode != enums.FPDF_FILLMODE_NONE
	if !filled && !mode.Stroke {
		return
	}
	color := o.color(ref)
	parts := o.parts(ref, outer)
	if len(parts) == 0 {
		parts = []part{{box: all}}
	}
	if filled {
		o.fill(all, parts, color)
	}
	if mode.Stroke {
		for _, p := range parts {
			o.stroke(p)
		}
	}
}

// color returns the fill colour as 0xRRGGBB; what is see-through is white.
func (o *objects) color(ref references.FPDF_PAGEOBJECT) uint32 {
	c, err := o.in.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: ref})
	if err != nil || c.FillColor.A == 0 {
		return 0xFFFFFF
	}
	return uint32(c.FillColor.R&255)<<16 | uint32(c.FillColor.G&255)<<8 | uint32(c.FillColor.B&255)
}

// A part is one figure of a path.
type part struct {
	points [][2]float64 // on the sheet
	box    layout.Rect
	curved bool
	closed bool
}

// parts reads the figures of a path.
func (o *objects) parts(ref references.FPDF_PAGEOBJECT, outer matrix) []part {
	n, err := o.in.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: ref})
	if err != nil || n.Count > mostSegments {
		return nil
	}
	m := o.matrixOf(ref).then(outer)
	var parts []part
	for i := range n.Count {
		seg, err := o.in.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: ref, Index: i})
		if err != nil {
			return nil
		}
		kind, err := o.in.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: seg.PathSegment})
		if err != nil {
			return nil
		}
		at, err := o.in.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: seg.PathSegment})
		if err != nil {
			return nil
		}
		x, y := o.view.point(m.apply(float64(at.X), float64(at.Y)))
		if kind.Type == enums.FPDF_SEGMENT_MOVETO || len(parts) == 0 {
			parts = append(parts, part{box: layout.Rect{X0: x, Y0: y, X1: x, Y1: y}})
		}
		p := &parts[len(parts)-1]
		p.points = append(p.points, [2]float64{x, y})
		p.box = layout.Rect{X0: min(p.box.X0, x), Y0: min(p.box.Y0, y), X1: max(p.box.X1, x), Y1: max(p.box.Y1, y)}
		p.curved = p.curved || kind.Type == enums.FPDF_SEGMENT_BEZIERTO
		if end, err := o.in.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: seg.PathSegment}); err == nil && end.IsClose {
			p.closed = true
		}
	}
	return parts
}

// fill adds the areas of a filled path. Two rectangles of which one is just
// within the other are a border.
func (o *objects) fill(all layout.Rect, parts []part, color uint32) {
	if len(parts) == 2 && !parts[0].curved && !parts[1].curved {
		out, in := parts[0].box, parts[1].box
		if in.Contains(out, 0) {
			out, in = in, out
		}
		if out.Contains(in, 0) && out.W()-in.W() < 4*thin && out.H()-in.H() < 4*thin && in.W() > 4*thin && in.H() > 4*thin {
			o.frame(out)
			return
		}
	}
	for _, p := range parts {
		r, ok := o.shown(p.box)
		if !ok {
			continue
		}
		if !o.rule(r) && !r.Empty() {
			o.sheet.Fills = append(o.sheet.Fills, layout.Fill{Rect: r, Color: color})
		}
	}
}

// stroke adds the lines of a drawn path.
func (o *objects) stroke(p part) {
	if p.curved || len(p.points) < 2 {
		if r, ok := o.shown(p.box); ok && !r.Empty() {
			o.sheet.Fills = append(o.sheet.Fills, layout.Fill{Rect: r})
		}
		return
	}
	points := p.points
	if p.closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	if box := p.box; len(points) >= 5 && len(points) <= 6 && box.W() > 4*thin && box.H() > 4*thin && onEdges(points, box) {
		o.frame(box)
		return
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		r := layout.Rect{X0: min(a[0], b[0]), Y0: min(a[1], b[1]), X1: max(a[0], b[0]), Y1: max(a[1], b[1])}
		if r, ok := o.shown(r); ok {
			o.rule(r)
		}
	}
}

// onEdges reports whether all points lie on the corners of the box.
func onEdges(points [][2]float64, box layout.Rect) bool {
	for _, p := range points {
		if min(math.Abs(p[0]-box.X0), math.Abs(p[0]-box.X1)) > 1 || min(math.Abs(p[1]-box.Y0), math.Abs(p[1]-box.Y1)) > 1 {
			return false
		}
	}
	return true
}

func (o *objects) frame(r layout.Rect) {
	if r, ok := o.shown(r); ok {
		o.sheet.Frames = append(o.sheet.Frames, r)
	}
}

// rule adds r if it is thin enough for a line, and reports whether it was.
func (o *objects) rule(r layout.Rect) bool {
	if min(r.W(), r.H()) > thin || max(r.W(), r.H()) < shortest {
		return false
	}
	o.sheet.Rules = append(o.sheet.Rules, r)
	return true
}
