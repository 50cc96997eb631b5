package fullwidth

import (
	"strings"
	"unicode/utf8"
)

// half are the characters that are shown in full width, full their other forms.
const half = ",;:?!()"

var full = [...]string{"，", "；", "：", "？", "！", "（", "）"}

// Text returns a text as it is shown.
func Text(s string) string {
	if !may(s) {
		return s
	}
	line := make([]char, 0, len(s))
	for at, r := range s {
		line = append(line, char{r: r, at: at, kind: kindOf(r)})
	}
	return replaced(s, widened(line))
}

// may reports whether anything in s can change: it has a character of the class and
// one that may be Han.
func may(s string) bool {
	if !strings.ContainsAny(s, half) {
		return false
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// replaced returns source with the characters at some places, in order, in full width.
func replaced(source string, places []int) string {
	if len(places) == 0 {
		return source
	}
	var b strings.Builder
	b.Grow(len(source) + 2*len(places))
	from := 0
	for _, at := range places {
		b.WriteString(source[from:at])
		b.WriteString(full[strings.IndexByte(half, source[at])])
		from = at + 1
	}
	b.WriteString(source[from:])
	return b.String()
}

// A kind is what a character is to the punctuation beside it.
type kind uint8

const (
	other   kind = iota // Latin and everything else
	digit               // and signs of figures
	han                 // and the punctuation of Chinese
	mark                // one of half, in either form, so that doing it twice does the same
	quote               // closes or opens something: one looks past it
	space               // also past it, but Latin is far behind one
	nothing             // the beginning or end of the line
)

// A char is a character of a line, with the byte that it begins with in its source.
type char struct {
	r      rune
	at     int
	kind   kind
	stays  bool // is part of an address
	widens bool
}

func kindOf(r rune) kind {
	switch {
	case r < utf8.RuneSelf && strings.IndexByte(half, byte(r)) >= 0,
		r == '，', r == '；', r == '：', r == '？', r == '！', r == '（', r == '）':
		return mark
	case r == '\'' || r == '"' || r == '“' || r == '”' || r == '‘' || r == '’':
		return quote
	case r == ' ' || r == '\t' || r == '\n' || r == '\u00a0' || r == '\u3000':
		return space
	case r >= '0' && r <= '9' || r == '%' || r == '‰' || r == '℃' || r == '°':
		return digit
	case r >= 0x3400 && r <= 0x9fff, // Han, and its extension A
		r >= 0xf900 && r <= 0xfaff, r >= 0x20000 && r <= 0x323af,
		r >= 0x3001 && r <= 0x301f, r == '…', r == '—', r == '·', // punctuation of Chinese
		r >= 0xff01 && r <= 0xff0f, r >= 0xff1a && r <= 0xff20, r >= 0xff3b && r <= 0xff3d:
		return han
	}
	return other
}

// widened returns the places of a line that are shown in full width, in order.
func widened(line []char) []int {
	keepAddresses(line)
	brackets(line)
	var places []int
	for i := range line {
		c := &line[i]
		if c.kind == mark && c.r < utf8.RuneSelf && !c.stays && c.r != '(' && c.r != ')' && between(line, i) {
			c.widens = true
		}
		if c.widens {
			places = append(places, c.at)
		}
	}
	return places
}

// between reports whether the mark at i stands in Chinese: after Han, or after a figure
// or Latin with Han right behind it. A colon after Latin is of what is Latin.
func between(line []char, i int) bool {
	before, _ := look(line, i, -1)
	after, far := look(line, i, 1)
	switch before {
	case han:
		return after != other || !far
	case digit, other:
		return (line[i].r != ':' || before == digit) && after == han && !apart(line, i)
	}
	return false
}

// apart reports whether a space stands right beside the mark at i.
func apart(line []char, i int) bool {
	return i > 0 && line[i-1].kind == space || i+1 < len(line) && line[i+1].kind == space
}

// look returns what stands beside the character at i, past other marks, quotation
// marks and spaces; far says that there was a space.
func look(line []char, i, way int) (k kind, far bool) {
	for i += way; i >= 0 && i < len(line); i += way {
		switch c := line[i]; c.kind {
		case mark:
			if c.stays || (c.r == '(' || c.r == ')') && !c.widens {
				return other, far
			}
		case quote:
		case space:
			far = true
		default:
			return c.kind, far
		}
	}
	return nothing, far
}

// brackets widens the pairs of brackets that belong to Chinese: those that begin or
// end with Han, and those that stand in the midst of it. A bracket without its fellow
// stays.
func brackets(line []char) {
	var open []int
	for i := range line {
		c := &line[i]
		switch {
		case c.stays:
		case c.r == '(':
			open = append(open, i)
		case c.r == ')' && len(open) > 0:
			first := open[len(open)-1]
			open = open[:len(open)-1]
			if chinese(line, first, i) {
				c.widens, line[first].widens = true, true
			}
		}
	}
}

// chinese reports whether the brackets at first and last are of Chinese.
func chinese(line []char, first, last int) bool {
	if beside(line, first+1, 1, last) == han || beside(line, last-1, -1, first) == han {
		return true
	}
	before, after := beside(line, first-1, -1, -1), beside(line, last+1, 1, len(line))
	return before == han && (after == han || after == nothing)
}

// beside returns the kind of the first character from i up to end that is no mark and
// no quotation mark.
func beside(line []char, i, way, end int) kind {
	for ; i != end; i += way {
		if k := line[i].kind; k != mark && k != quote {
			return k
		}
	}
	return nothing
}

// keepAddresses finds the addresses in a line, which stay: "://", "www." or "mailto:"
// with the Latin before it, up to a space, a quotation mark or the punctuation of
// Chinese.
func keepAddresses(line []char) {
	for i := range line {
		if !begins(line, i, "://") && !begins(line, i, "www.") && !begins(line, i, "mailto:") {
			continue
		}
		for j := i - 1; j >= 0 && line[j].kind == other && line[j].r < utf8.RuneSelf; j-- {
			line[j].stays = true
		}
		for j := i; j < len(line) && !endsAddress(line[j]); j++ {
			line[j].stays = true
		}
	}
}

func begins(line []char, i int, word string) bool {
	for _, r := range word {
		if i >= len(line) || line[i].r != r || line[i].stays {
			return false
		}
		i++
	}
	return true
}

// endsAddress reports whether an address cannot have the character.
func endsAddress(c char) bool {
	punctuation := c.r < 0x3400 || c.r >= 0xff01 && c.r <= 0xffef
	return c.kind == space || c.kind == quote || c.r == '<' || c.r == '>' ||
		(c.kind == han || c.kind == mark && c.r >= utf8.RuneSelf) && punctuation
}
