package blocks

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// newPolicy allows what an article is made of. No element gets a style, a
// class (but for the language of code) or a handler of events, so that the
// result is silent under a strict Content-Security-Policy and takes on the
// looks of the site. Identifiers are kept for footnotes only: any other could
// clash with those of the page.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "code", "figure", "figcaption",
		"details", "summary", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "mark", "small",
		"kbd", "samp", "var", "abbr", "cite", "q", "ruby", "rt", "rp", "dfn", "time",
		// The following only hold others together; the walk looks through them.
		"div", "section", "article", "main", "header", "footer", "aside", "center", "address",
	)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("title").OnElements("a", "abbr", "img")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(regexp.MustCompile(`^[0-9]{1,4}$`)).OnElements("img")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,6}$`)).OnElements("ol")
	p.AllowAttrs("colspan", "rowspan").Matching(regexp.MustCompile(`^[0-9]{1,3}$`)).OnElements("td", "th")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(?:left|center|right)$`)).OnElements("td", "th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[\w+#.-]+$`)).OnElements("code")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^fn(?:ref\d*)?:[\w-]+$`)).OnElements("li", "sup")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.SkipElementsContent("svg", "math", "template", "select", "textarea", "button", "canvas",
		"audio", "video", "applet", "head", "title")
	return p
}
