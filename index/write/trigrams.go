package write

import (
	"context"
	"math/bits"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// A listedTrigram gets a posting list of its own, because its two bigrams stand
// together in many more articles than it does.
type listedTrigram struct {
	key   uint64
	among int    // articles that have both bigrams
	list  packed // which of them have the trigram, numbered among them
}

// candidate is a trigram that may get a posting list, with its articles.
type candidate struct {
	key  uint64
	list packed
}

// batchBytes is about how much is given to a goroutine at once.
const batchBytes = 256 << 10

// listedTrigrams goes through all trigrams. It returns those whose two bigrams stand
// together in many more articles than the trigram itself does: those get posting
// lists of their own, so that a phrase's candidates are never many more than its
// articles. For all others the two bigrams say it nearly as well, at no cost.
// Trigrams with a character that has no number in the alphabet are left out: their
// bigrams are those of several characters. For each trigram in counts it notes how
// many articles have it.
func (b *builder) listedTrigrams(ctx context.Context, counts map[uint64]int) ([]listedTrigram, error) {
	var found []*[]listedTrigram
	sets := b.frequentSets() // made once and shared
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	batch, size := []candidate(nil), 0
	var a arena
	flush := func() {
		of, to := batch, new([]listedTrigram)
		found = append(found, to)
		g.Go(func() error {
			*to = b.choose(of, sets)
			return ctx.Err()
		})
		batch, size, a = nil, 0, arena{}
	}
	err := b.acc.trigrams.merge(func(key uint64, docs []uint32, _ []uint8) error {
		if _, ok := counts[key]; ok {
			counts[key] = len(docs)
		}
		x, y := b.bigramsOf(key)
		if min(x.n, y.n) <= uint32(len(docs)+b.opt.Excess) || !b.numbered(key) {
			return nil
		}
		b.renumber(docs, nil)
		batch = append(batch, candidate{key, a.pack(docs, nil)})
		if size += 32 + len(docs); size >= batchBytes {
			flush()
		}
		return ctx.Err()
	})
	flush()
	if failed := g.Wait(); err == nil {
		err = failed
	}
	var all []listedTrigram
	for _, of := range found {
		all = append(all, *of...)
	}
	return all, err
}

// choose returns those of the candidates that get a list, which are in order of keys.
func (b *builder) choose(candidates []candidate, sets map[*packed]bitset) []listedTrigram {
	var listed []listedTrigram
	var a arena
	var first *packed
	var xs, ys, zs, both []uint32
	for _, c := range candidates {
		x, y := b.bigramsOf(c.key)
		if x != first {
			first, xs = x, x.docs(xs[:0])
		}
		least := int(c.list.n) + b.opt.Excess
		if sx, sy := sets[x], sets[y]; sx != nil && sy != nil && sx.common(sy) <= least {
			continue
		} else if sy != nil {
			both = sy.of(xs, both[:0])
		} else if ys = y.docs(ys[:0]); sx != nil {
			both = sx.of(ys, both[:0])
		} else {
			both = intersect(xs, ys, both[:0])
		}
		if len(both) > least {
			zs = c.list.docs(zs[:0])
			listed = append(listed, listedTrigram{c.key, len(both), a.pack(positions(both, zs), nil)})
		}
	}
	return listed
}

// intersect appends what two sorted lists have in common.
func intersect(x, y, to []uint32) []uint32 {
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			to, x, y = append(to, x[0]), x[1:], y[1:]
		}
	}
	return to
}

// positions replaces each of a sorted list by its position in another that has them all.
func positions(in, of []uint32) []uint32 {
	at := 0
	for i, doc := range of {
		for in[at] != doc {
			at++
		}
		of[i] = uint32(at)
	}
	return of
}

// numbered reports whether each character of a trigram has a number.
func (b *builder) numbered(key uint64) bool {
	x, y, z := split(key)
	return b.code[x] != 0 && b.code[y] != 0 && b.code[z] != 0
}

// bigramsOf returns the body lists of a trigram's two bigrams.
func (b *builder) bigramsOf(key uint64) (x, y *packed) {
	return &b.bigrams[key>>letterBits].body, &b.bigrams[key&(1<<(2*letterBits)-1)].body
}

// bitset has a bit for each document.
type bitset []uint64

// frequentSets returns the articles of every bigram that many have, as bits.
func (b *builder) frequentSets() map[*packed]bitset {
	sets := make(map[*packed]bitset)
	for _, lists := range b.bigrams {
		if int(lists.body.n) > len(b.acc.docs)/32+b.opt.Excess {
			set := make(bitset, (len(b.acc.docs)+63)/64)
			lists.body.each(func(doc uint32, _ uint8) { set[doc/64] |= 1 << (doc % 64) })
			sets[&lists.body] = set
		}
	}
	return sets
}

// common returns how many bits two sets have in common.
func (s bitset) common(t bitset) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// of appends those of the documents that are in the set.
func (s bitset) of(docs, to []uint32) []uint32 {
	for _, doc := range docs {
		if s[doc/64]>>(doc%64)&1 != 0 {
			to = append(to, doc)
		}
	}
	return to
}

// vocabularyTrigrams returns the trigrams of the words that the vocabulary may have.
func (b *builder) vocabularyTrigrams(entities map[string]int) map[uint64]int {
	counts := make(map[uint64]int)
	for _, words := range []map[string]int{b.acc.words, b.acc.joined, entities} {
		for word := range words {
			runes := []rune(word)
			for i := 0; i+2 < len(runes); i++ {
				if key, ok := b.acc.letters.key(runes[i : i+3]...); ok {
					counts[key] = 0
				}
			}
		}
	}
	return counts
}
