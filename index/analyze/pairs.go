package analyze

import (
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
)

// End is the rune that follows the last of a line in its last pair, so that the
// articles with a character are the union of the pairs that begin with it.
const End rune = 0

// Pairs calls yield with every pair of adjacent runes of a folded line and then
// with its last rune and End.
func Pairs(line []rune, yield func(i int, a, b rune)) {
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

// PairAnalyzer is the pairs of a text as an analyzer of bleve: the terms are
// what a Writer puts into an index, line by line. With it in bleve's mapping, an
// index of bleve's own has the same terms, counts and lengths as ours.
type PairAnalyzer struct{ Folder Folder }

// Analyze implements analysis.Analyzer. Start and End are bytes of input.
func (a PairAnalyzer) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for start := 0; start <= len(input); {
		end := start
		for end < len(input) && input[end] != '\n' {
			end++
		}
		f := a.Folder.Fold(string(input[start:end]))
		Pairs(f.Runes, func(i int, x, y rune) {
			from, to := f.Span(i, min(i+2, len(f.Runes)))
			stream = append(stream, &analysis.Token{
				Term: []byte(string([]rune{x, y})), Start: start + from, End: start + to,
				Position: len(stream) + 1, Type: analysis.Double,
			})
		})
		start = end + 1
	}
	return stream
}
