package manifest

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
)

// Fields are the fields of an article that are searched, in the order of their
// bits in a term's entry.
var Fields = [...]string{"title", "heading", "body"}

// The fields by number.
const (
	Title = iota
	Heading
	Body
	NumFields
)

// A Manifest says what an index consists of.
type Manifest struct {
	// Settings names how text was analyzed; segments of different settings
	// cannot stand in one index.
	Settings string
	// Pack is the one file that all the chunks lie in, in the order of the
	// segments and their chunks, or zero if each chunk is a file of its own.
	Pack     chunk.ID
	Segments []*Segment
}

// A Segment is an index of some of the articles, complete in itself. Document
// numbers count from 0 in each.
type Segment struct {
	Docs     int
	Terms    int
	Lengths  [NumFields]uint64 // bigrams in each field, over all documents
	Alphabet *format.Alphabet
	Chunks   []Chunk // by kind, then in order of key
	Deleted  int     // documents that the Deleted chunk names
	// Bundle has the chunks of the segment (see Chunk.Bundled) in one file, for
	// whom that is worth a request; it is zero if there is none.
	Bundle chunk.ID
	// Bytes is the size of all chunks of a kind together.
	Bytes map[format.Kind]int64
	// Spaced are the characters before and behind a space anywhere in the text,
	// as codes. Han text has few, and a phrase with a space between other
	// characters is known not to stand there without fetching anything.
	Spaced [2][]uint32
	// Variants are the characters of the text that are folded, with what they are
	// folded to. Whoever folds the text of the segment needs no others.
	Variants map[rune]rune
}

// A Chunk is one entry of a segment's table.
type Chunk struct {
	ID   chunk.ID
	Kind format.Kind
	Size int // bytes of the file, known only in a packed index
	// From is the first document number for chunks of documents, for chunks of
	// words the first bucket (see format.Bucket), and the number of the field for
	// facets.
	From int
	// Key is the first term for chunks of terms, as codes of the alphabet.
	Key []uint32
}

const magic = "kbm"

// Head returns what a manifest of this format begins with: its letters and the
// version.
func Head() []byte { return append([]byte(magic), format.Version) }

// Docs returns the number of documents that are not deleted.
func (m *Manifest) Docs() int {
	n := 0
	for _, s := range m.Segments {
		n += s.Docs - s.Deleted
	}
	return n
}

// Of returns the chunks of a kind, in order.
func (s *Segment) Of(kind format.Kind) []Chunk {
	from, to := len(s.Chunks), 0
	for i, c := range s.Chunks {
		if c.Kind == kind {
			from, to = min(from, i), i+1
		}
	}
	if from >= to {
		return nil
	}
	return s.Chunks[from:to]
}

// Bundled reports whether the chunk is in its segment's bundle. Deleted documents and
// synonyms change while all else stays.
func (c *Chunk) Bundled() bool { return c.Kind != format.Deleted && c.Kind != format.Synonyms }

// Bundled returns the IDs of the chunks in the segment's bundle, in order.
func (s *Segment) Bundled() []chunk.ID {
	var ids []chunk.ID
	for _, c := range s.Chunks {
		if c.Bundled() {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Extents returns where each chunk lies in the pack.
func (m *Manifest) Extents() map[chunk.ID]chunk.Extent {
	extents := make(map[chunk.ID]chunk.Extent)
	at := 0
	for _, s := range m.Segments {
		for _, c := range s.Chunks {
			if _, ok := extents[c.ID]; !ok {
				extents[c.ID] = chunk.Extent{Offset: at, Size: c.Size}
				at += c.Size
			}
		}
	}
	return extents
}

// Append appends the manifest's file to b.
func (m *Manifest) Append(b []byte) []byte {
	body := format.AppendString(nil, m.Settings)
	body = append(body, m.Pack[:]...)
	body = binary.AppendUvarint(body, uint64(len(m.Segments)))
	for _, s := range m.Segments {
		body = s.append(body, m.Pack != chunk.ID{})
	}
	sum := chunk.Sum(body)
	b = append(b, magic...)
	b = append(b, format.Version)
	b = append(b, sum[:]...)
	return format.AppendBlock(b, body)
}

func (s *Segment) append(b []byte, packed bool) []byte {
	b = binary.AppendUvarint(b, uint64(s.Docs))
	b = binary.AppendUvarint(b, uint64(s.Deleted))
	b = binary.AppendUvarint(b, uint64(s.Terms))
	b = append(b, s.Bundle[:]...)
	for _, n := range s.Lengths {
		b = binary.AppendUvarint(b, n)
	}
	b = s.Alphabet.Append(b)
	for _, set := range s.Spaced {
		var w format.BitWriter
		w.WriteSet(set, uint32(s.Alphabet.Len()))
		b = binary.AppendUvarint(b, uint64(len(set)))
		b = format.AppendBlock(b, w.Bytes())
	}
	b = s.Alphabet.AppendVariants(b, s.Variants)
	for _, kind := range format.Kinds() {
		b = s.appendTable(b, kind, packed)
	}
	return b
}

func (s *Segment) appendTable(b []byte, kind format.Kind, packed bool) []byte {
	chunks := s.Of(kind)
	b = binary.AppendUvarint(b, uint64(len(chunks)))
	if len(chunks) == 0 {
		return b
	}
	b = binary.AppendUvarint(b, uint64(s.Bytes[kind]))
	var prev Chunk
	for _, c := range chunks {
		b = append(b, c.ID[:]...)
		if packed {
			b = binary.AppendUvarint(b, uint64(c.Size))
		}
		if kind == format.Terms {
			b = appendKey(b, prev.Key, c.Key)
		} else {
			b = binary.AppendUvarint(b, uint64(c.From-prev.From))
		}
		prev = c
	}
	return b
}

// appendKey appends a term: its length, its first code less that of the term
// before, and its other codes.
func appendKey(b []byte, prev, key []uint32) []byte {
	b = append(b, byte(len(key)))
	for i, code := range key {
		if i == 0 && len(prev) > 0 {
			code -= prev[0]
		}
		b = binary.AppendUvarint(b, uint64(code))
	}
	return b
}

// Open reads the file of a manifest. Its error is a format.CorruptError or a
// format.VersionError.
func Open(file []byte) (*Manifest, error) {
	c := format.NewCursor("manifest", file)
	if found := c.Bytes(len(magic)); c.Err() == nil && string(found) != magic {
		c.Fail("begins with %q, want %q", found, magic)
	}
	version := int(c.Byte())
	if c.Err() == nil && version != format.Version {
		return nil, &format.VersionError{File: chunk.ManifestName, Found: version}
	}
	var sum chunk.ID
	copy(sum[:], c.Bytes(chunk.IDSize))
	body := c.Block()
	if err := c.Close(); err != nil {
		return nil, format.InFile(err, chunk.ManifestName)
	}
	if chunk.Sum(body) != sum {
		return nil, &format.CorruptError{File: chunk.ManifestName, Section: "manifest", Reason: "the checksum is not that of the bytes"}
	}
	m, err := read(format.NewCursor("manifest body", body))
	return m, format.InFile(err, chunk.ManifestName)
}

func read(c *format.Cursor) (*Manifest, error) {
	m := &Manifest{Settings: c.String()}
	copy(m.Pack[:], c.Bytes(chunk.IDSize))
	for range c.Count(1) {
		m.Segments = append(m.Segments, readSegment(c, m.Pack != chunk.ID{}))
		if c.Err() != nil {
			break
		}
	}
	return m, c.Close()
}

func readSegment(c *format.Cursor, packed bool) *Segment {
	s := &Segment{Docs: c.Int(math.MaxInt32), Bytes: make(map[format.Kind]int64)}
	s.Deleted = c.Int(s.Docs)
	s.Terms = c.Int(math.MaxInt32)
	copy(s.Bundle[:], c.Bytes(chunk.IDSize))
	for i := range s.Lengths {
		s.Lengths[i] = c.Uvarint()
	}
	s.Alphabet = format.ReadAlphabet(c)
	for i := range s.Spaced {
		s.Spaced[i] = readSet(c, s.Alphabet.Len())
	}
	s.Variants = s.Alphabet.ReadVariants(c)
	for _, kind := range format.Kinds() {
		s.readTable(c, kind, packed)
	}
	if c.Err() == nil {
		if err := s.check(); err != nil {
			c.Fail("%v", err)
		}
	}
	return s
}

func readSet(c *format.Cursor, universe int) []uint32 {
	n := c.Int(universe)
	r := format.NewBitReader(c.Block(), 0)
	if n == 0 {
		return nil
	}
	set := make([]uint32, n)
	if !r.ReadSet(set, uint32(universe)) || r.Err("manifest body") != nil {
		c.Fail("a set of %d characters that is none", n)
	}
	return set
}

func (s *Segment) readTable(c *format.Cursor, kind format.Kind, packed bool) {
	n := c.Count(chunk.IDSize + 1)
	if n == 0 {
		return
	}
	s.Bytes[kind] = int64(c.Int(math.MaxInt32))
	prev := Chunk{Kind: kind}
	for range n {
		e := Chunk{Kind: kind}
		copy(e.ID[:], c.Bytes(chunk.IDSize))
		if packed {
			e.Size = c.Int(math.MaxInt32)
		}
		if kind == format.Terms {
			e.Key = readKey(c, prev.Key, s.Alphabet.Len()-1)
		} else {
			e.From = prev.From + c.Int(max(s.last(kind)-prev.From, 0))
		}
		if c.Err() != nil {
			return
		}
		s.Chunks, prev = append(s.Chunks, e), e
	}
}

// last returns what From of a chunk is at most.
func (s *Segment) last(kind format.Kind) int {
	switch kind {
	case format.Suggest:
		return format.MaxBucket
	case format.Facets:
		return format.NumFacets - 1
	}
	return s.Docs - 1
}

func readKey(c *format.Cursor, prev []uint32, most int) []uint32 {
	n := int(c.Byte())
	if n == 0 || n > format.MaxTerm {
		c.Fail("a term of %d characters", n)
		return nil
	}
	key := make([]uint32, n)
	for i := range key {
		base := 0
		if i == 0 && len(prev) > 0 {
			base = int(prev[0])
		}
		key[i] = uint32(base + c.Int(most-base))
	}
	return key
}

// check reports whether the table is in order.
func (s *Segment) check() error {
	for i := 1; i < len(s.Chunks); i++ {
		a, b := &s.Chunks[i-1], &s.Chunks[i]
		switch {
		case a.Kind > b.Kind:
			return fmt.Errorf("chunk %d of kind %v stands behind one of %v", i, b.Kind, a.Kind)
		case a.Kind < b.Kind:
		case a.Kind == format.Terms && format.CompareCodes(a.Key, b.Key) >= 0, a.Kind != format.Terms && a.From >= b.From:
			return fmt.Errorf("chunk %d does not begin behind the one before", i)
		}
	}
	for _, kind := range []format.Kind{format.Stored, format.Norms, format.Dates, format.IDs} {
		if of := s.Of(kind); s.Docs > 0 && (len(of) == 0 || of[0].From != 0) {
			return fmt.Errorf("no chunk of %v for document 0", kind)
		}
	}
	if of := s.Of(format.Suggest); len(of) > 0 && of[0].From != 0 {
		return fmt.Errorf("a vocabulary without pronunciations")
	}
	return nil
}
