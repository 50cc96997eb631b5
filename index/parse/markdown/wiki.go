package markdown

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// wikiLinks reads the links of wikis and of Obsidian: [[page]], [[page#heading|text]]
// and ![[picture.png]].
type wikiLinks struct{}

func (wikiLinks) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(wikiParser{}, 150)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(wikiRenderer{}, 400)))
}

// longestWikiLink is how many bytes are looked at for the end of a link.
const longestWikiLink = 1000

type wikiLink struct {
	ast.BaseInline
	target, label string
	embed         bool
}

var wikiLinkKind = ast.NewNodeKind("WikiLink")

func (*wikiLink) Kind() ast.NodeKind { return wikiLinkKind }

func (n *wikiLink) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type wikiParser struct{}

func (wikiParser) Trigger() []byte { return []byte{'[', '!'} }

func (wikiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	n := &wikiLink{embed: line[0] == '!'}
	rest := bytes.TrimPrefix(line, []byte("!"))
	if !bytes.HasPrefix(rest, []byte("[[")) {
		return nil
	}
	rest = rest[2:]
	inner, after, found := bytes.Cut(rest[:min(len(rest), longestWikiLink)], []byte("]]"))
	// A link whose text is in brackets, [[1]](…) or [[1]][x], is none of these.
	if !found || len(inner) == 0 || bytes.ContainsAny(inner, "[]\n`") || bytes.HasPrefix(after, []byte("(")) || bytes.HasPrefix(after, []byte("[")) {
		return nil
	}
	target, label, given := strings.Cut(string(inner), "|")
	target, label = strings.TrimSpace(strings.TrimSuffix(target, `\`)), strings.TrimSpace(label)
	if !given || label == "" {
		label = target
		if n.embed {
			label = path.Base(target)
		}
	}
	if target == "" {
		return nil
	}
	n.target, n.label = target, label
	block.Advance(len(line) - len(rest) + len(inner) + len("]]"))
	return n
}

type wikiRenderer struct{}

func (wikiRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(wikiLinkKind, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		n := node.(*wikiLink)
		page, fragment, _ := strings.Cut(n.target, "#")
		u := url.URL{Path: page, Fragment: fragment}
		to := string(util.EscapeHTML([]byte(u.String())))
		label := string(util.EscapeHTML([]byte(n.label)))
		if n.embed && pictureFile.MatchString(page) {
			if strings.Trim(n.label, "0123456789x") == "" {
				label = "" // a width
			}
			_, _ = w.WriteString(`<img src="` + to + `" alt="` + label + `">`)
			return ast.WalkContinue, nil
		}
		_, _ = w.WriteString(`<a href="` + to + `">` + label + "</a>")
		return ast.WalkContinue, nil
	})
}
