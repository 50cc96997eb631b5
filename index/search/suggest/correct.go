package suggest

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/spelling"
	"github.com/kanbao/kanbao/index/search/term"
)

// Few is the number of articles below which corrections are offered.
const Few = 3

// Most is how many corrections are offered at the most.
const Most = 3

const (
	verified   = 6 // candidates that are looked up
	longest    = 8 // characters of the longest word that is corrected
	latinLeast = 4 // letters of the shortest Latin word that is corrected
	// commoner is how many times more articles must have a correction than the word
	// that it corrects, so that what is rare is not taken for a mistake.
	commoner = 10
	// wholeMost is the size in bytes up to which all of a vocabulary is searched for a
	// word with a wrong beginning.
	wholeMost = 512 << 10
)

// mistake is how a word differs from what was typed, the likeliest first.
type mistake uint8

const (
	sound   mistake = iota // the same syllables
	blurred                // syllables that are taken for each other
	edited                 // one character wrong, missing, too much, or two that changed places
	other
)

// A correction is what a part of a word may have been meant as.
type correction struct {
	text     string // the whole word, corrected
	mistake  mistake
	replaced int // characters of the part
	docs     int
}

// Corrections returns queries that may have been meant by one that finds few
// articles: each with one word replaced that hardly any has. reader is that of the
// query, which has looked its words up already.
func (s *Suggester) Corrections(ctx context.Context, reader *read.Reader, p *plan.Plan, text string) ([]query.Correction, error) {
	var out []query.Correction
	for _, t := range slices.Concat(p.Must, p.Words) {
		from, to, typed := plan.Locate(s.Index.Folder(), text, t.Typed())
		in, err := reader.Postings(t.Field, t.Key())
		if err != nil {
			return nil, err
		}
		if !typed || len(t.Forms) > 1 || len(in.Docs) >= Few {
			continue
		}
		found, err := s.meant(ctx, reader, t, len(in.Docs))
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			why := query.SoundsAlike
			if c.mistake == edited {
				why = query.OneWrong
			}
			out = append(out, query.Correction{Text: text[:from] + c.text + text[to:], Why: why, Total: c.docs})
		}
	}
	return out[:min(len(out), Most)], nil
}

// meant returns what a word that so many articles have may have been meant as, of
// words that more have.
func (s *Suggester) meant(ctx context.Context, reader *read.Reader, t term.Term, docs int) ([]correction, error) {
	word := t.Typed()
	if len(word) < 2 || len(word) > longest || spelling.Latin(word[0]) && len(word) < latinLeast {
		return nil, nil
	}
	found, err := s.similar(ctx, word, docs == 0)
	if err != nil {
		return nil, err
	}
	found = found[:min(len(found), verified)]
	var forms [][]rune
	for _, c := range found {
		forms = append(forms, []rune(c.text))
	}
	if err := s.Index.Prefetch(ctx, forms...); err != nil {
		return nil, err
	}
	most := docs * commoner * spelling.RareShare
	for i := range found {
		in, err := reader.Postings(t.Field, found[i].text)
		if err != nil {
			return nil, err
		}
		found[i].docs = len(in.Docs)
		most = max(most, len(in.Docs))
	}
	sortCorrections(found)
	kept := found[:0]
	for _, c := range found {
		if c.docs > docs*commoner && c.docs*spelling.RareShare >= most {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// similar returns the words of the vocabulary that a word may have been meant as, the
// likeliest first. Where there is none and no article has the word, its beginning may
// be wrong: then a small vocabulary is searched as a whole.
func (s *Suggester) similar(ctx context.Context, word []rune, unknown bool) ([]correction, error) {
	t, err := newTypo(ctx, s.Index, word)
	if err != nil {
		return nil, err
	}
	found, err := t.search(ctx, s.Index, t.on)
	if err != nil || len(found) > 0 || !unknown {
		return found, err
	}
	size := int64(0)
	for _, segment := range s.Index.Segments() {
		size += segment.Bytes[format.Suggest]
	}
	if size > wholeMost {
		return nil, nil
	}
	return t.search(ctx, s.Index, []read.BucketRange{read.AllBuckets})
}

// A typo is a word that may be wrong.
type typo struct {
	word   []rune
	sounds [][]string // how each of its characters is read
	on     []read.BucketRange
}

// newTypo returns what the words that a word may stand for are found by.
func newTypo(ctx context.Context, ix *read.Index, word []rune) (*typo, error) {
	t := &typo{word: word}
	for i, r := range word {
		syllables, err := ix.Syllables(ctx, r)
		if err != nil {
			return nil, err
		}
		t.sounds = append(t.sounds, syllables)
		if i == len(word)-1 {
			break // no word begins with its last character
		}
		for _, s := range syllables {
			t.on = append(t.on, sounding(s), sounding(twin(s)))
		}
		if i == 0 && spelling.Latin(r) {
			t.on = append(t.on, read.BucketsOf(string(r)))
		}
	}
	return t, nil
}

// sounding returns the buckets of a syllable, with a g at its end or without.
func sounding(s string) read.BucketRange { return read.BucketsOf(strings.TrimSuffix(s, "g")) }

// twin returns the syllable that begins as many take this one to: with or without
// an h, with l for n, or n for l.
func twin(s string) string {
	switch {
	case s[0] == 'n':
		return "l" + s[1:]
	case s[0] == 'l':
		return "n" + s[1:]
	case len(s) > 1 && s[1] == 'h':
		return s[:1] + s[2:]
	}
	return s[:1] + "h" + s[1:]
}

// search returns what the word may have been meant as, by the vocabulary of some
// buckets, the likeliest first.
func (t *typo) search(ctx context.Context, ix *read.Index, on []read.BucketRange) ([]correction, error) {
	best := make(map[string]correction)
	err := ix.Words(ctx, on, func(w *read.Word) {
		n := len(w.Text)
		for from := 0; from+2 <= len(t.word); from++ {
			for to := from + max(n-1, 2); to <= min(from+n+1, len(t.word)); to++ {
				m := t.compare(from, to, w)
				if m == other || m == edited && (n < 3 || to-from < len(t.word) && n == to-from-1) {
					continue
				}
				c := correction{string(t.word[:from]) + string(w.Text) + string(t.word[to:]), m, to - from, w.Docs}
				old, ok := best[c.text]
				if ok && old.mistake < m {
					continue
				}
				if ok && old.mistake == m && old.replaced == c.replaced {
					c.docs += old.docs // of another segment
				}
				best[c.text] = c
			}
		}
	})
	all := make([]correction, 0, len(best))
	for _, c := range best {
		all = append(all, c)
	}
	sortCorrections(all)
	return all, err
}

func sortCorrections(all []correction) {
	sort.Slice(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.mistake != b.mistake:
			return a.mistake < b.mistake
		case a.replaced != b.replaced:
			return a.replaced > b.replaced
		case a.docs != b.docs:
			return a.docs > b.docs
		}
		return a.text < b.text
	})
}

// compare returns what mistake a part of the word is, if w was meant.
func (t *typo) compare(from, to int, w *read.Word) mistake {
	part := t.word[from:to]
	if len(part) == len(w.Text) {
		worst, same := sound, true
		for i, r := range part {
			if r == w.Text[i] {
				continue
			}
			same = false
			worst = max(worst, alike(t.sounds[from+i], w.Syllables[i]))
		}
		if same {
			return other
		}
		if worst != other {
			return worst
		}
	}
	if oneEdit(part, w.Text) {
		return edited
	}
	return other
}

// alike returns whether one of some readings is a syllable, or taken for it.
func alike(readings []string, syllable string) mistake {
	m := other
	for _, s := range readings {
		if s == syllable {
			return sound
		}
		if syllable != "" && blur(s) == blur(syllable) {
			m = blurred
		}
	}
	return m
}

// blur returns a syllable without what many do not tell apart: zh, ch, sh from z,
// c, s; n from l; ang, eng, ing from an, en, in.
func blur(s string) string {
	if len(s) > 1 && s[1] == 'h' {
		s = s[:1] + s[2:]
	}
	if s[0] == 'n' {
		s = "l" + s[1:]
	}
	if strings.HasSuffix(s, "ng") && !strings.HasSuffix(s, "ong") {
		s = s[:len(s)-1]
	}
	return s
}

// oneEdit reports whether two words differ in one character: another, missing or
// too much; or in two that changed places.
func oneEdit(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a)+len(b) == 1, len(a) == 1 && len(b) == 1:
		return true
	case len(a) == 2 && len(b) == 2:
		return a[0] == b[1] && a[1] == b[0] && !analyze.Han(a[0])
	}
	return false
}
