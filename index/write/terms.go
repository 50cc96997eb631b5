package write

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// entry is a term before it is written: a bigram with its lists, a trigram with
// its list, or a word with neither.
type entry struct {
	format.Term
	bigram  *bigramLists
	trigram *packed
}

// cost estimates an entry's bytes in a chunk, so that the chunks of the dictionary are of about one size. It
// must not depend on anything but the entry.
func (e *entry) cost() int {
	bits := 24
	if e.trigram != nil {
		return (bits + int(e.Among)) / 8
	}
	for _, n := range e.Docs {
		bits += int(n) * 7
	}
	return bits / 8
}

// terms writes the dictionary and its posting lists.
func (b *builder) terms(ctx context.Context, listed []listedTrigram) error {
	entries := b.entries(listed)
	b.seg.Terms = len(entries)
	var ranges [][]entry
	from, size := 0, 0
	for i := range entries {
		c := entries[i].cost()
		if size > 0 && size+c > b.sizeOf(b.opt.TermsSize, 8<<10, 24<<10) {
			ranges = append(ranges, entries[from:i])
			from, size = i, 0
		}
		size += c
	}
	if from < len(entries) {
		ranges = append(ranges, entries[from:])
	}
	files, err := each(ctx, len(ranges), func(i int) ([]byte, error) {
		w := format.TermsWriter{Universe: uint32(b.seg.Docs)}
		for j := range ranges[i] {
			w.Add(&ranges[i][j].Term, b.lists(&ranges[i][j]))
		}
		return w.Chunk().Append(nil, nil), nil
	})
	if err != nil {
		return err
	}
	for i, file := range files {
		b.add(manifest.Chunk{Kind: format.Terms, Key: ranges[i][0].Codes}, file)
	}
	return nil
}

// lists returns an entry's posting lists with the documents' final numbers.
func (b *builder) lists(e *entry) []format.List {
	if e.trigram != nil {
		return []format.List{{Docs: e.trigram.docs(nil)}}
	}
	var lists []format.List
	for f := range uint8(manifest.NumFields) {
		if e.Fields>>f&1 != 0 {
			lists = append(lists, e.bigram.field(f).list())
		}
	}
	return lists
}

// entries returns all terms in the order of their codes.
func (b *builder) entries(listed []listedTrigram) []entry {
	entries := make([]entry, 0, len(b.bigrams)+len(listed)+len(b.acc.words)/2)
	for key, lists := range b.bigrams {
		entries = append(entries, b.bigramEntry(key, lists))
	}
	for i := range listed {
		entries = append(entries, b.trigramEntry(&listed[i]))
	}
	entries = append(entries, b.longWords()...)
	slices.SortFunc(entries, func(x, y entry) int { return format.CompareCodes(x.Codes, y.Codes) })
	return b.mergeEqual(entries)
}

func (b *builder) bigramEntry(key uint64, lists *bigramLists) entry {
	_, x, y := split(key)
	e := entry{bigram: lists, Term: format.Term{Codes: []uint32{b.code[x], b.code[y]}}}
	for f := range uint8(manifest.NumFields) {
		if f < manifest.Body && lists.rest == nil {
			continue
		}
		if n := lists.field(f).n; n > 0 {
			e.Fields |= 1 << f
			e.Docs[f] = n
		}
	}
	if n := b.acc.words[string([]rune{b.acc.letters.runes[x], b.acc.letters.runes[y]})]; n > 0 {
		e.Word, e.Weight = true, format.WordWeight(n)
	}
	return e
}

func (b *builder) trigramEntry(c *listedTrigram) entry {
	x, y, z := split(c.key)
	e := entry{trigram: &c.list, Term: format.Term{
		Codes: []uint32{b.code[x], b.code[y], b.code[z]}, Fields: 1 << manifest.Body, Among: uint32(c.among),
	}}
	e.Docs[manifest.Body] = c.list.n
	return e
}

// longWords returns the words of more than two characters. In a large corpus a
// word that one article has does not help to segment a query and is left out.
func (b *builder) longWords() []entry {
	least := 1
	if len(b.acc.docs) >= 1000 {
		least = 2
	}
	var entries []entry
	for word, n := range b.acc.words {
		if runes := []rune(word); len(runes) > 2 && n >= least {
			entries = append(entries, entry{Term: format.Term{Codes: b.codes(runes...), Word: true, Weight: format.WordWeight(n)}})
		}
	}
	return entries
}

// mergeEqual makes one entry of a trigram that is a word as well.
func (b *builder) mergeEqual(entries []entry) []entry {
	out := entries[:0]
	for _, e := range entries {
		if n := len(out); n > 0 && format.CompareCodes(out[n-1].Codes, e.Codes) == 0 {
			last := &out[n-1]
			if e.Word {
				last.Word, last.Weight = true, e.Weight
			}
			if e.trigram != nil {
				word, weight := last.Word, last.Weight
				*last = e
				last.Word, last.Weight = word, weight
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// codes returns the numbers of characters. One that the alphabet had no room
// for has the number of the end of a line, which makes its bigrams a superset of
// what they should be; the text decides.
func (b *builder) codes(runes ...rune) []uint32 {
	codes := make([]uint32, len(runes))
	for i, r := range runes {
		codes[i], _ = b.seg.Alphabet.Code(r)
	}
	return codes
}

// spaced returns the characters before and behind a space, as sorted codes.
func (b *builder) spaced() [2][]uint32 {
	var spaced [2][]uint32
	space, ok := b.acc.letters.lookup(' ')
	if !ok {
		return spaced
	}
	for key := range b.bigrams {
		_, x, y := split(key)
		if y == space {
			spaced[0] = append(spaced[0], b.code[x])
		}
		if x == space {
			spaced[1] = append(spaced[1], b.code[y])
		}
	}
	for i := range spaced {
		slices.Sort(spaced[i])
		spaced[i] = slices.Compact(spaced[i])
	}
	return spaced
}

// sizeOf returns about how many bytes a chunk takes: as many as were asked for, or,
// if that is 0, one of two sizes. What is good for a first search, which fetches a
// dozen chunks, makes the table of a large index longer than it saves.
func (b *builder) sizeOf(asked, small, ofLarge int) int {
	switch {
	case asked > 0:
		return asked
	case len(b.acc.docs) >= large:
		return ofLarge
	}
	return small
}
