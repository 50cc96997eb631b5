package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// rawHTML reads HTML in Markdown in place of goldmark's own parsers. What nobody
// closes, and what is no element, is text: List<Object> must not swallow the rest
// of an article, nor must a <script> without an end. What goes out is nested
// properly, so that no parser of HTML has to mend it.
type rawHTML struct{}

func (rawHTML) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(htmlBlockParser{BlockParser: parser.NewHTMLBlockParser()}, 900)),
		parser.WithInlineParsers(util.Prioritized(tagParser{comments: parser.NewRawHTMLParser()}, 400)),
		parser.WithASTTransformers(util.Prioritized(tagMatcher{}, 200)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(rawRenderer{}, 400)))
}

// deepestTag is how deep elements may be nested; tags that go deeper vanish.
const deepestTag = 64

// htmlBlockParser opens a block only where goldmark's would find its end.
type htmlBlockParser struct{ parser.BlockParser }

var endsOf = map[ast.HTMLBlockType][]string{
	ast.HTMLBlockType1: {"</script>", "</pre>", "</style>", "</textarea>"},
	ast.HTMLBlockType2: {"-->"},
}

var (
	noEndKey   = parser.NewContextKey()
	oneLineKey = "one-line"
)

func (p htmlBlockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	t, isTag := scanTag(strings.TrimLeft(string(line[:min(len(line), longestTag)]), " "))
	row, position := reader.Position()
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	block := node.(*ast.HTMLBlock)
	refuse := func() (ast.Node, parser.State) {
		reader.SetPosition(row, position)
		return nil, parser.NoChildren
	}
	switch block.HTMLBlockType {
	case ast.HTMLBlockType3, ast.HTMLBlockType4, ast.HTMLBlockType5:
		// <?php …?> and <!DOCTYPE …> are spoken about; no article is made of them.
		return refuse()
	}
	if ends := endsOf[block.HTMLBlockType]; ends != nil && !hasEnd(reader.Source(), segment.Start, ends, pc) {
		return refuse()
	}
	if block.HTMLBlockType == ast.HTMLBlockType7 && isTag {
		switch kindOfElement(t.name) {
		case unknown, document:
			return refuse()
		case component:
			node.SetAttributeString(oneLineKey, true)
		}
	}
	return node, state
}

// hasEnd reports whether one of ends stands in src at or behind from. What has
// been sought in vain is not sought again.
func hasEnd(src []byte, from int, ends []string, pc parser.Context) bool {
	known := pc.ComputeIfAbsent(noEndKey, func() any { return make(map[string]int) }).(map[string]int)
	for _, end := range ends {
		at, ok := known[end]
		if !ok || at >= 0 && at < from {
			at = indexFold(src, from, end)
			known[end] = at
		}
		if at >= 0 {
			return true
		}
	}
	return false
}

// indexFold returns where the first sub, in whatever case, stands in src at or
// behind from, or -1.
func indexFold(src []byte, from int, sub string) int {
	for i := from; i+len(sub) <= len(src); i++ {
		if src[i] == sub[0] && strings.EqualFold(string(src[i:i+len(sub)]), sub) {
			return i
		}
	}
	return -1
}

func (p htmlBlockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	if _, ok := node.AttributeString(oneLineKey); ok {
		return parser.Close
	}
	return p.BlockParser.Continue(node, reader, pc)
}

// An inlineTag is a tag in running text.
type inlineTag struct {
	ast.BaseInline
	tag  tag
	show verdict
}

var inlineTagKind = ast.NewNodeKind("InlineTag")

func (*inlineTag) Kind() ast.NodeKind { return inlineTagKind }

func (n *inlineTag) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// A verdict is what becomes of a tag.
type verdict uint8

const (
	asText verdict = iota
	asTag
	dropped
)

type tagParser struct{ comments parser.InlineParser }

func (tagParser) Trigger() []byte { return []byte{'<'} }

func (p tagParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if bytes.HasPrefix(line, []byte("<!--")) {
		return p.comments.Parse(parent, block, pc)
	}
	if len(line) < 2 || line[1] != '/' && !isNameByte(line[1]) {
		return nil
	}
	line = line[:min(len(line), longestTag)]
	// A tag may go on in the next lines of the paragraph, of which no more is
	// looked at than a tag may have.
	row, position := block.Position()
	end := bytes.IndexByte(line, '>')
	if end >= 0 {
		// Nearly all tags end with the first >.
		if t, ok := scanTag(string(line[:end+1])); ok {
			advance(block, len(t.raw))
			return &inlineTag{tag: t}
		}
		if !bytes.ContainsAny(line[:end], "\"'{") {
			return nil
		}
	}
	s := string(line)
	if end < 0 {
		for len(s) < longestTag {
			block.AdvanceLine()
			more, _ := block.PeekLine()
			if more == nil {
				break
			}
			more = more[:min(len(more), longestTag)]
			s += string(more)
			if bytes.IndexByte(more, '>') >= 0 {
				break
			}
		}
		block.SetPosition(row, position)
	}
	t, ok := scanTag(s)
	if !ok {
		return nil
	}
	advance(block, len(t.raw))
	return &inlineTag{tag: t}
}

// piecesKey is the attribute of an HTML block that has its pieces.
const piecesKey = "pieces"

// A piece is a tag of an HTML block, or the text between tags, or something that
// vanishes.
type piece struct {
	tag  tag
	text string // of HTML
	show verdict
}

// piecesOf takes an HTML block to pieces. What is hidden in it stays in one piece
// with its tags, for the cleaning of HTML knows what to do with it.
func piecesOf(n *ast.HTMLBlock, src []byte) []piece {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(src))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(src))
	}
	var out []piece
	s := b.String()
	from := 0
	flush := func(to int) {
		if to > from {
			out = append(out, piece{text: strings.ReplaceAll(s[from:to], "<", "&lt;")})
		}
	}
	noEnd := make(map[string]bool)
	for i := 0; i < len(s); {
		if s[i] != '<' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], "<!") || strings.HasPrefix(s[i:], "<?") {
			end := ">"
			if strings.HasPrefix(s[i:], "<!--") {
				end = "-->"
			}
			j := -1
			if !noEnd[end] {
				j = strings.Index(s[i:], end)
			}
			if j < 0 {
				noEnd[end] = true
				i++
				continue
			}
			flush(i)
			i += j + len(end)
			from = i
			continue
		}
		t, ok := scanTag(s[i:])
		if !ok {
			i++
			continue
		}
		flush(i)
		i += len(t.raw)
		from = i
		if kindOfElement(t.name) == hidden && !t.close && !t.alone {
			end := "</" + strings.ToLower(t.name) + ">"
			j := -1
			if !noEnd[end] {
				j = indexFold([]byte(s), i, end)
			}
			if j >= 0 {
				// Code, a style, a drawing: nothing of it is text.
				if n := strings.ToLower(t.name); n == "math" || n == "noscript" {
					out = append(out, piece{text: s[i-len(t.raw) : j+len(end)]})
				}
				i = j + len(end)
				from = i
				continue
			}
			noEnd[end] = true
		}
		out = append(out, piece{tag: t})
	}
	flush(len(s))
	return out
}

type rawRenderer struct{}

func (rawRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(inlineTagKind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			t := n.(*inlineTag)
			shown := shownTag(t.tag, t.show)
			if shown == "" {
				shown = said(t.tag, false)
			}
			_, _ = w.WriteString(shown)
		}
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindRawHTML, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkSkipChildren, nil // a comment
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		v, _ := n.AttributeString(piecesKey)
		pieces, _ := v.([]piece)
		for _, p := range pieces {
			if p.tag.raw == "" {
				_, _ = w.WriteString(p.text)
				continue
			}
			s := shownTag(p.tag, p.show)
			if s == "" {
				s = said(p.tag, true)
			}
			if p.show == asTag && !p.tag.close {
				s = s[:1+len(p.tag.name)] + lineAttribute(n) + s[1+len(p.tag.name):]
			}
			_, _ = w.WriteString(s)
		}
		return ast.WalkContinue, nil
	})
}

var (
	saidAbove  = regexp.MustCompile(`\s(?:label|title|summary|header|heading|caption)=(?:"([^"]+)"|'([^']+)')`)
	saidInline = regexp.MustCompile(`\s(?:text|label)=(?:"([^"]+)"|'([^']+)')`)
	sourceOf   = regexp.MustCompile(`\ssrc=(?:\{require\()?\{?["']([^"'{}]+)["']`)
	altOf      = regexp.MustCompile(`\salt="([^"]*)"`)
)

// said returns what the tag of a component that vanishes says to a reader: the
// title of a tab or a card, the text of a badge, a picture.
func said(t tag, block bool) string {
	if t.close || kindOfElement(t.name) != component {
		return ""
	}
	if m := sourceOf.FindStringSubmatch(t.raw); m != nil && pictureFile.MatchString(m[1]) {
		alt := ""
		if m := altOf.FindStringSubmatch(t.raw); m != nil {
			alt = m[1]
		}
		return `<img src="` + string(util.EscapeHTML([]byte(m[1]))) + `" alt="` + string(util.EscapeHTML([]byte(alt))) + `">`
	}
	words := saidInline
	if block {
		words = saidAbove
	}
	m := words.FindStringSubmatch(t.raw)
	if m == nil && block {
		m = saidInline.FindStringSubmatch(t.raw)
	}
	if m == nil {
		return ""
	}
	s := html.EscapeString(html.UnescapeString(m[1] + m[2]))
	if block {
		return "<p><strong>" + s + "</strong></p>\n"
	}
	return s
}

func shownTag(t tag, v verdict) string {
	switch v {
	case asText:
		return string(util.EscapeHTML([]byte(t.raw)))
	case asTag:
		if t.alone && kindOfElement(t.name) != void {
			return strings.TrimSuffix(t.raw, "/>") + "></" + t.name + ">"
		}
		return t.raw
	}
	return ""
}
