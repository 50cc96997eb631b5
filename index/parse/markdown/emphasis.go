package markdown

import (
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasis reads *, _ and ~~ in place of goldmark's own parsers, for two reasons.
// CommonMark refuses **《书》**字, because it takes punctuation beside a letter for
// the outside of an emphasis; no Chinese author means that. And goldmark looks at
// all runs before a run for one to close, which takes a day for a hostile text.
type emphasis struct{}

func (emphasis) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(runParser{}, 500)),
		parser.WithASTTransformers(util.Prioritized(runPairer{}, 100)),
	)
}

// deepestEmphasis is how deep emphasis may be nested. What is deeper stays text.
const deepestEmphasis = 16

// A run is a run of *, _ or ~ that may open or close an emphasis. What of it does
// neither is text.
type run struct {
	ast.BaseInline
	segment     text.Segment
	char        byte
	length      int // of what is left of it
	original    int
	before      rune
	open, close bool
	// lenient says that CommonMark would not let it open.
	lenient bool
}

var runKind = ast.NewNodeKind("Run")

func (*run) Kind() ast.NodeKind { return runKind }

func (r *run) Dump(src []byte, level int) { ast.DumpHelper(r, src, level, nil, nil) }

type runParser struct{}

func (runParser) Trigger() []byte { return []byte{'*', '_', '~'} }

func (runParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	r := &run{char: line[0], length: n, original: n, before: before, segment: segment.WithStop(segment.Start + n)}
	r.flank(before, after)
	block.Advance(n)
	return r
}

// flank decides whether the run may open and whether it may close.
func (r *run) flank(before, after rune) {
	switch {
	case r.char == '~' && r.original != 2,
		// 2*3*4 and 14~~16 are figures.
		r.char != '_' && unicode.IsDigit(before) && unicode.IsDigit(after),
		// So is a*b*c.
		r.char == '*' && r.original == 1 && isASCIIWord(before) && isASCIIWord(after):
		return
	}
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	r.open, r.close = left, right
	if r.char == '_' {
		r.open = left && (!right || punctBefore)
		r.close = right && (!left || punctAfter)
		if r.original != 2 {
			return
		}
	}
	if r.char == '*' && r.original == 2 && spaceBefore && !left {
		r.close = true // **甲 ** means nothing else
	}
	if r.char == '*' && r.original == 2 && before == '\n' && after == ' ' {
		r.open = true // nor does ** 甲**
	}
	if isCJK(before) || isCJK(after) {
		if !left && !spaceAfter {
			r.open, r.lenient = true, true
		}
		if !right && !spaceBefore {
			r.close = true
		}
	}
}

func isASCIIWord(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// isCJK reports whether r is a character of Chinese, Japanese or Korean, a mark of
// punctuation among them.
func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—' || r == '·'
}

// runPairer makes emphasis of runs, as the CommonMark specification describes it
// under "process emphasis".
type runPairer struct{}

func (runPairer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var parents []ast.Node
	var last ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if _, ok := n.(*run); entering && ok && n.Parent() != last {
			last = n.Parent()
			parents = append(parents, last)
		}
		return ast.WalkContinue, nil
	})
	for _, p := range parents {
		pairRuns(p)
	}
}

// A runClass is what closers have in common that can close the same runs.
type runClass struct {
	char byte
	mod  int
	open bool
}

func pairRuns(parent ast.Node) {
	var open []*run
	// Below its floor there is nothing that a closer of a class could close.
	floor := make(map[runClass]int)
	var next ast.Node
	for n := parent.FirstChild(); n != nil; n = next {
		next = n.NextSibling()
		r, ok := n.(*run)
		if !ok {
			continue
		}
		class := runClass{r.char, r.original % 3, r.open}
		for r.close && r.length > 0 {
			i := openerOf(open, r, min(floor[class], len(open)))
			if i < 0 {
				floor[class] = len(open)
				break
			}
			wrap(parent, open[i], r)
			if open[i].length == 0 {
				open = open[:i]
			} else {
				open = open[:i+1]
			}
			for c, f := range floor {
				floor[c] = min(f, len(open))
			}
		}
		if r.open && r.length > 0 {
			open = append(open, r)
		}
	}
	for n := parent.FirstChild(); n != nil; n = next {
		next = n.NextSibling()
		if r, ok := n.(*run); ok {
			if r.length > 0 {
				parent.InsertBefore(parent, r, ast.NewTextSegment(r.segment.WithStop(r.segment.Start+r.length)))
			}
			parent.RemoveChild(parent, r)
		}
	}
}

// openerOf returns the last of the open runs, but none before floor, that the
// closer closes, or -1.
func openerOf(open []*run, closer *run, floor int) int {
	for i := len(open) - 1; i >= floor; i-- {
		o := open[i]
		switch {
		case o.char != closer.char,
			(o.close || closer.open) && (o.original+closer.original)%3 == 0 && (o.original%3 != 0 || closer.original%3 != 0),
			// One star beside a bracket, as in 甲*（注）乙*（注）, may stand for a note.
			o.lenient && min(o.length, closer.length) == 1 && !util.IsPunctRune(closer.before),
			o.char == '~' && (o.length != 2 || closer.length != 2):
			continue
		}
		return i
	}
	return -1
}

// wrap puts what is between two runs into an emphasis.
func wrap(parent ast.Node, opener, closer *run) {
	n := min(opener.length, closer.length, 2)
	opener.length -= n
	closer.length -= n
	depth := 0
	for c := opener.NextSibling(); c != closer; c = c.NextSibling() {
		depth = max(depth, depthOf(c))
	}
	var em ast.Node
	switch {
	case depth >= deepestEmphasis:
		mark := func(s text.Segment) ast.Node { return ast.NewTextSegment(s.WithStop(s.Start + n)) }
		parent.InsertAfter(parent, opener, mark(opener.segment))
		parent.InsertBefore(parent, closer, mark(closer.segment))
		return
	case opener.char == '~':
		em = extast.NewStrikethrough()
	default:
		em = ast.NewEmphasis(n)
	}
	em.SetAttributeString(depthAttr, depth+1)
	for c := opener.NextSibling(); c != closer; {
		next := c.NextSibling()
		em.AppendChild(em, c)
		c = next
	}
	parent.InsertAfter(parent, opener, em)
	settleRuns(em)
}

// depthAttr is how deep an emphasis is. No renderer shows it.
const depthAttr = "depth"

func depthOf(n ast.Node) int {
	v, _ := n.AttributeString(depthAttr)
	depth, _ := v.(int)
	return depth
}

// settleRuns makes text of the runs in an emphasis, which nothing closes any more.
func settleRuns(em ast.Node) {
	var next ast.Node
	for n := em.FirstChild(); n != nil; n = next {
		next = n.NextSibling()
		if r, ok := n.(*run); ok {
			if r.length > 0 {
				em.InsertBefore(em, r, ast.NewTextSegment(r.segment.WithStop(r.segment.Start+r.length)))
			}
			em.RemoveChild(em, r)
		}
	}
}
