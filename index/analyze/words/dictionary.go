package words

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
	_ "unsafe" // for go:linkname

	_ "github.com/go-ego/gse" // has the dictionary
)

// simplified is gse's dictionary of simplified Chinese: lines of a word, how
// often it was counted, and its part of speech. gse loads it into a trie of its
// own, which takes seconds and 200 MB; here it is used as it lies in the program.
// If gse calls it otherwise one day, this does not link.
//
//go:linkname simplified github.com/go-ego/gse.zhS
var simplified string

// stems is the number of the words of the dictionary and of their beginnings, so
// that the table need not grow.
const stems = 500_000

// fewest is how often a word was counted that is not a slip. Single characters
// count as if they were that rare, so that they are the last choice.
const fewest = 2

// New loads the dictionary, which takes a tenth of a second.
func New() (*Cutter, error) {
	c := newCutter(stems)
	for line := range strings.SplitSeq(simplified, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		count, pos, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseFloat(strings.TrimSpace(count), 64)
		if err != nil || n < fewest {
			continue
		}
		if word = strings.TrimSpace(word); utf8.RuneCountInString(word) < 2 {
			n = fewest
		}
		c.add(word, n, strings.TrimSpace(pos))
	}
	if c.total == 0 {
		return nil, errors.New("words: the dictionary of gse is empty")
	}
	return c, nil
}

// FromList returns a Cutter whose dictionary is the given words, each as likely
// as any other. Tests and tools that want to know the words use it.
func FromList(list ...string) (*Cutter, error) {
	c := newCutter(2 * len(list))
	for _, w := range list {
		c.add(w, 100, "n")
	}
	return c, nil
}

// A stem is the beginning of a word, or a whole one.
type stem struct {
	bits float32 // the logarithm of how often it was counted
	pos  uint8   // the number of its part of speech, 0 if it is not a whole word
}

func newCutter(size int) *Cutter {
	return &Cutter{stems: make(map[string]stem, size), pos: []string{""}}
}

// add adds a word, unless it is there.
func (c *Cutter) add(word string, count float64, pos string) {
	word = lower(word)
	if word == "" || c.stems[word].pos != 0 {
		return
	}
	c.stems[word] = stem{float32(math.Log2(count)), c.number(pos)}
	bounds := units(word)
	c.longest = max(c.longest, len(bounds)-1)
	for i := len(bounds) - 2; i > 0; i-- {
		begin := word[:bounds[i]]
		if _, ok := c.stems[begin]; ok {
			break // and so are those of it
		}
		c.stems[begin] = stem{}
	}
	c.total += count
}

// number returns the number of a part of speech. There are some fifty of them.
func (c *Cutter) number(pos string) uint8 {
	for i := 1; i < len(c.pos); i++ {
		if c.pos[i] == pos {
			return uint8(i)
		}
	}
	c.pos = append(c.pos, pos)
	return uint8(len(c.pos) - 1)
}
