package words

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/go-ego/gse"
)

// A Cutter cuts text into words. It may be used from several goroutines.
type Cutter struct{ seg gse.Segmenter }

// A Word is a stretch of a text, in bytes, with its part of speech as the
// dictionary has it: "nr" a person, "ns" a place, "nt" an organisation, "n" a
// noun, "v" a verb, "x" unknown.
type Word struct {
	Start, End int
	Pos        string
}

// New loads the dictionary, which takes a second or two.
func New() (*Cutter, error) {
	c := new(Cutter)
	c.seg.SkipLog = true
	if err := c.seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("words: load the dictionary of gse: %w", err)
	}
	return c, nil
}

// Default loads one Cutter when it is first asked for and answers it from then on.
var Default = sync.OnceValues(New)

// Cut returns the words of a text that has been folded, in order; together
// they are the whole text.
func (c *Cutter) Cut(text []byte) []Word {
	segments := c.seg.ModeSegment(text, false)
	words := make([]Word, len(segments))
	for i, s := range segments {
		words[i] = Word{Start: s.Start(), End: s.End(), Pos: s.Token().Pos()}
	}
	return words
}

// Tokenize implements bleve's analysis.Tokenizer.
func (c *Cutter) Tokenize(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for _, w := range c.Cut(input) {
		stream = append(stream, &analysis.Token{
			Term: input[w.Start:w.End], Start: w.Start, End: w.End,
			Position: len(stream) + 1, Type: analysis.Ideographic,
		})
	}
	return stream
}
