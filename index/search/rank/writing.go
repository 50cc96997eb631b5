package rank

import (
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/search/term"
)

// A Writing is how a query has a word of Latin letters: Nguyễn, or nguyen without
// marks. Folded they are one word, and both are found by either.
type Writing struct {
	word   string // folded
	marked bool
}

// Writings returns the words of a query that could be written with marks or without.
// typed is the text of the query.
func Writings(typed string, words []term.Term) []Writing {
	var all []Writing
	for _, w := range words {
		if word := string(w.Typed()); latin(word) {
			all = append(all, Writing{word, !strings.Contains(narrow(typed), word)})
		}
	}
	return all
}

// latin reports whether a folded word has letters of English, and nothing but them
// and digits.
func latin(word string) bool {
	letters := false
	for _, r := range word {
		if r >= 'a' && r <= 'z' {
			letters = true
		} else if !term.Digit(r) {
			return false
		}
	}
	return letters
}

// narrow returns a text in lower case and half width, its marks kept.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		return unicode.ToLower(r)
	}, text)
}

// otherwise reports whether an article has one of the words only as the query has it
// not: with marks or without. title and blocks are the article's text, folded.
func otherwise(words []Writing, a *article.Article, title []rune, blocks [][]rune) bool {
	for _, w := range words {
		plain := strings.Count(narrow(a.Title), w.word)
		for _, b := range a.Blocks {
			plain += strings.Count(narrow(b.Text), w.word)
		}
		all := strings.Count(string(title), w.word)
		for _, b := range blocks {
			all += strings.Count(string(b), w.word)
		}
		if marked := all - plain; w.marked && all > 0 && marked <= 0 || !w.marked && all > 0 && plain == 0 {
			return true
		}
	}
	return false
}
