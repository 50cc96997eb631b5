package format

import (
	"encoding/binary"
)

// A SynonymList has groups of names. Those of one group mean the same thing.
type SynonymList struct {
	Groups [][]Synonym
	// Variants are the characters that are folded to one of the names', so that a
	// query can be folded that has a name no article has.
	Variants map[rune]rune
}

// A Synonym is one of several names for one thing, as it was written and folded.
type Synonym struct{ Written, Folded string }

// Append appends the synonyms to b.
func (s *SynonymList) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.Groups)))
	for _, names := range s.Groups {
		b = binary.AppendUvarint(b, uint64(len(names)))
		for _, n := range names {
			b = AppendString(b, n.Written)
			if n.Folded == n.Written {
				n.Folded = ""
			}
			b = AppendString(b, n.Folded)
		}
	}
	return AppendVariants(b, s.Variants)
}

// ReadSynonyms reads what Append wrote.
func ReadSynonyms(c *Cursor) *SynonymList {
	s := new(SynonymList)
	for range c.Count(1) {
		var names []Synonym
		for range c.Count(2) {
			n := Synonym{Written: c.String(), Folded: c.String()}
			if n.Folded == "" {
				n.Folded = n.Written
			}
			if n.Written == "" {
				c.Fail("a name of no characters")
			}
			names = append(names, n)
		}
		if len(names) < 2 {
			c.Fail("%d names that mean one thing, want at least 2", len(names))
		}
		s.Groups = append(s.Groups, names)
	}
	s.Variants = ReadVariants(c)
	return s
}
