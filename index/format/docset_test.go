package format

import (
	"slices"
	"testing"
)

func TestDocSetHasWhatWasAdded(t *testing.T) {
	added := []uint32{0, 7, 8, 18}
	s := NewDocSet(19)
	for _, doc := range added {
		s.Add(doc)
	}
	if !slices.Equal(s, DocSet{0x81, 0x01, 0x04}) {
		t.Errorf("the bytes are %x", []byte(s))
	}
	for doc := range uint32(19) {
		if s.Has(doc) != slices.Contains(added, doc) || DocSet(nil).Has(doc) {
			t.Errorf("document %d: in the set %v, in none %v", doc, s.Has(doc), DocSet(nil).Has(doc))
		}
	}
	for docs := range 40 {
		if got, want := s.IsOf(docs), docs >= 17 && docs <= 24; got != want {
			t.Errorf("it is of %d documents: %v", docs, got)
		}
	}
}
