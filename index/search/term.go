package search

import (
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/read"
)

// A term is what must stand somewhere in an article: one of its forms, in one
// field or in any.
type term struct {
	// forms are folded; the first is what was typed. Others are what means the
	// same: a date in other numerals, the characters of a pinyin, a synonym.
	forms [][]rune
	field string // one of manifest.Fields, or read.All
}

// plain returns a term of one form, for all fields.
func plain(form []rune) term { return term{forms: [][]rune{form}} }

// spelled returns a term of what was typed and of what is the same in other
// numerals.
func spelled(typed []rune) term { return term{forms: dateForms(typed)} }

// key is the term as package read takes it.
func (t term) key() string {
	forms := make([]string, len(t.forms))
	for i, f := range t.forms {
		forms[i] = string(f)
	}
	return strings.Join(forms, read.Or)
}

// typed returns the form that was typed.
func (t term) typed() []rune { return t.forms[0] }

// in returns where in a line one of the forms stands from some place on and
// which one it is; at is -1 if none does.
func (t term) in(line []rune, from int) (at int, form []rune) {
	at = -1
	for _, f := range t.forms {
		if i := find(line, f, from); i >= 0 && (at < 0 || i < at) {
			at, form = i, f
		}
	}
	return at, form
}

func (t term) stands(line []rune) bool {
	at, _ := t.in(line, 0)
	return at >= 0
}

// fields returns the fields that the term is asked for in, as bits.
func (t term) fields() uint8 {
	if f := slices.Index(manifest.Fields[:], t.field); f >= 0 {
		return 1 << f
	}
	return allFields
}

// find returns where a word stands in a line from some place on, or -1.
func find(line, word []rune, from int) int {
	for i := from; i+len(word) <= len(line); i++ {
		if line[i] == word[0] && slices.Equal(line[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}
