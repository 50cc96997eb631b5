package analyze

import "unicode"

// End is the rune that follows the last of a line in its last bigram, so that the
// articles with a character are the union of the bigrams that begin with it.
const End rune = 0

// Bigrams calls yield with every bigram of a folded line and then
// with its last rune and End.
func Bigrams(line []rune, yield func(i int, a, b rune)) {
	for i := 0; i+1 < len(line); i++ {
		yield(i, line[i], line[i+1])
	}
	if n := len(line); n > 0 {
		yield(n-1, line[n-1], End)
	}
}

// Han reports whether r is a Han character.
func Han(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r > 0x7F && unicode.Is(unicode.Han, r)
}

// Wordly reports whether r can be part of a word: a letter, a digit or a mark,
// not punctuation, a symbol or white space.
func Wordly(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return Han(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
