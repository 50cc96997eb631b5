package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tag is a tag of HTML, or of JSX or Vue, in a text.
type tag struct {
	name  string // as it is written
	close bool   // </name>
	alone bool   // <name/>
	attrs bool   // it has attributes
	raw   string
}

// longestTag is how many bytes a tag may have: what is longer is no tag.
const longestTag = 4096

// scanTag reads the tag that s begins with. Attributes may have whatever names and
// {…} values JSX and Vue give them. Their work is bounded by longestTag.
func scanTag(s string) (tag, bool) {
	s = s[:min(len(s), longestTag)]
	if len(s) < 3 || s[0] != '<' {
		return tag{}, false
	}
	t, i := tag{}, 1
	if s[i] == '/' {
		t.close = true
		i++
	}
	start := i
	for i < len(s) && (isNameByte(s[i]) || i > start && strings.IndexByte("-.:", s[i]) >= 0) {
		i++
	}
	t.name = s[start:i]
	if t.name == "" || t.name[0] >= '0' && t.name[0] <= '9' || strings.Contains(t.name, "://") {
		return tag{}, false
	}
	for {
		from := i
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\n"))
		switch {
		case i >= len(s):
			return tag{}, false
		case s[i] == '>':
			t.raw = s[:i+1]
			return t, true
		case strings.HasPrefix(s[i:], "/>"):
			t.alone = true
			t.raw = s[:i+2]
			return t, true
		case i == from || t.close:
			return tag{}, false
		}
		n := scanAttribute(s[i:])
		if n == 0 {
			return tag{}, false
		}
		t.attrs = true
		i += n
	}
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// scanAttribute returns how long the attribute is that s begins with, 0 if none is.
func scanAttribute(s string) int {
	if s[0] == '{' {
		return scanBraces(s)
	}
	i := 0
	for i < len(s) && strings.IndexByte(" \t\n\"'<>/={}`", s[i]) < 0 {
		// A name in Chinese is prose: <作者 某某>.
		if r, size := utf8.DecodeRuneInString(s[i:]); size > 1 && unicode.IsLetter(r) {
			return 0
		}
		i++
	}
	if i == 0 {
		return 0
	}
	j := i + len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\n"))
	if j >= len(s) || s[j] != '=' {
		return i
	}
	j++
	j += len(s[j:]) - len(strings.TrimLeft(s[j:], " \t\n"))
	if j >= len(s) {
		return 0
	}
	switch s[j] {
	case '"', '\'':
		end := strings.IndexByte(s[j+1:], s[j])
		if end < 0 {
			return 0
		}
		return j + 1 + end + 1
	case '{':
		n := scanBraces(s[j:])
		if n == 0 {
			return 0
		}
		return j + n
	}
	n := strings.IndexAny(s[j:], " \t\n\"'<>=`")
	if n <= 0 {
		return 0
	}
	if n > 1 && s[j+n-1] == '/' && s[j+n] == '>' {
		n--
	}
	return j + n
}

// scanBraces returns how long the {…} is that s begins with, 0 if it has no end.
func scanBraces(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// What an element is to a reader of Markdown.
type elementKind uint8

const (
	unknown   elementKind = iota // no element: List<Object>
	component                    // of JSX or Vue
	element                      // of HTML, with an end
	optional                     // of HTML, whose end may be left out
	void                         // of HTML, without an end
	document                     // of the head of a page, or of forms: in prose it is spoken about
	hidden                       // what is in it is not text
)

func kindOfElement(name string) elementKind {
	lower := strings.ToLower(name)
	if name != lower && name != strings.ToUpper(name) {
		return componentOr(unknown, name)
	}
	switch lower {
	case "br", "hr", "img", "wbr", "col", "area", "param", "source", "track", "embed":
		return void
	case "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp", "rb", "rtc", "colgroup", "caption", "option", "optgroup":
		return optional
	case "html", "head", "body", "title", "meta", "link", "base", "frame", "frameset", "noframes", "input", "plaintext", "xmp", "basefont":
		return document
	case "script", "style", "template", "svg", "math", "datalist":
		return hidden
	case "a", "abbr", "acronym", "address", "applet", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "button",
		"canvas", "center", "cite", "code", "data", "del", "details", "dfn", "dialog", "dir", "div", "dl", "em", "fieldset", "figcaption",
		"figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "i", "iframe", "ins", "kbd",
		"label", "legend", "main", "map", "mark", "marquee", "menu", "meter", "nav", "nobr", "noscript", "object", "ol", "output", "picture", "pre",
		"progress", "q", "ruby", "s", "samp", "search", "section", "select", "small", "span", "strike", "strong", "sub", "summary",
		"sup", "table", "textarea", "time", "tt", "u", "ul", "var", "video":
		return element
	case "mi", "mn", "mo", "ms", "mtext", "mrow", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover",
		"munderover", "mtable", "mtr", "mtd", "mspace", "mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts",
		"semantics", "annotation":
		return element
	}
	return componentOr(unknown, name)
}

// componentOr tells names of components, which have a capital or a hyphen, from
// other names.
func componentOr(other elementKind, name string) elementKind {
	if name[0] >= 'A' && name[0] <= 'Z' || strings.ContainsAny(name, "-.") {
		return component
	}
	return other
}
