package html

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// A Parser reads HTML pages.
type Parser struct {
	blocks *blocks.Reader
}

// New makes a Parser.
func New() *Parser { return &Parser{blocks: blocks.NewReader()} }

// Parse yields the one article of a page.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		yield(p.parse(name, r))
	}
}

func (p *Parser) parse(name string, r io.Reader) (*article.Article, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be read: %v", err)
	}
	text, err := decode(name, raw)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be read as HTML: %v", err)
	}
	doc := goquery.NewDocumentFromNode(root)
	a := &article.Article{File: name, Line: 1}
	if err := readMeta(a, doc); err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	main := mainContent(doc)
	if a.Title == "" {
		a.Title = titleOf(doc, main)
	}
	inner, err := main.Html()
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be read as HTML: %v", err)
	}
	read, err := p.blocks.Read(inner, a.Title)
	if err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	a.Sections = read.Sections
	if a.Title == "" {
		a.Title = read.Title
	}
	if a.Title == "" {
		a.Title = source.TitleFromName(name)
	}
	if a.Date == "" {
		a.Date = source.DateFromName(name)
	}
	return a, nil
}

// decode turns a page into UTF-8, by what it declares, else by what it is.
func decode(name string, raw []byte) (string, error) {
	head := raw[:min(len(raw), 1024)]
	e, _, certain := charset.DetermineEncoding(head, "text/html")
	if !certain {
		return source.Text(name, bytes.NewReader(raw))
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", source.Errorf(name, 0, "cannot be decoded: %v; save the file as UTF-8", err)
	}
	return string(out), nil
}
