package format

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/kanbao/kanbao/index/format/inflate"
)

// Version is the format that this package writes and the only one it reads.
//
//	1  the first: terms, stored fields and columns in chunks, segments in a manifest
//	2  facets, a vocabulary, variants of characters and synonyms
const Version = 2

// Extension ends the name of every file of an index.
const Extension = ".kb"

// Kind says what is in a chunk.
type Kind uint8

// The kinds of chunks. The numbers are part of the format.
const (
	Terms    Kind = 1  // a range of the term dictionary with its posting lists
	Stored   Kind = 2  // the articles of a range of document numbers
	Norms    Kind = 3  // field lengths, one a document
	Dates    Kind = 4  // dates, one a document
	IDs      Kind = 5  // article IDs, one a document
	Phrases  Kind = 6  // the preset dictionary that stored chunks are deflated with
	Deleted  Kind = 7  // which documents of a segment are deleted
	Facets   Kind = 8  // values to filter and count by, with their documents
	Suggest  Kind = 9  // the vocabulary: what completes and corrects a query
	Variants Kind = 10 // characters that are folded to others
	Synonyms Kind = 11 // words that mean the same thing
	numKinds      = 12
)

var kindNames = [numKinds]string{"", "terms", "stored", "norms", "dates", "ids", "phrases", "deleted", "facets", "suggest", "variants", "synonyms"}

func (k Kind) String() string {
	if k < numKinds && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Kinds lists the kinds of chunks in the order of their numbers.
func Kinds() []Kind {
	var all []Kind
	for k := Terms; k < numKinds; k++ {
		all = append(all, k)
	}
	return all
}

// A chunk file begins with these bytes, the version and the kind; the lengths
// of its two parts follow.
const chunkMagic = "kbc"

// A Chunk is one chunk file: a part that was worth deflating, and a part of
// bit codes that is not. Either may be empty.
type Chunk struct {
	Kind Kind
	Body []byte // deflated in the file
	Bits []byte // as it stands
}

// MaxBody is the largest Body that a reader will inflate, in bytes.
const MaxBody = 64 << 20

// Append appends the file of the chunk to b. dict is the preset dictionary of
// the deflated part, or nil.
func (c *Chunk) Append(b, dict []byte) []byte {
	b = append(b, chunkMagic...)
	b = append(b, Version, byte(c.Kind))
	deflated := pack(c.Body, dict)
	b = binary.AppendUvarint(b, uint64(len(c.Body)))
	b = binary.AppendUvarint(b, uint64(len(deflated)))
	b = append(b, deflated...)
	return append(b, c.Bits...)
}

// OpenChunk reads the file of a chunk of the wanted kind. Bits of the result
// shares memory with file.
func OpenChunk(file []byte, want Kind, dict []byte) (*Chunk, error) {
	c := NewCursor("chunk", file)
	if magic := c.Bytes(len(chunkMagic)); c.Err() == nil && string(magic) != chunkMagic {
		c.Fail("begins with %q, want %q", magic, chunkMagic)
	}
	version, kind := int(c.Byte()), Kind(c.Byte())
	if c.Err() != nil {
		return nil, c.Err()
	}
	if version != Version {
		return nil, &VersionError{Found: version}
	}
	if kind != want {
		c.Fail("is of the kind %v, want %v", kind, want)
	}
	size := c.Int(MaxBody)
	deflated := c.Bytes(c.Count(1))
	bits := c.Bytes(c.Len())
	if c.Err() != nil {
		return nil, c.Err()
	}
	body, err := unpack(deflated, size, dict)
	if err != nil {
		return nil, &CorruptError{Section: kind.String(), Reason: err.Error()}
	}
	return &Chunk{Kind: kind, Body: body, Bits: bits}, nil
}

// A packer deflates after a dictionary that it has read. Making one takes longer
// than deflating a chunk does.
type packer struct {
	*flate.Writer
	dict []byte
}

// packers are those without a dictionary and those with one.
var packers [2]sync.Pool

func pack(body, dict []byte) []byte {
	if len(body) == 0 {
		return nil
	}
	pool := &packers[min(len(dict), 1)]
	var out bytes.Buffer
	p, _ := pool.Get().(*packer)
	if p != nil && bytes.Equal(p.dict, dict) {
		p.Reset(&out)
	} else {
		w, _ := flate.NewWriterDict(&out, flate.BestCompression, dict) // the level is valid
		p = &packer{w, bytes.Clone(dict)}
	}
	// A bytes.Buffer takes every write.
	p.Write(body)
	p.Close()
	pool.Put(p)
	return out.Bytes()
}

func unpack(deflated []byte, size int, dict []byte) ([]byte, error) {
	if size == 0 {
		if len(deflated) != 0 {
			return nil, errors.New("nothing is to be inflated, but bytes are there")
		}
		return nil, nil
	}
	// Deflate makes at most 1032 bytes of one (RFC 1951), so a size that the
	// bytes cannot fill is damage, and is found before memory is asked for.
	if size > len(deflated)*1032 {
		return nil, fmt.Errorf("%d bytes cannot inflate to %d", len(deflated), size)
	}
	body := make([]byte, size)
	if err := inflate.Inflate(body, deflated, dict); err != nil {
		return nil, fmt.Errorf("inflate %d bytes to %d: %w", len(deflated), size, err)
	}
	return body, nil
}
