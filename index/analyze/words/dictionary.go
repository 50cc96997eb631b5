package words

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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

// fewest is how often a word was counted that is not a slip. Single characters
// count as if they were that rare, so that they are the last choice.
const fewest = 2

// New opens the dictionary, which takes a fiftieth of a second: half a million
// words and beginnings of words take ten times as long to put into a table, and
// thirty articles need a sixteenth of them. So a shelf is filled when a text first
// has the two units that its words begin with.
func New() (*Cutter, error) {
	c := open(simplified, fewest)
	if c.total == 0 {
		return nil, errors.New("words: the dictionary of gse is empty")
	}
	return c, nil
}

// FromList returns a Cutter whose dictionary is the given words, none of which has
// a space, each as likely as any other. Tests and tools that want to know the
// words use it.
func FromList(list ...string) (*Cutter, error) {
	const count = 100
	var text strings.Builder
	for _, w := range list {
		fmt.Fprintf(&text, "%s %d n\n", w, count)
	}
	return open(text.String(), count), nil
}

// shelves is how many there are, a power of two: a shelf has two words of gse's
// dictionary, on average.
const shelves = 1 << 17

// A dictionary is lines of a word, how often it was counted, and its part of
// speech, with the lines that belong on each shelf.
type dictionary struct {
	text  string
	alone float64  // what a word of one character counts
	first []uint32 // by shelf, one more than the number of its first line; 0 for none
	lines []line

	filled []atomic.Pointer[table] // by shelf, of words of several units
	single table                   // words of one unit
	total  float64                 // how often all words were counted

	mu    sync.Mutex     // for who fills a shelf
	pos   [1 << 8]string // parts of speech by number
	parts int            // how many there are
}

// A line is where one begins, and one more than the number of the next on its shelf.
type line struct{ at, next uint32 }

// A word of the dictionary.
type word struct {
	text  string
	count float64
	pos   string
}

func open(text string, alone float64) *Cutter {
	d := &dictionary{
		text: text, alone: alone, first: make([]uint32, shelves), filled: make([]atomic.Pointer[table], shelves),
		lines: make([]line, 0, strings.Count(text, "\n")+1),
	}
	twice := make(map[uint32]bool) // the shelves of words that may be there twice
	last := make([]uint32, shelves)
	for at := 0; at < len(text); {
		w, size, ok := d.word(at)
		if ok {
			small := lower(w.text)
			shelf, several := shelfOf(small)
			if !several {
				d.addSingle(small, w)
			} else {
				d.total += w.count
				if small != w.text {
					twice[shelf] = true
				}
				d.lines = append(d.lines, line{at: uint32(at)})
				n := uint32(len(d.lines))
				if last[shelf] == 0 {
					d.first[shelf] = n
				} else {
					d.lines[last[shelf]-1].next = n
				}
				last[shelf] = n
			}
		}
		at += size
	}
	for shelf := range twice {
		d.total -= d.fill(shelf)
	}
	return &Cutter{dictionary: d}
}

// word reads the line at a place of the text, and returns its size. It is not ok
// if it has no word, or one that is a slip.
func (d *dictionary) word(at int) (w word, size int, ok bool) {
	line, _, _ := strings.Cut(d.text[at:], "\n")
	text, rest, _ := strings.Cut(line, " ")
	count, pos, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseFloat(strings.TrimSpace(count), 64)
	w = word{strings.TrimSpace(text), n, strings.TrimSpace(pos)}
	if _, first := utf8.DecodeRuneInString(w.text); first == len(w.text) {
		w.count = d.alone
	}
	return w, len(line) + 1, err == nil && n >= fewest && w.text != ""
}

// shelfOf returns the shelf of a word, which tells the first two of its units. A
// word of one unit is on none.
func shelfOf(w string) (shelf uint32, several bool) {
	end := next(w, 0)
	if end == len(w) {
		return 0, false
	}
	return hashed(noBytes, w[:next(w, end)]).shelf(), true
}

func (h hash) shelf() uint32 { return h.spread() % shelves }

func (d *dictionary) addSingle(text string, w word) {
	h := hashed(noBytes, text)
	if find(&d.single, text, h) != nil {
		return
	}
	d.total += w.count
	d.single.add(stem{text, h, float32(math.Log2(w.count)), d.number(w.pos)})
}

// shelf returns the words that begin with two units of that hash, and others.
func (d *dictionary) shelf(h hash) *table {
	shelf := h.shelf()
	if t := d.filled[shelf].Load(); t != nil {
		return t
	}
	d.fill(shelf)
	return d.filled[shelf].Load()
}

// fill fills a shelf, and returns what those words count that were there already.
func (d *dictionary) fill(shelf uint32) (twice float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := new(table)
	for n := d.first[shelf]; n != 0; n = d.lines[n-1].next {
		w, _, _ := d.word(int(d.lines[n-1].at))
		if !d.add(t, w) {
			twice += w.count
		}
	}
	d.filled[shelf].Store(t)
	return twice
}

// add adds a word and its beginnings, from two units on, and reports whether the
// word was not there.
func (d *dictionary) add(t *table, w word) bool {
	text := lower(w.text)
	h := hashed(noBytes, text)
	bits, pos := float32(math.Log2(w.count)), d.number(w.pos)
	if s := find(t, text, h); s == nil {
		t.add(stem{text, h, bits, pos})
	} else if s.pos != 0 {
		return false
	} else {
		s.bits, s.pos = bits, pos
	}
	at := next(text, 0)
	for at = next(text, at); at < len(text); at = next(text, at) {
		begin := text[:at]
		if h := hashed(noBytes, begin); find(t, begin, h) == nil {
			t.add(stem{word: begin, hash: h})
		}
	}
	return true
}

// number returns the number of a part of speech. There are some fifty of them; if
// ever there are too many, the last of them are one.
func (d *dictionary) number(pos string) uint8 {
	for i := 1; i <= d.parts; i++ {
		if d.pos[i] == pos {
			return uint8(i)
		}
	}
	if d.parts < len(d.pos)-1 {
		d.parts++
		d.pos[d.parts] = pos
	}
	return uint8(d.parts)
}
