package format

// TermsChunk is a chunk of terms that was read. It takes a few more bytes than
// the file has, so that a cache holds the dictionary of a large site: flat
// columns, the counts still as bytes and the posting lists still in bits.
type TermsChunk struct {
	sequences
	infos    []byte
	counts   []byte
	skips    []skip // of every sixteenth term
	bits     []byte
	universe uint32
}

// skip is where the counts and the posting lists of a term begin.
type skip struct{ counts, bits int }

// OpenTerms reads the dictionary of a chunk of terms in a segment of universe
// documents whose alphabet has letters characters.
func OpenTerms(chunk *Chunk, universe uint32, letters int) (*TermsChunk, error) {
	c := NewCursor("terms", chunk.Body)
	n := c.Count(1)
	heads, codes := NewCursor("term heads", c.Block()), NewCursor("term letters", c.Block())
	// What is kept is copied, so that the rest of the file can go.
	t := &TermsChunk{infos: clone(c.Block()), counts: clone(c.Block()), bits: clone(chunk.Bits), universe: universe}
	skips := NewCursor("term skips", c.Block())
	if err := c.Close(); err != nil {
		return nil, err
	}
	if heads.Len() != n || len(t.infos) != n {
		c.Fail("%d heads and %d infos of %d terms", heads.Len(), len(t.infos), n)
		return nil, c.Err()
	}
	t.sequences = newSequences(n)
	for range n {
		t.read(heads.Byte(), codes, letters)
	}
	if err := codes.Close(); err != nil {
		return nil, err
	}
	return t, t.readSkips(skips)
}

// sequences are the codes of many terms, one behind the other.
type sequences struct {
	codes  []uint32
	starts []uint32 // of each term, and where the last one ends
}

func newSequences(n int) sequences {
	return sequences{codes: make([]uint32, 0, 3*n), starts: make([]uint32, 1, n+1)}
}

// Codes returns the codes of the term at position i, which must not be changed.
func (t *sequences) Codes(i int) []uint32 { return t.codes[t.starts[i]:t.starts[i+1]:t.starts[i+1]] }

// read appends the codes of a term, of which head says how many it shares
// with the term before.
func (t *sequences) read(head byte, codes *Cursor, letters int) {
	i := len(t.starts) - 1
	var prev []uint32
	if i > 0 {
		prev = t.Codes(i - 1)
	}
	shared, rest := int(head>>4), int(head&15)
	if shared > len(prev) || rest == 0 || shared+rest > MaxTerm {
		codes.Fail("term %d shares %d characters and has %d more", i, shared, rest)
		return
	}
	t.codes = append(t.codes, prev[:shared]...)
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
		t.codes = append(t.codes, uint32(code))
	}
	t.starts = append(t.starts, uint32(len(t.codes)))
}

// readSkips checks the counts of all terms and notes where each sixteenth's are.
func (t *TermsChunk) readSkips(skips *Cursor) error {
	counts := NewCursor("term counts", t.counts)
	at := 0
	for i := range t.infos {
		if i%skipEvery == 0 {
			at += skips.Int(len(t.bits)*8 - at)
			t.skips = append(t.skips, skip{counts.Offset(), at})
		}
		t.readCounts(&Term{}, t.infos[i], counts)
	}
	if err := counts.Close(); err != nil {
		return err
	}
	return skips.Close()
}

// readCounts reads the lengths of a term's posting lists.
func (t *TermsChunk) readCounts(term *Term, info byte, counts *Cursor) {
	term.Fields, term.Word, term.Weight = info&(1<<NumFields-1), info&infoWord != 0, info>>weightShift
	for f := range NumFields {
		if term.Fields>>f&1 == 0 {
			continue
		}
		if term.Docs[f] = uint32(counts.Int(int(t.universe))); term.Docs[f] == 0 {
			counts.Fail("a posting list of no documents")
		}
		if info&infoAmong != 0 {
			term.Among = term.Docs[f] + uint32(counts.Int(int(t.universe-term.Docs[f])))
		}
	}
}

// Len returns the number of terms.
func (t *TermsChunk) Len() int { return len(t.infos) }

// Word reports whether the term at position i is a word, and its weight.
func (t *TermsChunk) Word(i int) (weight uint8, ok bool) {
	return t.infos[i] >> weightShift, t.infos[i]&infoWord != 0
}

// Term returns the term at position i.
func (t *TermsChunk) Term(i int) Term {
	group := i / skipEvery
	counts := &Cursor{section: "term counts", b: t.counts, off: t.skips[group].counts}
	var term Term
	for at := group * skipEvery; at <= i; at++ {
		term = Term{}
		t.readCounts(&term, t.infos[at], counts) // checked when it was opened
	}
	term.Codes = t.Codes(i)
	return term
}

// Find returns the position of a term, or where it would stand, and whether it
// is there.
func (t *TermsChunk) Find(codes []uint32) (int, bool) {
	lo, hi := 0, t.Len()
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		switch c := CompareCodes(t.Codes(m), codes); {
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

// CompareCodes orders two terms by their codes; a prefix comes first.
func CompareCodes(a, b []uint32) int {
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
	var lists, before [NumFields]List
	r := t.listsFrom(i / skipEvery)
	for r.at < i {
		if err := r.next(&before); err != nil {
			return lists, err
		}
	}
	err := r.next(&lists)
	return lists, err
}

// EachLists calls yield with the posting lists of each term from a position on, until
// that returns false: a term is not read before the lists of those before it, so Lists of
// one after the other takes some times as long. The lists are good until yield returns.
func (t *TermsChunk) EachLists(from int, yield func(i int, lists *[NumFields]List) bool) error {
	if from >= t.Len() {
		return nil
	}
	var lists [NumFields]List
	for r := t.listsFrom(from / skipEvery); r.at < t.Len(); {
		at := r.at
		if err := r.next(&lists); err != nil {
			return err
		}
		if at >= from && !yield(at, &lists) {
			return nil
		}
	}
	return nil
}

// listsReader reads the posting lists of one term after the other.
type listsReader struct {
	chunk  *TermsChunk
	at     int // position of the next term
	bits   *BitReader
	counts *Cursor
	ends   []uint32 // scratch
}

// listsFrom returns a reader of the lists of a group of terms and of those after it.
func (t *TermsChunk) listsFrom(group int) *listsReader {
	return &listsReader{
		chunk:  t,
		at:     group * skipEvery,
		bits:   NewBitReader(t.bits, t.skips[group].bits),
		counts: &Cursor{section: "term counts", b: t.counts, off: t.skips[group].counts},
	}
}

// next reads the lists of the next term in the place of those that are there.
func (r *listsReader) next(lists *[NumFields]List) error {
	t := r.chunk
	var term Term
	t.readCounts(&term, t.infos[r.at], r.counts)
	r.at++
	for f := range lists {
		l, n := &lists[f], int(term.Docs[f])
		l.Docs = resize(l.Docs, n)
		if n == 0 || term.Among > 0 {
			l.Freqs = nil
		} else {
			l.Freqs = resize(l.Freqs, n)
		}
		if n == 0 {
			continue
		}
		ok := false
		if term.Among > 0 {
			ok = r.bits.ReadSet(l.Docs, term.Among)
		} else if ok = r.bits.ReadSet(l.Docs, t.universe); ok {
			r.ends, ok = r.bits.ReadFreqs(l.Freqs, r.ends)
		}
		if !ok {
			return &CorruptError{Section: "postings", Offset: int64(t.skips[(r.at-1)/skipEvery].bits / 8), Reason: "numbers that no posting list has"}
		}
		if err := r.bits.Err("postings"); err != nil {
			return err
		}
	}
	return nil
}

// Size returns about how many bytes of memory the chunk takes.
func (t *TermsChunk) Size() int {
	return 4*(len(t.codes)+len(t.starts)) + len(t.infos) + len(t.counts) + 16*len(t.skips) + len(t.bits) + 256
}

func clone(b []byte) []byte { return append(make([]byte, 0, len(b)), b...) }

func resize[E any](s []E, n int) []E {
	if cap(s) < n {
		return make([]E, n)
	}
	return s[:n]
}
