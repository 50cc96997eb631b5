package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Parser reads Markdown files.
type Parser struct {
	// Files is the content folder, for files that include others; nil if none may.
	Files fs.FS
	// Meta is front matter that stands beside a file, for one that has none.
	Meta *source.Meta

	md     goldmark.Markdown
	blocks *blocks.Reader
}

// New makes a Parser.
func New() *Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
		),
		parser.WithParagraphTransformers(util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)
	return &Parser{
		blocks: blocks.NewReader(),
		md: goldmark.New(
			goldmark.WithParser(p),
			goldmark.WithExtensions(
				extension.Linkify, extension.Footnote, extension.DefinitionList,
				extension.NewCJK(extension.WithEastAsianLineBreaks(), extension.WithEscapedSpace()),
				emphasis{}, rawHTML{}, formulas{}, containers{}, tables{}, wikiLinks{}, shown{},
			),
			// What is unsafe is taken out by package blocks, which alone knows
			// what an article may have in it.
			goldmark.WithRendererOptions(html.WithUnsafe()),
		),
	}
}

// Parse yields the one article of a file.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		a, warnings, err := p.parse(name, r)
		for _, w := range warnings {
			if !yield(nil, w) {
				return
			}
		}
		yield(a, err)
	}
}

func (p *Parser) parse(name string, r io.Reader) (a *article.Article, warnings []error, err error) {
	text, err := source.Text(name, r)
	if err != nil {
		return nil, nil, err
	}
	meta, body, line, err := source.Split(name, text)
	if err != nil {
		return nil, nil, err
	}
	if !meta.Said && p.Meta != nil {
		meta = *p.Meta
	}
	doc, err := p.read(&page{name: name, text: body, first: line, title: meta.Title, warnings: &warnings})
	if err != nil {
		return nil, nil, err
	}
	a = &article.Article{
		ID: meta.ID, Title: meta.Title, Subtitle: meta.Subtitle, Date: meta.Date, Source: meta.Source,
		Edition: meta.Edition(), Authors: append(meta.Author, meta.Authors...), Tags: meta.Tags,
		Summary: meta.Summary, Sections: doc.Sections, File: name, Line: 1,
	}
	if a.Title == "" {
		a.Title = doc.Title
	}
	if a.Title == "" {
		a.Title = source.TitleFromName(name)
	}
	if a.Summary == "" {
		a.Summary = meta.Description
	}
	if a.Date == "" {
		a.Date = source.DateFromName(name)
	}
	if a.Edition.Page == "" && a.Edition.Paper == "" {
		a.Edition = article.Edition{}
	}
	return a, warnings, nil
}

// Blocks reads Markdown without front matter. See blocks.Reader.Read for title.
func (p *Parser) Blocks(text, title string) (*blocks.Document, error) {
	var warnings []error
	doc, err := p.read(&page{text: text, first: 1, title: title, warnings: &warnings})
	var fault *source.Error
	if errors.As(err, &fault) {
		return nil, errors.New(fault.Msg)
	}
	return doc, err
}

// A page is a text on its way to blocks.
type page struct {
	name     string
	text     string
	first    int // the line of the file that the text begins on
	title    string
	warnings *[]error
}

func (p *Parser) read(in *page) (doc *blocks.Document, err error) {
	// A fault in a library of ours costs this file and no other.
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, source.Errorf(in.name, in.first, "%s: %v; please report it with the file", broken, r)
		}
	}()
	var fault *source.Error
	refuse := func(n int, format string, args ...any) {
		if fault == nil {
			fault = source.Errorf(in.name, n, format, args...)
		}
	}
	warn := func(n int, format string, args ...any) {
		*in.warnings = append(*in.warnings, source.Warningf(in.name, n, format, args...))
	}
	var lines []line
	for i, l := range strings.Split(in.text, "\n") {
		if controls := controlsIn(l); controls != "" {
			warn(in.first+i, "control characters are left out: %s", controls)
			l = withoutControls(l)
		}
		lines = append(lines, line{text: l, n: in.first + i})
	}
	if p.Files != nil {
		x := &includer{files: p.Files, left: mostIncluded, warn: warn}
		lines = x.expand(in.name, lines, 0)
	}
	r := &rewriter{fault: refuse, mdx: strings.HasSuffix(strings.ToLower(in.name), ".mdx")}
	lines = withoutComments(replaceShortcodes(sayDrawings(r.rewrite(guardFootnotes(lines))), &r.next))
	checkSize(lines, refuse)
	if fault != nil {
		return nil, fault
	}
	var src []byte
	numbers := make([]int, len(lines))
	for i, l := range lines {
		src = append(append(src, l.text...), '\n')
		numbers[i] = l.n
	}
	pc := parser.NewContext()
	pc.Set(linesKey, numbers)
	var out bytes.Buffer
	root := p.md.Parser().Parse(text.NewReader(src), parser.WithContext(pc))
	err = p.md.Renderer().Render(&out, src, root)
	if err == nil {
		doc, err = p.blocks.Read(out.String(), in.title)
	}
	if err != nil {
		return nil, source.Errorf(in.name, in.first, "%v", err)
	}
	return doc, nil
}

// broken is what an error says that only a fault of the program can cause.
const broken = "the program failed at this file"

// isControl reports whether r is a character that no text has; our own marks are
// of them.
func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// controlsIn names the control characters of a line, each once.
func controlsIn(s string) string {
	var names []string
	for _, r := range s {
		if name := fmt.Sprintf("U+%04X", r); isControl(r) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}
