package search

import (
	"context"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/read"
)

// fit is how what was typed spells a word, in characters and in syllables, the
// better the smaller.
type fit uint8

const (
	whole   fit = iota // all of it
	halved             // all but the end of the last syllable
	short              // all, with the initials of some syllables for the whole
	begun              // its beginning
	shorter            // its beginning, likewise
	unfit
)

// spells returns how typed spells a word.
func spells(typed []rune, w *read.Word) fit { return spellsRest(typed, w.Text, w.Syllables) }

func spellsRest(typed, text []rune, syllables []string) fit {
	switch {
	case len(typed) == 0 && len(text) == 0:
		return whole
	case len(typed) == 0:
		return begun
	case len(text) == 0:
		return unfit
	}
	best := unfit
	if typed[0] == text[0] {
		best = spellsRest(typed[1:], text[1:], syllables[1:])
	}
	s := syllables[0]
	for n := 1; n <= min(len(s), len(typed)) && rune(s[n-1]) == typed[n-1]; n++ {
		f := spellsRest(typed[n:], text[1:], syllables[1:])
		switch {
		case n == len(s) || f == unfit:
		case n == len(typed):
			f = max(f, halved)
		case n > 2 || n == 2 && s[1] != 'h':
			f = unfit // neither a syllable nor the initial of one
		case f == begun || f == shorter:
			f = shorter
		default:
			f = short
		}
		best = min(best, f)
	}
	return best
}

// shelves returns the shelves with all words that typed can spell.
func (e *Engine) shelves(ctx context.Context, typed []rune) ([]read.BucketRange, error) {
	if analyze.Han(typed[0]) {
		syllables, err := e.ix.Syllables(ctx, typed[0])
		var all []read.BucketRange
		for _, s := range syllables {
			all = append(all, read.BucketsOf(s))
		}
		return all, err
	}
	return []read.BucketRange{read.BucketsOf(opening(typed))}, nil
}

// opening returns what letters the first syllable of a spelling must begin with:
// one, or an initial with its first vowel. (No syllable begins with i, u or v, and
// j, q and x stand before nothing else.)
func opening(typed []rune) string {
	n := 0
	for n < len(typed) && latin(typed[n]) {
		n++
	}
	letters := string(typed[:n])
	if n < 2 || vowel(letters[0]) {
		return letters[:min(n, 1)]
	}
	at := 1
	if letters[1] == 'h' && strings.IndexByte("zcs", letters[0]) >= 0 {
		at = 2
	}
	if at == n || !vowel(letters[at]) || strings.IndexByte("jqx", letters[0]) >= 0 && strings.IndexByte("aeo", letters[at]) >= 0 {
		return letters[:1]
	}
	return letters[:at+1]
}

func vowel(b byte) bool { return strings.IndexByte("aeiouv", b) >= 0 }

func latin(r rune) bool { return r >= 'a' && r <= 'z' }

// A candidate is a word of the vocabulary that may have been meant.
type candidate struct {
	text string
	fit  fit
	docs int
	name bool
}

// spelling returns the words that typed spells so well that accept takes them:
// of several spellings, those of the last that spells any. The best come first
// and of those the commonest.
func (e *Engine) spelling(ctx context.Context, accept func(i int, f fit) bool, spellings ...[]rune) (which int, found []candidate, err error) {
	var on []read.BucketRange
	for _, s := range spellings {
		shelves, err := e.shelves(ctx, s)
		if err != nil {
			return 0, nil, err
		}
		on = append(on, shelves...)
	}
	of := make([]candidates, len(spellings))
	err = e.ix.Words(ctx, on, func(w *read.Word) {
		for i := len(of) - 1; i >= 0; i-- {
			if f := spells(spellings[i], w); f != unfit && accept(i, f) {
				of[i].add(candidate{string(w.Text), f, w.Docs, w.Entity})
				return
			}
		}
	})
	which = len(of) - 1
	for which > 0 && len(of[which]) == 0 {
		which--
	}
	if which < 0 {
		return 0, nil, err
	}
	return which, of[which].sorted(), err
}

// candidates are the words found so far, by their text.
type candidates map[string]candidate

// add adds what one segment has of a word to what others have.
func (c *candidates) add(w candidate) {
	if *c == nil {
		*c = make(candidates)
	}
	if known, ok := (*c)[w.text]; ok {
		w.docs += known.docs
		w.name = w.name || known.name
	}
	(*c)[w.text] = w
}

// sorted returns the candidates, the best first and of those the commonest.
func (c candidates) sorted() []candidate {
	all := make([]candidate, 0, len(c))
	for _, w := range c {
		all = append(all, w)
	}
	sortCandidates(all)
	return all
}

func sortCandidates(all []candidate) {
	sort.Slice(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.fit != b.fit:
			return a.fit < b.fit
		case a.docs != b.docs:
			return a.docs > b.docs
		}
		return a.text < b.text
	})
}
