package html

import (
	"bytes"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// A Parser reads HTML pages.
type Parser struct {
	// Options may be set before the first page is parsed.
	Options Options

	blocks *blocks.Reader
}

// New makes a Parser with the default options.
func New() *Parser {
	return &Parser{Options: Options{Skip: DefaultSkip()}, blocks: blocks.NewReader()}
}

// With returns a Parser with other options, which shares all else with p.
func (p *Parser) With(o Options) *Parser { return &Parser{Options: o, blocks: p.blocks} }

// Parse yields the one article of a page, or an error of the grade Passed if the
// page is none: it only leads elsewhere, lists other pages, or does not want to
// be found.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		yield(p.parse(name, r))
	}
}

func (p *Parser) parse(name string, r io.Reader) (*article.Article, error) {
	if pattern, ok := p.Options.skipped(name); ok {
		return nil, passed(name, "is no article by its name (%s)", pattern)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be read: %v", err)
	}
	text, err := source.Decode(name, raw, declared(raw))
	if err != nil {
		return nil, err
	}
	root := parseTree(text)
	said := readPage(root)
	if why := said.noArticle(); why != "" {
		return nil, passed(name, "%s", why)
	}
	clean(root)
	h1 := headings(root)
	near := nearby(root)
	main := mainContent(root, said.title)
	a := &article.Article{File: name, Line: 1}
	if err := said.fill(a, near); err != nil {
		return nil, source.Errorf(name, 0, "%v", err)
	}
	a.Title = said.titleOf(main, h1)
	inner, err := render(main)
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be written as HTML: %v", err)
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

// passed makes the error for a page that is no article.
func passed(name, format string, args ...any) error {
	err := source.Errorf(name, 0, format, args...)
	err.Grade = source.Passed
	return err
}

// render writes the nodes without their styles: by those a page hides what a script
// shows, so that they say nothing of what is text.
func render(nodes []*html.Node) (string, error) {
	var b strings.Builder
	for _, n := range nodes {
		visit(n, func(d *html.Node) bool {
			d.Attr = slices.DeleteFunc(d.Attr, func(a html.Attribute) bool { return a.Key == "style" })
			return true
		})
		if err := html.Render(&b, n); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

var xmlCharset = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w:.-]+)["']`)

// declared returns the charset that a page says it is in, or "".
func declared(raw []byte) string {
	head := raw[:min(len(raw), 4096)]
	if m := xmlCharset.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	if hz := []byte("hz-gb-2312"); bytes.Contains(onlyMeta(head), hz) {
		return string(hz) // the function below knows no such charset any more
	}
	_, label, _ := charset.DetermineEncoding(onlyMeta(head), "text/html")
	return label
}

var metaTag = regexp.MustCompile(`(?i)<meta\s[^>]*charset[^>]*>`)

// onlyMeta returns the one tag of head that declares a charset: the function that
// reads it looks at no more than 1,024 bytes, and falls back on a western charset
// if there is none.
func onlyMeta(head []byte) []byte {
	if m := metaTag.Find(head); m != nil {
		return bytes.ToLower(m)
	}
	return []byte(`<meta charset="utf-8">`)
}
