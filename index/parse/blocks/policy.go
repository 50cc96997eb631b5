package blocks

import (
	"regexp"

	"github.com/kanbao/kanbao/index/parse/formula"
	"github.com/microcosm-cc/bluemonday"
)

// newPolicy allows what an article is made of. No element gets a style, a
// class (but for the language of code) or a handler of events, so that the
// result is silent under a strict Content-Security-Policy and takes on the
// looks of the site. Identifiers are kept for footnotes only, any other could
// clash with those of the page; what they name is noted in the blocks.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "menu", "dir", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "code", "figure", "figcaption",
		"details", "summary", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "mark", "small",
		"kbd", "samp", "var", "abbr", "cite", "q", "ruby", "rb", "rt", "rtc", "rp", "dfn", "time",
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
	// The walk takes these out again, but for the identifiers of footnotes.
	p.AllowAttrs("id").Matching(anchorName).Globally()
	p.AllowAttrs("name").Matching(anchorName).OnElements("a")
	p.AllowAttrs(lineAttr).Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).Globally()
	p.AllowElements(formula.Elements...)
	p.AllowNoAttrs().OnElements(append([]string{"rb", "rtc", "menu", "dir"}, formula.Elements...)...)
	p.AllowElements("span")
	p.AllowAttrs("lang").Matching(language).Globally()
	p.AllowAttrs(formula.Attributes...).Matching(formula.Value).OnElements(formula.Elements...)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.SkipElementsContent("svg", "template", "head", "title")
	return p
}

// language matches the name of a language as HTML has it.
var language = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

// anchorName matches the names of places that links may lead to.
var anchorName = regexp.MustCompile(`^[^\s"'<>&]{1,300}$`)

// footnoteID matches the identifiers that stay.
var footnoteID = regexp.MustCompile(`^fn(?:ref\d*)?:[\w-]+$`)

// lineAttr is the attribute by which a parser says on which line of the source an
// element begins.
const lineAttr = "data-line"
