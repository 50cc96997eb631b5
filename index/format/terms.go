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
	// Word says that the articles were segmented with the term as a word, and Weight is about the binary logarithm of how many articles have
	// it as one, from 0 to 7.
	Word   bool
	Weight uint8
	// Docs is the length of each posting list, by field.
	Docs [NumFields]uint32
	// Among is set for a trigram that has a list: it is how many documents have both of
	// its bigrams in the body. The list then says which of these have the trigram, by
	// their positions among them, from 0; it has no frequencies.
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
	infoAmong    = 1 << (NumFields + 1) // its list is one among the documents of its bigrams
	weightShift  = NumFields + 2
	maxWeight    = 7
	weightOctave = 2 // binary orders of magnitude that one step of weight stands for
)

// WordWeight returns the weight of a word that n articles have.
func WordWeight(n int) uint8 {
	return uint8(min(bits.Len(uint(n))/weightOctave, maxWeight))
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
	w.heads, w.letters = appendCodes(w.heads, w.letters, w.prev, t.Codes)
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

// Chunk returns the chunk of the terms added.
func (w *TermsWriter) Chunk() *Chunk {
	body := binary.AppendUvarint(nil, uint64(w.n))
	for _, column := range [][]byte{w.heads, w.letters, w.infos, w.counts, w.skips} {
		body = AppendBlock(body, column)
	}
	return &Chunk{Kind: Terms, Body: body, Bits: w.lists.Bytes()}
}

// appendCodes appends a sequence of codes that comes after prev to the columns of
// heads and of letters.
func appendCodes(heads, letters []byte, prev, codes []uint32) ([]byte, []byte) {
	shared := 0
	for shared < min(len(prev), len(codes)) && prev[shared] == codes[shared] {
		shared++
	}
	rest := codes[shared:]
	heads = append(heads, byte(shared)<<4|byte(len(rest)))
	for i, code := range rest {
		if i == 0 && shared < len(prev) {
			code -= prev[shared]
		}
		letters = binary.AppendUvarint(letters, uint64(code))
	}
	return heads, letters
}
