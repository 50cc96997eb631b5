package search

// A docSet is a set of documents, by their index-wide numbers.
type docSet []uint64

func newDocSet(docs uint32) docSet { return make(docSet, (docs+63)/64) }

func (s docSet) add(doc uint32) { s[doc/64] |= 1 << (doc % 64) }

func (s docSet) remove(doc uint32) { s[doc/64] &^= 1 << (doc % 64) }

func (s docSet) has(doc uint32) bool { return s[doc/64]>>(doc%64)&1 != 0 }
