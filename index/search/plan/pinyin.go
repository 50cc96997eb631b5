package plan

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/spelling"
	"github.com/kanbao/kanbao/index/search/term"
)

const (
	readMost   = 4 // words that one pinyin is read as
	rare       = 3 // articles from which a Latin word is what it is, and no pinyin
	guessLeast = 4 // letters from which the beginning of a word is read as the whole
)

// A reading is a stretch of a line that is pinyin, in whole or in part, with the
// words of the vocabulary that it may be.
type reading struct {
	from, to int
	typed    []rune
	as       [][]rune
	// found says that articles have what was typed, too.
	found bool
}

// understand fills a plan's words: those of its line, and pinyin, with the words
// that it is read as as forms.
func (l *Planner) understand(ctx context.Context, p *Plan) error {
	readings, err := l.readings(ctx, p)
	if err != nil {
		return err
	}
	at, asTyped := 0, false
	for _, r := range append(readings, reading{from: len(p.Line), to: len(p.Line)}) {
		if len(readings) == 0 || slices.ContainsFunc(p.Line[at:r.from], analyze.Wordly) {
			words, err := p.segment(ctx, p.Line[at:r.from])
			if err != nil {
				return err
			}
			for _, w := range words {
				p.Words = append(p.Words, p.word(w))
			}
		}
		if r.as != nil {
			p.Words = append(p.Words, term.Term{Forms: slices.Concat([][]rune{r.typed}, r.as)})
			p.Read = append(p.Read, query.Reading{Typed: string(r.typed), As: texts(r.as)})
		}
		at, asTyped = r.to, asTyped || r.found
	}
	if len(p.Read) == 0 {
		return nil
	}
	if asTyped || len(readings) == 0 {
		// Articles that have what was typed stand above those with what it may mean.
		return l.ix.Prefetch(ctx, p.wordForms()...)
	}
	p.Phrase.Forms = append(p.Phrase.Forms, p.folder.Runes(string(reread(p.Line, readings))))
	return l.ix.Prefetch(ctx, append(p.wordForms(), p.Phrase.Forms...)...)
}

// wordForms returns all forms of all words.
func (p *Plan) wordForms() [][]rune {
	var forms [][]rune
	for _, u := range p.Words {
		forms = append(forms, u.Forms...)
	}
	return forms
}

// reread returns a line with the likeliest words for what they were typed as.
func reread(line []rune, readings []reading) []rune {
	var out []rune
	at := 0
	for _, r := range readings {
		out = append(append(out, line[at:r.from]...), r.as[0]...)
		at = r.to
	}
	return append(out, line[at:]...)
}

func texts(words [][]rune) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}

// readings returns what of a plan's line is pinyin. A Latin word that the index or
// the synonyms have is not.
func (l *Planner) readings(ctx context.Context, p *Plan) ([]reading, error) {
	var all []reading
	words := spelling.Fields(p.Line)
	for i := 0; i < len(words); {
		if p.hasMixed(words[i]) {
			i++
			continue
		}
		r, n, err := l.readingAt(ctx, p.Line, words[i:])
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, r)
		}
		i += max(n, 1)
	}
	return all, nil
}

// readingAt reads the first of some words or several of them together, and says
// how many; none if they are not pinyin.
func (l *Planner) readingAt(ctx context.Context, line []rune, words [][2]int) (r reading, n int, err error) {
	first := line[words[0][0]:words[0][1]]
	_, han := script(first)
	spellings, n, err := l.spellingsAt(ctx, line, words)
	if len(spellings) == 0 || n == 1 && len(first) < 2 || err != nil {
		return r, 0, err
	}
	alone := n - len(spellings) // words before the last of the shortest
	which, found, err := spelling.Words(ctx, l.ix, func(i int, f spelling.Fit) bool {
		switch {
		case alone+i > 0: // several words
			return f <= spelling.Unfinished
		case f == spelling.Beginning || f == spelling.Unfinished:
			return han > 0 || len(first) >= guessLeast
		}
		return f != spelling.InitialsBegun
	}, spellings...)
	if err != nil {
		return r, 0, err
	}
	n = alone + which + 1
	r = reading{from: words[0][0], to: words[n-1][1], typed: line[words[0][0]:words[n-1][1]]}
	if r.as = meant(found, string(spellings[which])); r.as == nil {
		return r, 0, nil
	}
	p, err := l.ix.Reader(ctx, read.Weights{1, 1, 1}).Postings(read.All, string(r.typed))
	r.found = err == nil && len(p.Docs) > 0
	return r, n, err
}

// spellingsAt returns what the first of some words, and the first of them together,
// spell, the longest last, and how many words that one has. Words that are Latin and
// that the index has spell nothing by themselves.
func (l *Planner) spellingsAt(ctx context.Context, line []rune, words [][2]int) (spellings [][]rune, n int, err error) {
	first := line[words[0][0]:words[0][1]]
	letters, han := script(first)
	if letters == 0 || letters+han < len(first) || !spellable(first[0]) {
		return nil, 0, nil
	}
	indexed := true // the index has all of the words so far
	for n < min(spelling.JoinMost, len(words)) {
		w := line[words[n][0]:words[n][1]]
		if letters, _ := script(w); n > 0 && (han > 0 || letters < len(w) || words[n][0] != words[n-1][1]+1) {
			break
		}
		weight, ok, err := l.ix.Word(ctx, w)
		if err != nil {
			return nil, 0, err
		}
		indexed = indexed && ok && weight > 0
		n++
		if !indexed || han > 0 {
			spellings = append(spellings, spelling.Joined(line[words[0][0]:words[n-1][1]]))
		}
	}
	return spellings, n, nil
}

// meant returns the words that something typed may mean, of those that it spells: the
// best and those that are as good and not much rarer. It returns none if what was
// typed is a word of the articles itself.
func meant(found []spelling.Candidate, typed string) [][]rune {
	var as [][]rune
	best := spelling.Candidate{Fit: spelling.Unfit}
	for _, c := range found {
		switch {
		case c.Text == typed:
			if c.Docs >= rare {
				return nil
			}
			continue
		case best.Fit == spelling.Unfit:
			best = c
		}
		if c.Fit == best.Fit && c.Docs*spelling.RareShare >= best.Docs && len(as) < readMost {
			as = append(as, []rune(c.Text))
		}
	}
	return as
}

// script returns how many Latin letters and Han characters a word has.
func script(word []rune) (letters, han int) {
	for _, r := range word {
		switch {
		case spelling.Latin(r) || r == '\'':
			letters++
		case analyze.Han(r):
			han++
		}
	}
	return letters, han
}

// spellable reports whether a spelling can begin so. No syllable begins with i, u
// or v.
func spellable(r rune) bool {
	return analyze.Han(r) || spelling.Latin(r) && r != 'i' && r != 'u' && r != 'v'
}
