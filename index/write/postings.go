package write

import (
	"encoding/binary"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// packed is a posting list in few bytes, of documents by their final numbers.
type packed struct {
	n    uint32
	data []byte
}

// each calls yield with every document and its frequency, in order.
func (p *packed) each(yield func(doc uint32, freq uint8)) {
	doc := uint32(0)
	for b := p.data; len(b) > 0; {
		d, n := binary.Uvarint(b)
		b = b[n:]
		freq := uint8(1)
		if d&1 != 0 {
			freq, b = b[0], b[1:]
		}
		doc += uint32(d >> 1)
		yield(doc, freq)
	}
}

// docs appends the documents to a list.
func (p *packed) docs(to []uint32) []uint32 {
	p.each(func(doc uint32, _ uint8) { to = append(to, doc) })
	return to
}

// list unpacks the list with its frequencies.
func (p *packed) list() format.List {
	l := format.List{Docs: make([]uint32, 0, p.n), Freqs: make([]uint8, 0, p.n)}
	p.each(func(doc uint32, freq uint8) { l.Docs, l.Freqs = append(l.Docs, doc), append(l.Freqs, freq) })
	return l
}

// arena packs lists side by side.
type arena struct{ block []byte }

// pack packs a list in order; without freqs each is 1.
func (a *arena) pack(docs []uint32, freqs []uint8) packed {
	if most := len(docs) * (binary.MaxVarintLen32 + 1); cap(a.block)-len(a.block) < most {
		a.block = make([]byte, 0, max(most, 256<<10))
	}
	from, last := len(a.block), uint32(0)
	for i, doc := range docs {
		freq := uint8(1)
		if freqs != nil {
			freq = freqs[i]
		}
		a.block = appendPosting(a.block, doc-last, freq)
		last = doc
	}
	return packed{uint32(len(docs)), a.block[from:len(a.block):len(a.block)]}
}

// bigramLists are a bigram's posting lists. Few bigrams stand in titles or headings.
type bigramLists struct {
	body packed
	rest *[manifest.Body]packed
}

func (p *bigramLists) field(f uint8) *packed {
	if f == manifest.Body {
		return &p.body
	}
	if p.rest == nil {
		p.rest = new([manifest.Body]packed)
	}
	return &p.rest[f]
}

// articles returns the number of articles that have the bigram in any field.
func (p *bigramLists) articles() int {
	if p.rest == nil {
		return int(p.body.n)
	}
	seen := make(map[uint32]bool)
	for f := range uint8(manifest.NumFields) {
		p.field(f).each(func(doc uint32, _ uint8) { seen[doc] = true })
	}
	return len(seen)
}

// bigramLists merges the lists of all bigrams.
func (b *builder) bigramLists() error {
	b.bigrams = make(map[uint64]*bigramLists)
	var a arena
	var before *bigramLists
	last := uint64(1) << 63
	return b.acc.bigrams.merge(func(key uint64, docs []uint32, freqs []uint8) error {
		b.renumber(docs, freqs)
		if bigram := key >> fieldBits; bigram != last {
			before, last = new(bigramLists), bigram
			b.bigrams[bigram] = before
		}
		*before.field(uint8(key & (1<<fieldBits - 1))) = a.pack(docs, freqs)
		return nil
	})
}

// renumber gives a list's documents their final numbers, in order.
func (b *builder) renumber(docs []uint32, freqs []uint8) {
	sorted := true
	for i, doc := range docs {
		docs[i] = b.number[doc]
		sorted = sorted && (i == 0 || docs[i-1] < docs[i])
	}
	if !sorted {
		sortList(&format.List{Docs: docs, Freqs: freqs})
	}
}
