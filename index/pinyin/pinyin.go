package pinyin

import (
	_ "embed" // for phrases.txt
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// phrasesTable is made by phrases.mjs; README.md says from what.
//
//go:embed phrases.txt
var phrasesTable string

// tables are phrases.txt, read.
type tables struct {
	chars    map[rune]string
	phrases  map[string][]string
	surnames map[string][]string
	longest  int // characters of the longest phrase
}

var load = sync.OnceValue(func() *tables {
	t := &tables{chars: make(map[rune]string), phrases: make(map[string][]string), surnames: make(map[string][]string)}
	for line := range strings.Lines(phrasesTable) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		word, syllables := fields[0], fields[1:]
		if name, ok := strings.CutSuffix(word, "-"); ok {
			t.surnames[name] = syllables
		} else if runes := []rune(word); len(runes) == 1 {
			t.chars[runes[0]] = syllables[0]
		} else {
			t.phrases[word] = syllables
			t.longest = max(t.longest, len(runes))
		}
	}
	return t
})

// Word returns one syllable for each character of a word, or "" for one that
// has none: a letter, a digit. Words are in simplified characters, as they are
// once folded; others are read as far as they have phrases of their own.
func Word(word string) []string { return load().read([]rune(word)) }

// Name is Word for the name of a person: a surname at its front is read as one.
func Name(name string) []string {
	t, runes := load(), []rune(name)
	for n := min(2, len(runes)-1); n > 0; n-- {
		if surname, ok := t.surnames[string(runes[:n])]; ok {
			return append(slices.Clone(surname), t.read(runes[n:])...)
		}
	}
	return t.read(runes)
}

// read reads the longest phrase that begins at each place, and by themselves
// the characters that no phrase has.
func (t *tables) read(runes []rune) []string {
	syllables := make([]string, 0, len(runes))
	for i := 0; i < len(runes); i = len(syllables) {
		n := min(t.longest, len(runes)-i)
		for n > 1 && t.phrases[string(runes[i:i+n])] == nil {
			n--
		}
		if n > 1 {
			syllables = append(syllables, t.phrases[string(runes[i:i+n])]...)
		} else {
			syllables = append(syllables, t.char(runes[i]))
		}
	}
	return syllables
}

func (t *tables) char(r rune) string {
	if s, ok := t.chars[r]; ok {
		return s
	}
	return first(Char(r))
}

// Char returns the pronunciations of a character, the commonest first.
func Char(r rune) []string {
	all := pinyin.SinglePinyin(r, pinyin.Args{Heteronym: true})
	pronunciations := make([]string, 0, len(all))
	if s, ok := load().chars[r]; ok {
		pronunciations = append(pronunciations, s)
	}
	for _, s := range all {
		if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" && !slices.Contains(pronunciations, s) {
			pronunciations = append(pronunciations, s)
		}
	}
	return pronunciations
}

// Common returns the 3,755 characters of the first level of GB 2312, those in
// daily use.
func Common() []rune {
	var gb []byte
	for row := byte(0xB0); row <= 0xD7; row++ {
		for cell := byte(0xA1); cell <= 0xFE && (row < 0xD7 || cell <= 0xF9); cell++ {
			gb = append(gb, row, cell)
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(gb)
	if err != nil {
		return nil // it is a table: TestCommonCharacters has seen it whole
	}
	return []rune(string(text))
}

func first(pronunciations []string) string {
	if len(pronunciations) == 0 {
		return ""
	}
	return pronunciations[0]
}
