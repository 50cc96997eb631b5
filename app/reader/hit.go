package reader

import (
	"html"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// renderHit renders a hit as a link, and below it a link to each other passage. It is
// one piece of HTML: ten hits are three hundred elements and texts, and between a key and
// its hits there is no time to compare them with those that stood there before.
func (r *Reader) renderHit(i int, h *query.Hit) ui.UI {
	var m markup
	m.open("li")
	m.open("a", "id", hitID(i), "class", "kb-hit", "lang", r.written(), "href", r.hrefOf(h.URL, h.Block))
	title := h.Title
	if len(title) == 0 {
		title = query.Marked{{Text: r.site.Untitled}}
	}
	m.span("kb-hit-title", title)
	if len(h.Subtitle) > 0 {
		m.span("kb-hit-sub", h.Subtitle)
	}
	m.open("span", "class", "kb-meta", "lang", r.spoken())
	m.text(r.whence(h))
	m.close("span")
	m.span("kb-hit-text", h.Snippet)
	m.close("a")
	if len(h.More) > 0 {
		m.open("ul", "class", "kb-passages")
		for j := range h.More {
			r.passage(&m, passageID(i, j+1), h.URL, &h.More[j])
		}
		m.close("ul")
	}
	m.close("li")
	return ui.Raw(m.String())
}

// passage writes a passage of another section of the article.
func (r *Reader) passage(m *markup, id, url string, p *query.Passage) {
	m.open("li")
	m.open("a", "id", id, "class", "kb-passage", "lang", r.written(), "href", r.hrefOf(url, p.Block))
	if p.Heading != "" {
		m.span("kb-passage-of", query.Marked{{Text: p.Heading}})
	}
	m.span("kb-hit-text", p.Snippet)
	m.close("a")
	m.close("li")
}

// hrefOf returns the address of a block of an article that was found.
func (r *Reader) hrefOf(url string, block int) string {
	return r.Page.URL(Place{Path: url, Block: block, Marks: r.searching.at.Q})
}

// markup writes HTML. Whatever is put into it is text.
type markup struct{ strings.Builder }

// open writes a start tag with attributes, each a name and its value. Empty ones are left
// out.
func (m *markup) open(name string, attributes ...string) {
	m.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if value := attributes[i+1]; value != "" {
			m.WriteString(" " + attributes[i] + `="` + html.EscapeString(value) + `"`)
		}
	}
	m.WriteString(">")
}

func (m *markup) text(s string) { m.WriteString(html.EscapeString(s)) }

func (m *markup) close(name string) { m.WriteString("</" + name + ">") }

// span writes text with its matches.
func (m *markup) span(class string, text query.Marked) {
	m.open("span", "class", class)
	m.WriteString(text.HTML())
	m.close("span")
}
