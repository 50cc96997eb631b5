package spelling

import (
	"context"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/read"
)

// Fit says how what was typed spells a word, in characters and in syllables. The
// smaller is the better.
type Fit uint8

// The fits.
const (
	Whole         Fit = iota // the whole word
	Unfinished               // the word without the end of its last syllable
	Initials                 // the word, with only the initials of some syllables
	Beginning                // the beginning of the word
	InitialsBegun            // its beginning, with only the initials of some syllables
	Unfit                    // it does not spell the word
)

// spells returns how typed spells a word.
func spells(typed []rune, w *read.Word) Fit { return spellsRest(typed, w.Text, w.Syllables) }

func spellsRest(typed, text []rune, syllables []string) Fit {
	switch {
	case len(typed) == 0 && len(text) == 0:
		return Whole
	case len(typed) == 0:
		return Beginning
	case len(text) == 0:
		return Unfit
	}
	best := Unfit
	if typed[0] == text[0] {
		best = spellsRest(typed[1:], text[1:], syllables[1:])
	}
	s := syllables[0]
	for n := 1; n <= min(len(s), len(typed)) && rune(s[n-1]) == typed[n-1]; n++ {
		f := spellsRest(typed[n:], text[1:], syllables[1:])
		switch {
		case n == len(s) || f == Unfit:
		case n == len(typed):
			f = max(f, Unfinished)
		case n > 2 || n == 2 && s[1] != 'h':
			f = Unfit // neither a syllable nor the initial of one
		case f == Beginning || f == InitialsBegun:
			f = InitialsBegun
		default:
			f = Initials
		}
		best = min(best, f)
	}
	return best
}

// buckets returns the buckets of the vocabulary with all words that typed can spell.
func buckets(ctx context.Context, ix *read.Index, typed []rune) ([]read.BucketRange, error) {
	if analyze.Han(typed[0]) {
		syllables, err := ix.Syllables(ctx, typed[0])
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
	for n < len(typed) && Latin(typed[n]) {
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

// Latin reports whether a folded r is a letter of pinyin.
func Latin(r rune) bool { return r >= 'a' && r <= 'z' }

// A Candidate is a word of the vocabulary that may have been meant.
type Candidate struct {
	Text   string
	Fit    Fit
	Docs   int  // articles that have it, about
	Entity bool // it is the name of a person, place or organisation
}

// Words returns the words of the vocabulary that a spelling spells so well that
// accept takes them, the best first and of those the commonest. Of several
// spellings it takes the last that spells any word, and says which that is.
func Words(ctx context.Context, ix *read.Index, accept func(i int, f Fit) bool, spellings ...[]rune) (which int, found []Candidate, err error) {
	var on []read.BucketRange
	for _, s := range spellings {
		in, err := buckets(ctx, ix, s)
		if err != nil {
			return 0, nil, err
		}
		on = append(on, in...)
	}
	of := make([]candidates, len(spellings))
	err = ix.Words(ctx, on, func(w *read.Word) {
		for i := len(of) - 1; i >= 0; i-- {
			if f := spells(spellings[i], w); f != Unfit && accept(i, f) {
				of[i].add(Candidate{string(w.Text), f, w.Docs, w.Entity})
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
type candidates map[string]Candidate

// add adds what one segment has of a word to what others have.
func (c *candidates) add(w Candidate) {
	if *c == nil {
		*c = make(candidates)
	}
	if other, ok := (*c)[w.Text]; ok {
		w.Docs += other.Docs
		w.Entity = w.Entity || other.Entity
	}
	(*c)[w.Text] = w
}

// sorted returns the candidates, the best first and of those the commonest.
func (c candidates) sorted() []Candidate {
	all := make([]Candidate, 0, len(c))
	for _, w := range c {
		all = append(all, w)
	}
	Sort(all)
	return all
}

// Sort puts the best first, of those the commonest, and the rest by their text.
func Sort(all []Candidate) {
	sort.Slice(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.Fit != b.Fit:
			return a.Fit < b.Fit
		case a.Docs != b.Docs:
			return a.Docs > b.Docs
		}
		return a.Text < b.Text
	})
}

// RareShare is how many times rarer than the commonest of the words that something
// typed may mean one of them may be.
const RareShare = 20

// JoinMost is how many words that were typed apart may be the syllables of one.
const JoinMost = 4

// Fields returns where the words of a line begin and end, as spaces and
// punctuation part them.
func Fields(line []rune) [][2]int {
	var all [][2]int
	for from := 0; from < len(line); from++ {
		to := from
		for to < len(line) && (analyze.Wordly(line[to]) || line[to] == '\'') {
			to++
		}
		if to > from {
			all = append(all, [2]int{from, to})
			from = to
		}
	}
	return all
}

// Joined returns the syllables of a stretch without what parts them.
func Joined(line []rune) []rune {
	var out []rune
	for _, r := range line {
		if r != ' ' && r != '\'' {
			out = append(out, r)
		}
	}
	return out
}
