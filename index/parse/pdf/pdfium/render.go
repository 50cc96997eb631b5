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
// there is none. The picture lies in PDFium's memory: it is there until yield
// returns. A page that PDFium fails on costs that page alone.
func (d *Document) RenderEach(ctx context.Context, pages []Raster, yield func(Raster, *image.RGBA, error)) {
	var s *session
	defer func() {
		if s != nil {
			d.giveBack(s)
		}
	}()
	for _, r := range pages {
		var err error
		if s, err = d.usable(ctx, s); err != nil {
			yield(r, nil, err)
			continue
		}
		var bitmap pointer
		err = s.do(ctx, r.Page-1, func(page pointer) (err error) {
			bitmap, err = render(s.lib, page, r)
			return err
		})
		var picture *image.RGBA
		if err == nil {
			picture, err = pixels(ctx, s.lib, bitmap, r)
		}
		yield(r, picture, err)
		if bitmap != 0 && !s.dead {
			err = within(ctx, s.lib, func() error {
				s.lib.call("FPDFBitmap_Destroy", bitmap)
				return nil
			})
			if err != nil {
				s.close()
			}
		}
	}
}

// reverseBytes has PDFium write red first (FPDF_REVERSE_BYTE_ORDER).
const reverseBytes = 0x10

// render draws the page on white and returns PDFium's bitmap.
func render(l *library, page pointer, r Raster) (bitmap pointer, err error) {
	w, h := uint64(r.Width), uint64(r.Height)
	if r.Width < 1 || r.Height < 1 || 4*w*h > math.MaxInt32 {
		return 0, fmt.Errorf("cannot be rendered %d × %d pixels large", r.Width, r.Height)
	}
	if bitmap = l.call("FPDFBitmap_Create", w, h, 0); bitmap == 0 {
		return 0, cmp.Or(l.err, fmt.Errorf("no room for a picture of %d × %d pixels", r.Width, r.Height))
	}
	l.call("FPDFBitmap_FillRect", bitmap, 0, 0, w, h, 0xFFFFFFFF)
	l.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, w, h, 0, reverseBytes)
	return bitmap, l.err
}

// pixels returns a bitmap as it lies in PDFium's memory.
func pixels(ctx context.Context, l *library, bitmap pointer, r Raster) (out *image.RGBA, err error) {
	err = within(ctx, l, func() error {
		stride := l.int("FPDFBitmap_GetStride", bitmap)
		pix, ok := l.bytes(l.call("FPDFBitmap_GetBuffer", bitmap), stride*r.Height)
		if !ok {
			return cmp.Or(l.err, errors.New("the picture is not in PDFium's memory"))
		}
		for x := 3; x < len(pix); x += 4 {
			pix[x] = 0xFF // there is no alpha
		}
		out = &image.RGBA{Pix: pix, Stride: stride, Rect: image.Rect(0, 0, r.Width, r.Height)}
		return nil
	})
	return out, err
}
