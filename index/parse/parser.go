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
	"github.com/kanbao/kanbao/index/parse/feed"
	"github.com/kanbao/kanbao/index/parse/html"
	"github.com/kanbao/kanbao/index/parse/jsonl"
	"github.com/kanbao/kanbao/index/parse/markdown"
	"github.com/kanbao/kanbao/index/parse/newspaper"
	"github.com/kanbao/kanbao/index/parse/pdf"
	"github.com/kanbao/kanbao/index/parse/pdf/pdfium"
	"github.com/kanbao/kanbao/index/parse/plain"
	"github.com/kanbao/kanbao/index/parse/source"
	"github.com/kanbao/kanbao/index/parse/table"
)

// A Parser makes articles of one source file, which may hold many. name is the
// file's path relative to the content folder, with slashes. An *Error that it yields
// in the place of an article need not be a fault.
type Parser interface {
	Parse(name string, r io.Reader) iter.Seq2[*article.Article, error]
}

// extensions are those of the files that articles are read from.
var extensions = []string{".md", ".markdown", ".mdx", ".html", ".htm", ".txt", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".pdf", ".xml", ".rss", ".atom"}

// streamed are those that are read piece by piece, however large the file.
var streamed = []string{".jsonl", ".ndjson", ".pdf"}

// media are those of files that articles show or link to.
var media = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".epub", ".zip", ".mp3", ".mp4", ".webm", ".ogg", ".wav",
	".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".otf"}

// parsers holds one parser of each kind.
type parsers struct {
	markdown *markdown.Parser
	html     *html.Parser
	jsonl    jsonl.Parser
	feed     *feed.Parser
	pdfium   *pdfium.Engine
}

func newParsers() *parsers {
	return &parsers{markdown: markdown.New(), html: html.New(), feed: feed.New(), pdfium: &pdfium.Engine{}}
}

// close ends what a parser has started.
func (p *parsers) close() { p.pdfium.Close() }

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// know reports whether there is a parser for files of that name.
func (p *parsers) know(name string) bool { return slices.Contains(extensions, extension(name)) }

// chosen is the parser for a file with what it is to read.
type chosen struct {
	parser Parser
	text   io.Reader
	meta   source.Meta // what the front matter says, where there can be any
}

// choose returns the parser for a file, which r reads, or nil if there is no article
// in it. beside is front matter that stands in a file beside it, or nil.
func (p *parsers) choose(name string, r io.Reader, beside *source.Meta, cfg *Config) (*chosen, error) {
	switch extension(name) {
	case ".jsonl", ".ndjson":
		return &chosen{parser: p.jsonl, text: r}, nil
	case ".html", ".htm":
		c, err := p.page(name, r, cfg)
		if err == nil && beside != nil && !c.meta.Said {
			c.meta = *beside
		}
		return c, err
	case ".pdf":
		return &chosen{parser: pdf.New(p.pdfium, cfg.Edition()), text: r}, nil
	}
	text, err := source.Text(name, r)
	if err != nil {
		return nil, err
	}
	whole := strings.NewReader(text)
	switch extension(name) {
	case ".csv", ".tsv":
		return &chosen{parser: table.Parser{Columns: cfg.CSV}, text: whole}, nil
	case ".json":
		if !jsonl.IsArticles(text) {
			if line, err := jsonl.Broken(text); err != nil {
				return nil, source.Errorf(name, line, "%v", err)
			}
			return nil, nil
		}
		return &chosen{parser: jsonl.Array{}, text: whole}, nil
	case ".xml", ".rss", ".atom":
		if !feed.Is(text) {
			return nil, nil
		}
		return &chosen{parser: p.feed, text: whole}, nil
	}
	meta, body, line, err := source.Split(name, text)
	if err != nil {
		return nil, err
	}
	c := &chosen{parser: p.markdown, text: whole, meta: meta}
	if beside != nil && !meta.Said {
		meta, c.meta = *beside, *beside
		md := *p.markdown
		md.Meta = beside
		c.parser = &md
	}
	if extension(name) == ".txt" {
		c.parser = plain.Parser{Meta: &meta, Line: line}
		c.text = strings.NewReader(body)
	}
	kind := cmp.Or(meta.Kind, cfg.Kind)
	if meta.Kind == "newspaper" ||
		meta.Title == "" && kind == "newspaper" && newspaper.HasHeadline(body) ||
		meta.Title == "" && kind == "" && (newspaper.Named(name) || newspaper.Looks(body)) {
		c.parser, c.text = newspaper.New(cfg.Edition(), p.markdown), whole
	}
	return c, nil
}

// page returns the parser for a page of HTML. Generators take front matter before
// it as well; what that says goes before what the page says.
func (p *parsers) page(name string, r io.Reader, cfg *Config) (*chosen, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, source.Errorf(name, 0, "cannot be read: %v", err)
	}
	c := &chosen{parser: p.html, text: bytes.NewReader(raw)}
	if cfg.Skip != nil {
		c.parser = p.html.With(html.Options{Skip: cfg.Skip})
	}
	head := bytes.TrimLeft(raw[:min(len(raw), 64)], "\xEF\xBB\xBF \t\r\n")
	if !bytes.HasPrefix(head, []byte("---")) && !bytes.HasPrefix(head, []byte("+++")) {
		return c, nil
	}
	text, err := source.Text(name, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	var body string
	if c.meta, body, _, err = source.Split(name, text); err != nil {
		return nil, err
	}
	c.text = strings.NewReader(`<meta charset="utf-8">` + body)
	return c, nil
}
