package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// A table says what a script writes for what another does. A text is converted from
// its beginning: by the longest phrase that stands there, else the character. What it
// becomes has as many characters, and as many units of UTF-16, so that places in the
// text stay what they are.
type table struct {
	characters map[rune]rune
	phrases    map[string]string
	longest    map[rune]int // characters of the longest phrase that begins so
}

func newTable() *table {
	return &table{make(map[rune]rune), make(map[string]string), make(map[rune]int)}
}

// add adds entries, with the characters that they become changed once more. Those
// that would change the length of a text are left out.
func (t *table) add(entries, then map[string]string) {
	for from, to := range entries {
		var changed []rune
		for _, r := range to {
			last, _ := utf8.DecodeRuneInString(cmp.Or(then[string(r)], string(r)))
			changed = append(changed, last)
		}
		t.put([]rune(from), changed)
	}
}

func (t *table) put(from, to []rune) {
	if len(from) != len(to) {
		return
	}
	for i := range from {
		if utf16.RuneLen(from[i]) != utf16.RuneLen(to[i]) {
			return
		}
	}
	if len(from) == 1 {
		t.characters[from[0]] = to[0]
		return
	}
	t.phrases[string(from)] = string(to)
	t.longest[from[0]] = max(t.longest[from[0]], len(from))
}

func (t *table) has(text string) bool {
	if utf8.RuneCountInString(text) > 1 {
		_, ok := t.phrases[text]
		return ok
	}
	r, _ := utf8.DecodeRuneInString(text)
	_, ok := t.characters[r]
	return ok
}

func (t *table) convert(text string) string {
	from := []rune(text)
	to := make([]rune, 0, len(from))
	for len(from) > 0 {
		n := 1
		become := []rune{t.character(from[0])}
		for size := min(t.longest[from[0]], len(from)); size > 1; size-- {
			if phrase, ok := t.phrases[string(from[:size])]; ok {
				n, become = size, []rune(phrase)
				break
			}
		}
		to, from = append(to, become...), from[n:]
	}
	return string(to)
}

func (t *table) character(r rune) rune { return cmp.Or(t.characters[r], r) }

// reduced returns a table that converts each phrase of this one alike with fewer
// phrases: without those that come out the same by their characters and shorter
// phrases. Such a phrase may still keep another from beginning in the middle of it;
// it stays if that makes a difference to the two and worthwhile says so. (What it makes
// to a third phrase is not looked at.)
func (t *table) reduced(worthwhile func(phrase string) bool) *table {
	less := newTable()
	for from, to := range t.characters {
		if from != to {
			less.characters[from] = to
		}
	}
	all := slices.SortedFunc(maps.Keys(t.phrases), func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	begin := make(map[string][]string) // phrases that stay, by their beginnings
	for _, phrase := range all {
		if less.convert(phrase) == t.phrases[phrase] {
			continue
		}
		less.put([]rune(phrase), []rune(t.phrases[phrase]))
		for i := range phrase {
			if i > 0 {
				begin[phrase[:i]] = append(begin[phrase[:i]], phrase)
			}
		}
	}
	var guards []string
	for _, phrase := range all {
		if _, stays := less.phrases[phrase]; !stays && worthwhile(phrase) && t.guards(phrase, less, begin) {
			guards = append(guards, phrase)
		}
	}
	for _, phrase := range guards {
		less.put([]rune(phrase), []rune(t.phrases[phrase]))
	}
	return less
}

// guards reports whether a text that begins with the phrase and goes on as another,
// which begins in the middle of it, comes out otherwise without it.
func (t *table) guards(phrase string, less *table, begin map[string][]string) bool {
	for i := range phrase {
		for _, other := range begin[phrase[i:]] {
			text := phrase + other[len(phrase)-i:]
			if i > 0 && t.convert(text) != less.convert(text) {
				return true
			}
		}
	}
	return false
}

// encode writes the table as web/han.js reads it: a line of characters, each before
// what it becomes, then a line for each phrase: its characters, and where it does not
// become what they do, a space and what it becomes, with a dot for each that does.
func (t *table) encode() []byte {
	var b bytes.Buffer
	for _, from := range slices.Sorted(maps.Keys(t.characters)) {
		b.WriteRune(from)
		b.WriteRune(t.characters[from])
	}
	b.WriteByte('\n')
	for _, phrase := range slices.Sorted(maps.Keys(t.phrases)) {
		b.WriteString(phrase)
		var become bytes.Buffer
		differs := false
		to := []rune(t.phrases[phrase])
		for i, r := range []rune(phrase) {
			if to[i] == t.character(r) {
				become.WriteByte('.')
			} else {
				become.WriteRune(to[i])
				differs = true
			}
		}
		if differs {
			b.WriteByte(' ')
			b.Write(become.Bytes())
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}
