package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/pdf/pdfium"
)

// How pictures are made. Whoever changes any of it counts recipe up, or old
// pictures stay.
const (
	recipe = "2"
	// smallBytes is how large a page's small picture may be.
	smallBytes = 250_000
	// Qualities of JPEG. Of a page's small picture the first is taken, from the best
	// to the least, with which it is small enough.
	bestQuality, leastQuality = 72, 24
	largeQuality              = 64
	cutQuality                = 82
	// widestCut is the width from which a cut picture is made smaller.
	widestCut = 1440
	// filesAtOnce is how many files are rendered side by side: a page takes some
	// 100 MB while it is rendered.
	filesAtOnce = 2
)

// A printer makes the pictures of printed pages. What the last build has made of
// the same file is not made again.
type printer struct {
	*builder
	folder string
	engine *pdfium.Engine

	mu   sync.Mutex
	done int
}

// printPages makes the pictures of all pages that were read from PDF files.
func (b *builder) printPages(ctx context.Context, content string) error {
	if len(b.survey.prints) == 0 {
		return nil
	}
	p := &printer{builder: b, folder: folderOf(content), engine: new(pdfium.Engine)}
	defer p.engine.Close()
	var order []string
	files := make(map[string][]*print)
	for _, pr := range b.survey.prints {
		if files[pr.file] == nil {
			order = append(order, pr.file)
		}
		files[pr.file] = append(files[pr.file], pr)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(filesAtOnce)
	faults := make([][]error, len(order))
	for i, name := range order {
		g.Go(func() (err error) {
			faults[i], err = p.file(ctx, name, files[name])
			return err
		})
	}
	err := g.Wait()
	for _, some := range faults {
		b.warnings = append(b.warnings, some...)
	}
	return err
}

// file makes the pictures of the pages of a file. Faults cost a page its
// pictures; an error ends the build.
func (p *printer) file(ctx context.Context, name string, prints []*print) (faults []error, err error) {
	full := filepath.Join(p.folder, filepath.FromSlash(name))
	sum, err := fileSum(full)
	if err != nil {
		return []error{&parse.Error{File: name, Msg: fmt.Sprintf("no pictures of its pages: %v", err)}}, nil
	}
	byPage := make(map[int]*print)
	var rasters []pdfium.Raster
	for _, pr := range prints {
		pr.name(sum)
		if p.kept(pr) {
			p.progress(1)
			continue
		}
		byPage[pr.sheet.Page] = pr
		w, h := pixels(pr.sheet, largeWidth)
		rasters = append(rasters, pdfium.Raster{Page: pr.sheet.Page, Width: w, Height: h})
	}
	if len(rasters) == 0 {
		return nil, nil
	}
	data, err := os.ReadFile(full)
	if err != nil {
		return nil, err
	}
	doc, err := p.engine.Open(ctx, data)
	if err != nil {
		for _, pr := range byPage {
			pr.lose()
		}
		return []error{&parse.Error{File: name, Msg: fmt.Sprintf("no pictures of its pages: %v", err)}}, nil
	}
	defer doc.Close()
	var failed error
	doc.RenderEach(ctx, rasters, func(r pdfium.Raster, m *image.RGBA, err error) {
		pr := byPage[r.Page]
		p.progress(1)
		if err != nil {
			pr.lose()
			faults = append(faults, &parse.Error{File: name, Msg: fmt.Sprintf("no picture of page %d: %v", r.Page, err)})
			return
		}
		if failed == nil {
			failed = p.develop(pr, m)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return faults, failed
}

// folderOf is the folder that the names of content files are relative to.
func folderOf(content string) string {
	if info, err := os.Stat(content); err == nil && !info.IsDir() {
		return filepath.Dir(content)
	}
	return content
}

func fileSum(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

func (p *printer) progress(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.report(Progress{Step: Printing, Done: p.done, Total: len(p.survey.prints)})
}

// name gives the page's pictures their names, which say what they are made of.
func (pr *print) name(sum []byte) {
	path := func(what string, parts ...float64) string {
		h := sha256.New()
		fmt.Fprint(h, recipe, " ", pr.sheet.Page, " ", what, " ", parts, " ")
		h.Write(sum)
		return "media/" + hex.EncodeToString(h.Sum(nil)[:8]) + ".jpg"
	}
	if pr.shown {
		w, h := pixels(pr.sheet, smallWidth)
		pr.Small = picture{path("small"), w, h}
		w, h = pixels(pr.sheet, largeWidth)
		pr.Large = picture{path("large"), w, h}
	}
	for _, c := range pr.cuts {
		box := pr.box(c.Zone)
		if box.Dx() < 16 || box.Dy() < 16 {
			continue // a rule or a speck
		}
		c.picture = picture{path("cut", c.X0, c.Y0, c.X1, c.Y1), box.Dx(), box.Dy()}
		if c.Width > widestCut {
			c.Width, c.Height = widestCut, max(1, c.Height*widestCut/c.Width)
		}
	}
}

// box returns where an area of the page is in its large picture.
func (pr *print) box(z article.Zone) image.Rectangle {
	w, h := pixels(pr.sheet, largeWidth)
	x, y := float64(w)/pr.sheet.Width, float64(h)/pr.sheet.Height
	return image.Rect(int(z.X0*x), int(z.Y0*y), int(z.X1*x+0.999), int(z.Y1*y+0.999)).Intersect(image.Rect(0, 0, w, h))
}

// lose takes note that there are no pictures of the page.
func (pr *print) lose() {
	pr.Small, pr.Large = picture{}, picture{}
	for _, c := range pr.cuts {
		c.picture = picture{}
	}
}

// pictures are those that the page has.
func (pr *print) pictures() []picture {
	var all []picture
	if pr.shown {
		all = append(all, pr.Small, pr.Large)
	}
	for _, c := range pr.cuts {
		if c.Path != "" {
			all = append(all, c.picture)
		}
	}
	return all
}

func (p picture) rect() image.Rectangle { return image.Rect(0, 0, p.Width, p.Height) }

// made is how an inventory names what a picture was made of, which its name says.
func (p picture) made() string {
	sum := sha256.Sum256([]byte(p.Path))
	return chunk.ID(sum[:chunk.IDSize]).String()
}

// kept reports whether all pictures of the page are there from the last build.
func (p *printer) kept(pr *print) bool {
	for _, pic := range pr.pictures() {
		if !p.out.keep(pic.Path, pic.made()) {
			return false
		}
	}
	return true
}

// develop makes the pictures of a rendered page.
func (p *printer) develop(pr *print, m *image.RGBA) error {
	if pr.shown {
		if err := p.put(pr.Large, m, 0, largeQuality); err != nil {
			return err
		}
		if err := p.put(pr.Small, shrink(m, m.Rect, pr.Small.rect()), smallBytes, bestQuality); err != nil {
			return err
		}
	}
	for _, c := range pr.cuts {
		if c.Path == "" {
			continue
		}
		if err := p.put(c.picture, shrink(m, pr.box(c.Zone), c.rect()), 0, cutQuality); err != nil {
			return err
		}
	}
	return nil
}

// put writes a picture as JPEG, of the best quality with which it has no more than so
// many bytes; 0 is as many as it takes.
func (p *printer) put(to picture, m image.Image, most, quality int) error {
	encode := func(quality int) ([]byte, error) {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("site: %s: %w", to.Path, err)
		}
		return b.Bytes(), nil
	}
	var data []byte
	var err error
	if most > 0 {
		data, err = fitting(most, quality, encode)
	} else {
		data, err = encode(quality)
	}
	if err != nil {
		return err
	}
	return p.out.put(to.Path, data, file{chunk.Sum(data).String(), to.made(), int64(len(data))})
}

// qualityStep is between the qualities that are tried, likelyQuality the one that
// most pages have.
const (
	qualityStep   = 8
	likelyQuality = 56
)

// fitting encodes with the best quality, which is a number of steps below another,
// with which there are no more than so many bytes, or with the least. It begins with
// a likely one: each trial costs a twentieth of a second.
func fitting(most, best int, encode func(quality int) ([]byte, error)) ([]byte, error) {
	q := likelyQuality
	data, err := encode(q)
	fits := len(data) <= most
	for err == nil {
		next := q - qualityStep
		if fits {
			next = q + qualityStep
		}
		if next > best || next < leastQuality {
			break
		}
		var other []byte
		if other, err = encode(next); err != nil {
			break
		}
		if fits && len(other) > most {
			break
		}
		q, data = next, other
		if !fits && len(data) <= most {
			break
		}
	}
	return data, err
}
