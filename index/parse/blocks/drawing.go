package blocks

import (
	"strings"

	"golang.org/x/net/html"
)

// sayDrawings puts in the place of each drawing (SVG) the words in it: its title, its
// description and its lettering, which a reader of the page sees or hears.
func sayDrawings(fragment string) string {
	if !strings.Contains(strings.ToLower(fragment), "<svg") {
		return fragment
	}
	var b strings.Builder
	eachPart(fragment, func(raw string) { b.WriteString(raw) }, func(words string) {
		if words != "" {
			b.WriteString(" <span>" + html.EscapeString(words) + "</span> ")
		}
	})
	return b.String()
}

// WordsOfDrawing returns the words in a drawing, which HTML has from <svg to </svg>,
// each text of it behind a space.
func WordsOfDrawing(svg string) string {
	said := ""
	eachPart(svg, func(string) {}, func(words string) { said = strings.TrimSpace(said + " " + words) })
	return said
}

// eachPart calls other with what of a fragment of HTML is not in a drawing, and drawing
// with the words of each that is.
func eachPart(fragment string, other, drawing func(string)) {
	z := html.NewTokenizer(strings.NewReader(fragment))
	var d *lettering
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			if d != nil {
				drawing(d.String())
			}
			other(raw)
			return
		}
		isTag := kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken
		switch {
		case d == nil && !isTag:
			other(raw)
		case d == nil:
			if name, _ := z.TagName(); string(name) != "svg" || kind == html.EndTagToken {
				other(raw)
				continue
			}
			if d = newLettering(z); kind == html.SelfClosingTagToken {
				d = nil
			}
		case isTag:
			if name, _ := z.TagName(); d.tag(string(name), kind) {
				drawing(d.String())
				d = nil
			}
		case kind == html.TextToken:
			d.text(string(z.Text()))
		}
	}
}

// A lettering is the words of a drawing as they come.
type lettering struct {
	parts  []string
	depth  int // of drawings within the drawing
	silent int // elements that are open of which nothing is read
	symbol int // of those that are drawn where another says so, which has words of its own
	hidden bool
}

// newLettering begins with the tag of a drawing, whose name has been read.
func newLettering(z *html.Tokenizer) *lettering {
	d := &lettering{depth: 1}
	for {
		key, value, more := z.TagAttr()
		d.hidden = d.hidden || string(key) == "aria-hidden" && string(value) == "true"
		if !more {
			return d
		}
	}
}

// tag takes a tag and reports whether it ends the drawing.
func (d *lettering) tag(name string, kind html.TokenType) bool {
	step := map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
	switch name {
	case "svg":
		d.depth += step
	case "style", "script", "metadata":
		d.silent = max(0, d.silent+step)
	case "symbol":
		d.symbol = max(0, d.symbol+step)
	case "title", "desc":
		if d.symbol > 0 {
			d.silent = max(0, d.silent+step)
		}
	case "tspan", "a", "textpath", "b", "i", "em", "strong", "span":
		return false // within a line
	}
	d.parts = append(d.parts, "")
	return d.depth == 0
}

func (d *lettering) text(s string) {
	if d.silent > 0 {
		return
	}
	if len(d.parts) == 0 {
		d.parts = append(d.parts, "")
	}
	d.parts[len(d.parts)-1] += s
}

func (d *lettering) String() string {
	if d.hidden {
		return ""
	}
	return strings.Join(strings.Fields(strings.Join(d.parts, " ")), " ")
}
