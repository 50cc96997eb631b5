package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// shown writes what goldmark would write with attributes that an article does not
// have, or not at all: names of files above code, boxes of tasks, lines.
type shown struct{}

func (shown) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(extension.NewTaskCheckBoxParser(), 0)),
		parser.WithASTTransformers(util.Prioritized(lineNoter{}, 50)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(shownRenderer{}, 400),
	))
}

// lineKey is the attribute in which a block has its line in the file.
const lineKey = "data-line"

// linesKey is where the context has the numbers of the lines.
var linesKey = parser.NewContextKey()

// lineNoter gives every block the number of its line.
type lineNoter struct{}

func (lineNoter) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	numbers, _ := pc.Get(linesKey).([]int)
	at, row := 0, 0
	src := reader.Source()
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline && n.Kind() != ast.KindLink && n.Kind() != ast.KindImage {
			return ast.WalkContinue, nil
		}
		pos := startOf(n)
		if pos < at || pos > len(src) {
			return ast.WalkContinue, nil
		}
		row += bytes.Count(src[at:pos], []byte("\n"))
		at = pos
		if row < len(numbers) && numbers[row] > 0 {
			n.SetAttributeString(lineKey, []byte(strconv.Itoa(numbers[row])))
		}
		return ast.WalkContinue, nil
	})
}

// startOf returns where in the source a block begins, or the text of a link.
func startOf(n ast.Node) int {
	if n.Type() == ast.TypeInline {
		for c := n.FirstChild(); c != nil; c = c.FirstChild() {
			if t, ok := c.(*ast.Text); ok {
				return t.Segment.Start
			}
		}
		return -1
	}
	pos := n.Pos()
	if pos <= 0 && n.Lines() != nil && n.Lines().Len() > 0 {
		pos = n.Lines().At(0).Start
	}
	return pos
}

// lineAttribute writes the line of a block as an attribute.
func lineAttribute(n ast.Node) string {
	v, _ := n.AttributeString(lineKey)
	if line, ok := v.([]byte); ok {
		return ` ` + lineKey + `="` + string(line) + `"`
	}
	return ""
}

type shownRenderer struct{}

func (shownRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		info := ""
		if f := n.(*ast.FencedCodeBlock); f.Info != nil {
			info = string(util.UnescapePunctuations(f.Info.Segment.Value(src)))
		}
		language, title := codeInfo(info)
		writeCode(w, n, src, language, title)
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindCodeBlock, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			writeCode(w, n, src, "", "")
		}
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindCodeSpan, renderCodeSpan)
	r.Register(extast.KindTaskCheckBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			box := "☐ "
			if n.(*extast.TaskCheckBox).IsChecked {
				box = "☑ "
			}
			_, _ = w.WriteString(box)
		}
		return ast.WalkContinue, nil
	})
	r.Register(runKind, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, nil
	})
}

func writeCode(w util.BufWriter, n ast.Node, src []byte, language, title string) {
	line := lineAttribute(n)
	if title != "" {
		_, _ = w.WriteString("<p" + line + "><strong>" + string(util.EscapeHTML([]byte(title))) + "</strong></p>\n")
	}
	_, _ = w.WriteString("<pre" + line + "><code")
	if language != "" {
		_, _ = w.WriteString(` class="language-` + string(util.EscapeHTML([]byte(language))) + `"`)
	}
	_, _ = w.WriteString(">")
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(l.Value(src)))
	}
	_, _ = w.WriteString("</code></pre>\n")
}

var (
	codeTitle = regexp.MustCompile(`(?:title|filename|name)\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	codeLabel = regexp.MustCompile(`\[([^\]]+)\]`)
	wordOf    = regexp.MustCompile(`^[\w+#.-]+`)
)

// codeInfo reads what stands behind a fence: the language, and the title that
// VitePress ([npm]), Docusaurus (title="…") and Hexo give a piece of code.
func codeInfo(info string) (language, title string) {
	info = strings.TrimSpace(info)
	language = wordOf.FindString(info)
	language, _, _ = strings.Cut(language, ":")
	rest := strings.TrimPrefix(info, language)
	if m := codeTitle.FindStringSubmatch(rest); m != nil {
		return language, m[1] + m[2]
	}
	if m := codeLabel.FindStringSubmatch(rest); m != nil {
		return language, m[1]
	}
	if words := strings.Fields(rest); len(words) > 0 && hasHan(rest) && !strings.ContainsAny(rest, "{}=") {
		return language, strings.Join(words, " ")
	}
	return language, ""
}

// renderCodeSpan writes a code span, in which "\|" stands for a bar if it is in a
// table.
func renderCodeSpan(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	inTable := false
	for p := n.Parent(); p != nil && !inTable; p = p.Parent() {
		inTable = p.Kind() == extast.KindTableCell
	}
	_, _ = w.WriteString("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		value := c.(*ast.Text).Segment.Value(src)
		if inTable {
			value = bytes.ReplaceAll(value, []byte(`\|`), []byte("|"))
		}
		if bytes.HasSuffix(value, []byte("\n")) {
			_, _ = w.Write(util.EscapeHTML(value[:len(value)-1]))
			_, _ = w.WriteString(" ")
			continue
		}
		_, _ = w.Write(util.EscapeHTML(value))
	}
	_, _ = w.WriteString("</code>")
	return ast.WalkSkipChildren, nil
}
