package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tagMatcher decides what becomes of each tag, once all of them are known.
type tagMatcher struct{}

// A place is a tag where it stands.
type place struct {
	tag    tag
	kind   elementKind
	parent ast.Node
	inline bool
	set    func(verdict)
}

func (tagMatcher) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var places []place
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *inlineTag:
			places = append(places, place{n.tag, kindOfElement(n.tag.name), n.Parent(), true, func(v verdict) { n.show = v }})
		case *ast.HTMLBlock:
			pieces := piecesOf(n, reader.Source())
			n.SetAttributeString(piecesKey, pieces)
			for i := range pieces {
				if p := &pieces[i]; p.tag.raw != "" {
					places = append(places, place{p.tag, kindOfElement(p.tag.name), n.Parent(), false, func(v verdict) { p.show = v }})
				}
			}
		}
		return ast.WalkContinue, nil
	})
	judge(places)
}

// judge gives every tag its verdict: open is the stack of elements that are not
// closed yet.
func judge(places []place) {
	var open []int
	count := make(map[string]int) // of open elements by name
	for i, p := range places {
		name := strings.ToLower(p.tag.name)
		switch {
		case p.kind == void:
			p.set(voidVerdict(p))
		case p.kind == document && isWidget(p.tag):
			p.set(dropped)
		case p.kind == document:
			p.set(unclosed(p))
		case p.tag.alone:
			p.set(aloneVerdict(p))
		case !p.tag.close:
			p.set(unclosed(p))
			open = append(open, i)
			count[name]++
		case count[name] == 0:
			p.set(unclosed(p))
		default:
			for {
				j := open[len(open)-1]
				open = open[:len(open)-1]
				opener := places[j]
				other := strings.ToLower(opener.tag.name)
				count[other]--
				if other == name {
					v := closedVerdict(opener, p, len(open))
					opener.set(v)
					p.set(v)
					break
				}
				if opener.kind == optional {
					opener.set(asTag)
				}
			}
		}
	}
	for _, j := range open {
		if p := places[j]; p.kind == optional && len(open) <= deepestTag {
			p.set(asTag)
		}
	}
}

// isWidget reports whether a tag belongs to a component rather than to a sentence
// about tags.
func isWidget(t tag) bool {
	return strings.Contains(t.raw, " v-") || strings.Contains(t.raw, " @") || strings.Contains(t.raw, " :") || strings.Contains(t.raw, "={")
}

func voidVerdict(p place) verdict {
	switch strings.ToLower(p.tag.name) {
	case "br", "hr", "wbr":
		return asTag
	}
	if !p.tag.attrs {
		return unclosed(p)
	}
	return asTag
}

// aloneVerdict is for <name/>: a component vanishes, and so does an element that
// is empty.
func aloneVerdict(p place) verdict {
	if p.kind == unknown {
		return asText
	}
	if p.kind == element && p.tag.attrs {
		return asTag
	}
	return dropped
}

// unclosed is for a tag without its other half. In prose it is spoken about;
// between blocks it is the layout of a page.
func unclosed(p place) verdict {
	switch {
	case p.inline, p.kind == unknown, p.kind == component, p.kind == hidden:
		return asText
	}
	return dropped
}

func closedVerdict(opener, closer place, depth int) verdict {
	switch {
	case opener.kind == unknown:
		return asText
	case opener.kind == component, depth >= deepestTag:
		return dropped
	case opener.parent != closer.parent || opener.inline != closer.inline:
		return dropped
	}
	return asTag
}
