package pdf

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/kanbao/kanbao/index/parse/pdf/pdfium"
	"github.com/kanbao/kanbao/index/parse/source"
)

// largestFile is how many bytes a file may have. A page with many photographs
// for the press has some 50 MB; PDFium needs the whole file in its memory.
const largestFile = 200 << 20

// A Parser reads PDF files.
type Parser struct {
	engine *pdfium.Engine
	// edition is what the folder's settings say.
	edition article.Edition
}

// New makes a Parser; edition is what is known of the edition from elsewhere:
// what the page itself says, and a file beside it, come before it.
func New(engine *pdfium.Engine, edition article.Edition) *Parser {
	return &Parser{engine: engine, edition: edition}
}

// Parse yields the articles of the file's pages. A page that cannot be read is an
// error with its number, and the others are read. One whose text cannot be had is a
// warning and an article that is the picture of the page.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
		switch {
		case err != nil:
			yield(nil, source.Errorf(name, 0, "cannot be read: %v", err))
			return
		case len(data) > largestFile:
			yield(nil, source.Errorf(name, 0, "larger than %d MB; save each page as a file of its own", largestFile>>20))
			return
		}
		f := &file{parser: p, name: name, stem: strings.TrimSuffix(name, path.Ext(name))}
		if f.beside, err = readBeside(r, name); err != nil {
			if !yield(nil, err) {
				return
			}
			f.yields++
		}
		if f.zones, err = readZones(r, name); err != nil {
			if !yield(nil, err) {
				return
			}
			f.yields++
		}
		f.parse(data, yield)
	}
}

// file is a file while its pages are read.
type file struct {
	parser *Parser
	name   string
	stem   string
	beside beside
	zones  corrections
	yields int
	pages  int
	made   []*article.Article
}

func (f *file) parse(data []byte, yield func(*article.Article, error) bool) {
	doc, err := f.parser.engine.Open(context.Background(), data)
	if err != nil {
		yield(nil, source.Errorf(f.name, 0, "%v", err))
		return
	}
	defer doc.Close()
	f.pages = doc.Pages()
	var faults []error
	doc.Read(context.Background(), func(pg pdfium.Page) bool {
		if err := f.page(pg); err != nil {
			faults = append(faults, err)
		}
		return true
	})
	for _, err := range faults {
		f.yields++
		if !yield(nil, err) {
			return
		}
	}
	for _, a := range f.made {
		f.yields++
		a.ID = fmt.Sprintf("%s-%d", f.stem, f.yields)
		if !yield(a, nil) {
			return
		}
	}
}

// page reads one page's articles.
func (f *file) page(pg pdfium.Page) error {
	switch {
	case pg.Err != nil && pg.Sheet != nil:
		found := layout.Analyze(pg.Sheet)
		f.made = append(f.made, pageAlone(found, f.edition(pg.Number, found), f.name, pg.Number))
		return f.warning(pg.Number, pg.Err.Error())
	case pg.Err != nil:
		return f.fault(pg.Number, "%v", pg.Err)
	}
	found := layout.AnalyzeGiven(pg.Sheet, f.zones.given(pg.Number))
	e := f.edition(pg.Number, found)
	if err := f.illegible(pg, found); err != nil {
		f.made = append(f.made, pageAlone(found, e, f.name, pg.Number))
		return err
	}
	articles := makeArticles(found, e, f.name, pg.Number)
	if len(articles) > 0 {
		articles[0].Rest = restOf(found, pg.Number)
	}
	f.made = append(f.made, articles...)
	return nil
}

func (f *file) fault(page int, format string, args ...any) error {
	where := ""
	if f.pages > 1 {
		where = fmt.Sprintf("page %d: ", page)
	}
	return source.Errorf(f.name, 0, "%s%s", where, fmt.Sprintf(format, args...))
}

// A page has text of its own if it has so many characters, even if a picture takes
// most of it: those who scan pages put a line of text on them at most.
const fewGlyphs = 80

// illegible warns of a page whose text cannot be had. A program that recognizes
// characters in pictures would have its place before it.
func (f *file) illegible(pg pdfium.Page, found *layout.Page) error {
	n := len(pg.Sheet.Glyphs)
	area := 0.0
	for _, p := range pg.Sheet.Pictures {
		area = max(area, p.Area())
	}
	scanned := area > 0.5*pg.Sheet.Width*pg.Sheet.Height
	switch {
	case n == 0 && len(pg.Sheet.Pictures) > 0, scanned && n < fewGlyphs:
		return f.warning(pg.Number, "no text, only a picture of the page; recognize its text (OCR) first, or add a text file with the articles")
	case n == 0:
		return f.warning(pg.Number, "no text on the page; if letters are to be seen they are drawings: export it with its fonts")
	case 10*found.Unmapped > n:
		return f.warning(pg.Number, fmt.Sprintf("%d of %d characters have no Unicode: a font lacks its ToUnicode table; export the page anew with fonts embedded as text", found.Unmapped, n))
	}
	return nil
}

// warning says what is wrong with a page that is shown all the same.
func (f *file) warning(page int, what string) error {
	return source.Warningf(f.name, 0, "page %d: %s. It is published as a picture alone", page, what)
}
