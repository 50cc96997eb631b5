package formula

import (
	"regexp"
	"slices"
	"strings"

	"github.com/wyatt915/treeblood"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Delimiters that a formula may stand between, with whether it has lines of its own.
var delimiters = []struct {
	open, close string
	display     bool
}{{"$$", "$$", true}, {"$", "$", false}, {`\(`, `\)`, false}, {`\[`, `\]`, true}}

// MathML returns a formula, given with its delimiters, as a <math> element. Its
// annotation has the formula as it was given, which is the text that a search
// finds. ok is false if the formula cannot be shown well; its source then is the
// best that there is to show.
func MathML(source string) (element string, ok bool) {
	for _, d := range delimiters {
		if len(source) > len(d.open)+len(d.close) && strings.HasPrefix(source, d.open) && strings.HasSuffix(source, d.close) {
			tex := source[len(d.open) : len(source)-len(d.close)]
			return between(source, tex, d.display)
		}
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(source, `\begin{`), "}")
	open, end := `\begin{`+name+"}", `\end{`+name+"}"
	switch {
	case !strings.HasPrefix(source, open) || !strings.HasSuffix(source, end) || !IsEnvironment(name):
		return "", false
	case slices.Contains(whole, strings.TrimSuffix(name, "*")):
		return between(source, source[len(open):len(source)-len(end)], name != "math")
	}
	return between(source, source, true)
}

func between(source, tex string, display bool) (element string, ok bool) {
	tex, ok = known(tex)
	if !ok {
		return "", false
	}
	math := convert(tex, display)
	if math == nil {
		return "", false
	}
	var b strings.Builder
	b.WriteString(`<math display="`)
	if display {
		b.WriteString("block")
	} else {
		b.WriteString("inline")
	}
	b.WriteString(`"><semantics>`)
	for c := range math.ChildNodes() {
		if html.Render(&b, c) != nil {
			return "", false
		}
	}
	b.WriteString(`<annotation encoding="application/x-tex">` + html.EscapeString(source) + "</annotation></semantics></math>")
	return b.String(), true
}

// convert returns the formula as the library and a parser of HTML understand it,
// without spaces and attributes that mean nothing, or nil.
func convert(tex string, display bool) (math *html.Node) {
	// The library is young: that it gives up on one formula must not end a build.
	defer func() {
		if recover() != nil {
			math = nil
		}
	}()
	document := treeblood.NewDocument(nil, false)
	show := document.TextStyle
	if display {
		show = document.DisplayStyle
	}
	out, err := show(tex)
	if err != nil {
		return nil
	}
	nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return nil
	}
	i := slices.IndexFunc(nodes, func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == "math" })
	if i < 0 || nodes[i].FirstChild == nil {
		return nil
	}
	root := nodes[i]
	for c := range root.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "semantics" {
			root = c
		}
	}
	if !tidy(root) {
		return nil
	}
	return root
}

// tidy drops white space, the annotation and attributes below n, and reports
// whether nothing is left but MathML that says something.
func tidy(n *html.Node) bool {
	var drop []*html.Node
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			if strings.TrimSpace(c.Data) == "" {
				drop = append(drop, c)
			}
		case c.Type != html.ElementNode || c.Namespace != "math":
			return false
		case c.Data == "annotation":
			drop = append(drop, c)
		case !slices.Contains(Elements, c.Data):
			return false
		default:
			c.Attr = slices.DeleteFunc(c.Attr, func(a html.Attribute) bool {
				return a.Namespace != "" || !slices.Contains(Attributes, a.Key) || !Value.MatchString(a.Val)
			})
			// The library keeps attributes in a map.
			slices.SortFunc(c.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		}
	}
	for _, c := range drop {
		if c.Parent != nil {
			c.Parent.RemoveChild(c)
		}
	}
	return n.FirstChild != nil
}

// Elements are those of MathML that a formula may be made of. None of them can
// run or fetch anything.
var Elements = []string{
	"math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot",
	"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable",
	"mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose",
}

// Attributes are those that the elements may have, with values that match Value.
var Attributes = []string{
	"accent", "accentunder", "columnalign", "columnlines", "columnspacing", "columnspan", "depth", "display", "displaystyle",
	"encoding", "fence", "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
	"movablelimits", "notation", "rowalign", "rowlines", "rowspacing", "rowspan", "rspace", "scriptlevel", "separator",
	"stretchy", "symmetric", "voffset", "width",
}

// Value matches lengths, numbers and words.
var Value = regexp.MustCompile(`^[\w.%+/ -]{1,100}$`)

// Strict makes text of each formula below root that is not MathML alone. Elements
// of HTML within one are read one way by one parser and another way by the next. Elements
// of MathML that are in no formula go, and what is in them stays.
func Strict(root *html.Node) {
	var found, strays []*html.Node
	for d := range root.Descendants() {
		switch {
		case Is(d):
			found = append(found, d)
		case d.Type == html.ElementNode && d.Namespace == "" && slices.Contains(Elements, d.Data):
			strays = append(strays, d)
		}
	}
	for _, d := range strays {
		for c := d.FirstChild; c != nil; c = d.FirstChild {
			d.RemoveChild(c)
			d.Parent.InsertBefore(c, d)
		}
		d.Parent.RemoveChild(d)
	}
	for _, m := range found {
		if m.Parent == nil || isStrict(m) {
			continue
		}
		m.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: Source(m)}, m)
		m.Parent.RemoveChild(m)
	}
}

func isStrict(m *html.Node) bool {
	for d := range m.Descendants() {
		if d.Type != html.TextNode && (d.Type != html.ElementNode || d.Namespace != "math" || d.Data == "math" || !slices.Contains(Elements, d.Data)) {
			return false
		}
	}
	return m.FirstChild != nil
}

// Is reports whether n is a formula.
func Is(n *html.Node) bool {
	return n.Type == html.ElementNode && n.Data == "math" && n.Namespace == "math"
}

// Source returns a formula as it was written, which its annotation has, or where
// it has none, all that it shows.
func Source(math *html.Node) string {
	var all strings.Builder
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			var b strings.Builder
			for c := range d.Descendants() {
				if c.Type == html.TextNode {
					b.WriteString(c.Data)
				}
			}
			return b.String()
		}
		if d.Type == html.TextNode {
			all.WriteString(d.Data)
		}
	}
	return all.String()
}
