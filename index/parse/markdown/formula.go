package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/parse/formula"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulas reads $…$, $$…$$, \(…\) and \[…\]. What is between them is TeX, in
// which no sign of Markdown means anything. What only looks like it, as the price
// in "$5 and $10", stays what it was.
type formulas struct{}

func (formulas) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(formulaParser{}, 90)),
		parser.WithBlockParsers(util.Prioritized(formulaBlockParser{}, 690)),
		parser.WithASTTransformers(util.Prioritized(formulaMaker{}, 300)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(formulaRenderer{}, 400)))
}

// longestFormula is how many bytes a formula may have. Longer ones are text.
const longestFormula = 4096

// An inlineFormula is a formula in running text, with its delimiters.
type inlineFormula struct {
	ast.BaseInline
	source string
	mathML string
}

var inlineFormulaKind = ast.NewNodeKind("InlineFormula")

func (*inlineFormula) Kind() ast.NodeKind { return inlineFormulaKind }

func (n *inlineFormula) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type formulaParser struct{}

func (formulaParser) Trigger() []byte { return []byte{'$', '\\'} }

func (formulaParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	var end string
	switch {
	case bytes.HasPrefix(line, []byte("$$")):
		end = "$$"
	case line[0] == '$':
		end = "$"
	case bytes.HasPrefix(line, []byte(`\(`)):
		end = `\)`
	case bytes.HasPrefix(line, []byte(`\[`)):
		end = `\]`
	default:
		return environment(block, line)
	}
	before := block.PrecendingCharacter()
	if end == "$" && (before < utf8.RuneSelf && (unicode.IsLetter(before) || unicode.IsDigit(before)) || before == '$') {
		return nil
	}
	row, position := block.Position()
	source := peekUntil(block, end)
	block.SetPosition(row, position)
	inner := strings.TrimSuffix(strings.TrimPrefix(source, string(line[:len(end)])), end)
	if source == "" || !isFormula(inner, end) {
		return nil
	}
	if end == "$" && !endsWell(inner, line, source) {
		return nil
	}
	advance(block, len(source))
	return &inlineFormula{source: source}
}

// environment reads \begin{equation} … \end{equation}, which MathJax reads without
// anything around it.
func environment(block text.Reader, line []byte) ast.Node {
	end := endOfEnvironment(line)
	if end == "" {
		return nil
	}
	row, position := block.Position()
	source := peekUntil(block, end)
	block.SetPosition(row, position)
	if source == "" || strings.Contains(source, "`") {
		return nil
	}
	advance(block, len(source))
	return &inlineFormula{source: source}
}

// endOfEnvironment returns what ends the formula that a line begins with, or "".
func endOfEnvironment(line []byte) string {
	name, found := bytes.CutPrefix(line[:min(len(line), 40)], []byte(`\begin{`))
	if end := bytes.IndexByte(name, '}'); found && end > 0 && formula.IsEnvironment(string(name[:end])) {
		return `\end{` + string(name[:end]) + `}`
	}
	return ""
}

// peekUntil returns the text from where the reader is to the next end, with it, or
// "". It looks at no more than longestFormula bytes.
func peekUntil(block text.Reader, end string) string {
	var b strings.Builder
	skip := len(end)
	for b.Len() < longestFormula {
		line, _ := block.PeekLine()
		if line == nil {
			return ""
		}
		for i := skip; i < min(len(line), longestFormula); i++ {
			if bytes.HasPrefix(line[i:], []byte(end)) {
				b.Write(line[:i+len(end)])
				return b.String()
			}
			if line[i] == '\\' {
				i++
			}
		}
		if len(line) >= longestFormula {
			return ""
		}
		skip = 0
		b.Write(line)
		block.AdvanceLine()
	}
	return ""
}

// advance moves the reader on by n bytes, over ends of lines as well.
func advance(block text.Reader, n int) {
	for n > 0 {
		line, _ := block.PeekLine()
		if n < len(line) {
			block.Advance(n)
			return
		}
		n -= len(line)
		block.AdvanceLine()
	}
}

// isFormula reports whether what stands before end may be TeX.
func isFormula(inner, end string) bool {
	if len(inner) > longestFormula || strings.TrimSpace(inner) == "" || strings.ContainsRune(inner, '`') || strings.Contains(inner, "\n\n") {
		return false
	}
	if end == "$$" {
		return true
	}
	signs := strings.ContainsAny(inner, `\^_=+-*/<>|{}`)
	if hasHanOutsideText(inner) || !signs && strings.ContainsAny(inner, " \n") {
		return false
	}
	switch end {
	case `\[`, `\]`:
		// \[1\] is how brackets are written that are no link.
		return signs && !strings.Contains(inner, "](")
	case `\)`:
		return signs || len(inner) == 1 && !unicode.IsDigit(rune(inner[0]))
	}
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	return !unicode.IsSpace(first) && !unicode.IsSpace(last)
}

// hasHanOutsideText reports whether Chinese stands in TeX where no \text{…} holds
// it: then two signs of money stand around a piece of prose.
func hasHanOutsideText(tex string) bool {
	depth, text := 0, 0
	for i, r := range tex {
		switch {
		case r == '{':
			depth++
			if text == 0 && endsInText(tex[:i]) {
				text = depth
			}
		case r == '}':
			if depth == text {
				text = 0
			}
			depth--
		case text == 0 && isCJK(r) && !strings.ContainsRune("’…·—", r):
			return true
		}
	}
	return false
}

func endsInText(s string) bool {
	for _, command := range []string{`\text`, `\mbox`, `\textbf`, `\textit`, `\textrm`, `\mathrm`, `\operatorname`, `\mathbf`, `\rm`} {
		if strings.HasSuffix(s, command) {
			return true
		}
	}
	return false
}

// endsWell reports whether what follows the second $ lets it end a formula: no
// figure, as in $5至$10, and no name, as in $HOME/$USER.
func endsWell(inner string, line []byte, source string) bool {
	if len(source) >= len(line) || strings.Contains(source, "\n") {
		return true
	}
	next := line[len(source)]
	if next >= '0' && next <= '9' || next == '{' || next == '(' && strings.HasPrefix(inner, "(") {
		return false
	}
	isName := strings.Trim(inner, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/:.-") == "" && len(inner) > 1
	return !(isName && (next == '_' || isNameByte(next)))
}

// A formulaBlock is a formula on lines of its own.
type formulaBlock struct {
	ast.BaseBlock
	end    string
	mathML string
}

var formulaBlockKind = ast.NewNodeKind("FormulaBlock")

func (*formulaBlock) Kind() ast.NodeKind { return formulaBlockKind }

func (*formulaBlock) IsRaw() bool { return true }

func (n *formulaBlock) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type formulaBlockParser struct{}

func (formulaBlockParser) Trigger() []byte { return []byte{'$', '\\'} }

func (formulaBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	trimmed := bytes.TrimSpace(line)
	var end string
	switch {
	case bytes.HasPrefix(trimmed, []byte("$$")):
		end = "$$"
	case bytes.HasPrefix(trimmed, []byte(`\[`)):
		end = `\]`
	default:
		if end = endOfEnvironment(trimmed); end == "" {
			return nil, parser.NoChildren
		}
	}
	// The end must come before a formula would be too long, and close a line.
	rest := reader.Source()[segment.Start:min(segment.Start+longestFormula, len(reader.Source()))]
	from := bytes.Index(rest, []byte(trimmed[:2])) + 2
	n := bytes.Index(rest[from:], []byte(end))
	if n < 0 {
		return nil, parser.NoChildren
	}
	inner := string(rest[from : from+n])
	after, _, _ := bytes.Cut(rest[from+n+len(end):], []byte("\n"))
	if len(bytes.TrimSpace(after)) > 0 || !isFormula(inner, end) && (len(end) == 2 || strings.Contains(inner, "\n\n")) {
		return nil, parser.NoChildren
	}
	node := &formulaBlock{end: end}
	node.Lines().Append(segment)
	reader.AdvanceToEOL()
	if bytes.Contains(trimmed[2:], []byte(end)) {
		node.end = ""
	}
	return node, parser.NoChildren
}

func (formulaBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*formulaBlock)
	if n.end == "" {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	if bytes.Contains(line, []byte(n.end)) {
		n.end = ""
	}
	return parser.Continue | parser.NoChildren
}

func (formulaBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

func (formulaBlockParser) CanInterruptParagraph() bool { return true }

func (formulaBlockParser) CanAcceptIndentedLine() bool { return false }

// formulaMaker makes MathML of the formulas. Each takes as long as a page of prose,
// so there may be one for so many bytes of the article; what is more stays TeX.
type formulaMaker struct{}

const bytesPerFormula = 32

func (formulaMaker) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	left := 100 + len(reader.Source())/bytesPerFormula
	known := make(map[string]string)
	convert := func(source string) string {
		if out, ok := known[source]; ok || left == 0 {
			return out
		}
		left--
		out, _ := formula.MathML(source)
		known[source] = out
		return out
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *inlineFormula:
			n.mathML = convert(n.source)
		case *formulaBlock:
			n.mathML = convert(strings.TrimSpace(string(n.Lines().Value(reader.Source()))))
		}
		return ast.WalkContinue, nil
	})
}

type formulaRenderer struct{}

func (formulaRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(inlineFormulaKind, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		n := node.(*inlineFormula)
		if n.mathML == "" {
			_, _ = w.Write(util.EscapeHTML([]byte(n.source)))
			return ast.WalkContinue, nil
		}
		_, _ = w.WriteString(n.mathML)
		return ast.WalkContinue, nil
	})
	r.Register(formulaBlockKind, func(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		n := node.(*formulaBlock)
		shown := n.mathML
		if shown == "" {
			source := bytes.TrimSpace(n.Lines().Value(src))
			shown = "<pre><code class=\"language-tex\">" + string(util.EscapeHTML(source)) + "</code></pre>"
		}
		_, _ = w.WriteString("<div" + lineAttribute(n) + ">" + shown + "</div>\n")
		return ast.WalkContinue, nil
	})
}
