package blocks

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/formula"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Reader reads HTML as blocks.
type Reader struct {
	policy *bluemonday.Policy
}

// NewReader makes a Reader, which may be used by several goroutines at a time.
func NewReader() *Reader { return &Reader{policy: newPolicy()} }

// A Document is HTML as blocks.
type Document struct {
	// Title is the text of the first heading if that was the title, else empty.
	Title    string
	Sections []article.Section // at least one
}

// Read cleans a fragment of HTML and breaks it into sections. If title is
// empty, the first heading of whatever level becomes the Document's; a first
// heading that only repeats title is left out; any other begins a section.
func (r *Reader) Read(fragment, title string) (*Document, error) {
	clean := r.policy.Sanitize(linkEmbeds(sayDrawings(closeAddresses(withoutHidden(expand(fragment))))))
	nodes, err := html.ParseFragment(strings.NewReader(clean), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return nil, fmt.Errorf("HTML cannot be read: %w", err)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	formula.Strict(body)
	renameLists(body)
	linkPictures(body)
	settle(body)
	describePictures(body)
	w := &walk{title: title, doc: &Document{Sections: make([]article.Section, 1)}}
	w.holder(body)
	w.end()
	return w.doc, w.err
}

var elementFirst = regexp.MustCompile(`(?i)^\s*<(?:p|div|section|article|span|h[1-6]|ul|ol|table|blockquote|figure|center|font|strong|b|em|img|br|pre)(?:\s[^<>]*)?/?>`)

// IsHTML reports whether a text of which nobody says what it is, as the cell of a table,
// is HTML: it begins with an element and has an end of one, or a break.
func IsHTML(text string) bool {
	return elementFirst.MatchString(text) && (strings.Contains(text, "</") || strings.Contains(text, "<br") || strings.Contains(text, "<img"))
}

// walk collects the blocks of one document.
type walk struct {
	title string
	doc   *Document
	run   []*html.Node // inline nodes that will make the next paragraph
	// pending is what is known of the place that the walk has come to.
	pending mark
	err     error
}

func (w *walk) holder(n *html.Node) {
	for _, c := range children(n) {
		if !isBlock(c) && !holdsBlock(c) {
			w.run = append(w.run, c)
			continue
		}
		w.flush()
		switch {
		case isHolder(c):
			w.pass(marksOf(c))
			w.holder(c)
		case c.DataAtom == atom.P:
			w.pass(marksOf(c))
			w.paragraph(children(c))
		case isHeading(c):
			w.heading(c)
		case c.DataAtom == atom.Figure:
			w.figure(c)
		default:
			w.rich(c)
		}
	}
	w.flush()
}

// holdsBlock reports whether n, an inline element, has a block in it, as a link
// around a whole card does.
func holdsBlock(n *html.Node) bool {
	for d := range n.Descendants() {
		if isBlock(d) {
			return true
		}
	}
	return false
}

func isHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

func (w *walk) heading(n *html.Node) {
	w.pass(takeMarks(n))
	text := headingOf(n)
	if text == "" {
		return
	}
	level := int(n.Data[1] - '0')
	if w.title == "" {
		w.title, w.doc.Title = text, text
		return
	}
	if level == 1 && text == w.title && w.doc.Title == "" && len(w.doc.Sections) == 1 {
		return
	}
	s := article.Section{Heading: text, Level: max(level, 2)}
	s.Anchors, s.Line = w.take()
	w.pending.links = nil
	w.doc.Sections = append(w.doc.Sections, s)
}

func (w *walk) flush() {
	run := w.run
	w.run = nil
	w.paragraph(run)
}

// paragraph makes blocks of inline nodes: usually one, but old pages part their
// paragraphs by <br>, and pictures are blocks of their own.
func (w *walk) paragraph(nodes []*html.Node) {
	for _, part := range splitBreaks(nodes) {
		if pictures, ok := onlyPictures(part); ok {
			for _, img := range pictures {
				w.picture(img)
			}
			continue
		}
		part = trim(w.takeInline(part))
		text := textOf(part...)
		if text == "" && !hasPicture(part) {
			continue
		}
		b := article.Block{Kind: article.Paragraph, Text: text}
		if !isPlain(part) {
			b.HTML = w.render(part...)
		}
		w.add(b)
	}
}

func (w *walk) rich(n *html.Node) {
	w.pass(takeMarks(n))
	text := textOf(n)
	if text == "" && n.DataAtom != atom.Hr && !hasPicture([]*html.Node{n}) {
		return
	}
	w.add(article.Block{Kind: article.Rich, Text: text, HTML: w.render(n)})
}

// picture makes a block of the picture and a caption of its title, or else of
// its alternative text: text in attributes could not be found by a search.
func (w *walk) picture(img *html.Node) {
	w.pass(takeMarks(img))
	w.add(article.Block{Kind: article.Rich, HTML: w.render(img)})
	caption := attr(img, "title")
	if caption == "" {
		caption = attr(img, "alt")
	}
	w.caption([]*html.Node{newText(strings.Join(strings.Fields(caption), " "))})
}

func (w *walk) figure(n *html.Node) {
	w.pass(marksOf(n))
	for _, c := range children(n) {
		switch {
		case isElement(c, atom.Figcaption):
			w.flush()
			w.caption(children(c))
		case isElement(c, atom.Img):
			w.flush()
			w.pass(takeMarks(c))
			w.add(article.Block{Kind: article.Rich, HTML: w.render(c)})
		case isHolder(c):
			w.flush()
			w.figure(c)
		case isElement(c, atom.P):
			w.flush()
			w.paragraph(children(c))
		case isBlock(c):
			w.flush()
			w.rich(c)
		default:
			w.run = append(w.run, c)
		}
	}
	w.flush()
}

func (w *walk) caption(nodes []*html.Node) {
	nodes = trim(w.takeInline(nodes))
	text := textOf(nodes...)
	if text == "" {
		return
	}
	b := article.Block{Kind: article.Caption, Text: text}
	if !isPlain(nodes) {
		b.HTML = w.render(nodes...)
	}
	w.add(b)
}

func (w *walk) add(b article.Block) {
	b.Anchors, b.Line = w.take()
	b.LinkLines = w.takeLinks(b.Line)
	s := &w.doc.Sections[len(w.doc.Sections)-1]
	s.Blocks = append(s.Blocks, b)
}

func (w *walk) render(nodes ...*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil && w.err == nil {
			w.err = fmt.Errorf("HTML cannot be written: %w", err)
		}
	}
	return b.String()
}

// isPlain reports whether the nodes are text and nothing else.
func isPlain(nodes []*html.Node) bool {
	for _, n := range nodes {
		if n.Type != html.TextNode || strings.Contains(n.Data, "\n") {
			return false
		}
	}
	return true
}

func hasPicture(nodes []*html.Node) bool {
	for _, n := range nodes {
		for d := range within(n) {
			if isElement(d, atom.Img) {
				return true
			}
		}
	}
	return false
}

// onlyPictures returns the pictures of a paragraph that has nothing else.
func onlyPictures(nodes []*html.Node) (pictures []*html.Node, ok bool) {
	for _, n := range nodes {
		switch {
		case isElement(n, atom.Img):
			pictures = append(pictures, n)
		case !isSpace(n) && !isElement(n, atom.Br):
			return nil, false
		}
	}
	return pictures, len(pictures) > 0
}

// splitBreaks parts inline nodes where <br> stands for the end of a paragraph:
// two in a row, or one with the indent of a new paragraph after it.
func splitBreaks(nodes []*html.Node) [][]*html.Node {
	var parts [][]*html.Node
	var part []*html.Node
	for i := 0; i < len(nodes); i++ {
		if !isElement(nodes[i], atom.Br) {
			part = append(part, nodes[i])
			continue
		}
		from := i
		breaks := 0
		for i < len(nodes) && (isElement(nodes[i], atom.Br) || isSpace(nodes[i])) {
			if isElement(nodes[i], atom.Br) {
				breaks++
			}
			i++
		}
		if breaks > 1 || i < len(nodes) && isIndented(nodes[i]) {
			parts, part = append(parts, part), nil
		} else {
			part = append(part, nodes[from:i]...)
		}
		i--
	}
	return append(parts, part)
}

func isIndented(n *html.Node) bool {
	text := strings.TrimLeft(textOf(n), " \n")
	return strings.HasPrefix(text, "\u3000") || strings.HasPrefix(text, "\u00a0\u00a0")
}

// trim takes white space and breaks, indents among them, from both ends.
func trim(nodes []*html.Node) []*html.Node {
	for len(nodes) > 0 && trimmed(nodes[0], strings.TrimLeft) {
		nodes = nodes[1:]
	}
	for len(nodes) > 0 && trimmed(nodes[len(nodes)-1], strings.TrimRight) {
		nodes = nodes[:len(nodes)-1]
	}
	return nodes
}

// trimmed trims the text that n begins or ends with and reports whether nothing
// of n remains.
func trimmed(n *html.Node, cut func(s, cutset string) string) bool {
	if isElement(n, atom.Br) {
		return true
	}
	if n.Type != html.TextNode {
		return n.Type != html.ElementNode
	}
	n.Data = cut(n.Data, " \t\n\u3000\u00a0\ufeff\u200b")
	return n.Data == ""
}
