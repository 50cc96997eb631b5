package newspaper

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// kindOf tells prose from the lines between it.
func kindOf(text string) pieceKind {
	if isRunning(text) {
		return running
	}
	if _, ok := note(comesFrom, text); ok {
		return prose // with a mark that captions have as well
	}
	if _, ok := byline.Photo(text); ok {
		return caption
	}
	if _, ok := byline.Parse(text); ok {
		return credit
	}
	return prose
}

// mend joins the pieces of paragraphs that a column's end has torn apart. What
// interrupts a paragraph, pictures and captions, comes after it.
func mend(pieces []piece) []piece {
	seen := groupsOf(pieces)
	var out []piece
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		var between []piece
		for range mostParts {
			if p.kind != prose {
				break
			}
			next, aside := resume(p, pieces[i+1:], seen)
			if next == 0 {
				break
			}
			between = append(between, aside...)
			p.text = join(p.text, pieces[i+next].text, seen)
			i += next
		}
		out = append(append(out, p), between...)
	}
	return out
}

// mostParts is into how many parts a paragraph may be torn, and mostAsides how
// many pictures and captions may stand between two of them.
const mostParts, mostAsides = 40, 24

// resume looks for the piece that p goes on in: rest[next-1], with aside
// between the two. It returns 0 if p is whole.
func resume(p piece, rest []piece, seen groups) (next int, aside []piece) {
	pictured := false
	for i, n := range rest[:min(len(rest), mostAsides)] {
		switch n.kind {
		case running:
			continue
		case caption, picture:
			// A picture that has its caption has no other.
			pictured = n.kind == picture && strings.Contains(n.raw, "![]")
			aside = append(aside, n)
			continue
		case prose:
		default:
			return 0, nil
		}
		if i+1 < len(rest) && (len(aside) == 0 || pictured) && interrupts(p, n, rest[i+1:], pictured, seen) {
			n.kind = caption
			aside, pictured = append(aside, n), false
			continue
		}
		if torn(p, n, seen) {
			return i + 1, aside
		}
		return 0, nil
	}
	return 0, nil
}

// interrupts reports whether c, which follows the unfinished p, is a caption
// without the words of one. It is a sentence by itself, what comes after it can
// be the rest of p, and something says that c is not: the room that a picture
// has left, a bracket that c leaves open, or characters that are a word of the
// page across the one gap and not across the other.
func interrupts(p, c piece, rest []piece, pictured bool, seen groups) bool {
	n := rest[0]
	for len(rest) > 1 && (n.kind == caption || n.kind == picture || n.kind == running) {
		rest = rest[1:]
		n = rest[0]
	}
	if n.kind != prose || isLine(p.text) || finished(p.text) || !torn(p, n, seen) || !isOneSentence(c.text) || begins(c) {
		return false
	}
	if open := unclosed(p.text); len(open) > 0 {
		closes, ok := firstCloser(n.text)
		return ok && closes == open[len(open)-1] && balanced(c.text)
	}
	if !balanced(c.text) || startsInside(c.text) {
		return false
	}
	if c.gap > 1 || pictured {
		return !seen.near(p.text, c.text)
	}
	// A sentence that is whole, between two halves of another: what follows it can
	// begin no paragraph, or the page has the word that the halves make.
	if finished(c.text) && utf8.RuneCountInString(c.text) >= 8 && !seen.across(p.text, c.text) && (startsInside(n.text) || seen.near(p.text, n.text)) {
		return true
	}
	return !seen.across(p.text, c.text) && seen.word(p.text, n.text) && utf8.RuneCountInString(c.text) >= 8
}

// isOneSentence reports whether text is as short as a caption, with at most one
// full stop, at its end.
func isOneSentence(text string) bool {
	inner := strings.TrimRight(text, "。！？!?")
	return utf8.RuneCountInString(text) <= 80 && !strings.ContainsAny(inner, "。！？!?；;")
}

// torn reports whether the paragraph p goes on in n. It errs towards leaving
// paragraphs as they are.
func torn(p, n piece, seen groups) bool {
	if begins(n) || p.text == "" || n.text == "" {
		return false
	}
	if inFigure(p.text, n.text) {
		return true
	}
	open := unclosed(p.text)
	closes := false
	if c, ok := firstCloser(n.text); ok && len(open) > 0 {
		closes = c == open[len(open)-1]
	}
	switch {
	case finished(p.text):
		return false
	case startsInside(n.text), closes:
		return true
	case isLine(n.text) && isShort(n.text) && !finished(n.text):
		return false // what follows is a signature, a subheading
	case isLine(p.text) && len(open) == 0:
		// A subheading, a name, a date. If it is none, it breaks off where no
		// line ends, or the page has the word that the tear runs through.
		return breaksOff(p.text) || seen.word(p.text, n.text) && !twoParts.MatchString(p.text) && !opensNews.MatchString(n.text)
	case isShort(p.text) && isShort(n.text) && !strings.ContainsAny(p.text, "。！？") && clause.MatchString(last(p.text, 1)):
		return false // verse, or a list
	}
	return true
}

// inFigure reports whether the tear runs through a figure or a word in Latin
// letters: 12, 800; 17. 5%; Wat erPay.
func inFigure(a, b string) bool {
	end, size := utf8.DecodeLastRuneInString(a)
	begin, width := utf8.DecodeRuneInString(b)
	switch {
	case isLatin(end) && unicode.IsLower(begin) && isLatin(begin):
		return true
	case !unicode.IsDigit(begin):
		return false
	case unicode.IsDigit(end):
		return utf8.RuneCountInString(a) > 20
	case end != ',' && end != '.':
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(a[:len(a)-size])
	second, _ := utf8.DecodeRuneInString(b[width:])
	// 「2. 3个」 would be the next item of a list.
	return unicode.IsDigit(before) && !(second == '.' || second == '、' || second == '．') && utf8.RuneCountInString(a) > 4
}

// pieceStart matches how a paragraph begins and the rest of a torn one does not.
var pieceStart = regexp.MustCompile(`^(?:[□■◇◆○●◎△▲▽▼☆★※▪•·➤►▶]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[,，、:：]|` +
	`[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．][^\d]|[①-⑳]|(?:问|答|记者|编者按|按语|链接|相关链接|延伸阅读)[:：])`)

// begins reports whether n shows that it is the beginning of a paragraph.
func begins(n piece) bool {
	if n.indent || n.kind != prose || pieceStart.MatchString(n.text) || isAside(n.text) {
		return true
	}
	_, ok := byline.Dateline(n.text)
	return ok
}

// isAside reports whether text is a remark that is all in brackets.
func isAside(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "。"))
	return wide(r) == '（' && wide(last) == '）' && strings.Count(text, string(last)) == 1
}

// breaksOff reports whether text ends with a word that something must follow.
func breaksOff(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("把将被每各这那而且但也很没第虽若既、", r)
}

// startsInside reports whether text begins with what cannot begin a paragraph.
func startsInside(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("，。、；：！？”’」』）》〉】,;:!?)]}%％", r) {
		return true
	}
	second, _ := utf8.DecodeRuneInString(text[size:])
	return strings.ContainsRune("的了着们", r) && second != '士'
}

// finished reports whether text ends as a paragraph ends: with a full stop or
// its like, with the semicolon or colon of a list's clause, or with a byline.
func finished(text string) bool {
	if _, _, ok := byline.Tail(text); ok || isAside(text) {
		return true
	}
	s := strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	for range 16 {
		if s == "" {
			break
		}
		r, size := utf8.DecodeLastRuneInString(s)
		switch {
		case strings.ContainsRune("。！？!?…；;：:.．~～—", r):
			return true
		case !strings.ContainsRune("”’」』）)】》〉]\"'*_", r):
			return false
		case r == ')' || r == '）':
			// 「……结束。(完)」: what is in the brackets does not matter.
			if at := strings.LastIndexAny(s, "(（"); at > 0 {
				if before, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s[:at])); strings.ContainsRune("。！？!?…”", before) {
					return true
				}
			}
		}
		s = s[:len(s)-size]
	}
	return true
}

var (
	clause = regexp.MustCompile(`[,，。;；!！?？]`)
	// twoParts matches the space between the parts of a headline, and opensNews
	// how news goes on after one.
	twoParts  = regexp.MustCompile(`\p{Han}[”》]?[ \x{3000}]+[“《]?\p{Han}`)
	opensNews = regexp.MustCompile(`^(?:今天|昨天|近日|日前|连日来|记者|据|\d{1,2}日|\d{1,2}月)`)
	// label matches a line of a list of particulars: 「联系电话:0750-…」.
	label = regexp.MustCompile(`^[^,，。;；:：]{2,12}[:：][^。]*$`)
)

// isLine reports whether text can stand on a line by itself without being a
// sentence: a subheading, a list of names, a date, a telephone number.
func isLine(text string) bool {
	switch n := utf8.RuneCountInString(text); {
	case n <= 45 && !clause.MatchString(text), n <= 60 && !clause.MatchString(text) && twoParts.MatchString(text), n <= 40 && pieceStart.MatchString(text):
		return true
	case n <= 60 && label.MatchString(text):
		return !strings.ContainsAny(text, "“”‘’「」")
	}
	return false
}

func isShort(text string) bool { return utf8.RuneCountInString(text) <= 20 }

// groups holds the groups of two to four Chinese characters that stand
// together on a page, and its words in Latin letters.
type groups map[string]bool

func groupsOf(pieces []piece) groups {
	seen := groups{}
	for _, p := range pieces {
		run := []rune(p.text)
		for i := range run {
			if isLatin(run[i]) && (i == 0 || !isLatin(run[i-1])) {
				end := i
				for end < len(run) && isLatin(run[end]) {
					end++
				}
				if end-i <= 40 {
					seen[string(run[i:end])] = true
				}
			}
			for n := 2; n <= 4 && i+n <= len(run); n++ {
				if g := string(run[i : i+n]); allHan(run[i : i+n]) {
					seen[g] = true
				}
			}
		}
	}
	return seen
}

func allHan(run []rune) bool {
	for _, r := range run {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// across reports whether the last character of a and the first of b stand
// together somewhere on the page.
func (g groups) across(a, b string) bool { return g[last(a, 1)+first(b, 1)] }

// near reports whether three characters across the tear do.
func (g groups) near(a, b string) bool {
	return g[last(a, 2)+first(b, 1)] || g[last(a, 1)+first(b, 2)]
}

// word reports whether two characters on each side of the tear do: news repeats
// itself, and three are found together by chance.
func (g groups) word(a, b string) bool { return g[last(a, 2)+first(b, 2)] }

func last(s string, n int) string {
	end := len(s)
	for ; n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	return s[end:]
}

func first(s string, n int) string {
	end := 0
	for ; n > 0; n-- {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

// halves reports whether the letters that a ends with and those that b begins
// with are a word elsewhere on the page.
func (g groups) halves(a, b string) bool {
	head := strings.TrimRightFunc(a, isLatin)
	tail := strings.TrimLeftFunc(b, isLatin)
	left, right := a[len(head):], b[:len(b)-len(tail)]
	return left != "" && right != "" && g[left+right]
}
