package snippet

import (
	"slices"
	"sort"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// A Term is what to mark: a word or phrase in all its forms, each folded, with
// what it is worth.
type Term struct {
	Forms  [][]rune
	Apart  bool // short forms stand only where no letter or digit is beside them
	Weight float64
}

// A Matcher marks the terms of one query. It is not changed by what it does, so
// that several goroutines may use it.
type Matcher struct {
	folder analyze.Folder
	terms  []Term  // the first is the query as a whole
	forms  []form  // in the order in which they take text
	first  runeSet // the first characters of the forms
}

// form is one form of a term.
type form struct {
	runes []rune
	term  int
	apart bool
}

// New returns what marks the terms in texts that are folded by folder. phrases
// are the forms of the query as a whole, or none if it is but one of the terms:
// it is worth more than all terms together.
func New(folder analyze.Folder, phrases [][]rune, terms []Term) *Matcher {
	m := &Matcher{folder: folder, terms: append([]Term{{Forms: phrases, Weight: 2}}, terms...)}
	for i, t := range m.terms {
		if i > 0 {
			m.terms[0].Weight += 2 * t.Weight
		}
		for _, f := range t.Forms {
			if len(f) > 0 {
				m.forms = append(m.forms, form{f, i, t.Apart && analyze.Short(f)})
				m.first.add(f[0])
			}
		}
	}
	sort.SliceStable(m.forms, func(i, j int) bool {
		a, b := m.forms[i], m.forms[j]
		return b.term > 0 && (a.term == 0 || len(a.runes) > len(b.runes))
	})
	return m
}

// runeSet is a set of characters that may have some too many.
type runeSet [4]uint64

func (s *runeSet) add(r rune)      { s[r>>6&3] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return s[r>>6&3]>>(r&63)&1 != 0 }

// match is where a form stands in a folded line, in characters.
type match struct{ start, end, form int }

// find returns the matches in a line by where they begin, none overlapping: the
// phrase where it stands, and elsewhere the terms, the longest first.
func (m *Matcher) find(line []rune) []match {
	var found []match
	end, overlap := 0, false
	for i, r := range line {
		if !m.first.has(r) {
			continue
		}
		for n, f := range m.forms {
			if i+len(f.runes) <= len(line) && f.runes[0] == r && slices.Equal(line[i:i+len(f.runes)], f.runes) &&
				(!f.apart || analyze.Apart(line, i, i+len(f.runes))) {
				found = append(found, match{i, i + len(f.runes), n})
				overlap = overlap || i < end
				end = max(end, i+len(f.runes))
			}
		}
	}
	if overlap {
		return m.apart(found, len(line))
	}
	return found
}

// apart leaves out the matches that overlap with one whose form comes before
// theirs, or with one of the same form that begins earlier.
func (m *Matcher) apart(found []match, length int) []match {
	taken := make([]bool, length)
	keep := make([]bool, len(found))
	for n := range m.forms {
		for i, x := range found {
			if x.form != n {
				continue
			}
			keep[i] = true
			for j := x.start; j < x.end; j++ {
				keep[i] = keep[i] && !taken[j]
			}
			for j := x.start; j < x.end && keep[i]; j++ {
				taken[j] = true
			}
		}
	}
	kept := found[:0]
	for i, x := range found {
		if keep[i] {
			kept = append(kept, x)
		}
	}
	return kept
}

// Mark returns the whole text with its matches marked.
func (m *Matcher) Mark(text string) query.Marked {
	f := m.folder.Fold(text)
	return marked(text, f, m.find(f.Runes), 0, len(f.Runes), false)
}

// Marks returns the matches in the blocks of an article: those of the phrase
// alone where it stands anywhere, else those of the terms.
func (m *Matcher) Marks(a *article.Article) []query.Mark {
	var phrase, all []query.Mark
	for n, b := range a.Blocks {
		f := m.folder.Fold(b.Text)
		for _, x := range m.find(f.Runes) {
			start, end := f.Span(x.start, x.end)
			mark := query.Mark{Block: n, Start: start, End: end}
			all = append(all, mark)
			if m.forms[x.form].term == 0 {
				phrase = append(phrase, mark)
			}
		}
	}
	if len(phrase) > 0 {
		return phrase
	}
	return all
}

// marked returns the part of text that the runes from up to to were folded
// from, and marks what of the matches is in it. With ellipses, what is left out
// at either side is told by one.
func marked(text string, f analyze.Folded, matches []match, from, to int, ellipses bool) query.Marked {
	var out query.Marked
	add := func(s string, mark bool) {
		if s == "" {
			return
		}
		if n := len(out); n > 0 && out[n-1].Mark == mark {
			out[n-1].Text += s
			return
		}
		out = append(out, query.Span{Text: s, Mark: mark})
	}
	if ellipses && from > 0 {
		add("…", false)
	}
	at := f.Offsets[from]
	if from == 0 {
		at = 0
	}
	for _, x := range matches {
		if x.end <= from || x.start >= to {
			continue
		}
		start, end := f.Span(max(x.start, from), min(x.end, to))
		add(text[at:start], false)
		add(text[start:end], true)
		at = end
	}
	add(text[at:f.Offsets[to]], false)
	if ellipses && to < len(f.Runes) {
		add("…", false)
	}
	return out
}
