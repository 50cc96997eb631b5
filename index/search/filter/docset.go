package filter

// A DocSet is a set of documents, by their index-wide numbers.
type DocSet []uint64

// NewDocSet returns an empty set with room for so many documents.
func NewDocSet(docs uint32) DocSet { return make(DocSet, (docs+63)/64) }

// Add adds a document.
func (s DocSet) Add(doc uint32) { s[doc/64] |= 1 << (doc % 64) }

// Remove removes a document.
func (s DocSet) Remove(doc uint32) { s[doc/64] &^= 1 << (doc % 64) }

// Has reports whether a document is in the set.
func (s DocSet) Has(doc uint32) bool { return s[doc/64]>>(doc%64)&1 != 0 }

// AddAll adds the documents of another set of the same size.
func (s DocSet) AddAll(other DocSet) {
	for i := range other {
		s[i] |= other[i]
	}
}
