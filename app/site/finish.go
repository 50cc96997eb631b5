package site

import (
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// finish gives the elements of a cleaned block what a page needs of them beyond what
// the author wrote: names for those who listen, places to stop at for those who have
// no mouse, and a way to the whole of a picture. It adds attributes and elements and
// no text, so that the text of the block stays what it is.
func (w *cleaning) finish(body *html.Node, b *article.Block, caption string) {
	pictures := strings.TrimSpace(b.Text) == ""
	var found []*html.Node
	for d := range body.Descendants() {
		switch d.DataAtom {
		case atom.Img, atom.Table, atom.Pre, atom.A:
			found = append(found, d)
		}
	}
	for _, n := range found {
		switch n.DataAtom {
		case atom.Img:
			if attribute(n, "alt") == "" && pictures {
				setAttribute(n, "alt", caption)
			}
			if pictures && within(n, atom.A) == nil {
				w.enlargeable(n)
			}
		case atom.Table:
			if within(n, atom.Table) == nil {
				w.tables++
				scrolls(wrap(n, "kb-wide"), w.words.Table(w.tables))
			}
		case atom.Pre:
			w.codes++
			scrolls(n, w.words.Code(w.codes))
		case atom.A:
			w.nameNote(n)
		}
	}
}

// enlargeable makes a link to the whole picture of a picture of the site.
func (w *cleaning) enlargeable(img *html.Node) {
	src := attribute(img, "src")
	if !strings.HasPrefix(src, toRoot) || attribute(img, "usemap") != "" {
		return
	}
	label := w.words.Enlarge
	if alt := attribute(img, "alt"); alt != "" {
		label += w.words.Colon + alt
	}
	link := wrap(img, "kb-enlarge")
	link.Data, link.DataAtom = "a", atom.A
	setAttribute(link, "href", src)
	setAttribute(link, "aria-label", label)
}

// nameNote says in words what the number or arrow of a footnote means.
func (w *cleaning) nameNote(a *html.Node) {
	to, ok := strings.CutPrefix(attribute(a, "href"), "#fn")
	if !ok {
		return
	}
	ref, id, ok := strings.Cut(to, ":")
	switch {
	case !ok || id == "":
	case ref == "":
		setAttribute(a, "aria-label", w.words.Note(id))
		setAttribute(a, "role", "doc-noteref")
	case strings.HasPrefix(ref, "ref"):
		setAttribute(a, "aria-label", w.words.ToNote(id))
		setAttribute(a, "role", "doc-backlink")
	}
}

// scrolls makes an element one that the keyboard can scroll.
func scrolls(n *html.Node, name string) {
	setAttribute(n, "tabindex", "0")
	setAttribute(n, "role", "region")
	setAttribute(n, "aria-label", name)
}

// wrap puts an element of a class around another.
func wrap(n *html.Node, class string) *html.Node {
	outer := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{{Key: "class", Val: class}}}
	n.Parent.InsertBefore(outer, n)
	n.Parent.RemoveChild(n)
	outer.AppendChild(n)
	return outer
}

// within returns the nearest element of a kind that n is in, or nil.
func within(n *html.Node, kind atom.Atom) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == kind {
			return p
		}
	}
	return nil
}

// measure says how large a picture is and where its smaller forms are.
func (s sized) measure(img *html.Node) {
	if s.Width == 0 {
		return
	}
	setAttribute(img, "width", strconv.Itoa(s.Width))
	setAttribute(img, "height", strconv.Itoa(s.Height))
	if set := s.sources(toRoot); set != "" {
		setAttribute(img, "srcset", set)
		setAttribute(img, "sizes", onPage)
	}
}

// captions returns what is said below the picture of each block: the text of the
// caption that follows it, empty where there is none.
func captions(a *article.Article) []string {
	var all []string
	for _, s := range a.Sections {
		for i := range s.Blocks {
			text := ""
			if i+1 < len(s.Blocks) && s.Blocks[i+1].Kind == article.Caption {
				text = strings.Join(strings.Fields(s.Blocks[i+1].Text), " ")
			}
			all = append(all, text)
		}
	}
	return all
}
