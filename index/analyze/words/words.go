package words

import (
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Segmenter finds the words of a text. It may be used from several goroutines.
type Segmenter struct{ *dictionary }

// A Word is a stretch of a text, in bytes, with its part of speech as the
// dictionary has it: "nr" a person, "ns" a place, "nt" an organisation, "n" a
// noun, "v" a verb, "x" unknown.
type Word struct {
	Start, End int
	Pos        string
}

// Default returns a Segmenter with gse's dictionary, the same one each time.
var Default = sync.OnceValues(New)

// unknown is the length of the step over a unit that is no word. It is that of a word
// that is one of 2^32.
const unknown = 32

// A step leads to the end of a unit by the shortest path.
type step struct {
	length float32 // of the path; 0 if there is none yet
	from   int     // the unit that its last word begins with
	pos    uint8   // of its last word
}

// Segment returns the words of a text that has been folded, in order; together
// they are the whole text. They are those of which the product of their
// likelihoods is greatest: the path whose steps, a word each with the logarithm
// of how rare it is, are shortest together. gse does the same, to the
// last tie.
func (c *Segmenter) Segment(text []byte) []Word {
	bounds := units(text)
	steps := make([]step, len(bounds)-1)
	total := float32(math.Log2(c.total))
	var base float32
	for at := range steps {
		h := hashed(noBytes, text[bounds[at]:bounds[at+1]])
		if s := find(&c.single, text[bounds[at]:bounds[at+1]], h); s != nil {
			steps[at].reach(base+(total-s.bits), at, s.pos)
		} else {
			steps[at].reach(base+unknown, at, 0)
		}
		var bucket *table
		for end := at + 1; end < len(steps); end++ {
			h = hashed(h, text[bounds[end]:bounds[end+1]])
			if end == at+1 {
				bucket = c.bucket(h)
			}
			s := find(bucket, text[bounds[at]:bounds[end+1]], h)
			if s == nil {
				break
			}
			if s.pos != 0 {
				steps[end].reach(base+(total-s.bits), at, s.pos)
			}
		}
		base = steps[at].length
	}
	return c.words(bounds, steps)
}

// reach takes a path if it is shorter than the one so far.
func (s *step) reach(length float32, from int, pos uint8) {
	if s.length == 0 || s.length > length {
		*s = step{length, from, pos}
	}
}

// words follows the path to the last unit back.
func (c *Segmenter) words(bounds []int, steps []step) []Word {
	n := 0
	for at := len(steps); at > 0; at = steps[at-1].from {
		n++
	}
	words := make([]Word, n)
	for at := len(steps); at > 0; {
		s := steps[at-1]
		n--
		words[n] = Word{Start: bounds[s.from], End: bounds[at], Pos: "x"}
		if s.pos != 0 {
			words[n].Pos = c.pos[s.pos]
		}
		at = s.from
	}
	return words
}

// units returns where the units of a text begin, and its end: words are made of
// whole units. A unit is a character, or a run of Latin letters and digits.
func units[T string | []byte](text T) []int {
	bounds := make([]int, 1, len(text)/3+2)
	for at := 0; at < len(text); {
		at = next(text, at)
		bounds = append(bounds, at)
	}
	return bounds
}

// next returns the end of the unit that begins at a byte.
func next[T string | []byte](text T, at int) int {
	for begin := at; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(text[at:min(at+utf8.UTFMax, len(text))]))
		}
		if size > 2 || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			if at == begin {
				at += size
			}
			return at
		}
		at += size
	}
	return at
}

// lower makes small letters of A to Z.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return lowered(s)
		}
	}
	return s
}

func lowered(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}
