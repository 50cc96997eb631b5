package term

import (
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/read"
)

// AllFields has a bit for each field of an article.
const AllFields = 1<<manifest.NumFields - 1

// A Term is what an article must have: one of its forms, in one field or in any.
type Term struct {
	// Forms are folded; the first is what was typed. Others mean the same: a date
	// in other numerals, the characters of a pinyin, a synonym.
	Forms [][]rune
	Field string // one of manifest.Fields, or read.All
	// Apart says that forms that analyze.Short knows stand only where no letter or
	// digit is beside them: ai is not in shanghai. Bigrams do not decide about that.
	Apart bool
}

// Plain returns a term of one form, for all fields.
func Plain(form []rune) Term { return Term{Forms: [][]rune{form}} }

// Dated returns a term of a folded text as it was typed and with its dates in
// other numerals, for all fields.
func Dated(typed []rune) Term { return Term{Forms: DateForms(typed)} }

// Key is the term as package read takes it.
func (t Term) Key() string {
	forms := make([]string, len(t.Forms))
	for i, f := range t.Forms {
		forms[i] = string(f)
	}
	return strings.Join(forms, read.Or)
}

// Typed returns the form that was typed.
func (t Term) Typed() []rune { return t.Forms[0] }

// Find returns where the first of the forms stands in a folded line, at or behind
// the character with the number from, and which form it is; at is -1 if none does.
func (t Term) Find(line []rune, from int) (at int, form []rune) {
	at = -1
	for _, f := range t.Forms {
		if i := t.find(line, f, from); i >= 0 && (at < 0 || i < at) {
			at, form = i, f
		}
	}
	return at, form
}

// find returns where a form stands as a term asks for it, or -1.
func (t Term) find(line, form []rune, from int) int {
	at := Find(line, form, from)
	if !t.Apart || !analyze.Short(form) {
		return at
	}
	for at >= 0 && !analyze.Apart(line, at, at+len(form)) {
		at = Find(line, form, at+1)
	}
	return at
}

// AsWords returns terms whose short forms are looked for as words, and Anywhere the
// same without that.
func AsWords(terms []Term) []Term { return apart(terms, true) }

// Anywhere is described with AsWords.
func Anywhere(terms []Term) []Term { return apart(terms, false) }

func apart(terms []Term, apart bool) []Term {
	out := slices.Clone(terms)
	for i := range out {
		out[i].Apart = apart && slices.ContainsFunc(out[i].Forms, analyze.Short)
	}
	return out
}

// In reports whether one of the forms stands in a folded line.
func (t Term) In(line []rune) bool {
	at, _ := t.Find(line, 0)
	return at >= 0
}

// Fields returns the fields that the term is asked for in, as bits.
func (t Term) Fields() uint8 {
	if f := slices.Index(manifest.Fields[:], t.Field); f >= 0 {
		return 1 << f
	}
	return AllFields
}

// Find returns where a word stands in a line, at or behind the character with the
// number from, or -1.
func Find(line, word []rune, from int) int {
	for i := from; i+len(word) <= len(line); i++ {
		if line[i] == word[0] && slices.Equal(line[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// Unique returns the words without repetitions.
func Unique(words [][]rune) [][]rune {
	var out [][]rune
	for _, w := range words {
		if !slices.ContainsFunc(out, func(o []rune) bool { return slices.Equal(o, w) }) {
			out = append(out, w)
		}
	}
	return out
}
