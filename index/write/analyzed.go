package write

import (
	"bytes"
	"cmp"
	"compress/flate"
	"io"
	"slices"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/record"
)

// analyzed is all that the index needs of one article, small enough to keep.
type analyzed struct {
	id, date string
	path     string
	lengths  [manifest.NumFields]uint32
	pairs    []pairCount
	trigrams []uint64 // of the body, each once
	words    []string // each once
	runes    map[rune]int
	record   []byte // the article, deflated fast
	size     int    // bytes of its stored record, estimated
}

// pairCount is how often a field has a pair. The key packs two runes.
type pairCount struct {
	key   uint64
	field uint8
	n     uint8
}

// runeBits is the width of a rune in a key of two or three of them.
const runeBits = 21

func pairKey(a, b rune) uint64 { return uint64(a)<<runeBits | uint64(b) }

func analyzeArticle(a *article.Article, folder analyze.Folder, cutter *words.Cutter, s *squeezer) *analyzed {
	d := &analyzed{id: a.ID, date: a.Date, path: a.Path(), runes: make(map[rune]int)}
	x := analysis{d: d, folder: folder, cutter: cutter, words: make(map[string]bool)}
	x.line(manifest.Title, a.Title)
	x.line(manifest.Title, a.Subtitle)
	for _, section := range a.Sections {
		x.line(manifest.Heading, section.Heading)
		for _, b := range section.Blocks {
			x.line(manifest.Body, b.Text)
		}
	}
	d.pairs = countPairs(x.pairs)
	slices.Sort(d.trigrams)
	d.trigrams = slices.Compact(d.trigrams)
	for word := range x.words {
		d.words = append(d.words, word)
	}
	plain := record.Append(nil, a, record.Plain{})
	d.record = s.squeeze(plain)
	// A Han character takes three bytes in UTF-8 and about three halves in the
	// codes of an alphabet.
	d.size = len(plain) / 2
	return d
}

// analysis is one article's analysis under way.
type analysis struct {
	d      *analyzed
	folder analyze.Folder
	cutter *words.Cutter
	pairs  []uint64 // key<<2 | field, with repetitions
	words  map[string]bool
}

// line takes one title, heading or block: what a phrase can stand in.
func (x *analysis) line(field int, text string) {
	for _, r := range text {
		x.d.runes[r]++
	}
	f := x.folder.Fold(text)
	if len(f.Runes) == 0 {
		return
	}
	x.d.lengths[field] += uint32(len(f.Runes))
	analyze.Pairs(f.Runes, func(_ int, a, b rune) {
		x.pairs = append(x.pairs, pairKey(a, b)<<2|uint64(field))
	})
	if field == manifest.Body {
		for i := 0; i+2 < len(f.Runes); i++ {
			key := pairKey(f.Runes[i], f.Runes[i+1])<<runeBits | uint64(f.Runes[i+2])
			x.d.trigrams = append(x.d.trigrams, key)
		}
	}
	x.cut(f)
}

// cut collects the words of two and more characters.
func (x *analysis) cut(f analyze.Folded) {
	for _, r := range f.Runes {
		x.d.runes[r] += 0 // what a character folds to must have a number too
	}
	text := []byte(f.String())
	for _, w := range x.cutter.Cut(text) {
		word := string(text[w.Start:w.End])
		if x.words[word] {
			continue
		}
		n, wordly := 0, true
		for _, r := range word {
			n++
			wordly = wordly && analyze.Wordly(r)
		}
		if wordly && n >= 2 && n <= format.MaxTerm {
			x.words[word] = true
		}
	}
}

// countPairs turns the sorted list of occurrences into counts.
func countPairs(keys []uint64) []pairCount {
	slices.Sort(keys)
	counts := make([]pairCount, 0, len(keys))
	for i, key := range keys {
		if i > 0 && key == keys[i-1] {
			if last := &counts[len(counts)-1]; last.n < format.MaxFreq {
				last.n++
			}
			continue
		}
		counts = append(counts, pairCount{key: key >> 2, field: uint8(key & 3), n: 1})
	}
	return slices.Clip(counts)
}

// squeezer deflates fast: articles wait in memory until all are counted. A
// deflater is large and is used again.
type squeezer struct {
	w   *flate.Writer
	out bytes.Buffer
}

func newSqueezer() *squeezer {
	s := new(squeezer)
	s.w, _ = flate.NewWriter(&s.out, flate.BestSpeed) // the level is valid
	return s
}

func (s *squeezer) squeeze(b []byte) []byte {
	s.out.Reset()
	s.w.Reset(&s.out)
	s.w.Write(b) // a bytes.Buffer takes every write
	s.w.Close()
	return bytes.Clone(s.out.Bytes())
}

func unsqueeze(b []byte) (*article.Article, error) {
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	if err != nil {
		return nil, err
	}
	c := format.NewCursor("article in memory", plain)
	a := record.Read(c, record.Plain{})
	return a, c.Close()
}

// byDate orders articles by date and, on one day, as they were added.
func byDate(docs []*analyzed) []int {
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(docs[i].date, docs[j].date) })
	return order
}
