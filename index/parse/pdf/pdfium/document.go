package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/klippa-app/go-pdfium"
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

	mu   sync.Mutex
	idle *session // that has the file open and reads nothing
}

// Open reads the file's table of contents. data must not change as long as the
// Document is used, which is until Close.
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
	if d.pages = s.pages; d.pages == 0 {
		s.close()
		return nil, ErrNoPages
	}
	d.idle = s
	return d, nil
}

// Pages returns how many pages the file has.
func (d *Document) Pages() int { return d.pages }

// Close gives up what the document takes.
func (d *Document) Close() {
	if s := d.takeIdle(); s != nil {
		s.close()
	}
}

func (d *Document) takeIdle() *session {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.idle
	d.idle = nil
	return s
}

// giveBack keeps a session for whoever reads next, if it can be used and there is
// none.
func (d *Document) giveBack(s *session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.idle == nil && !s.dead && !s.worn() {
		d.idle = s
		return
	}
	s.close()
}

// A session is a document opened in one instance.
type session struct {
	in    pdfium.Pdfium
	lib   *library
	doc   pointer
	pages int
	used  int
	dead  bool
}

// session returns one that is idle, or opens the file in another instance.
func (d *Document) session(ctx context.Context) (*session, error) {
	if s := d.takeIdle(); s != nil {
		return s, nil
	}
	if err := d.engine.started(); err != nil {
		return nil, err
	}
	in, err := d.engine.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("no instance of PDFium: %w", err)
	}
	s := &session{in: in}
	if s.lib, err = newLibrary(ctx, in); err == nil {
		err = within(ctx, s.lib, func() error { return s.open(d.data) })
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) open(data []byte) error {
	at := s.lib.put(data)
	s.doc = s.lib.call("FPDF_LoadMemDocument", at, uint64(len(data)), 0)
	if s.doc == 0 {
		return openError(s.lib.int("FPDF_GetLastError"))
	}
	s.pages = s.lib.int("FPDF_GetPageCount", s.doc)
	return nil
}

// openError says what PDFium's number of an error means.
func openError(number int) error {
	switch number {
	case 4, 5: // password, security
		return ErrEncrypted
	case 0, 1, 2, 3: // none, unknown, file, format
		return ErrNoPDF
	}
	return fmt.Errorf("cannot be opened: PDFium's error %d", number)
}

func (s *session) close() {
	if !s.dead {
		s.dead = true
		s.in.Close()
	}
}

// do calls f with a page loaded, numbered from 0. An instance in which something
// has failed is of no more use.
func (s *session) do(ctx context.Context, page int, f func(page pointer) error) error {
	s.used++
	err := within(ctx, s.lib, func() error {
		p := s.lib.call("FPDF_LoadPage", s.doc, uint64(page))
		if p == 0 {
			return fmt.Errorf("cannot be loaded: PDFium's error %d", s.lib.int("FPDF_GetLastError"))
		}
		if err := f(p); err != nil {
			return err
		}
		s.lib.call("FPDF_ClosePage", p)
		return nil
	})
	if err != nil {
		s.close()
	}
	return err
}

// worn reports whether another instance should take the place of this one.
func (s *session) worn() bool { return s.used >= pagesAnInstance }

// usable returns s, or a new session where s is none, has failed or is worn.
func (d *Document) usable(ctx context.Context, s *session) (*session, error) {
	if s != nil && s.worn() {
		s.close()
	}
	if s == nil || s.dead {
		return d.session(ctx)
	}
	return s, nil
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

// worker reads pages. It takes none before it has an instance, so that no page waits
// while other files have all of them, or other workers of this one.
func (d *Document) worker(ctx context.Context, next <-chan int, results []chan Page) {
	var s *session
	defer func() {
		if s != nil {
			d.giveBack(s)
		}
	}()
	for {
		var err error
		s, err = d.usable(ctx, s)
		i, ok := <-next
		if !ok {
			return
		}
		p := Page{Number: i + 1, Err: err}
		if err == nil {
			p.Err = s.do(ctx, i, func(page pointer) (err error) {
				p.Sheet, err = read(s.lib, page)
				return err
			})
		}
		results[i] <- p
	}
}
