package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// containers reads the containers of VitePress and its kin,
//
//	:::tip 标题
//	text
//	:::
//
// as a quotation with the title in bold: set apart, and readable without the
// colours that the other tool would give it.
type containers struct{}

func (containers) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{}, 750)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(containerRenderer{}, 500)))
}

type containerParser struct{}

type container struct {
	ast.BaseBlock
	colons int
	title  string
}

var containerKind = ast.NewNodeKind("Container")

func (*container) Kind() ast.NodeKind { return containerKind }

func (n *container) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Title": n.title}, nil)
}

func (containerParser) Trigger() []byte { return []byte{':'} }

// fence returns how many colons line begins with and what is behind them.
func fence(line []byte) (colons int, rest string) {
	line = bytes.TrimSpace(line)
	for colons < len(line) && line[colons] == ':' {
		colons++
	}
	return colons, string(bytes.TrimSpace(line[colons:]))
}

func (containerParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	colons, rest := fence(line)
	if colons < 3 || rest == "" {
		return nil, parser.NoChildren
	}
	_, title, _ := strings.Cut(rest, " ")
	reader.Advance(segment.Len() - 1)
	return &container{colons: colons, title: strings.TrimSpace(title)}, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, segment := reader.PeekLine()
	colons, rest := fence(line)
	if colons >= node.(*container).colons && rest == "" {
		reader.Advance(segment.Len() - 1)
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (containerParser) Close(ast.Node, text.Reader, parser.Context) {}

func (containerParser) CanInterruptParagraph() bool { return true }

func (containerParser) CanAcceptIndentedLine() bool { return false }

type containerRenderer struct{}

func (containerRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(containerKind, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			_, err := w.WriteString("</blockquote>\n")
			return ast.WalkContinue, err
		}
		out := "<blockquote>\n"
		if title := n.(*container).title; title != "" {
			out += "<p><strong>" + string(util.EscapeHTML([]byte(title))) + "</strong></p>\n"
		}
		_, err := w.WriteString(out)
		return ast.WalkContinue, err
	})
}
