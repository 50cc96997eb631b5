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
// has. Tags are passed over; a match that goes on behind a tag is marked in
// pieces, so that elements stay nested.
func markHTML(fragment string, marks []query.Mark) string {
	if len(marks) == 0 {
		return fragment
	}
	w := &htmlMarker{marks: marks}
	for rest := fragment; rest != ""; {
		switch rest[0] {
		case '<':
			end := strings.IndexByte(rest, '>') + 1
			if end == 0 {
				end = len(rest)
			}
			w.tag(rest[:end])
			rest = rest[end:]
		case '&':
			n := 1
			if end := strings.IndexByte(rest, ';'); end > 0 && end < 40 {
				n = end + 1
			}
			w.text(rest[:n], len(html.UnescapeString(rest[:n])))
			rest = rest[n:]
		default:
			_, n := utf8.DecodeRuneInString(rest)
			w.text(rest[:n], n)
			rest = rest[n:]
		}
	}
	w.close()
	return w.out.String()
}

type htmlMarker struct {
	out   strings.Builder
	marks []query.Mark // not behind us yet
	at    int          // bytes of text so far
	open  bool         // a <mark> is open
}

// text writes source, which stands for n bytes of text.
func (w *htmlMarker) text(source string, n int) {
	for len(w.marks) > 0 && w.marks[0].End <= w.at {
		w.close()
		w.marks = w.marks[1:]
	}
	if !w.open && len(w.marks) > 0 && w.marks[0].Start <= w.at {
		w.out.WriteString("<mark>")
		w.open = true
	}
	w.out.WriteString(source)
	w.at += n
}

func (w *htmlMarker) tag(source string) {
	w.close()
	w.out.WriteString(source)
}

func (w *htmlMarker) close() {
	if w.open {
		w.out.WriteString("</mark>")
		w.open = false
	}
}
