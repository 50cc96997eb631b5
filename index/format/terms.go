package format

import (
	"encoding/binary"
	"math/bits"
)

// NumFields is the number of searched fields that a term can have lists for.
const NumFields = 3

// MaxTerm is the longest term, in characters.
const MaxTerm = 15

// skipEvery is how many terms share one offset into the posting lists.
const skipEvery = 16

// A Term is one entry of the dictionary.
type Term struct {
	// Codes are the term's characters as numbers of the segment's alphabet;
	// 0 stands for the end of a line.
	Codes []uint32
	// Fields has a bit for each field that has a posting list; the lists follow
	// in the order of the bits.
	Fields uint8
	// Word says that the dictionary that cut the articles has the term as a
	// word, and Weight is about the binary logarithm of how many articles have
	// it as one, from 0 to 7.
	Word   bool
	Weight uint8
	// Docs is the length of each posting list, by field.
	Docs [NumFields]uint32
	// Among is set for a term of three characters that has a list: how many
	// documents have both of its pairs in the body. The list then numbers the
	// documents among those, from 0, and has no frequencies.
	Among uint32
}

// A List is one posting list.
type List struct {
	Docs  []uint32 // document numbers, or numbers among Term.Among documents; increasing
	Freqs []uint8  // occurrences in each, from 1 to MaxFreq; nil where Term.Among is set
}

// Info bits of a term, above its field bits.
const (
	infoWord     = 1 << NumFields       // the term is a word
	infoAmong    = 1 << (NumFields + 1) // its list is one among the documents of its pairs
	weightShift  = NumFields + 2
	maxWeight    = 7
	weightOctave = 2 // binary orders of magnitude that one step of weight stands for
)

// WordWeight returns the weight of a word that n articles have.
func WordWeight(n int) uint8 {
	return uint8(min(bits.Len(uint(n))/weightOctave, maxWeight))
}

// WeightDocs returns about how many articles have a word of the given weight.
func WeightDocs(weight uint8) float64 {
	return float64(uint(1) << (uint(weight) * weightOctave))
}

// A TermsWriter makes a chunk of terms. The zero value is ready for a universe
// of Universe documents.
type TermsWriter struct {
	Universe uint32

	n       int
	prev    []uint32
	heads   []byte // shared prefix and length of the rest
	letters []byte // codes of the rest
	infos   []byte
	counts  []byte // lengths of posting lists
	skips   []byte // bit offset of every sixteenth term's lists
	skipped int
	lists   BitWriter
}

// Add appends a term, which must come after the one before it. lists has an
// element for each bit of t.Fields.
func (w *TermsWriter) Add(t *Term, lists []List) {
	if w.n%skipEvery == 0 {
		w.skips = binary.AppendUvarint(w.skips, uint64(w.lists.Len()-w.skipped))
		w.skipped = w.lists.Len()
	}
	w.n++
	shared := 0
	for shared < min(len(w.prev), len(t.Codes)) && w.prev[shared] == t.Codes[shared] {
		shared++
	}
	rest := t.Codes[shared:]
	w.heads = append(w.heads, byte(shared)<<4|byte(len(rest)))
	for i, code := range rest {
		if i == 0 && shared < len(w.prev) {
			code -= w.prev[shared]
		}
		w.letters = binary.AppendUvarint(w.letters, uint64(code))
	}
	w.prev = append(w.prev[:0], t.Codes...)

	info := t.Fields | t.Weight<<weightShift
	if t.Word {
		info |= infoWord
	}
	if t.Among > 0 {
		info |= infoAmong
	}
	w.infos = append(w.infos, info)
	for _, l := range lists {
		w.counts = binary.AppendUvarint(w.counts, uint64(len(l.Docs)))
		if t.Among > 0 {
			w.counts = binary.AppendUvarint(w.counts, uint64(t.Among)-uint64(len(l.Docs)))
			w.lists.WriteSet(l.Docs, t.Among)
			continue
		}
		w.lists.WriteSet(l.Docs, w.Universe)
		w.lists.WriteFreqs(l.Freqs)
	}
}

// Len returns the number of terms added.
func (w *TermsWriter) Len() int { return w.n }

// Chunk returns the chunk of the terms added.
func (w *TermsWriter) Chunk() *Chunk {
	body := binary.AppendUvarint(nil, uint64(w.n))
	for _, column := range [][]byte{w.heads, w.letters, w.infos, w.counts, w.skips} {
		body = AppendBlock(body, column)
	}
	return &Chunk{Kind: Terms, Body: body, Bits: w.lists.Bytes()}
}

// TermsChunk is a chunk of terms that was read: its dictionary in memory, its
// posting lists still in bits.
type TermsChunk struct {
	Terms    []Term
	skips    []int
	bits     []byte
	universe uint32
}

// OpenTerms reads the dictionary of a chunk of terms in a segment of universe
// documents whose alphabet has letters characters.
func OpenTerms(chunk *Chunk, universe uint32, letters int) (*TermsChunk, error) {
	c := NewCursor("terms", chunk.Body)
	n := c.Count(1)
	var columns [5]*Cursor
	for i, name := range []string{"term heads", "term letters", "term infos", "term counts", "term skips"} {
		columns[i] = NewCursor(name, c.Block())
	}
	if err := c.Close(); err != nil {
		return nil, err
	}
	t := &TermsChunk{bits: chunk.Bits, universe: universe}
	if n > columns[0].Len() {
		columns[0].Fail("%d heads, want %d", columns[0].Len(), n)
		n = 0
	}
	t.Terms = make([]Term, 0, n)
	for i := range n {
		t.readTerm(columns, letters, i)
		if columns[1].Err() != nil {
			break
		}
	}
	for _, column := range columns {
		if err := column.Close(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *TermsChunk) readTerm(columns [5]*Cursor, letters, i int) {
	heads, codes, infos, counts, skips := columns[0], columns[1], columns[2], columns[3], columns[4]
	head := heads.Byte()
	shared, rest := int(head>>4), int(head&15)
	var prev []uint32
	if i > 0 {
		prev = t.Terms[i-1].Codes
	}
	if shared > len(prev) || rest == 0 || shared+rest > MaxTerm {
		codes.Fail("term %d shares %d characters and has %d more", i, shared, rest)
		return
	}
	term := Term{Codes: make([]uint32, shared, shared+rest)}
	copy(term.Codes, prev)
	for j := range rest {
		code := uint64(codes.Int(letters - 1))
		if j == 0 && shared < len(prev) {
			if code == 0 {
				codes.Fail("term %d does not come after the one before", i)
			}
			code += uint64(prev[shared])
		}
		if code >= uint64(letters) {
			codes.Fail("character %d of an alphabet of %d", code, letters)
		}
		term.Codes = append(term.Codes, uint32(code))
	}
	info := infos.Byte()
	term.Fields, term.Word, term.Weight = info&(1<<NumFields-1), info&infoWord != 0, info>>weightShift
	for f := range NumFields {
		if term.Fields>>f&1 != 0 {
			if term.Docs[f] = uint32(counts.Int(int(t.universe))); term.Docs[f] == 0 {
				counts.Fail("a posting list of no documents")
			}
			if info&infoAmong != 0 {
				term.Among = term.Docs[f] + uint32(counts.Int(int(t.universe-term.Docs[f])))
			}
		}
	}
	if i%skipEvery == 0 {
		at := skips.Int(len(t.bits) * 8)
		if i > 0 {
			at += t.skips[len(t.skips)-1]
		}
		t.skips = append(t.skips, at)
	}
	t.Terms = append(t.Terms, term)
}

// Find returns the position of a term, or where it would stand, and whether it
// is there.
func (t *TermsChunk) Find(codes []uint32) (int, bool) {
	lo, hi := 0, len(t.Terms)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		switch c := compareCodes(t.Terms[m].Codes, codes); {
		case c == 0:
			return m, true
		case c < 0:
			lo = m + 1
		default:
			hi = m
		}
	}
	return lo, false
}

func compareCodes(a, b []uint32) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
	}
	return len(a) - len(b)
}

// Lists reads the posting lists of the term at position i, by field; a field
// without one has no documents.
func (t *TermsChunk) Lists(i int) ([NumFields]List, error) {
	var lists [NumFields]List
	r := NewBitReader(t.bits, t.skips[i/skipEvery])
	var scratch List
	var ends []uint32
	for at := i - i%skipEvery; at <= i; at++ {
		term := &t.Terms[at]
		for f := range NumFields {
			n := int(term.Docs[f])
			if n == 0 {
				continue
			}
			l := &scratch
			if at == i {
				l = &lists[f]
			}
			l.Docs = resize(l.Docs, n)
			var ok bool
			if term.Among > 0 {
				ok = r.ReadSet(l.Docs, term.Among)
			} else if ok = r.ReadSet(l.Docs, t.universe); ok {
				l.Freqs = resize(l.Freqs, n)
				ends, ok = r.ReadFreqs(l.Freqs, ends)
			}
			if !ok {
				return lists, &CorruptError{Section: "postings", Offset: int64(t.skips[i/skipEvery] / 8), Reason: "numbers that no posting list has"}
			}
			if err := r.Err("postings"); err != nil {
				return lists, err
			}
		}
	}
	return lists, nil
}

// Size returns about how many bytes of memory the chunk takes.
func (t *TermsChunk) Size() int { return len(t.Terms)*64 + len(t.bits) }

func resize[E any](s []E, n int) []E {
	if cap(s) < n {
		return make([]E, n)
	}
	return s[:n]
}
