package newspaper

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A piece is a stretch of a page's text that lies between empty lines, or is
// set apart by a mark of Markdown.
type piece struct {
	kind   pieceKind
	text   string // without marks, and lines joined
	raw    string // as it is in the file, for kinds that Markdown knows better
	level  int    // of a heading
	line   int    // in the file, from 1
	gap    int    // empty lines before it
	indent bool   // begins with the indent of a paragraph
	lines  []string
}

type pieceKind uint8

const (
	prose   pieceKind = iota // running text, whole or torn
	heading                  // #, ##, …
	picture                  // ![…](…)
	markup                   // list, table, quotation, code
	verse                    // lines that are to stay apart
	caption                  // text under a picture
	credit                   // a byline alone on its line
)

var (
	headingMark = regexp.MustCompile(`^ {0,3}(#{1,6})([ \t\x{3000}]+|\p{Han}|[“「《])`)
	pictureLine = regexp.MustCompile(`^\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$`)
	markupLine  = regexp.MustCompile("^ {0,3}(?:[-*+] |>|\\||```|~~~)")
	ruleLine    = regexp.MustCompile(`^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,}|<!--.*-->)\s*$`)
)

// lex cuts a page into pieces; first is the number of text's first line.
func lex(text string, first int) []piece {
	var pieces []piece
	var group []string
	gap := 0
	flush := func(next int) {
		if len(group) > 0 {
			made := pieceGroup(group, next-len(group))
			made[0].gap = gap
			pieces = append(pieces, made...)
			group, gap = nil, 0
		}
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		n := first + i
		m := headingMark.FindStringSubmatchIndex(l)
		switch {
		case strings.TrimSpace(l) == "" || ruleLine.MatchString(l):
			flush(n)
			gap++
		case m != nil:
			flush(n)
			title := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(l[m[3]:]), "#"))
			pieces = append(pieces, piece{kind: heading, text: title, level: m[3] - m[2], line: n, gap: gap})
			gap = 0
		case pictureLine.MatchString(l):
			flush(n)
			pieces = append(pieces, piece{kind: picture, raw: l, line: n, gap: gap})
			gap = 0
		default:
			group = append(group, l)
		}
	}
	flush(first + len(lines))
	return pieces
}

// pieceGroup makes pieces of lines that no empty line parts.
func pieceGroup(lines []string, first int) []piece {
	if markupLine.MatchString(lines[0]) && isMarkup(lines) {
		return []piece{{kind: markup, raw: strings.Join(lines, "\n"), line: first}}
	}
	if isVerse(lines) {
		p := piece{kind: verse, line: first}
		for _, l := range lines {
			p.lines = append(p.lines, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(l), `\`)))
		}
		p.text = strings.Join(p.lines, "\n")
		return []piece{p}
	}
	// Lines of a column are short. Where one is long, nobody has broken them,
	// and each is a paragraph, or a piece of a torn one.
	column := true
	for _, l := range lines {
		column = column && utf8.RuneCountInString(l) <= 60
	}
	var pieces []piece
	for i, l := range lines {
		p := piece{text: strings.TrimSpace(l), line: first + i, indent: isIndented(l)}
		p.kind = kindOf(p.text)
		if last := len(pieces) - 1; last >= 0 && column && !p.indent && p.kind == prose && pieces[last].kind == prose {
			pieces[last].text = join(pieces[last].text, p.text)
			continue
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// isMarkup reports whether lines that look like Markdown are: a single dash
// before a line may just as well be a dash.
func isMarkup(lines []string) bool {
	switch mark := strings.TrimSpace(lines[0]); {
	case strings.HasPrefix(mark, "|"):
		return len(lines) > 1 && strings.Trim(lines[1], "|-: ") == ""
	case strings.HasPrefix(mark, "```"), strings.HasPrefix(mark, "~~~"):
		return len(lines) > 1 && strings.TrimSpace(lines[len(lines)-1]) == mark[:3]
	}
	return true
}

// isVerse reports whether lines are short and end where a thought ends, or are
// broken by hand as Markdown has it.
func isVerse(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	ended, broken := 0, true
	for i, l := range lines {
		t := strings.TrimSpace(l)
		if utf8.RuneCountInString(t) > 24 || kindOf(t) != prose {
			return false
		}
		if r, _ := utf8.DecodeLastRuneInString(t); strings.ContainsRune("，。；！？,;!?", r) {
			ended++
		}
		if i < len(lines)-1 {
			broken = broken && (strings.HasSuffix(l, "  ") || strings.HasSuffix(l, `\`))
		}
	}
	return broken || ended == len(lines) || len(lines) > 2 && ended >= len(lines)-1
}

// isIndented reports whether a line begins with the indent of a paragraph, two
// characters wide.
func isIndented(l string) bool {
	return strings.HasPrefix(l, "\u3000\u3000") || strings.HasPrefix(l, "    ") || strings.HasPrefix(l, "\u00a0\u00a0")
}

// join puts together the two parts of a torn text with what stood between them
// before it was torn: nothing within Chinese, where words do not part, and
// nothing within a number; a space between two words in Latin letters.
func join(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isWestern(first) && (isWestern(last) || strings.ContainsRune(`,.;:!?)"'`, last) && endsWestern(a)) &&
		!(unicode.IsDigit(last) || unicode.IsDigit(first) && last == '.') {
		return a + " " + b
	}
	return a + b
}

func isWestern(r rune) bool {
	return unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r) || unicode.Is(unicode.Greek, r) || r >= '0' && r <= '9'
}

// endsWestern reports whether the punctuation that s ends with follows a letter
// or digit of a script that has spaces.
func endsWestern(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `,.;:!?)"'`))
	return isWestern(r)
}
