package format

// A DocSet is a set of documents of a segment: a bit for each, that of document 0
// the lowest of the first byte. The chunk of the kind Deleted is one. Nil is the
// empty set of any segment.
type DocSet []byte

// NewDocSet returns an empty set of the documents of a segment that has that many.
func NewDocSet(docs int) DocSet { return make(DocSet, (docs+7)/8) }

// IsOf reports whether the set has the length of one of so many documents.
func (s DocSet) IsOf(docs int) bool { return len(s) == (docs+7)/8 }

// Add adds a document.
func (s DocSet) Add(doc uint32) { s[doc/8] |= 1 << (doc % 8) }

// Has reports whether a document is in the set.
func (s DocSet) Has(doc uint32) bool { return s != nil && s[doc/8]>>(doc%8)&1 != 0 }
