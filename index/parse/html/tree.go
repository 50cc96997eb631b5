package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// deepest is how many elements may be open at a time. What is nested deeper
// stands in the deepest, as a page whose author has closed nothing at all has it.
const deepest = 128

// parseTree makes a tree of a page: what a browser would, but for four things.
// Elements that are closed in the wrong order are closed in the right one, once,
// so that the cost grows with the page's size and no faster. What is no element,
// or is not closed where that would swallow the text behind it, is text. White
// space stays. And html, head and body are not there: all stands below the root.
func parseTree(page string) *html.Node { return parse(page, false) }

// parse makes the tree of a page; with all, it has every attribute that the page has,
// and the root those of html and body.
func parse(page string, all bool) *html.Node {
	b := &builder{all: all, root: &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atomOf("body")}, over: map[string]int{}}
	page = openEnds(page)
	// A quotation mark that nothing closes makes a tag of all the rest: that tag
	// is text. Whoever writes many of those gets the rest as text.
	for range 16 {
		page = b.read(page)
	}
	b.text(page)
	b.closeTo(0)
	return b.root
}

// read reads page up to a tag that has no end, and returns what is behind the "<"
// of that.
func (b *builder) read(page string) string {
	z := html.NewTokenizer(strings.NewReader(page))
	at := 0
	for {
		kind := z.Next()
		raw := z.Raw()
		if kind == html.ErrorToken {
			if at >= len(page) {
				return ""
			}
			b.text(page[at : at+1])
			return page[at+1:]
		}
		at += len(raw)
		switch kind {
		case html.TextToken:
			b.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			text := string(raw)
			t := readTag(z, b.all)
			if noScript[t.name] {
				z.NextIsNotRawText()
			}
			b.start(t, text, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			text := string(raw)
			name, _ := z.TagName()
			b.end(string(name), text)
		}
	}
}

// openEnds makes text of the beginnings of comments and raw elements that end
// nowhere, behind which a browser would see nothing, and of a tag that the end of
// the page cuts off.
func openEnds(page string) string {
	lower := strings.ToLower(page)
	if len(lower) != len(page) { // a letter whose small form has another length
		lower = page
	}
	lastEnd := map[string]int{"!--": strings.LastIndex(lower, "-->")}
	for _, name := range rawElements {
		lastEnd[name] = strings.LastIndex(lower, "</"+name)
	}
	lastClose := strings.LastIndexByte(page, '>')
	var out strings.Builder
	from := 0
	for at := strings.IndexByte(page, '<'); at >= 0; {
		name := nameAt(lower[at+1:])
		end, special := lastEnd[name]
		if special && end < at || at > lastClose {
			out.WriteString(page[from:at])
			out.WriteString("&lt;")
			from = at + 1
		}
		next := strings.IndexByte(page[at+1:], '<')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	out.WriteString(page[from:])
	return out.String()
}

// nameAt returns the name of the tag that s, which is behind a "<", begins with.
func nameAt(s string) string {
	if strings.HasPrefix(s, "!--") {
		return "!--"
	}
	n := 0
	for n < len(s) && n < 16 && (s[n] >= 'a' && s[n] <= 'z') {
		n++
	}
	return s[:n]
}

// A startTag is a tag with the attributes that mean something here.
type startTag struct {
	name  string
	attr  []html.Attribute
	prose bool // it has attributes that no element has: a<b 且 c>d
}

func readTag(z *html.Tokenizer, all bool) startTag {
	name, more := z.TagName()
	t := startTag{name: string(name)}
	seen := map[string]bool{}
	valued := false
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		k := string(key)
		valued = valued || len(value) > 0
		for _, r := range k {
			t.prose = t.prose || unicode.Is(unicode.Han, r) || r == '<'
		}
		if (all || keptAttributes[k]) && !seen[k] {
			seen[k] = true
			t.attr = append(t.attr, html.Attribute{Key: k, Val: string(value)})
		}
	}
	t.prose = t.prose && !valued
	// An ideographic space is none to HTML, but to whoever typed it.
	if before, _, found := strings.Cut(t.name, "\u3000"); found && isElement(before) {
		t.name = before
	}
	return t
}

// An opened is an element that is not closed yet.
type opened struct {
	node    *html.Node
	raw     string // its tag, if it becomes text unless it is closed
	pending bool   // its end has come while a block in it was open
}

type builder struct {
	all  bool // attributes are kept, whatever they are called
	root *html.Node
	open []opened
	over map[string]int // elements that were nested too deep, by name
}

func (b *builder) top() *html.Node {
	if len(b.open) == 0 {
		return b.root
	}
	return b.open[len(b.open)-1].node
}

func (b *builder) text(s string) {
	if s == "" {
		return
	}
	if strings.TrimSpace(s) != "" {
		b.cell()
	}
	top := b.top()
	if last := top.LastChild; last != nil && last.Type == html.TextNode && len(last.Data) < 256 {
		last.Data += s
		return
	}
	top.AppendChild(&html.Node{Type: html.TextNode, Data: s})
}

// cell opens a cell where something comes that a table has only in cells.
func (b *builder) cell() {
	switch top := b.top().Data; top {
	case "table", "thead", "tbody", "tfoot":
		b.push("tr", nil, "")
		b.push("td", nil, "")
	case "tr":
		b.push("td", nil, "")
	}
}

func (b *builder) push(name string, attr []html.Attribute, raw string) {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atomOf(name), Attr: attr}
	b.top().AppendChild(n)
	b.open = append(b.open, opened{node: n, raw: raw})
}

func (b *builder) start(t startTag, raw string, selfClosing bool) {
	name := t.name
	if !isElement(name) && selfClosing {
		return
	}
	if t.prose {
		b.text(raw)
		return
	}
	if ignoredElements[name] {
		if b.all {
			b.root.Attr = append(b.root.Attr, t.attr...)
		}
		return
	}
	if name == "image" && !b.within("svg") {
		name = "img"
	}
	if blockElements[name] {
		b.closeFirst(set1("p"), cellScope)
	}
	if c, ok := closedBy[name]; ok {
		b.closeFirst(c.closes, c.until)
	}
	if name == "a" {
		b.closeFirst(set1("a"), cellScope)
	}
	if !tableParts[name] && name != "script" && name != "style" && name != "col" || name == "table" {
		b.cell()
	}
	if voidElements[name] || selfClosing && !isRaw(name) {
		b.top().AppendChild(&html.Node{Type: html.ElementNode, Data: name, DataAtom: atomOf(name), Attr: t.attr})
		return
	}
	if len(b.open) >= deepest {
		if !isRaw(name) {
			b.over[name]++
			return
		}
		b.closeTo(deepest - 1)
	}
	keep := ""
	if !isElement(name) || looseElements[name] && len(raw) == len(name)+len("<>") {
		keep = raw
	}
	b.push(name, t.attr, keep)
}

func set1(name string) map[string]bool { return oneOf[name] }

var oneOf = map[string]map[string]bool{"p": set("p"), "a": set("a")}

func (b *builder) within(name string) bool {
	for _, o := range b.open {
		if o.node.Data == name {
			return true
		}
	}
	return false
}

// closeFirst closes the innermost open element that is one of names, with all
// in it, unless one of until is further in.
func (b *builder) closeFirst(names, until map[string]bool) {
	for i := len(b.open) - 1; i >= 0; i-- {
		switch name := b.open[i].node.Data; {
		case names[name]:
			b.closeTo(i)
			return
		case until[name]:
			return
		}
	}
}

func (b *builder) end(name, raw string) {
	if b.over[name] > 0 {
		b.over[name]--
		return
	}
	if name == "p" && !b.within("p") || name == "br" {
		return
	}
	stop := cellScope
	if tableParts[name] {
		stop = tableScope
	}
	blocked := false
	for i := len(b.open) - 1; i >= 0; i-- {
		o := &b.open[i]
		if o.node.Data == name {
			if blocked && !blockElements[name] {
				o.pending = true
				return
			}
			o.raw = ""
			b.closeTo(i)
			return
		}
		if stop[o.node.Data] {
			break
		}
		blocked = blocked || blockElements[o.node.Data]
	}
	if !isElement(name) {
		b.text(raw)
	}
}

// closeTo closes elements until n are open, and then those of whom only a block
// in them has kept the end from coming.
func (b *builder) closeTo(n int) {
	for len(b.open) > n || len(b.open) > 0 && b.open[len(b.open)-1].pending {
		last := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if last.raw != "" && !last.pending {
			dissolve(last.node, last.raw)
		}
	}
}

// dissolve puts the text of an element's tag and what it holds in its place.
func dissolve(n *html.Node, raw string) {
	parent := n.Parent
	parent.InsertBefore(&html.Node{Type: html.TextNode, Data: raw}, n)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		parent.InsertBefore(c, n)
	}
	parent.RemoveChild(n)
}
