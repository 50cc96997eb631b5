package markdown

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutComments takes out of the lines what is not to be read and is no comment to
// CommonMark: <!-- … --> that begins within a line and goes on over a blank one,
// {/* … */} of MDX, lines between two of %% of Obsidian, or words, and those of remarks. With
// it go attributes in braces behind a link, a picture, code or emphasis, which MkDocs and
// kramdown have. What CriticMarkup marks becomes elements.
func withoutComments(lines []line) []line {
	text, starts := joinLines(lines)
	if !strings.Contains(text, "<!--") && !strings.Contains(text, "<%") && !strings.Contains(text, "{") && !strings.Contains(text, "%%") {
		return lines
	}
	inCode := codeRanges(lines, starts, text)
	var cuts []edit
	none := map[string]bool{} // ends that are not there any more
	find := func(from int, end string) int {
		if none[end] {
			return -1
		}
		i := strings.Index(text[from:], end)
		if i < 0 {
			none[end] = true
			return -1
		}
		return from + i + len(end)
	}
	for i := 0; i < len(text); i++ {
		next := strings.IndexAny(text[i:], "<{%")
		if next < 0 {
			break
		}
		i += next
		if end := inCode(i); end > i {
			i = end - 1
			continue
		}
		to := -1
		switch rest := text[i:]; {
		case strings.HasPrefix(rest, "<!--"):
			if to = find(i+4, "-->"); to >= 0 && beginsLine(text, i) {
				i = to - 1 // goldmark knows it
				continue
			}
		case strings.HasPrefix(rest, "<%") || len(rest) > 2 && rest[0] == '{' && strings.IndexByte("#:>{%", rest[1]) >= 0:
			if to = remarkAt(text, i, find); to < 0 && rest[1] == ':' {
				to = i + attributesAt(text, i)
			}
		case strings.HasPrefix(rest, "{--") || strings.HasPrefix(rest, "{++") || strings.HasPrefix(rest, "{==") || strings.HasPrefix(rest, "{~~"):
			cuts = append(cuts, criticAt(text, i)...)
		case strings.HasPrefix(rest, "{/*"):
			to = find(i+3, "*/}")
		case strings.HasPrefix(rest, "%%\n") && (i == 0 || text[i-1] == '\n'):
			to = find(i+3, "\n%%\n")
			to = max(to-1, -1) // the last line goes on
		case strings.HasPrefix(rest, "%%"):
			to = i + shortComment(text, i)
		case rest[0] == '{':
			to = i + attributesAt(text, i)
		}
		if to > i {
			cuts = append(cuts, edit{from: i, to: to})
			i = to - 1
		}
	}
	slices.SortStableFunc(cuts, func(a, b edit) int { return a.from - b.from })
	return cut(lines, starts, cuts)
}

// shortComment returns how long the comment of Obsidian is that begins at, within a
// paragraph, or 0: 50%% is a number.
func shortComment(text string, at int) int {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	inner := text[at+2 : min(at+longestComment, len(text))]
	if before == '%' || unicode.IsNumber(before) || strings.HasPrefix(inner, "%") {
		return 0
	}
	if i := strings.Index(inner, "\n\n"); i >= 0 {
		inner = inner[:i]
	}
	end := strings.Index(inner, "%%")
	if end <= 0 || strings.TrimSpace(inner[:end]) == "" {
		return 0
	}
	return 2 + end + 2
}

// longestComment is how many bytes such a comment may have.
const longestComment = 4000

// beginsLine reports whether nothing but an indent stands before at in its line.
func beginsLine(text string, at int) bool {
	before := strings.TrimRight(text[:at], " ")
	return at-len(before) <= 3 && (before == "" || before[len(before)-1] == '\n')
}

const attribute = `(?:[.#][A-Za-z_][\w-]*|[A-Za-z_][\w:-]*=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s"'{}=]+))`

// attributeList matches attributes, as MkDocs has them and as kramdown has.
var attributeList = regexp.MustCompile(`^\{(?::[ \t]*)?[ \t]*` + attribute + `(?:[ \t]+` + attribute + `)*[ \t]*\}`)

// longestAttributes is how many bytes attributes may have.
const longestAttributes = 300

// attributesAt returns how long the attributes are that begin at, or 0 if none do.
func attributesAt(text string, at int) int {
	if at == 0 {
		return 0
	}
	switch text[at-1] {
	case ')':
		// Of a link: ](…){…}.
		before := text[max(at-2000, 0):at]
		if line := before[strings.LastIndexByte(before, '\n')+1:]; !strings.Contains(line, "](") {
			return 0
		}
	case '`', '*', '_':
	default:
		return 0
	}
	m := attributeList.FindString(text[at:min(at+longestAttributes, len(text))])
	if text[at-1] != ')' && strings.Contains(m, "=") && !strings.HasPrefix(m, "{:") {
		return 0 // f_{a=1}
	}
	return len(m)
}

// cut takes parts out of the lines, and puts the text of each, which is on one line, in its
// place. Lines of which nothing is left vanish with them.
func cut(lines []line, starts []int, cuts []edit) []line {
	if len(cuts) == 0 {
		return lines
	}
	var out []line
	k := 0
	for i, l := range lines {
		from, end := starts[i], starts[i]+len(l.text)
		for k < len(cuts) && cuts[k].to <= from {
			k++
		}
		var b strings.Builder
		at := from
		for j := k; j < len(cuts) && cuts[j].from <= end; j++ {
			b.WriteString(l.text[max(at, from)-from : max(cuts[j].from, at)-from])
			if cuts[j].from >= at {
				b.WriteString(cuts[j].text)
			}
			at = min(max(at, cuts[j].to), end)
		}
		if at == from {
			out = append(out, l)
			continue
		}
		b.WriteString(l.text[at-from:])
		if text := b.String(); !isBlank(text) || isBlank(l.text) {
			out = append(out, line{text, l.n, l.code})
		}
	}
	return slices.Clip(out)
}
