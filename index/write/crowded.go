package write

import (
	"context"
	"slices"
)

// A crowd is a trigram whose pairs stand together in too many articles.
type crowd struct {
	key   uint64
	among int // articles that have both pairs
}

// crowded returns the trigrams whose two pairs stand together in many more
// articles than the trigram itself does: those get posting lists of their own,
// so that a phrase's candidates are never many more than its articles. For all
// others the two pairs say it nearly as well, at no cost. Trigrams with a
// character that has no number are left out: so their pairs are sets too large.
func (b *builder) crowded() []crowd {
	keys := make([]uint64, 0, len(b.acc.trigrams))
	for key, list := range b.acc.trigrams {
		x, y := b.pairsOf(key)
		if min(x.n, y.n) > list.n+uint32(b.opt.Excess) {
			keys = append(keys, key)
		}
	}
	const batch = 4096
	found := make([][]crowd, (len(keys)+batch-1)/batch)
	sets := b.frequentSets() // made once and shared
	_, _ = each(context.Background(), len(found), func(i int) ([]byte, error) {
		for _, key := range keys[i*batch : min((i+1)*batch, len(keys))] {
			if n := b.together(key, sets); n > int(b.acc.trigrams[key].n)+b.opt.Excess && b.numbered(key) {
				found[i] = append(found[i], crowd{key, n})
			}
		}
		return nil, nil
	})
	return slices.Concat(found...)
}

// numbered reports whether each character of a trigram has a number.
func (b *builder) numbered(key uint64) bool {
	for range 3 {
		if _, ok := b.seg.Alphabet.Code(rune(key & (1<<runeBits - 1))); !ok {
			return false
		}
		key >>= runeBits
	}
	return true
}

// among returns which of the articles that have both pairs of a trigram have
// the trigram, numbered among those.
func (b *builder) among(key uint64) []uint32 {
	x, y := b.pairsOf(key)
	docs, second, third := x.list(b.number, false).Docs, y.list(b.number, false).Docs, b.acc.trigrams[key].list(b.number, false).Docs
	both := uint32(0)
	var among []uint32
	for _, doc := range docs {
		for len(second) > 0 && second[0] < doc {
			second = second[1:]
		}
		if len(second) == 0 || second[0] != doc {
			continue
		}
		if len(third) > 0 && third[0] == doc {
			among, third = append(among, both), third[1:]
		}
		both++
	}
	return among
}

// pairsOf returns the body lists of a trigram's two pairs.
func (b *builder) pairsOf(key uint64) (x, y *packed) {
	first, second := key>>runeBits, key&(1<<(2*runeBits)-1)
	return &b.acc.pairs[first].body, &b.acc.pairs[second].body
}

// bitset has a bit for each document.
type bitset []uint64

// frequentSets returns the articles of every pair that many have, as bits.
func (b *builder) frequentSets() map[*packed]bitset {
	sets := make(map[*packed]bitset)
	for _, lists := range b.acc.pairs {
		if int(lists.body.n) > len(b.acc.docs)/64+b.opt.Excess {
			sets[&lists.body] = b.bits(&lists.body)
		}
	}
	return sets
}

func (b *builder) bits(p *packed) bitset {
	set := make(bitset, (len(b.acc.docs)+63)/64)
	p.each(func(doc uint32, _ uint8) { set[doc/64] |= 1 << (doc % 64) })
	return set
}

// together counts the articles that have both pairs of a trigram.
func (b *builder) together(key uint64, sets map[*packed]bitset) int {
	x, y := b.pairsOf(key)
	if x.n > y.n {
		x, y = y, x
	}
	set, ok := sets[y]
	if !ok {
		set = b.bits(y)
	}
	n := 0
	x.each(func(doc uint32, _ uint8) { n += int(set[doc/64] >> (doc % 64) & 1) })
	return n
}
