package reader

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

// marksOf parts the marks of block n from the front of marks, which are in the
// order of blocks.
func marksOf(n int, marks []query.Mark) (own, rest []query.Mark) {
	i := slices.IndexFunc(marks, func(m query.Mark) bool { return m.Block > n })
	if i < 0 {
		i = len(marks)
	}
	own = marks[:i]
	for len(own) > 0 && own[0].Block < n {
		own = own[1:]
	}
	return own, marks[i:]
}

// markText parts text at its marks. Marks that do not fit the text are left out.
func markText(text string, marks []query.Mark) query.Marked {
	var out query.Marked
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(text) {
			continue
		}
		if m.Start > at {
			out = append(out, query.Span{Text: text[at:m.Start]})
		}
		out = append(out, query.Span{Text: text[m.Start:m.End], Mark: true})
		at = m.End
	}
	if at < len(text) {
		out = append(out, query.Span{Text: text[at:]})
	}
	return out
}

// markHTML puts <mark> around the marked bytes of the text that the fragment
// has, as article.Block tells what that is. Tags are passed over; a match that
// goes on behind a tag is marked in pieces, so that elements stay nested; a formula
// is marked as a whole.
func markHTML(fragment string, marks []query.Mark) string {
	return markBy(func(s string) int { return len(s) }, fragment, marks)
}

// markBy is markHTML for marks that count text as measure does.
func markBy(measure func(text string) int, fragment string, marks []query.Mark) string {
	if len(marks) == 0 {
		return fragment
	}
	base := baseLength(measure, fragment)
	w := &htmlMarker{measure: measure, base: textMarker{marks: marks}, readings: textMarker{marks: marks, at: base}}
	if base > 0 {
		w.readings.at++ // the end of the line
	}
	w.fragment(fragment)
	return w.out.String()
}

// An htmlMarker has two places in the text: that in the line, and that in the
// readings at its end.
type htmlMarker struct {
	measure        func(text string) int
	out            strings.Builder
	base, readings textMarker
	inReading      bool
	hidden         bool // in brackets that stand for where readings cannot be shown
	begins         bool // a reading
	read           int  // readings so far
}

func (w *htmlMarker) fragment(fragment string) {
	for rest := fragment; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "<math"):
			n := len(rest)
			if end := strings.Index(rest, "</math>"); end >= 0 {
				n = end + len("</math>")
			}
			w.formula(rest[:n])
			rest = rest[n:]
		case rest[0] == '<':
			end := strings.IndexByte(rest, '>') + 1
			if end == 0 {
				end = len(rest)
			}
			w.tag(rest[:end])
			rest = rest[end:]
		default:
			n, text := character(rest)
			size := w.measure(text)
			switch {
			case w.hidden:
				w.out.WriteString(rest[:n])
			case w.inReading:
				if w.begins {
					if w.begins = false; w.read > 0 {
						w.readings.at++ // the space between two
					}
					w.read++
				}
				w.readings.text(&w.out, rest[:n], size)
			default:
				w.base.text(&w.out, rest[:n], size)
			}
			rest = rest[n:]
		}
	}
	w.base.close(&w.out)
}

// character returns how long the source of the first character is, and the character.
func character(source string) (n int, text string) {
	if source[0] == '&' {
		n = 1
		if end := strings.IndexByte(source, ';'); end > 0 && end < 40 {
			n = end + 1
		}
		return n, html.UnescapeString(source[:n])
	}
	_, n = utf8.DecodeRuneInString(source)
	return n, source[:n]
}

func (w *htmlMarker) tag(source string) {
	w.base.close(&w.out)
	w.readings.close(&w.out)
	switch {
	case isTag(source, "rt"):
		w.inReading, w.begins = true, true
	case isTag(source, "rp"):
		w.hidden = true
	case strings.HasPrefix(source, "</rt"), strings.HasPrefix(source, "</rp"), strings.HasPrefix(source, "</ruby"):
		w.inReading, w.hidden = false, false
	}
	w.out.WriteString(source)
}

func isTag(source, name string) bool {
	return strings.HasPrefix(source, "<"+name) && len(source) > len(name)+1 && strings.IndexByte("> \t\n/", source[len(name)+1]) >= 0
}

// formula writes a formula, whose text is what its annotation has.
func (w *htmlMarker) formula(source string) {
	w.base.close(&w.out)
	size := w.measure(formulaText(source))
	if w.inReading {
		w.out.WriteString(source)
		w.readings.at += size
		return
	}
	if w.base.meets(size) {
		source = "<mark>" + source + "</mark>"
	}
	w.out.WriteString(source)
	w.base.at += size
}

// formulaText returns what of a <math> counts as text.
func formulaText(source string) string {
	if i := strings.Index(source, "<annotation"); i >= 0 {
		source = source[i:]
		if end := strings.Index(source, "</annotation>"); end >= 0 {
			source = source[:end]
		}
	}
	var b strings.Builder
	for source != "" {
		if source[0] == '<' {
			_, source, _ = strings.Cut(source, ">")
			continue
		}
		n, text := character(source)
		b.WriteString(text)
		source = source[n:]
	}
	return b.String()
}

// baseLength returns how much text the fragment has in its line, without readings.
func baseLength(measure func(text string) int, fragment string) int {
	if !strings.Contains(fragment, "<rt") {
		return len(fragment) // longer than any text; there are no readings behind it
	}
	w := &htmlMarker{measure: measure}
	w.fragment(fragment)
	return w.base.at
}

// A textMarker goes through a text and marks it.
type textMarker struct {
	marks []query.Mark // not behind us yet
	at    int          // bytes of text so far
	open  bool         // a <mark> is open
}

// text writes source, which stands for n bytes of text.
func (t *textMarker) text(out *strings.Builder, source string, n int) {
	for len(t.marks) > 0 && t.marks[0].End <= t.at {
		t.close(out)
		t.marks = t.marks[1:]
	}
	if !t.open && len(t.marks) > 0 && t.marks[0].Start <= t.at {
		out.WriteString("<mark>")
		t.open = true
	}
	out.WriteString(source)
	t.at += n
}

// meets reports whether a mark touches the next n bytes.
func (t *textMarker) meets(n int) bool {
	return slices.ContainsFunc(t.marks, func(m query.Mark) bool { return m.Start < t.at+n && m.End > t.at })
}

func (t *textMarker) close(out *strings.Builder) {
	if t.open {
		out.WriteString("</mark>")
		t.open = false
	}
}
