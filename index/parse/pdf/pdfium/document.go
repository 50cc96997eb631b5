package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"sync"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Errors of Open, for which there is something to do.
var (
	ErrEncrypted = errors.New("the file is encrypted and asks for a password; save it without one")
	ErrNoPDF     = errors.New("this is not a PDF file, or it is damaged beyond repair")
	ErrNoPages   = errors.New("the file has no pages")
)

// A Document is an open file.
type Document struct {
	engine *Engine
	data   []byte
	pages  int
}

// Open reads the file's table of contents. data must not change as long as the
// Document is used.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	// What comes before the mark is allowed by some readers, within 1 kB.
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, ErrNoPDF
	}
	d := &Document{engine: e, data: data}
	s, err := d.session(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	d.pages = s.pages
	if d.pages == 0 {
		return nil, ErrNoPages
	}
	return d, nil
}

// Pages returns how many pages the file has.
func (d *Document) Pages() int { return d.pages }

// A session is a document opened in one instance.
type session struct {
	doc   *Document
	in    pdfium.Pdfium
	ref   references.FPDF_DOCUMENT
	pages int
	used  int
	dead  bool
}

func (d *Document) session(ctx context.Context) (*session, error) {
	if err := d.engine.started(); err != nil {
		return nil, err
	}
	in, err := d.engine.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("no instance of PDFium: %w", err)
	}
	s := &session{doc: d, in: in}
	alive, err := within(ctx, in, func() error {
		opened, err := in.OpenDocument(&requests.OpenDocument{File: &d.data})
		if err != nil {
			return openError(err)
		}
		s.ref = opened.Document
		count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: s.ref})
		if err == nil {
			s.pages = count.PageCount
		}
		return err
	})
	s.dead = !alive
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func openError(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return ErrEncrypted
	case errors.Is(err, pdfiumerrors.ErrFormat), errors.Is(err, pdfiumerrors.ErrFile), errors.Is(err, pdfiumerrors.ErrUnknown), errors.Is(err, pdfiumerrors.ErrSuccess):
		return ErrNoPDF
	}
	return fmt.Errorf("cannot be opened: %w", err)
}

func (s *session) close() {
	if !s.dead {
		s.dead = true
		s.in.Close()
	}
}

// do calls f with the page loaded. An instance that fails is of no more use.
func (s *session) do(ctx context.Context, page int, f func(requests.Page) error) error {
	s.used++
	alive, err := within(ctx, s.in, func() error {
		loaded, err := s.in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: s.ref, Index: page})
		if err != nil {
			return fmt.Errorf("cannot be loaded: %w", err)
		}
		if err := f(requests.Page{ByReference: &loaded.Page}); err != nil {
			return err
		}
		_, err = s.in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		return err
	})
	if !alive {
		s.dead = true
	} else if err != nil || s.used >= pagesAnInstance {
		s.close()
	}
	return err
}

// A Page is one page that was read, or why it could not be.
type Page struct {
	Number int           // from 1
	Sheet  *layout.Sheet // with Err, nil or the page's size alone
	Err    error
}

// Read reads the pages side by side and calls yield for each in order, until
// it returns false. A page that PDFium fails on costs that page alone.
func (d *Document) Read(ctx context.Context, yield func(Page) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := min(instances(), d.pages)
	results := make([]chan Page, d.pages)
	for i := range results {
		results[i] = make(chan Page, 1)
	}
	// ahead keeps the readers from running ahead of who takes the pages.
	ahead := make(chan struct{}, 2*workers)
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range d.pages {
			select {
			case ahead <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	for range workers {
		wg.Go(func() { d.worker(ctx, next, results) })
	}
	for i := range results {
		select {
		case p := <-results[i]:
			<-ahead
			if !yield(p) {
				return
			}
		case <-ctx.Done():
			yield(Page{Number: i + 1, Err: ctx.Err()})
			return
		}
	}
}

func (d *Document) worker(ctx context.Context, next <-chan int, results []chan Page) {
	var s *session
	defer func() {
		if s != nil {
			s.close()
		}
	}()
	for i := range next {
		p := Page{Number: i + 1}
		if s == nil || s.dead {
			s, p.Err = d.session(ctx)
		}
		if p.Err == nil {
			p.Err = s.do(ctx, i, func(page requests.Page) (err error) {
				p.Sheet, err = read(s.in, page)
				return err
			})
		}
		results[i] <- p
	}
}

// Render returns the page, numbered from 1, as a picture so many pixels wide.
// Of a page that is out of all proportion the picture is smaller.
func (d *Document) Render(ctx context.Context, page, width int) (*image.RGBA, error) {
	s, err := d.session(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var out *image.RGBA
	err = s.do(ctx, page-1, func(p requests.Page) error {
		// The height bounds what a page 5 m long would take.
		got, err := s.in.RenderPageInPixels(&requests.RenderPageInPixels{Page: p, Width: width, Height: 3 * width})
		if err != nil {
			return fmt.Errorf("cannot be rendered: %w", err)
		}
		defer got.Cleanup()
		out = image.NewRGBA(got.Result.RenderedImage.Bounds())
		draw.Draw(out, out.Rect, got.Result.RenderedImage, out.Rect.Min, draw.Src)
		return nil
	})
	return out, err
}
