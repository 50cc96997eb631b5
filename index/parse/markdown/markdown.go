package markdown

import (
	"bytes"
	"io"
	"iter"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/blocks"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
)

// A Parser reads Markdown files.
type Parser struct {
	md     goldmark.Markdown
	blocks *blocks.Reader
}

// New makes a Parser.
func New() *Parser {
	return &Parser{
		blocks: blocks.NewReader(),
		md: goldmark.New(
			goldmark.WithExtensions(
				extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
				extension.Strikethrough, extension.Linkify, extension.Footnote, extension.DefinitionList,
				extension.NewCJK(extension.WithEastAsianLineBreaks(), extension.WithEscapedSpace()),
				containers{},
			),
			goldmark.WithParserOptions(parser.WithHeadingAttribute()),
			// What is unsafe is taken out by package blocks, which alone knows
			// what an article may have in it.
			goldmark.WithRendererOptions(html.WithUnsafe()),
		),
	}
}

// Parse yields the one article of a file.
func (p *Parser) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		yield(p.parse(name, r))
	}
}

func (p *Parser) parse(name string, r io.Reader) (*article.Article, error) {
	text, err := source.Text(name, r)
	if err != nil {
		return nil, err
	}
	meta, body, line, err := source.Split(name, text)
	if err != nil {
		return nil, err
	}
	doc, err := p.Blocks(body, meta.Title)
	if err != nil {
		return nil, source.Errorf(name, line, "%v", err)
	}
	a := &article.Article{
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
	return a, nil
}

// Blocks reads Markdown without front matter. See blocks.Reader.Read for title.
func (p *Parser) Blocks(text, title string) (*blocks.Document, error) {
	var out bytes.Buffer
	if err := p.md.Convert([]byte(text), &out); err != nil {
		return nil, err
	}
	return p.blocks.Read(out.String(), title)
}
