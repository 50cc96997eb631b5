package pdfium

import (
	"math"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium/enums"
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
	lib   *library
	view  view
	sheet *layout.Sheet
	count int
}

func readObjects(l *library, page pointer, v view, s *layout.Sheet) error {
	o := &objects{lib: l, view: v, sheet: s}
	n := l.int("FPDFPage_CountObjects", page)
	for i := 0; i < n && o.count < mostObjects && l.err == nil; i++ {
		if ref := l.call("FPDFPage_GetObject", page, uint64(i)); ref != 0 {
			o.object(ref, identity, 0)
		}
	}
	return l.err
}

// object reads one object. One that cannot be read is passed over: it is a
// line or a picture, and the text is elsewhere.
func (o *objects) object(ref pointer, outer matrix, depth int) {
	o.count++
	switch enums.FPDF_PAGEOBJ(o.lib.int("FPDFPageObj_GetType", ref)) {
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

func (o *objects) matrixOf(ref pointer) matrix {
	l := o.lib
	if !l.is("FPDFPageObj_GetMatrix", ref, l.scratch) {
		return identity
	}
	return matrix{l.float(0), l.float(1), l.float(2), l.float(3), l.float(4), l.float(5)}
}

func (o *objects) form(ref pointer, outer matrix, depth int) {
	n := o.lib.int("FPDFFormObj_CountObjects", ref)
	m := o.matrixOf(ref).then(outer)
	for i := 0; i < n && o.count < mostObjects && o.lib.err == nil; i++ {
		if part := o.lib.call("FPDFFormObj_GetObject", ref, uint64(i)); part != 0 {
			o.object(part, m, depth+1)
		}
	}
}

// bounds returns where the object stands on the sheet, and whether any of it
// does.
func (o *objects) bounds(ref pointer, outer matrix) (layout.Rect, bool) {
	left, bottom, right, top := o.lib.four()
	if !o.lib.is("FPDFPageObj_GetBounds", ref, left, bottom, right, top) {
		return layout.Rect{}, false
	}
	x0, y0 := outer.apply(o.lib.float(0), o.lib.float(1))
	x1, y1 := outer.apply(o.lib.float(2), o.lib.float(3))
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
func (o *objects) path(ref pointer, outer matrix) {
	all, ok := o.bounds(ref, outer)
	if !ok {
		return
	}
	fill, line, _, _ := o.lib.four()
	if !o.lib.is("FPDFPath_GetDrawMode", ref, fill, line) {
		return
	}
	filled, drawn := enums.FPDF_FILLMODE(o.lib.uint(0)) != enums.FPDF_FILLMODE_NONE, o.lib.uint(1) != 0
	if !filled && !drawn {
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
	if drawn {
		for _, p := range parts {
			o.stroke(p)
		}
	}
}

// color returns the fill colour as 0xRRGGBB; what is see-through is white.
func (o *objects) color(ref pointer) uint32 {
	r, g, b, a := o.lib.four()
	if !o.lib.is("FPDFPageObj_GetFillColor", ref, r, g, b, a) {
		return 0xFFFFFF
	}
	rgb, alpha := o.lib.colour()
	if alpha == 0 {
		return 0xFFFFFF
	}
	return rgb
}

// A part is one figure of a path.
type part struct {
	points [][2]float64 // on the sheet
	box    layout.Rect
	curved bool
	closed bool
}

// parts reads the figures of a path.
func (o *objects) parts(ref pointer, outer matrix) []part {
	n := o.lib.int("FPDFPath_CountSegments", ref)
	if n > mostSegments {
		return nil
	}
	m := o.matrixOf(ref).then(outer)
	var parts []part
	for i := range n {
		seg := o.lib.call("FPDFPath_GetPathSegment", ref, uint64(i))
		if seg == 0 {
			return nil
		}
		kind := enums.FPDF_SEGMENT(o.lib.int("FPDFPathSegment_GetType", seg))
		atX, atY, _, _ := o.lib.four()
		if !o.lib.is("FPDFPathSegment_GetPoint", seg, atX, atY) {
			return nil
		}
		x, y := o.view.point(m.apply(o.lib.float(0), o.lib.float(1)))
		if kind == enums.FPDF_SEGMENT_MOVETO || len(parts) == 0 {
			parts = append(parts, part{box: layout.Rect{X0: x, Y0: y, X1: x, Y1: y}})
		}
		p := &parts[len(parts)-1]
		p.points = append(p.points, [2]float64{x, y})
		p.box = layout.Rect{X0: min(p.box.X0, x), Y0: min(p.box.Y0, y), X1: max(p.box.X1, x), Y1: max(p.box.Y1, y)}
		p.curved = p.curved || kind == enums.FPDF_SEGMENT_BEZIERTO
		p.closed = p.closed || o.lib.is("FPDFPathSegment_GetClose", seg)
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
