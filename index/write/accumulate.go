package write

import (
	"strings"

	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/manifest"
)

// accumulator gathers what the index needs of all articles. What grows with
// their text goes to spools: the articles themselves, and who has which bigram and
// trigram as sorted runs. Its document numbers are the order in which articles
// were added.
type accumulator struct {
	docs     []document
	records  spool // the articles, deflated fast
	letters  *letters
	bigrams  runs                                  // keys: two letters and a field
	trigrams runs                                  // keys: three letters
	perRun   int                                   // occurrences that are gathered before they are sorted
	words    map[string]int                        // articles that have the word
	titled   map[string]int                        // articles that have it in a title or heading
	joined   map[string]int                        // articles that have neighbours there that may be a word
	facets   [format.NumFacets]map[string][]uint32 // articles that have the value
	runes    map[rune]int
	lengths  [manifest.NumFields]uint64
	err      error // of a spool; nothing is added after it
}

// document is what is kept in memory of an article.
type document struct {
	id, date string
	length   uint32 // bigrams in all fields
	size     int    // bytes of its stored record, estimated
	record   extent
}

// fieldBits is the width of a field behind the key of a bigram.
const fieldBits = 2

func newAccumulator(memory int) *accumulator {
	acc := &accumulator{
		letters: newLetters(),
		records: spool{limit: memory / 4},
		perRun:  memory / 8,
		words:   make(map[string]int),
		titled:  make(map[string]int),
		joined:  make(map[string]int),
		runes:   make(map[rune]int),
	}
	acc.bigrams.spool.limit, acc.trigrams.spool.limit = memory/4, memory/4
	acc.bigrams.counted = true
	for f := range acc.facets {
		acc.facets[f] = make(map[string][]uint32)
	}
	return acc
}

func (acc *accumulator) add(d *analyzed) {
	if acc.err != nil {
		return
	}
	doc := uint32(len(acc.docs))
	for _, p := range d.bigrams {
		a, b := acc.letters.of(rune(p.key>>runeBits)), acc.letters.of(rune(p.key&(1<<runeBits-1)))
		acc.bigrams.add((a<<letterBits|b)<<fieldBits|uint64(p.field), doc, p.n)
	}
	for _, key := range d.trigrams {
		a, b, c := acc.letters.of(rune(key>>(2*runeBits))), acc.letters.of(rune(key>>runeBits&(1<<runeBits-1))), acc.letters.of(rune(key&(1<<runeBits-1)))
		acc.trigrams.add((a<<letterBits|b)<<letterBits|c, doc, 1)
	}
	acc.count(d)
	kept := document{id: strings.Clone(d.id), date: strings.Clone(d.date), size: d.size}
	for f, n := range d.lengths {
		acc.lengths[f] += uint64(n)
		kept.length += n
	}
	if kept.record, acc.err = acc.records.add(d.record); acc.err != nil {
		return
	}
	acc.docs = append(acc.docs, kept)
	if len(acc.bigrams.gathered)+len(acc.trigrams.gathered) >= acc.perRun || len(acc.docs)-int(acc.bigrams.base) == runDocs {
		acc.err = acc.endRun()
	}
}

// count counts what is kept by value and not by document.
func (acc *accumulator) count(d *analyzed) {
	for _, word := range d.words {
		acc.words[word]++
	}
	for _, word := range d.titled {
		acc.titled[word]++
	}
	for _, word := range d.joined {
		acc.joined[word]++
	}
	for f, values := range d.facets {
		for _, v := range values {
			of, ok := acc.facets[f][v]
			if !ok {
				v = strings.Clone(v) // it may be a part of all the article
			}
			acc.facets[f][v] = append(of, uint32(len(acc.docs)))
		}
	}
	for r, n := range d.runes {
		acc.runes[r] += n
	}
}

// endRun sorts what was gathered and writes it.
func (acc *accumulator) endRun() error {
	for _, r := range []*runs{&acc.bigrams, &acc.trigrams} {
		if err := r.end(uint32(len(acc.docs))); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the last run. A character that came too late to have a letter gets
// no number in the alphabet either.
func (acc *accumulator) finish() error {
	if acc.err == nil {
		acc.err = acc.endRun()
	}
	acc.bigrams.gathered, acc.trigrams.gathered = nil, nil
	if acc.letters.full() {
		for r := range acc.runes {
			if _, ok := acc.letters.lookup(r); !ok {
				delete(acc.runes, r)
			}
		}
	}
	return acc.err
}

// close gives up what is in temporary files.
func (acc *accumulator) close() {
	acc.records.close()
	acc.bigrams.spool.close()
	acc.trigrams.spool.close()
}
