package search

import (
	"slices"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/read"
)

// What is counted or filtered is compared with its text up to these bounds, so
// that counts are exact. Beyond them candidates are counted.
const (
	confirmDocs   = 400
	confirmChunks = 64 // of an index that is not one file: each is some 6 kB and a request
)

// countable prepares for counting what is found, if facets or filters are asked.
func (r *run) countable() {
	if len(r.q.Facets) == 0 && len(r.sieves) == 0 {
		return
	}
	r.found = newDocSet(r.e.ix.MaxDoc())
	for _, s := range r.sieves {
		if slices.Contains(r.q.Facets, s.field) {
			s.beside = newDocSet(r.e.ix.MaxDoc())
		}
	}
}

// forget empties what has been found.
func (r *run) forget() {
	clear(r.found)
	for _, s := range r.sieves {
		clear(s.beside)
	}
}

// keeps reports whether a document that has the words is one that was asked
// for, and remembers it.
func (r *run) keeps(doc uint32) bool {
	for _, p := range r.excluded {
		if known(p, doc) == yes {
			return false
		}
	}
	var by *sieve // that keeps it back
	for _, s := range r.sieves {
		if s.pass.has(doc) {
			continue
		}
		if by != nil {
			return false
		}
		by = s
	}
	if by != nil {
		if by.beside != nil {
			by.beside.add(doc)
		}
		return false
	}
	if r.found != nil {
		r.found.add(doc)
	}
	return true
}

// confirmAll compares all that is counted with the text, and reports whether
// that was not too much.
func (r *run) confirmAll(asked words) (bool, error) {
	units, err := r.postings(asked.list)
	if err != nil {
		return false, err
	}
	var docs []uint32
	chunks := make(map[chunk.ID]bool)
	packed := r.e.ix.Manifest.Pack != chunk.ID{}
	for doc := range r.e.ix.MaxDoc() {
		if !r.counts(doc) || !r.unsure(doc) && !undecided(units, doc, asked.any) {
			continue
		}
		id, _ := r.e.ix.StoredChunk(doc)
		chunks[id] = true
		if docs = append(docs, doc); len(docs) > confirmDocs || len(chunks) > confirmChunks && !packed {
			return false, nil
		}
	}
	return true, r.confirm(docs, &asked)
}

// counts reports whether a document is counted for any field.
func (r *run) counts(doc uint32) bool {
	for _, s := range r.sieves {
		if s.beside != nil && s.beside.has(doc) {
			return true
		}
	}
	return r.found.has(doc)
}

// knowledge is what pairs alone tell of a term in a document.
type knowledge uint8

const (
	no knowledge = iota
	maybe
	yes
)

func known(p *read.Postings, doc uint32) knowledge {
	switch fields := p.Contains(doc); {
	case fields == 0:
		return no
	case fields&p.Exact != 0:
		return yes
	}
	return maybe
}

// unsure reports whether pairs alone do not decide about what must and what must
// not be in a document.
func (r *run) unsure(doc uint32) bool {
	return undecided(r.quoted, doc, false) || undecided(r.excluded, doc, false)
}

// undecided reports whether pairs alone do not decide that a document has all,
// or any, of the words that it was found by.
func undecided(words []*read.Postings, doc uint32, some bool) bool {
	open := false
	for _, p := range words {
		switch known(p, doc) {
		case yes:
			if some {
				return false
			}
		case maybe:
			open = true
		}
	}
	return open
}
