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
	leads  bool   // belongs to what follows it
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
	run := 0 // characters of the single ones that stand together up to here
	for i := range tokens {
		b := &tokens[i]
		b.leads = leads(*b)
		if i == 0 {
			run = single(*b)
			continue
		}
		a := &tokens[i-1]
		if (b.pos == "a" || b.pos == "b") && single(*a) > 0 && !a.leads {
			b.leads = false // 筑 牢
		}
		b.joined = joined(tokens, i, run)
		switch {
		case single(*b) == 0:
			run = 0
		case b.joined:
			run++
		default:
			run = 1
		}
	}
}

// joined reports whether no line ends before token i, which is not the first.
func joined(tokens []token, i, run int) bool {
	a, b := &tokens[i-1], &tokens[i]
	last := i == len(tokens)-1
	switch {
	case !a.letter || !b.letter || !a.han && !b.han:
		return true // the browser knows what punctuation and Latin do
	case a.figure, a.leads:
		return true // 30 年, 在 港口
	case b.han && b.runes == 2 && strings.HasPrefix(b.pos, "v") && person(tokens[:i]):
		return true // 王某 出席: who does it and what they do
	case single(*b) > 0 && last:
		return true // no line of one character
	case single(*b) > 0 && single(*a) > 0:
		return run < 4 && !b.leads
	case single(*b) > 0:
		// 服务 队, but not 交警 筑 牢
		next := tokens[min(i+1, len(tokens)-1)]
		return strings.Contains(trailing, b.text) || !b.leads && (single(next) == 0 || leads(next) && next.pos != "a" || strings.Contains(trailing, next.text))
	case single(*a) > 0:
		return !a.joined || !tokens[i-2].letter
	}
	return false
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
