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

// New opens the dictionary of gse. It takes a fiftieth of a second, because it only
// sorts the lines into buckets. A bucket is read when a text first has the two units
// that its words begin with: thirty articles need a sixteenth of all words, and to
// read all of them takes ten times as long.
func New() (*Segmenter, error) {
	c := open(simplified, fewest)
	if c.total == 0 {
		return nil, errors.New("words: the dictionary of gse is empty")
	}
	return c, nil
}

// FromList returns a Segmenter whose dictionary is the given words, none of which has
// a space, each as likely as any other. Tests and tools that want to know the
// words use it.
func FromList(list ...string) (*Segmenter, error) {
	const count = 100
	var text strings.Builder
	for _, w := range list {
		fmt.Fprintf(&text, "%s %d n\n", w, count)
	}
	return open(text.String(), count), nil
}

// buckets is the number of buckets, a power of two. A bucket has two words of gse's
// dictionary, on average.
const buckets = 1 << 17

// A dictionary has words, each with how often it was counted and its part of speech.
// It is a hash table whose buckets are filled late. A bucket has the words of which
// the first two units have a certain hash. At first it is a linked list of the lines
// of text that have these words; when one of them is looked for, the lines are read
// into a table, and that is used from then on.
type dictionary struct {
	text  string   // a word a line
	alone float64  // the count of every word of one character
	first []uint32 // by bucket: its first line, as an index of lines plus 1; 0 for none
	lines []line

	filled []atomic.Pointer[table] // by bucket: its words of several units, or nil
	single table                   // the words of one unit, which are in no bucket
	total  float64                 // the sum of the counts of all words

	mu    sync.Mutex     // held while a bucket is filled
	pos   [1 << 8]string // parts of speech by number
	parts int            // how many there are
}

// A line is an element of a bucket's linked list.
type line struct {
	at   uint32 // the byte of the text that the line begins at
	next uint32 // the next line of the bucket, as an index of lines plus 1; 0 at the end
}

// A word of the dictionary.
type word struct {
	text  string
	count float64
	pos   string
}

func open(text string, alone float64) *Segmenter {
	d := &dictionary{
		text: text, alone: alone, first: make([]uint32, buckets), filled: make([]atomic.Pointer[table], buckets),
		lines: make([]line, 0, strings.Count(text, "\n")+1),
	}
	twice := make(map[uint32]bool) // the buckets of words that may be there twice
	last := make([]uint32, buckets)
	for at := 0; at < len(text); {
		w, size, ok := d.word(at)
		if ok {
			small := lower(w.text)
			bucket, several := bucketOf(small)
			if !several {
				d.addSingle(small, w)
			} else {
				d.total += w.count
				if small != w.text {
					twice[bucket] = true
				}
				d.lines = append(d.lines, line{at: uint32(at)})
				n := uint32(len(d.lines))
				if last[bucket] == 0 {
					d.first[bucket] = n
				} else {
					d.lines[last[bucket]-1].next = n
				}
				last[bucket] = n
			}
		}
		at += size
	}
	for bucket := range twice {
		d.total -= d.fill(bucket)
	}
	return &Segmenter{dictionary: d}
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

// bucketOf returns the bucket of a word, which tells the first two of its units. A
// word of one unit is in none.
func bucketOf(w string) (bucket uint32, several bool) {
	end := next(w, 0)
	if end == len(w) {
		return 0, false
	}
	return hashed(noBytes, w[:next(w, end)]).bucket(), true
}

func (h hash) bucket() uint32 { return h.spread() % buckets }

func (d *dictionary) addSingle(text string, w word) {
	h := hashed(noBytes, text)
	if find(&d.single, text, h) != nil {
		return
	}
	d.total += w.count
	d.single.add(stem{text, h, float32(math.Log2(w.count)), d.number(w.pos)})
}

// bucket returns the words that begin with two units of that hash, and others.
func (d *dictionary) bucket(h hash) *table {
	bucket := h.bucket()
	if t := d.filled[bucket].Load(); t != nil {
		return t
	}
	d.fill(bucket)
	return d.filled[bucket].Load()
}

// fill fills a bucket, and returns what those words count that were there already.
func (d *dictionary) fill(bucket uint32) (twice float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := new(table)
	for n := d.first[bucket]; n != 0; n = d.lines[n-1].next {
		w, _, _ := d.word(int(d.lines[n-1].at))
		if !d.add(t, w) {
			twice += w.count
		}
	}
	d.filled[bucket].Store(t)
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
