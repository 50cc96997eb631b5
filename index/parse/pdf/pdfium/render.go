package pdfium

import (
	"context"
	"fmt"
	"image"
	"image/draw"

	"github.com/klippa-app/go-pdfium/requests"
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
			s.close()
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
		err = s.do(ctx, r.Page-1, func(p requests.Page) (err error) {
			picture, err = render(s, p, r)
			return err
		})
		yield(r, picture, err)
	}
}

func render(s *session, p requests.Page, r Raster) (*image.RGBA, error) {
	got, err := s.in.RenderPageInPixels(&requests.RenderPageInPixels{Page: p, Width: r.Width, Height: r.Height})
	if err != nil {
		return nil, fmt.Errorf("cannot be rendered: %w", err)
	}
	defer got.Cleanup()
	// PDFium rounds to the page's proportions, so a line of pixels may be missing.
	out := image.NewRGBA(image.Rect(0, 0, r.Width, r.Height))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	rendered := got.Result.RenderedImage
	draw.Draw(out, out.Rect, rendered, rendered.Bounds().Min, draw.Over)
	return out, nil
}
