package fullwidth

import "strings"

// HTML returns a fragment as it is shown: what Text does to the text between the tags.
// A mark sees what stands behind inline elements, but not beyond those that begin a
// line. The fragment is one that a renderer of HTML has written, as articles bring it.
func HTML(fragment string) string {
	if !may(fragment) {
		return fragment
	}
	w := &walk{}
	for at := 0; at < len(fragment); {
		switch {
		case fragment[at] != '<':
			at += w.character(fragment[at:], at)
		default:
			n := strings.IndexByte(fragment[at:], '>') + 1
			if n == 0 {
				n = len(fragment) - at
			}
			if end := w.tag(fragment[at:at+n], fragment[at+n:]); end > 0 {
				n += end
			}
			at += n
		}
	}
	w.flush()
	return replaced(fragment, w.places)
}

// A walk goes through a fragment, a line at a time.
type walk struct {
	line   []char
	places []int
}

func (w *walk) flush() {
	w.places = append(w.places, widened(w.line)...)
	w.line = w.line[:0]
}

// character takes the first character of rest, which is at a byte of the fragment, and
// returns how many bytes it has.
func (w *walk) character(rest string, at int) int {
	if rest[0] == '&' {
		if end := strings.IndexByte(rest, ';'); end > 0 && end < 12 && !strings.ContainsAny(rest[:end], " <") {
			w.line = append(w.line, char{r: '&', at: at, kind: entity(rest[1:end])})
			return end + 1
		}
	}
	for _, r := range rest {
		w.line = append(w.line, char{r: r, at: at, kind: kindOf(r)})
		break
	}
	for n := 1; ; n++ {
		if n == len(rest) || rest[n]&0xc0 != 0x80 {
			return n
		}
	}
}

func entity(name string) kind {
	switch name {
	case "#34", "#39", "quot", "apos":
		return quote
	case "nbsp", "#160", "#xa0":
		return space
	}
	return other
}

// untouched are the elements whose text is not that of a person who writes Chinese.
// Readings and their brackets stand beside the line and not in it.
var untouched = []string{"code", "pre", "kbd", "samp", "tt", "var", "math", "svg", "script", "style", "textarea", "rt", "rp"}

// inline are the elements that stand within a line.
var inline = []string{"a", "abbr", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "rb", "rtc",
	"ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr"}

// tag takes a tag and returns how many bytes behind it belong to it: all of an
// element that stays as it is.
func (w *walk) tag(tag, rest string) int {
	name := strings.ToLower(strings.TrimLeft(tag, "</"))
	if end := strings.IndexAny(name, " \t\n/>"); end >= 0 {
		name = name[:end]
	}
	if has(untouched, name) && tag[1] != '/' {
		if name == "pre" {
			w.flush()
		} else if name != "rt" && name != "rp" {
			w.line = append(w.line, char{r: 'x', kind: other})
		}
		if end := strings.Index(rest, "</"+name); end >= 0 {
			return end
		}
		return len(rest)
	}
	if !has(inline, name) && !has(untouched, name) {
		w.flush()
	}
	return 0
}

func has(list []string, name string) bool {
	for _, s := range list {
		if s == name {
			return true
		}
	}
	return false
}
