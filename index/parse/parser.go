package parse

import (
	"bytes"
	"cmp"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/html"
	"github.com/kanbao/kanbao/index/parse/jsonl"
	"github.com/kanbao/kanbao/index/parse/markdown"
	"github.com/kanbao/kanbao/index/parse/newspaper"
	"github.com/kanbao/kanbao/index/parse/pdf"
	"github.com/kanbao/kanbao/index/parse/pdf/pdfium"
	"github.com/kanbao/kanbao/index/parse/source"
)

// A Parser makes articles of one source file, which may hold many. name is the
// file's path relative to the content folder, with slashes.
type Parser interface {
	Parse(name string, r io.Reader) iter.Seq2[*article.Article, error]
}

// extensions are those of the files that articles are read from.
var extensions = []string{".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson", ".pdf"}

// parsers holds one parser of each kind.
type parsers struct {
	markdown *markdown.Parser
	html     *html.Parser
	jsonl    jsonl.Parser
	pdfium   *pdfium.Engine
}

func newParsers() *parsers {
	return &parsers{markdown: markdown.New(), html: html.New(), pdfium: &pdfium.Engine{}}
}

// close ends what a parser has started.
func (p *parsers) close() { p.pdfium.Close() }

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// know reports whether there is a parser for files of that name.
func (p *parsers) know(name string) bool { return slices.Contains(extensions, extension(name)) }

// choose returns the parser for a file and a reader of the whole file.
func (p *parsers) choose(name string, r io.Reader, cfg *Config) (Parser, io.Reader, error) {
	switch extension(name) {
	case ".jsonl", ".ndjson":
		return p.jsonl, r, nil
	case ".html", ".htm":
		return p.html, r, nil
	case ".pdf":
		return pdf.New(p.pdfium, cfg.Edition()), r, nil
	}
	text, err := source.Text(name, r)
	if err != nil {
		return nil, nil, err
	}
	whole := bytes.NewReader([]byte(text))
	meta, body, _, err := source.Split(name, text)
	if err != nil {
		return nil, nil, err
	}
	kind := cmp.Or(meta.Kind, cfg.Kind)
	page := meta.Kind == "newspaper" ||
		meta.Title == "" && kind == "newspaper" && newspaper.HasHeadline(body) ||
		meta.Title == "" && kind == "" && newspaper.Looks(body)
	if page {
		return newspaper.New(cfg.Edition(), p.markdown), whole, nil
	}
	return p.markdown, whole, nil
}
