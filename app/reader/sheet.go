package reader

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// toRoot is the way from an article's page to the site's root, with which the
// addresses in its HTML begin.
const toRoot = "../../"

// sheetOf returns what stands in <main> of an article's static page, or "" if the
// page is not one: a host may answer anything with a page of its own.
func sheetOf(page string) string {
	_, rest, found := strings.Cut(page, `<main id="kb-main"`)
	_, rest, begun := strings.Cut(rest, ">")
	main, _, ended := strings.Cut(rest, "</main>")
	if !found || !begun || !ended || !strings.Contains(main, `class="kb-article-page`) {
		return ""
	}
	return main
}

// markSheet marks the matches in the blocks of a sheet, and the block that a hit leads
// to. Addresses count from the site's root and not from the present address. The sheet
// may show another form of a character than the article has, such as a full-width
// comma, but has one for each. If it has not, it is of another build than the index, and
// markSheet returns "".
func markSheet(sheet string, a *article.Article, marks []query.Mark, here int, root string) string {
	texts := make(map[int]string)
	for n, b := range a.Blocks {
		texts[n] = b.Text
	}
	var out strings.Builder
	for rest := sheet; rest != ""; {
		size := tagLength(rest)
		if size == 0 {
			size = len(rest) - len(strings.TrimLeft(rest, "<"))
			if next := strings.IndexByte(rest[size:], '<'); next >= 0 {
				size += next
			} else {
				size = len(rest)
			}
			out.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		tag := rest[:size]
		rest = rest[size:]
		n := blockOf(tag)
		text, isBlock := texts[n]
		if n == here && isBlock {
			tag = withClass(tag, "kb-here")
		}
		out.WriteString(absoluteTag(tag, root))
		if !isBlock {
			continue
		}
		delete(texts, n) // a block stands once
		inner := rest[:contentLength(rest, tagName(tag))]
		rest = rest[len(inner):]
		if charactersIn(inner) != utf8.RuneCountInString(text) {
			return ""
		}
		own, _ := marksOf(n, notBefore(n, marks))
		out.WriteString(absolute(markCharacters(inner, text, own), root))
	}
	if len(texts) > 0 {
		return ""
	}
	return out.String()
}

// charactersIn returns how many characters the text of a fragment has.
func charactersIn(fragment string) int {
	w := &htmlMarker{measure: utf8.RuneCountInString}
	w.fragment(fragment)
	n := w.base.at + w.readings.at
	if w.read > 0 && w.base.at > 0 {
		n++ // the end of the line
	}
	return n
}

// notBefore returns the marks that are not of blocks before n.
func notBefore(n int, marks []query.Mark) []query.Mark {
	for len(marks) > 0 && marks[0].Block < n {
		marks = marks[1:]
	}
	return marks
}

// markCharacters is markHTML for a fragment that has as many characters as text, but
// maybe not as many bytes.
func markCharacters(fragment, text string, marks []query.Mark) string {
	own := make([]query.Mark, 0, len(marks))
	for _, m := range marks {
		if m.Start >= 0 && m.Start < m.End && m.End <= len(text) {
			from := utf8.RuneCountInString(text[:m.Start])
			own = append(own, query.Mark{Block: m.Block, Start: from, End: from + utf8.RuneCountInString(text[m.Start:m.End])})
		}
	}
	return markBy(utf8.RuneCountInString, fragment, own)
}

// tagLength returns how long the tag is that a fragment begins with, 0 if there is none.
func tagLength(s string) int {
	if s == "" || s[0] != '<' {
		return 0
	}
	return strings.IndexByte(s, '>') + 1
}

// tagName returns the name of the element that a start tag begins.
func tagName(tag string) string {
	name := strings.TrimPrefix(tag, "<")
	if end := strings.IndexAny(name, " \t\n/>"); end >= 0 {
		name = name[:end]
	}
	return name
}

// blockOf returns the number of the block that a tag begins, or 0.
func blockOf(tag string) int {
	_, rest, ok := strings.Cut(tag, ` id="p`)
	digits, _, closed := strings.Cut(rest, `"`)
	if !ok || !closed {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// contentLength returns how much of a text, which follows the start tag of an element
// of that name, is in the element.
func contentLength(s, name string) int {
	depth := 0
	for at := 0; at < len(s); {
		next := strings.IndexByte(s[at:], '<')
		if next < 0 {
			break
		}
		at += next
		switch tag := s[at : at+max(tagLength(s[at:]), 1)]; {
		case strings.HasPrefix(tag, "</"+name+">") && depth == 0:
			return at
		case strings.HasPrefix(tag, "</"+name+">"):
			depth--
			at += len(tag)
		case isTag(tag, name):
			depth++
			at += len(tag)
		default:
			at += len(tag)
		}
	}
	return len(s)
}

// withClass returns a start tag with a class more.
func withClass(tag, class string) string {
	if before, behind, ok := strings.Cut(tag, ` class="`); ok {
		return before + ` class="` + class + " " + behind
	}
	return strings.TrimSuffix(tag, ">") + ` class="` + class + `">`
}

// absolute returns a fragment in which the addresses that lead to the site's root
// begin with that of the root: the address of the page that they are shown on is not
// always that of their article.
func absolute(fragment, root string) string {
	if !strings.Contains(fragment, toRoot) {
		return fragment
	}
	var out strings.Builder
	for rest := fragment; rest != ""; {
		begin := strings.IndexByte(rest, '<')
		if begin < 0 {
			begin = len(rest)
		}
		out.WriteString(rest[:begin])
		rest = rest[begin:]
		size := tagLength(rest)
		if size == 0 {
			size = len(rest)
		}
		out.WriteString(absoluteTag(rest[:size], root))
		rest = rest[size:]
	}
	return out.String()
}

// absoluteTag is absolute for one tag. A srcset is a list of addresses.
func absoluteTag(tag, root string) string {
	if !strings.Contains(tag, toRoot) {
		return tag
	}
	tag = strings.ReplaceAll(tag, `="`+toRoot, `="`+root)
	before, rest, ok := strings.Cut(tag, ` srcset="`)
	if !ok {
		return tag
	}
	list, behind, _ := strings.Cut(rest, `"`)
	return before + ` srcset="` + strings.ReplaceAll(list, ", "+toRoot, ", "+root) + `"` + behind
}
