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

// containers reads what a rewriter has made of the containers of other tools, as a
// quotation with the title in bold: set apart, and readable without the colours
// that the other tool would give it.
type containers struct{}

func (containers) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(containerParser{}, 50)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(containerRenderer{}, 500)))
}

type containerParser struct{}

type container struct {
	ast.BaseBlock
	number string
	title  string
}

var containerKind = ast.NewNodeKind("Container")

func (*container) Kind() ast.NodeKind { return containerKind }

func (n *container) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Title": n.title}, nil)
}

func (containerParser) Trigger() []byte { return []byte{containerOpens[0]} }

func (containerParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	line = bytes.TrimSpace(line)
	if bytes.HasPrefix(line, []byte(containerCloses)) {
		// What it closes has been closed by what stands around it.
		reader.AdvanceToEOL()
		return &container{}, parser.NoChildren
	}
	rest, found := strings.CutPrefix(string(line), containerOpens)
	if !found {
		return nil, parser.NoChildren
	}
	number, title, _ := strings.Cut(rest, " ")
	reader.Advance(segment.Len() - 1)
	return &container{number: number, title: strings.TrimSpace(title)}, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*container)
	if n.number == "" {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	if string(bytes.TrimSpace(line)) == containerCloses+n.number {
		reader.Advance(segment.Len() - 1)
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (containerParser) Close(ast.Node, text.Reader, parser.Context) {}

func (containerParser) CanInterruptParagraph() bool { return true }

func (containerParser) CanAcceptIndentedLine() bool { return true }

type containerRenderer struct{}

func (containerRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(containerKind, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		n := node.(*container)
		if n.number == "" {
			return ast.WalkContinue, nil
		}
		if !entering {
			_, err := w.WriteString("</blockquote>\n")
			return ast.WalkContinue, err
		}
		out := "<blockquote" + lineAttribute(n) + ">\n"
		if n.title != "" {
			title := util.UnescapePunctuations([]byte(n.title))
			out += "<p><strong>" + string(util.EscapeHTML(title)) + "</strong></p>\n"
		}
		_, err := w.WriteString(out)
		return ast.WalkContinue, err
	})
}
