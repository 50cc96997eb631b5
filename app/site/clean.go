package site

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/parse/formula"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A cleaner makes the HTML of articles fit for the site: safe, whatever the
// content tries, and with links that lead where the site has what they mean.
type cleaner struct {
	policy  *bluemonday.Policy
	content *content
	media   *media
	words   *text.Article
}

// cleaned is an article whose HTML has been through a cleaner. Only such an
// article can be made a page of.
type cleaned struct{ *article.Article }

func newCleaner(c *content, m *media, words *text.Article) *cleaner {
	return &cleaner{policy: newPolicy(), content: c, media: m, words: words}
}

// newPolicy is a second door behind the parser's, and not a copy of it: the
// library's own list for what strangers write, with little added.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.RequireNoFollowOnLinks(false)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowElements("kbd", "u", "ruby", "rt", "rp", "small")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(?:left|center|right)$`)).OnElements("td", "th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[\w+#.-]+$`)).OnElements("code")
	p.AllowAttrs("rel").Matching(remotePicture).OnElements("a")
	p.AllowAttrs("id").Matching(footnoteID).OnElements("li", "sup")
	p.AllowElements("rb", "rtc")
	p.AllowElements(formula.Elements...)
	p.AllowNoAttrs().OnElements(append([]string{"rb", "rtc"}, formula.Elements...)...)
	p.AllowAttrs(formula.Attributes...).Matching(formula.Value).OnElements(formula.Elements...)
	return p
}

// remotePicture matches the rel of a link that package blocks has put in the place
// of a picture of another host.
var remotePicture = regexp.MustCompile(`^nofollow noreferrer$`)

// footnoteID matches the identifiers that content may bring. They cannot clash
// with those of the page.
var footnoteID = regexp.MustCompile(`^fn(?:ref\d*)?:[\w-]+$`)

// clean cleans the article in place. What it refers to in vain is reported.
func (c *cleaner) clean(a *article.Article) (cleaned, []error) {
	w := &cleaning{cleaner: c, article: a, anchors: anchorsOf(a), line: a.Line, ids: make(map[string]bool)}
	// A footnote is often linked to from a block before it.
	var trees []*html.Node
	for _, b := range a.Blocks {
		if b.HTML != "" {
			trees = append(trees, w.parse(b.HTML))
		}
	}
	below := captions(a)
	for n, b := range a.Blocks {
		if b.HTML == "" {
			continue
		}
		if b.Line > 0 {
			w.line = b.Line
		}
		w.links = strings.Fields(b.LinkLines)
		b.HTML = w.render(trees[0], b, below[n-1])
		trees = trees[1:]
	}
	return cleaned{a}, w.warnings
}

// cleaning is the work on one article.
type cleaning struct {
	*cleaner
	article  *article.Article
	anchors  anchors
	line     int      // of the block that the work has come to
	links    []string // lines of its links and pictures
	ids      map[string]bool
	tables   int // named so far
	codes    int
	warnings []error
}

func (w *cleaning) warn(format string, args ...any) {
	w.warnings = append(w.warnings, &parse.Error{File: w.article.File, Line: w.line, Msg: fmt.Sprintf(format, args...)})
}

// parse cleans a fragment and takes note of its identifiers, each of which is
// kept once.
func (w *cleaning) parse(fragment string) *html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(w.policy.Sanitize(fragment)), body)
	if err != nil {
		// Only a reader that fails makes the parser fail, and a string does not.
		w.warn("HTML cannot be read: %v", err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	formula.Strict(body)
	for d := range body.Descendants() {
		if id := attribute(d, "id"); id != "" {
			if w.ids[id] || !footnoteID.MatchString(id) {
				removeAttribute(d, "id")
			}
			w.ids[id] = true
		}
	}
	return body
}

func (w *cleaning) render(body *html.Node, block *article.Block, caption string) string {
	w.resolve(body)
	w.finish(body, block, caption)
	var b strings.Builder
	for c := range body.ChildNodes() {
		// Writing to a strings.Builder cannot fail, and neither can the tree: a
		// parser made it.
		_ = html.Render(&b, c)
	}
	return b.String()
}

// resolve gives links and pictures their addresses on the site.
func (w *cleaning) resolve(root *html.Node) {
	var links, pictures []*html.Node
	order := make(map[*html.Node]int) // of both
	for d := range root.Descendants() {
		switch {
		case d.DataAtom == atom.A && attribute(d, "href") != "":
			links = append(links, d)
			order[d] = len(order)
		case d.DataAtom == atom.Img:
			pictures = append(pictures, d)
			order[d] = len(order)
		}
	}
	block := w.line
	defer func() { w.line = block }()
	at := func(n *html.Node) {
		// If one has been cleaned away, nobody knows which.
		if len(order) == len(w.links) {
			w.line, _ = strconv.Atoi(w.links[order[n]])
		}
	}
	for _, a := range links {
		at(a)
		if attribute(a, "href") == "" {
			continue
		}
		if remotePicture.MatchString(attribute(a, "rel")) {
			w.showRemote(a)
			continue
		}
		if to, ok := w.link(attribute(a, "href")); ok {
			setAttribute(a, "href", to)
		} else {
			unwrap(a)
		}
	}
	for _, img := range pictures {
		at(img)
		if other, shown := w.media.remote.note(attribute(img, "src")); other {
			if !shown {
				img.Parent.RemoveChild(img)
				continue
			}
			setAttribute(img, "referrerpolicy", "no-referrer")
			finishPicture(img)
			continue
		}
		picture, err := w.media.picture(w.article.File, attribute(img, "src"))
		if err != nil {
			w.warn("picture %q: %v", readable(attribute(img, "src")), err)
			img.Parent.RemoveChild(img)
			continue
		}
		if len(picture.leftOut) > 0 {
			w.warn("picture %q: not published of it: %s", readable(attribute(img, "src")), strings.Join(picture.leftOut, ", "))
		}
		if picture.fault != nil {
			w.warn("picture %q: %v", readable(attribute(img, "src")), picture.fault)
		}
		setAttribute(img, "src", toRoot+picture.path)
		picture.measure(img)
		finishPicture(img)
	}
}

// showRemote shows the picture that a link stands for, if the settings say so. What
// it is called stays below it, for that is text of the article.
func (w *cleaning) showRemote(a *html.Node) {
	src := attribute(a, "href")
	if other, shown := w.media.remote.note(src); !other || !shown {
		return
	}
	img := &html.Node{Type: html.ElementNode, Data: "img", DataAtom: atom.Img, Attr: []html.Attribute{
		{Key: "src", Val: src}, {Key: "referrerpolicy", Val: "no-referrer"}}}
	finishPicture(img)
	a.InsertBefore(img, a.FirstChild)
}

func finishPicture(img *html.Node) {
	setAttribute(img, "loading", "lazy")
	setAttribute(img, "decoding", "async")
	if attribute(img, "alt") == "" {
		setAttribute(img, "alt", "")
	}
}

// unwrap replaces an element by what is in it.
func unwrap(n *html.Node) {
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttribute(n *html.Node, key, value string) {
	removeAttribute(n, key)
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func removeAttribute(n *html.Node, key string) {
	for i, a := range n.Attr {
		if a.Key == key {
			n.Attr = append(n.Attr[:i], n.Attr[i+1:]...)
			return
		}
	}
}
