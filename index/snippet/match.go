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
	Weight float64
}

// A Matcher marks the terms of one query.
type Matcher struct {
	Folder analyze.Folder
	// Phrases are the forms of the query as a whole, or nil if it is but one of
	// the terms.
	Phrases [][]rune
	Terms   []Term
}

// match is a term in a folded line, in runes; term -1 is the phrase.
type match struct{ start, end, term int }

// find returns the matches in a line by where they begin, none overlapping: the
// phrase where it stands, and elsewhere the terms, the longest first.
func (m *Matcher) find(line []rune) []match {
	taken := make([]bool, len(line))
	var found []match
	add := func(runes []rune, term int) {
		for i := 0; i+len(runes) <= len(line); i++ {
			if taken[i] || taken[i+len(runes)-1] || !slices.Equal(line[i:i+len(runes)], runes) {
				continue
			}
			found = append(found, match{i, i + len(runes), term})
			for j := i; j < i+len(runes); j++ {
				taken[j] = true
			}
			i += len(runes) - 1
		}
	}
	for _, p := range m.Phrases {
		if len(p) > 0 {
			add(p, -1)
		}
	}
	for _, f := range m.byLength() {
		add(f.runes, f.term)
	}
	sort.Slice(found, func(i, j int) bool { return found[i].start < found[j].start })
	return found
}

// form is one form of a term.
type form struct {
	runes []rune
	term  int
}

// byLength returns the forms of all terms, the longest first.
func (m *Matcher) byLength() []form {
	var forms []form
	for i, t := range m.Terms {
		for _, f := range t.Forms {
			if len(f) > 0 {
				forms = append(forms, form{f, i})
			}
		}
	}
	sort.SliceStable(forms, func(i, j int) bool { return len(forms[i].runes) > len(forms[j].runes) })
	return forms
}

// Mark returns the whole text with its matches marked.
func (m *Matcher) Mark(text string) query.Marked {
	f := m.Folder.Fold(text)
	return marked(text, f, m.find(f.Runes), 0, len(f.Runes), false)
}

// Marks returns the matches in the blocks of an article: those of the phrase
// alone where it stands anywhere, else those of the terms.
func (m *Matcher) Marks(a *article.Article) []query.Mark {
	var phrase, all []query.Mark
	for n, b := range a.Blocks {
		f := m.Folder.Fold(b.Text)
		for _, x := range m.find(f.Runes) {
			start, end := f.Span(x.start, x.end)
			mark := query.Mark{Block: n, Start: start, End: end}
			all = append(all, mark)
			if x.term < 0 {
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
// from. With ellipses, what is left out at either side is told by one.
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
		if x.start < from || x.end > to {
			continue
		}
		start, end := f.Span(x.start, x.end)
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
