package indextest

import (
	"github.com/blevesearch/bleve/v2/analysis"

	"github.com/kanbao/kanbao/index/analyze"
)

// BigramAnalyzer is the bigrams of a text as an analyzer of bleve: the terms are
// what a Writer puts into an index, line by line. With it in bleve's mapping, an
// index of bleve's own has the same terms, counts and lengths as ours.
type BigramAnalyzer struct{ Folder analyze.Folder }

// Analyze implements analysis.Analyzer. Start and End are bytes of input.
func (a BigramAnalyzer) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for start := 0; start <= len(input); {
		end := start
		for end < len(input) && input[end] != '\n' {
			end++
		}
		f := a.Folder.Fold(string(input[start:end]))
		analyze.Bigrams(f.Runes, func(i int, x, y rune) {
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
