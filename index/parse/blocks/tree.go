package blocks

import (
	"path"
	"strings"

	"github.com/kanbao/kanbao/index/parse/formula"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isBlock reports whether n stands on lines of its own.
func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Caption, atom.Thead,
		atom.Tbody, atom.Tfoot, atom.Tr, atom.Th, atom.Td, atom.Pre, atom.Figure, atom.Figcaption,
		atom.Details, atom.Summary:
		return true
	}
	return isHolder(n)
}

// isHolder reports whether n only holds other blocks together.
func isHolder(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside,
		atom.Center, atom.Address, atom.Body:
		return true
	}
	return false
}

func isElement(n *html.Node, a atom.Atom) bool {
	return n != nil && n.Type == html.ElementNode && n.DataAtom == a
}

func isSpace(n *html.Node) bool {
	return n.Type == html.TextNode && strings.Trim(n.Data, " \t\n\r\f") == ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// within yields n and its descendants in document order.
func within(n *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		for d := range n.Descendants() {
			if !yield(d) {
				return
			}
		}
	}
}

func children(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := range n.ChildNodes() {
		out = append(out, c)
	}
	return out
}

// renameLists makes plain lists of those of other kinds.
func renameLists(root *html.Node) {
	for d := range root.Descendants() {
		if isElement(d, atom.Menu) || isElement(d, atom.Dir) {
			d.Data, d.DataAtom = "ul", atom.Ul
		}
	}
}

func newText(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// settle makes the white space of a tree say what a person sees: runs of it are
// one space, "\n" parts the lines and the blocks, and nothing is at the edges.
// Text inside <pre> stays as it is. So the text content of any part of the tree
// is that part as it reads, and the tree still renders as before.
func settle(n *html.Node) {
	switch {
	case isElement(n, atom.Pre):
		lineCode(n)
		trimCode(n)
		return
	case formula.Is(n):
		return
	}
	if isElement(n, atom.Rt) && n.FirstChild != nil && n.FirstChild == n.LastChild {
		n.FirstChild.Data = strings.TrimSpace(n.FirstChild.Data)
	}
	kids := children(n)
	blocky := false
	for _, c := range kids {
		settle(c)
		blocky = blocky || isBlock(c)
	}
	var prev *html.Node
	for _, c := range kids {
		if c.Type == html.TextNode {
			c.Data = collapse(c.Data)
			afterBreak := prev == nil && isBlock(n) || isElement(prev, atom.Br) || prev != nil && isBlock(prev)
			if afterBreak {
				c.Data = strings.TrimLeft(c.Data, " ")
			}
			if next := c.NextSibling; next == nil && isBlock(n) || isElement(next, atom.Br) || next != nil && isBlock(next) {
				c.Data = strings.TrimRight(c.Data, " ")
			}
			if c.Data == "" {
				n.RemoveChild(c)
				continue
			}
		}
		if prev != nil && (isElement(prev, atom.Br) || blocky && (isBlock(prev) || isBlock(c))) {
			n.InsertBefore(newText("\n"), c)
		}
		prev = c
	}
}

// lineCode has the lines of code part by "\n" alone, where generators write <br> or an
// element that is a block for each.
func lineCode(pre *html.Node) {
	var last byte // before the node that is looked at
	line := func(at *html.Node) {
		if last != 0 && last != '\n' {
			at.Parent.InsertBefore(newText("\n"), at)
			last = '\n'
		}
	}
	open := false // a block has ended, and its line with it
	var parts []*html.Node
	for d := range pre.Descendants() {
		parts = append(parts, d)
	}
	ends := map[*html.Node]bool{} // nodes behind which a line ends
	for _, d := range parts {
		switch {
		case d.Type == html.TextNode && d.Data != "":
			if open && d.Data[0] != '\n' {
				line(d)
			}
			open, last = false, d.Data[len(d.Data)-1]
		case isElement(d, atom.Br):
			d.Type, d.Data, d.DataAtom, d.Attr = html.TextNode, "\n", 0, nil
			open, last = false, '\n'
		case isBlock(d):
			line(d)
			d.Data, d.DataAtom = "span", atom.Span
			end := d
			for end.LastChild != nil {
				end = end.LastChild
			}
			ends[end] = true
		}
		open = open || ends[d]
	}
}

func trimCode(pre *html.Node) {
	last := pre
	for last.LastChild != nil {
		last = last.LastChild
	}
	if last.Type == html.TextNode {
		last.Data = strings.TrimRight(last.Data, "\n")
	}
}

// collapse makes each run of white space one space. The ideographic space is
// no white space here: it is type that somebody has set.
func collapse(s string) string {
	if !strings.ContainsAny(s, "\t\n\r\f") && !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		if strings.ContainsRune(" \t\n\r\f", r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// isRemote reports whether a browser would fetch target from another host, or
// from nowhere that the folder of the site covers.
func isRemote(target string) bool {
	target = strings.TrimSpace(target)
	if strings.HasPrefix(target, "//") || strings.HasPrefix(target, `\`) || strings.HasPrefix(target, `/\`) {
		return true
	}
	scheme, _, found := strings.Cut(target, ":")
	return found && !strings.ContainsAny(scheme, "/?#")
}

// isFilm reports whether target is something that is watched, heard or opened, and
// no picture.
func isFilm(target string) bool {
	target, _, _ = strings.Cut(target, "?")
	switch strings.ToLower(path.Ext(target)) {
	case ".mp4", ".webm", ".mov", ".ogv", ".mp3", ".ogg", ".wav", ".m4a", ".pdf":
		return true
	}
	return false
}

// linkPictures replaces each picture that lies on another host by a link to it, for
// showing it would tell that host who reads what; and each that is a film.
func linkPictures(root *html.Node) {
	var pictures []*html.Node
	for d := range root.Descendants() {
		if isElement(d, atom.Img) && (isRemote(attr(d, "src")) || attr(d, "src") == "" || isFilm(attr(d, "src"))) {
			pictures = append(pictures, d)
		}
	}
	for _, img := range pictures {
		label := strings.TrimSpace(attr(img, "alt"))
		if label == "" {
			label = strings.TrimSpace(attr(img, "title"))
		}
		src := attr(img, "src")
		if label == "" && src != "" {
			label = "图片"
		}
		put := newText(label)
		if src != "" && !insideLink(img) {
			a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A,
				Attr: []html.Attribute{{Key: "href", Val: src}, {Key: "rel", Val: "nofollow noreferrer"}}}
			if line := attr(img, lineAttr); line != "" {
				a.Attr = append(a.Attr, html.Attribute{Key: lineAttr, Val: line})
			}
			a.AppendChild(put)
			put = a
		}
		img.Parent.InsertBefore(put, img)
		img.Parent.RemoveChild(img)
	}
}

// describePictures writes what a picture is called below it, where it stands alone
// in a list, a quotation or a table: text in attributes could not be found by a
// search, and is lost with the picture.
func describePictures(root *html.Node) {
	var pictures []*html.Node
	for d := range root.Descendants() {
		if isElement(d, atom.Img) && standsAlone(d) && insideRich(d) {
			pictures = append(pictures, d)
		}
	}
	for _, img := range pictures {
		label := attr(img, "title")
		if label == "" {
			label = attr(img, "alt")
		}
		if label = strings.Join(strings.Fields(label), " "); label == "" {
			continue
		}
		small := &html.Node{Type: html.ElementNode, Data: "small", DataAtom: atom.Small}
		small.AppendChild(newText(label))
		for _, n := range []*html.Node{small, newText("\n"), {Type: html.ElementNode, Data: "br", DataAtom: atom.Br}} {
			img.Parent.InsertBefore(n, img.NextSibling)
		}
	}
}

// standsAlone reports whether the picture has no text beside it.
func standsAlone(img *html.Node) bool {
	for _, n := range []*html.Node{img.PrevSibling, img.NextSibling} {
		if n != nil && !isSpace(n) && !isBlock(n) && !isElement(n, atom.Br) {
			return false
		}
	}
	return isBlock(img.Parent)
}

// insideRich reports whether n will be part of a block with a structure of its own.
func insideRich(n *html.Node) bool {
	for a := range n.Ancestors() {
		if isBlock(a) && !isHolder(a) && !isElement(a, atom.P) && !isElement(a, atom.Figure) {
			return true
		}
	}
	return false
}

func insideLink(n *html.Node) bool {
	for a := range n.Ancestors() {
		if isElement(a, atom.A) {
			return true
		}
	}
	return false
}

// expand writes <x/> as <x></x> for elements that cannot be empty in HTML, so
// that a component of some other tool does not swallow what follows it.
func expand(fragment string) string {
	if !strings.Contains(fragment, "/>") {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			return b.String()
		}
		raw := string(z.Raw())
		if kind != html.SelfClosingTagToken {
			b.WriteString(raw)
			continue
		}
		name, _ := z.TagName()
		if tag := string(name); isVoid(tag) {
			b.WriteString(raw)
		} else {
			b.WriteString(strings.TrimSuffix(raw, "/>") + "></" + tag + ">")
		}
	}
}

// isVoid reports whether an element of HTML has no end.
func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "col", "wbr", "area", "embed", "link", "meta", "source", "track", "base", "param":
		return true
	}
	return false
}
