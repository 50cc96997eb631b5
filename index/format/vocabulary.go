package format

import (
	"encoding/binary"
	"sort"
	"unicode/utf8"
)

// A Word is one entry of a vocabulary.
type Word struct {
	Codes []uint32 // its characters as numbers of the segment's alphabet
	// Pronunciations says of each character which of its pronunciations it has here (see
	// Pronunciations); nil where each has its first.
	Pronunciations []uint8
	Docs           uint32 // articles that have it, about
	Entity         bool   // the name of a person, place or organisation
}

// bucketBase is how many buckets share their first two letters.
const bucketBase = 27

// Bucket returns the number of the bucket that words of that pronunciation are in: the first
// three letters as the digits of a number, a as 1. Whatever does not begin with
// a letter is in bucket 1, and no word in bucket 0.
func Bucket(pronunciation string) int {
	n := 0
	for i := range 3 {
		n *= bucketBase
		if i < len(pronunciation) && pronunciation[i] >= 'a' && pronunciation[i] <= 'z' {
			n += int(pronunciation[i]-'a') + 1
		} else {
			pronunciation = ""
		}
	}
	return max(n, 1)
}

// MaxBucket is the last bucket.
const MaxBucket = bucketBase*bucketBase*bucketBase - 1

// Buckets returns the first and last of the buckets of words whose pronunciation
// begins with some letters.
func Buckets(prefix string) (from, to int) {
	from = Bucket(prefix)
	to = from
	if n := len(prefix); n < 3 && from > 1 {
		for width := bucketBase; n < 3; n++ {
			to = from + width - 1
			width *= bucketBase
		}
	}
	return from, to
}

// Vocabulary returns the chunk of words, which are sorted by their codes.
func Vocabulary(words []Word) *Chunk {
	var heads, letters, infos, pronunciations []byte
	var prev []uint32
	for _, w := range words {
		heads, letters = appendCodes(heads, letters, prev, w.Codes)
		prev = w.Codes
		info := uint64(w.Docs) << 2
		if w.Entity {
			info |= 2
		}
		if w.Pronunciations != nil {
			info |= 1
			pronunciations = append(pronunciations, w.Pronunciations...)
		}
		infos = binary.AppendUvarint(infos, info)
	}
	body := binary.AppendUvarint(nil, uint64(len(words)))
	for _, column := range [][]byte{heads, letters, infos, pronunciations} {
		body = AppendBlock(body, column)
	}
	return &Chunk{Kind: Suggest, Body: body}
}

// ReadVocabulary reads what Vocabulary wrote for an alphabet of so many letters.
func ReadVocabulary(body []byte, letters int) ([]Word, error) {
	c := NewCursor("vocabulary", body)
	n := c.Count(1)
	var columns [4]*Cursor
	for i, name := range []string{"word heads", "word letters", "word infos", "word pronunciations"} {
		columns[i] = NewCursor(name, c.Block())
	}
	if n > columns[0].Len() {
		c.Fail("%d words, but %d heads", n, columns[0].Len())
	}
	if err := c.Close(); err != nil {
		return nil, err
	}
	words := make([]Word, n)
	codes := newSequences(n)
	for i := range words {
		codes.read(columns[0].Byte(), columns[1], letters)
		if columns[1].Err() != nil {
			break
		}
		w := &words[i]
		w.Codes = codes.Codes(i)
		info := columns[2].Int(1<<34 - 1)
		w.Docs, w.Entity = uint32(info>>2), info&2 != 0
		if info&1 != 0 {
			w.Pronunciations = columns[3].Bytes(len(w.Codes))
		}
	}
	for _, column := range columns {
		if err := column.Close(); err != nil {
			return nil, err
		}
	}
	return words, nil
}

// Pronunciations are how Han characters are pronounced: pinyin without tones.
type Pronunciations struct {
	Syllables []string          // all that are in use, sorted
	Of        map[rune][]uint16 // of each character, as numbers of Syllables; the commonest first
}

// Chunk returns the chunk of the pronunciations.
func (r *Pronunciations) Chunk() *Chunk {
	chars := make([]int, 0, len(r.Of))
	for char := range r.Of {
		chars = append(chars, int(char))
	}
	sort.Ints(chars)
	body := binary.AppendUvarint(nil, uint64(len(r.Syllables)))
	last := ""
	for _, s := range r.Syllables {
		body = AppendShared(body, last, s)
		last = s
	}
	var codes, counts, numbers []byte
	prev := 0
	for _, char := range chars {
		codes = binary.AppendUvarint(codes, uint64(char-prev))
		prev = char
		of := r.Of[rune(char)]
		counts = append(counts, byte(len(of)))
		for _, n := range of {
			numbers = binary.AppendUvarint(numbers, uint64(n))
		}
	}
	for _, column := range [][]byte{codes, counts, numbers} {
		body = AppendBlock(body, column)
	}
	return &Chunk{Kind: Suggest, Body: body}
}

// ReadPronunciations reads what Pronunciations.Chunk wrote.
func ReadPronunciations(body []byte) (*Pronunciations, error) {
	c := NewCursor("pronunciations", body)
	r := &Pronunciations{Syllables: ReadShared(c, c.Count(2)), Of: make(map[rune][]uint16)}
	chars, counts, numbers := NewCursor("pronunciation letters", c.Block()), NewCursor("pronunciation counts", c.Block()), NewCursor("pronunciation numbers", c.Block())
	for at := 0; chars.Len() > 0; {
		d := chars.Int(utf8.MaxRune - at)
		if d == 0 {
			chars.Fail("no next character of %d", at)
			break
		}
		at += d
		of := make([]uint16, counts.Byte())
		for i := range of {
			of[i] = uint16(numbers.Int(len(r.Syllables) - 1))
		}
		r.Of[rune(at)] = of
	}
	for _, column := range [...]*Cursor{c, chars, counts, numbers} {
		if err := column.Close(); err != nil {
			return nil, err
		}
	}
	return r, nil
}
