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
	text   string   // without marks, and lines joined
	raw    string   // as it is in the file, for kinds that Markdown knows better
	level  int      // of a heading
	line   int      // in the file, from 1
	gap    int      // empty lines before it
	indent bool     // begins with the indent of a paragraph
	lines  []string // as they are in the file, of verse and of what may be
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
	running                  // what the head or foot of every page has: date, number, editors
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
	stanzas(pieces)
	return pieces
}

// stanzas makes verse of stanzas of two lines, which alone say too little: where
// several follow each other whose lines are shorter than a column's, or not as long as
// each other.
func stanzas(pieces []piece) {
	for from := 0; from < len(pieces); from++ {
		to, n, shortest, longest := from, 0, 100, 0
		for to < len(pieces) && pieces[to].kind == prose && len(pieces[to].lines) > 1 {
			for _, l := range pieces[to].lines {
				size := utf8.RuneCountInString(strings.TrimSpace(l))
				shortest, longest = min(shortest, size), max(longest, size)
				n++
			}
			to++
		}
		if to-from > 1 && n >= 4 && (longest <= 10 || longest <= 16 && longest-shortest >= 3 && !endsBelow(pieces[from:to])) {
			for i, p := range pieces[from:to] {
				pieces[from+i] = verseOf(p.lines, p.line)
				pieces[from+i].gap = p.gap
			}
		}
		from = max(from, to-1)
	}
}

// endsBelow reports whether only the last lines of the pieces are short, as those of
// paragraphs in a column are.
func endsBelow(pieces []piece) bool {
	for _, p := range pieces {
		for _, l := range p.lines[:len(p.lines)-1] {
			if utf8.RuneCountInString(strings.TrimSpace(l)) != utf8.RuneCountInString(strings.TrimSpace(pieces[0].lines[0])) {
				return false
			}
		}
	}
	return true
}

// pieceGroup makes pieces of lines that no empty line parts.
func pieceGroup(lines []string, first int) []piece {
	if markupLine.MatchString(lines[0]) && isMarkup(lines) {
		return []piece{{kind: markup, raw: strings.Join(lines, "\n"), line: first}}
	}
	if isVerse(lines) || isSet(lines) {
		return []piece{verseOf(lines, first)}
	}
	// Lines of a column are short. Where one is long, nobody has broken them,
	// and each is a paragraph, or a piece of a torn one.
	column, widest := true, 0
	for _, l := range lines {
		n := utf8.RuneCountInString(l)
		column = column && n <= 60
		widest = max(widest, n)
	}
	var pieces []piece
	var text strings.Builder // of the last piece
	flush := func() {
		if last := len(pieces) - 1; last >= 0 {
			pieces[last].text = text.String()
		}
	}
	closed := false // the last line has ended its paragraph
	for i, l := range lines {
		p := piece{text: strings.TrimSpace(l), line: first + i, indent: isIndented(l)}
		p.kind = kindOf(p.text)
		goesOn := i > 0 && column && !closed && !p.indent && p.kind == prose && pieces[len(pieces)-1].kind == prose && !begins(p) && !isDate(p.text) && !isDash(p.text)
		closed = finished(p.text) && utf8.RuneCountInString(p.text)*10 < widest*8 || isDate(p.text)
		if goesOn {
			if isSpacedJoin(lines[i-1], p.text) {
				text.WriteByte(' ')
			}
			text.WriteString(p.text)
			continue
		}
		flush()
		text.Reset()
		text.WriteString(p.text)
		pieces = append(pieces, p)
	}
	flush()
	if len(pieces) == 1 {
		pieces[0].lines = lines
	}
	return pieces
}

func verseOf(lines []string, first int) piece {
	p := piece{kind: verse, line: first}
	for _, l := range lines {
		p.lines = append(p.lines, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(l), `\`)))
	}
	p.text = strings.Join(p.lines, "\n")
	return p
}

var (
	dateLine = regexp.MustCompile(`^[（(]?[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[)）]?$`)
	nameList = regexp.MustCompile(`^(?:\p{Han}{2,4}|\p{Han}[ \x{3000}]\p{Han}|\p{Han}{1,8}[·•]\p{Han}{1,8})(?:(?:[\s\x{3000}、]+)(?:\p{Han}{2,4}|\p{Han}[ \x{3000}]\p{Han}|\p{Han}{1,8}[·•]\p{Han}{1,8})){1,}$`)
	columns  = regexp.MustCompile(`[ \t\x{3000}\x{00a0}]{2,}|\t|[|｜]`)
)

// isDate reports whether a line is the date under a letter or an announcement.
func isDate(line string) bool { return dateLine.MatchString(line) }

// isSet reports whether somebody has set lines to stand below each other: the rows
// of a table, names, particulars with their labels, a signature over its date.
func isSet(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	names, rows, labels, cells := true, true, true, 0
	words, spaced := 0, true // 「今日 多云 26℃」: rows with a single space between cells
	for _, l := range lines {
		t := strings.TrimSpace(l)
		if utf8.RuneCountInString(t) > 60 {
			return false
		}
		names = names && nameList.MatchString(t)
		n := len(columns.FindAllStringIndex(t, 8))
		if cells == 0 {
			cells = n
		}
		rows = rows && n == cells && n > 0
		w := len(strings.Fields(t))
		if words == 0 {
			words = w
		}
		spaced = spaced && w == words && w > 2 && !clause.MatchString(t) && utf8.RuneCountInString(t) <= 30
		labels = labels && label.MatchString(t) && !clause.MatchString(t)
	}
	last := strings.TrimSpace(lines[len(lines)-1])
	signed := len(lines) <= 3 && isDate(last)
	for _, l := range lines[:len(lines)-1] {
		t := strings.TrimSpace(l)
		signed = signed && utf8.RuneCountInString(t) <= 30 && !clause.MatchString(t)
	}
	return names || rows || labels || signed || spaced
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

// narrowest is how many characters the lines of verse without any marks have at most.
const narrowest = 8

// isVerse reports whether lines are short and end where a thought ends, or are
// broken by hand as Markdown has it.
func isVerse(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	ended, broken := 0, true
	shortest, longest := 100, 0
	for i, l := range lines {
		t := strings.TrimSpace(l)
		if utf8.RuneCountInString(t) > 24 || kindOf(t) != prose {
			return false
		}
		if r, _ := utf8.DecodeLastRuneInString(t); strings.ContainsRune("，。；！？,;!?", r) {
			ended++
		}
		if i < len(lines)-1 {
			shortest, longest = min(shortest, utf8.RuneCountInString(t)), max(longest, utf8.RuneCountInString(t))
			broken = broken && (strings.HasSuffix(l, "  ") || strings.HasSuffix(l, `\`))
		}
	}
	// The lines of a column are as long as each other; those of a poem are not.
	ragged := len(lines) > 2 && longest <= 18 && longest-shortest >= 3 && ended == 0
	// No column is so narrow, and no sentence so long without a mark.
	narrow := len(lines) > 2 && longest <= narrowest && utf8.RuneCountInString(strings.TrimSpace(lines[len(lines)-1])) <= narrowest &&
		!strings.ContainsFunc(strings.Join(lines, ""), unicode.IsPunct)
	return narrow || broken || ended == len(lines) || len(lines) > 2 && ended >= len(lines)-1 || ragged
}

// isIndented reports whether a line begins with the indent of a paragraph, two
// characters wide.
func isIndented(l string) bool {
	return strings.HasPrefix(l, "\u3000\u3000") || strings.HasPrefix(l, "    ") || strings.HasPrefix(l, "\u00a0\u00a0")
}

// join puts together the two parts of a torn text with what stood between them
// before it was torn: nothing within Chinese, where words do not part, and
// nothing within a number; a space between two words in Latin letters, unless
// they are halves of one that the page has elsewhere.
func join(a, b string, seen groups) string {
	if isSpacedJoin(a, b) && !seen.halves(a, b) {
		return a + " " + b
	}
	return a + b
}

func isSpacedJoin(a, b string) bool {
	a = strings.TrimSpace(a)
	last, size := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if strings.ContainsRune(",.:", last) && unicode.IsDigit(first) {
		if before, _ := utf8.DecodeLastRuneInString(a[:len(a)-size]); unicode.IsDigit(before) {
			return false // 12, 800 and 17. 5%
		}
	}
	return isWestern(first) && (isWestern(last) || strings.ContainsRune(`,.;:!?)"'`, last) && endsWestern(a)) &&
		!(unicode.IsDigit(last) || unicode.IsDigit(first) && last == '.') && !inCamel(b)
}

// inCamel reports whether b begins in the middle of a word that has capitals in
// it: erPay, of WaterPay.
func inCamel(b string) bool {
	small := false
	for i, r := range b {
		switch {
		case i == 0 && !unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			return small
		case !unicode.IsLower(r):
			return false
		}
		small = true
	}
	return false
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
