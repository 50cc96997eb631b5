package pdfium

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"math"
)

// A Raster is a page, numbered from 1, to be rendered in a size in pixels.
type Raster struct{ Page, Width, Height int }

// RenderEach renders pages one after the other and calls yield for each with its
// picture, which is exactly as large as was asked for, or with the reason why
// there is none. A page that PDFium fails on costs that page alone.
func (d *Document) RenderEach(ctx context.Context, pages []Raster, yield func(Raster, *image.RGBA, error)) {
	var s *session
	defer func() {
		if s != nil {
			d.giveBack(s)
		}
	}()
	for _, r := range pages {
		var err error
		if s == nil || s.dead {
			if s, err = d.session(ctx); err != nil {
				yield(r, nil, err)
				continue
			}
		}
		var picture *image.RGBA
		err = s.do(ctx, r.Page-1, func(page pointer) (err error) {
			picture, err = render(s.lib, page, r)
			return err
		})
		yield(r, picture, err)
	}
}

// reverseBytes has PDFium write red first (FPDF_REVERSE_BYTE_ORDER).
const reverseBytes = 0x10

// render draws the page on white.
func render(l *library, page pointer, r Raster) (*image.RGBA, error) {
	w, h := uint64(r.Width), uint64(r.Height)
	if r.Width < 1 || r.Height < 1 || 4*w*h > math.MaxInt32 {
		return nil, fmt.Errorf("cannot be rendered %d × %d pixels large", r.Width, r.Height)
	}
	bitmap := l.call("FPDFBitmap_Create", w, h, 0)
	if bitmap == 0 {
		return nil, fmt.Errorf("no room for a picture of %d × %d pixels", r.Width, r.Height)
	}
	defer l.call("FPDFBitmap_Destroy", bitmap)
	l.call("FPDFBitmap_FillRect", bitmap, 0, 0, w, h, 0xFFFFFFFF)
	l.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, w, h, 0, reverseBytes)
	stride := l.int("FPDFBitmap_GetStride", bitmap)
	at := l.call("FPDFBitmap_GetBuffer", bitmap)
	out := image.NewRGBA(image.Rect(0, 0, r.Width, r.Height))
	for y := range r.Height {
		row, ok := l.bytes(at+uint64(y*stride), out.Stride)
		if !ok {
			return nil, cmp.Or(l.err, errors.New("the picture is not in PDFium's memory"))
		}
		to := out.Pix[y*out.Stride:][:out.Stride]
		copy(to, row)
		for x := 3; x < len(to); x += 4 {
			to[x] = 0xFF // there is no alpha
		}
	}
	return out, l.err
}
