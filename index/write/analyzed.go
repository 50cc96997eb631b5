package write

import (
	"bytes"
	"cmp"
	"compress/flate"
	"io"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/record"
)

// analyzed is all that the index needs of one article.
type analyzed struct {
	id, date string
	lengths  [manifest.NumFields]uint32
	bigrams  []bigramCount
	trigrams []uint64                   // of the body, each once
	words    []string                   // each once
	titled   []string                   // those in titles and headings, each once
	joined   []string                   // neighbours there, see joinable; each once
	facets   [format.NumFacets][]string // values, each once
	runes    map[rune]int
	record   []byte // the article, deflated fast
	size     int    // bytes of its stored record, estimated
}

// bigramCount is how often a field has a bigram. The key packs two runes.
type bigramCount struct {
	key   uint64
	field uint8
	n     uint8
}

// runeBits is the width of a rune in a key of two or three of them.
const runeBits = 21

func bigramKey(a, b rune) uint64 { return uint64(a)<<runeBits | uint64(b) }

func analyzeArticle(a *article.Article, opt *Options, s *compressor) *analyzed {
	d := &analyzed{id: a.ID, date: a.Date, runes: make(map[rune]int)}
	x := analysis{d: d, folder: opt.Folder, segmenter: opt.Segmenter, words: make(map[string]bool)}
	x.line(manifest.Title, a.Title)
	x.line(manifest.Title, a.Subtitle)
	x.line(manifest.Title, a.Kicker)
	for _, section := range a.Sections {
		x.weighted(manifest.Heading, section.Heading, section.Weight)
		for _, b := range section.Blocks {
			x.weighted(manifest.Body, b.Text, b.Weight)
		}
	}
	d.facets = facetsOf(a, x.lines, opt)
	for _, values := range d.facets {
		for _, v := range values {
			x.count(v, opt.Folder.Fold(v))
		}
	}
	x.addLight()
	d.bigrams = countBigrams(x.bigrams)
	slices.Sort(d.trigrams)
	d.trigrams = slices.Compact(d.trigrams)
	for word := range x.words {
		d.words = append(d.words, word)
	}
	plain := record.Append(nil, a, record.Plain{})
	d.record = s.compress(plain)
	// A Han character takes three bytes in UTF-8 and about three halves in the
	// codes of an alphabet.
	d.size = len(plain) / 2
	return d
}

// analysis is one article's analysis under way.
type analysis struct {
	d         *analyzed
	folder    analyze.Folder
	segmenter *words.Segmenter
	bigrams   []uint64 // key<<2 | field, with repetitions
	light     []uint64 // those of lines that count less than others
	words     map[string]bool
	lines     []words.Line
}

// line takes one title, heading or block: what a phrase can stand in.
func (x *analysis) line(field int, text string) {
	l := x.segmenter.Line(text, field != manifest.Body, x.folder)
	f := l.Folded
	x.count(text, f)
	if len(f.Runes) == 0 {
		return
	}
	x.lines = append(x.lines, l)
	x.d.lengths[field] += uint32(len(f.Runes))
	analyze.Bigrams(f.Runes, func(_ int, a, b rune) {
		x.bigrams = append(x.bigrams, bigramKey(a, b)<<2|uint64(field))
	})
	if field == manifest.Body {
		for i := 0; i+2 < len(f.Runes); i++ {
			key := bigramKey(f.Runes[i], f.Runes[i+1])<<runeBits | uint64(f.Runes[i+2])
			x.d.trigrams = append(x.d.trigrams, key)
		}
	} else {
		x.title(l.UTF8, l.Words)
	}
	x.collect(l.UTF8, l.Words)
}

// count counts the characters of a text for the alphabet. The characters that it is
// folded to are added with a count of 0: they need a number too, because the
// manifest says in these numbers which character is folded to which.
func (x *analysis) count(text string, f analyze.Folded) {
	for _, r := range text {
		x.d.runes[r]++
	}
	for _, r := range f.Runes {
		x.d.runes[r] += 0
	}
}

// collect collects the words of two and more characters.
func (x *analysis) collect(text []byte, found []words.Word) {
	for _, w := range found {
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

// title collects the words of a title or heading, and the neighbours that may be
// one word.
func (x *analysis) title(text []byte, found []words.Word) {
	for i, w := range found {
		add(&x.d.titled, string(text[w.Start:w.End]))
		for j := i + 1; j < min(i+3, len(found)); j++ {
			if joined := string(text[w.Start:found[j].End]); joinable(text, found[i:j+1]) {
				add(&x.d.joined, joined)
			}
		}
	}
}

func add(to *[]string, word string) {
	if !slices.Contains(*to, word) {
		*to = append(*to, word)
	}
}

// joinable reports whether neighbours may be a word that the dictionary does not
// have: one with a character behind it that makes it a place or a body, as in
// 江海|区, or characters that all stand by themselves, as those of a name do.
func joinable(text []byte, found []words.Word) bool {
	n, singles := 0, 0
	for _, w := range found {
		word := []rune(string(text[w.Start:w.End]))
		for _, r := range word {
			if !analyze.Han(r) {
				return false
			}
		}
		if n += len(word); len(word) == 1 {
			if strings.ContainsRune(particles, word[0]) {
				return false
			}
			singles++
		}
	}
	last := found[len(found)-1]
	suffixed := len(found) == 2 && singles == 1 && strings.Contains(suffixes, string(text[last.Start:last.End]))
	return n <= joinedMost && (suffixed || singles == len(found))
}

const (
	// particles are part of no name, or hardly ever.
	particles = "的了是在和与及或等吗呢吧啊把被对从由有这那其之而且并也就都又很以为于到我你他她它不将让向" +
		"中上下前后内外时再已超近每各该称至则较更最能可要会做用出来去见看说给个位名次条项"
	suffixes = "省市区县乡镇村州盟旗岛山湖河江港湾站路桥街园城馆院校局厅部委办会社团队厂矿店所处署军舰"
)

// countBigrams turns the sorted list of occurrences into counts.
func countBigrams(keys []uint64) []bigramCount {
	slices.Sort(keys)
	counts := make([]bigramCount, 0, len(keys))
	for i, key := range keys {
		if i > 0 && key == keys[i-1] {
			if last := &counts[len(counts)-1]; last.n < format.MaxFreq {
				last.n++
			}
			continue
		}
		counts = append(counts, bigramCount{key: key >> 2, field: uint8(key & 3), n: 1})
	}
	return slices.Clip(counts)
}

// compressor deflates fast: articles wait in a spool until all are counted. A
// deflater is large and is used again.
type compressor struct {
	w   *flate.Writer
	out bytes.Buffer
}

func newCompressor() *compressor {
	s := new(compressor)
	s.w, _ = flate.NewWriter(&s.out, flate.BestSpeed) // the level is valid
	return s
}

func (s *compressor) compress(b []byte) []byte {
	s.out.Reset()
	s.w.Reset(&s.out)
	s.w.Write(b) // a bytes.Buffer takes every write
	s.w.Close()
	return bytes.Clone(s.out.Bytes())
}

func decompress(b []byte) (*article.Article, error) {
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(b)))
	if err != nil {
		return nil, err
	}
	c := format.NewCursor("article in memory", plain)
	a := record.Read(c, record.Plain{})
	return a, c.Close()
}

// byDate orders articles by date and, on one day, as they were added.
func byDate(docs []document) []int {
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(docs[i].date, docs[j].date) })
	return order
}
