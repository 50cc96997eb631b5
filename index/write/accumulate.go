package write

import (
	"encoding/binary"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// accumulator gathers the posting lists of all the articles in memory, packed.
// Its document numbers are the order in which articles were added.
type accumulator struct {
	docs     []*analyzed
	pairs    map[uint64]*pairLists
	trigrams map[uint64]*packed
	words    map[string]int // articles that have the word
	titled   map[string]int // articles that have it in a title or heading
	joined   map[string]int // articles that have neighbours there that may be a word
	runes    map[rune]int
	lengths  [manifest.NumFields]uint64
}

// pairLists are a pair's posting lists. Few pairs stand in titles or headings.
type pairLists struct {
	body packed
	rest *[manifest.Body]packed
}

func (p *pairLists) field(f uint8) *packed {
	if f == manifest.Body {
		return &p.body
	}
	if p.rest == nil {
		p.rest = new([manifest.Body]packed)
	}
	return &p.rest[f]
}

func newAccumulator() *accumulator {
	return &accumulator{
		pairs:    make(map[uint64]*pairLists),
		trigrams: make(map[uint64]*packed),
		words:    make(map[string]int),
		titled:   make(map[string]int),
		joined:   make(map[string]int),
		runes:    make(map[rune]int),
	}
}

func (acc *accumulator) add(d *analyzed) {
	doc := uint32(len(acc.docs))
	for _, p := range d.pairs {
		lists := acc.pairs[p.key]
		if lists == nil {
			lists = new(pairLists)
			acc.pairs[p.key] = lists
		}
		lists.field(p.field).add(doc, p.n)
	}
	for _, key := range d.trigrams {
		list := acc.trigrams[key]
		if list == nil {
			list = new(packed)
			acc.trigrams[key] = list
		}
		list.add(doc, 1)
	}
	for _, word := range d.words {
		acc.words[word]++
	}
	for _, word := range d.titled {
		acc.titled[word]++
	}
	for _, word := range d.joined {
		acc.joined[word]++
	}
	for r, n := range d.runes {
		acc.runes[r] += n
	}
	for f, n := range d.lengths {
		acc.lengths[f] += uint64(n)
	}
	d.pairs, d.trigrams, d.words, d.titled, d.joined, d.runes = nil, nil, nil, nil, nil, nil
	acc.docs = append(acc.docs, d)
}

// packed is a posting list in few bytes: most of them have one document.
type packed struct {
	n     uint32
	last  uint32
	first uint32 // the first document, when n > 0
	freq  uint8  // and its frequency
	more  []byte // distance and frequency of each of the others
}

func (p *packed) add(doc uint32, freq uint8) {
	if p.n == 0 {
		p.first, p.freq = doc, freq
	} else {
		// Frequency 1, the common one, shares a number with the distance.
		if d := uint64(doc-p.last) << 1; freq == 1 {
			p.more = binary.AppendUvarint(p.more, d)
		} else {
			p.more = append(binary.AppendUvarint(p.more, d|1), freq)
		}
	}
	p.n++
	p.last = doc
}

// each calls yield with every document and its frequency, in order.
func (p *packed) each(yield func(doc uint32, freq uint8)) {
	if p.n == 0 {
		return
	}
	doc := p.first
	yield(doc, p.freq)
	for b := p.more; len(b) > 0; {
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

// list unpacks the list with documents renumbered, sorted by their new numbers.
func (p *packed) list(number []uint32, freqs bool) format.List {
	l := format.List{Docs: make([]uint32, 0, p.n)}
	sorted := true
	var of []uint8
	p.each(func(doc uint32, freq uint8) {
		if n := len(l.Docs); n > 0 && number[doc] < l.Docs[n-1] {
			sorted = false
		}
		l.Docs = append(l.Docs, number[doc])
		of = append(of, freq)
	})
	if freqs {
		l.Freqs = of
	}
	if !sorted {
		sortList(&l)
	}
	return l
}
