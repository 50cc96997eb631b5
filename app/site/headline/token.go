package headline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/analyze/words"
)

// A token is a word of a headline.
type token struct {
	text   string
	from   int // byte of the headline
	runes  int
	pos    string // part of speech
	han    bool   // of Han characters alone
	letter bool   // begins and ends with a letter or figure
	figure bool   // a number
	joined bool   // no line ends before it
}

func tokensOf(line *words.Line) []token {
	tokens := make([]token, 0, len(line.Words))
	at := 0 // in runes of the folded line
	for _, w := range line.Words {
		text := string(line.UTF8[w.Start:w.End])
		n := utf8.RuneCountInString(text)
		first, _ := utf8.DecodeRuneInString(text)
		last, _ := utf8.DecodeLastRuneInString(text)
		tokens = append(tokens, token{
			text: text, from: line.Folded.Offsets[at], runes: n, pos: w.Pos,
			han:    strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0,
			letter: isLetter(first) && isLetter(last),
			figure: strings.IndexFunc(text, func(r rune) bool {
				return !unicode.IsDigit(r) && !strings.ContainsRune("一二三四五六七八九十百千万亿两零〇几数第", r)
			}) < 0,
		})
		at += n
	}
	return tokens
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// join joins tokens that stand on one line: what the dictionary does not know comes in
// single characters, most of which are of a name or the end of a word.
func join(tokens []token) {
	run := 0 // characters of single-character tokens that stand together
	for i := range tokens {
		if i == 0 {
			run = single(tokens[i])
			continue
		}
		a, b := &tokens[i-1], &tokens[i]
		switch {
		case !a.letter || !b.letter || !a.han && !b.han:
			// The browser knows what punctuation and Latin do.
			b.joined = true
		case a.figure, leads(*a):
			b.joined = true // 30 年
		case single(*b) > 0 && single(*a) > 0:
			b.joined = run < 4 && !leads(*b)
		case single(*b) > 0:
			b.joined = !leads(*b)
		case single(*a) > 0:
			b.joined = !a.joined || !tokens[i-2].letter
		}
		if i == len(tokens)-1 && single(*b) > 0 {
			b.joined = true // no line of one character
		}
		// 王某 出席: who does it and what they do.
		if b.han && b.runes == 2 && strings.HasPrefix(b.pos, "v") && person(tokens[:i]) {
			b.joined = true
		}
		if single(*b) == 0 {
			run = 0
		} else if b.joined {
			run++
		} else {
			run = 1
		}
	}
}

func single(t token) int {
	if t.han && t.runes == 1 {
		return 1
	}
	return 0
}

// Characters that belong to what follows them, and to what goes before them, whatever
// the dictionary says of them.
const (
	leading  = "并和与及或在把被将让向对为从到以于是不也都就才再又很最更已未没这那"
	trailing = "的了着过们地得之"
)

// leads reports whether a character belongs to what follows it: a preposition, a
// conjunction, an adverb, an adjective, a number.
func leads(t token) bool {
	if single(t) == 0 || strings.Contains(trailing, t.text) {
		return false
	}
	switch t.pos {
	case "p", "c", "d", "m", "r", "a", "b":
		return true
	}
	return strings.Contains(leading, t.text)
}

// person reports whether the tokens end with the name of a person.
func person(tokens []token) bool {
	last := len(tokens) - 1
	if strings.HasPrefix(tokens[last].pos, "nr") && tokens[last].runes >= 2 {
		return true
	}
	for i := last; i >= max(0, last-2) && single(tokens[i]) > 0; i-- {
		if strings.HasPrefix(tokens[i].pos, "nr") && i < last {
			return true
		}
	}
	return false
}
