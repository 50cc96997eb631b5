package blocks

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// linkEmbeds writes what a page would embed from elsewhere, a film or another
// page, as a link with its title.
func linkEmbeds(fragment string) string {
	lower := strings.ToLower(fragment)
	found := false
	for _, name := range []string{"<iframe", "<video", "<audio", "<embed", "<object"} {
		found = found || strings.Contains(lower, name)
	}
	if !found {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	var within *embed
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			b.WriteString(within.link())
			return b.String()
		}
		raw := string(z.Raw())
		if kind == html.TextToken {
			if within != nil {
				within.text += raw
			} else {
				b.WriteString(raw)
			}
			continue
		}
		t := z.Token()
		switch {
		case within != nil && kind == html.EndTagToken && t.Data == within.name:
			b.WriteString(within.link())
			within = nil
		case within != nil:
			if t.DataAtom == atom.Source || t.DataAtom == atom.Embed || t.DataAtom == atom.Param {
				within.note(t)
			}
		case kind == html.EndTagToken:
			b.WriteString(raw)
		case t.DataAtom == atom.Embed || kind == html.SelfClosingTagToken && isEmbed(t.DataAtom):
			e := &embed{name: t.Data}
			e.note(t)
			b.WriteString(e.link())
		case isEmbed(t.DataAtom):
			within = &embed{name: t.Data}
			within.note(t)
			if t.DataAtom == atom.Iframe {
				// The tokenizer takes what is in it for raw text.
				z.NextIsNotRawText()
			}
		default:
			b.WriteString(raw)
		}
	}
}

func isEmbed(a atom.Atom) bool {
	return a == atom.Iframe || a == atom.Video || a == atom.Audio || a == atom.Object
}

// An embed is an element that would show something of elsewhere.
type embed struct{ name, src, title, text string }

func (e *embed) note(t html.Token) {
	for _, a := range t.Attr {
		switch a.Key {
		case "src", "data", "data-src":
			if e.src == "" {
				e.src = a.Val
			}
		case "title", "aria-label", "alt":
			if e.title == "" {
				e.title = a.Val
			}
		}
	}
}

// link returns what stands for the element: a link, or if it leads nowhere, the
// text that the page has for those who cannot see it.
func (e *embed) link() string {
	if e == nil {
		return ""
	}
	label := strings.TrimSpace(e.title)
	if label == "" && e.src != "" {
		label = e.src
	}
	if strings.TrimSpace(e.src) == "" {
		return e.text
	}
	href := e.src
	if strings.HasPrefix(href, "//") {
		href = "https:" + href
	}
	return ` <a href="` + html.EscapeString(href) + `" rel="nofollow noreferrer">` + html.EscapeString(label) + "</a> "
}
