package search

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
)

const (
	readMost   = 4  // words that one pinyin is read as
	readShare  = 20 // how many times rarer than the commonest of them one may be
	joinMost   = 4  // words that may be the syllables of one
	rare       = 3  // articles from which a Latin word is what it is, and no pinyin
	guessLeast = 4  // letters from which the beginning of a word is read as the whole
)

// A reading is a stretch of a line that the vocabulary reads as other words than
// what it says: pinyin, in whole or in part.
type reading struct {
	from, to int
	typed    []rune
	as       [][]rune
	// own says that articles have what was typed, too.
	own bool
}

// understand fills a plan's units: the words of its line, and what is read as
// other words, with those as forms.
func (e *Engine) understand(ctx context.Context, p *plan) error {
	readings, err := e.readings(ctx, p)
	if err != nil {
		return err
	}
	at, own := 0, false
	for _, r := range append(readings, reading{from: len(p.line), to: len(p.line)}) {
		if len(readings) == 0 || slices.ContainsFunc(p.line[at:r.from], analyze.Wordly) {
			units, err := p.cut(ctx, p.line[at:r.from])
			if err != nil {
				return err
			}
			for _, u := range units {
				p.units = append(p.units, p.unit(u))
			}
		}
		if r.as != nil {
			p.units = append(p.units, term{forms: slices.Concat([][]rune{r.typed}, r.as)})
			p.read = append(p.read, query.Reading{Typed: string(r.typed), As: texts(r.as)})
		}
		at, own = r.to, own || r.own
	}
	if len(p.read) == 0 {
		return nil
	}
	if own || len(readings) == 0 {
		// Articles with what was typed stand above all that it may mean.
		return e.ix.Prefetch(ctx, p.unitForms()...)
	}
	p.phrase.forms = append(p.phrase.forms, reread(p.line, readings))
	return e.ix.Prefetch(ctx, append(p.unitForms(), p.phrase.forms...)...)
}

// unitForms returns all forms of all units.
func (p *plan) unitForms() [][]rune {
	var forms [][]rune
	for _, u := range p.units {
		forms = append(forms, u.forms...)
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

// readings returns what of a plan's line is pinyin. Latin words that the index or
// the synonyms have are what they are.
func (e *Engine) readings(ctx context.Context, p *plan) ([]reading, error) {
	var all []reading
	words := fields(p.line)
	for i := 0; i < len(words); {
		if p.named(words[i]) {
			i++
			continue
		}
		r, n, err := e.readingAt(ctx, p.line, words[i:])
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

// fields returns where the words of a line begin and end, as spaces and
// punctuation part them.
func fields(line []rune) [][2]int {
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

// readingAt reads the first of some words or several of them together, and says
// how many; none if they are not pinyin.
func (e *Engine) readingAt(ctx context.Context, line []rune, words [][2]int) (r reading, n int, err error) {
	first := line[words[0][0]:words[0][1]]
	letters, han := script(first)
	if letters == 0 || letters+han < len(first) || !spellable(first[0]) {
		return r, 0, nil
	}
	var spellings [][]rune // the longest last
	known := true
	for n < min(joinMost, len(words)) {
		w := line[words[n][0]:words[n][1]]
		if letters, _ := script(w); n > 0 && (han > 0 || letters < len(w) || words[n][0] != words[n-1][1]+1) {
			break
		}
		weight, ok, err := e.ix.Word(ctx, w)
		if err != nil {
			return r, 0, err
		}
		known = known && ok && weight > 0
		n++
		if known && han == 0 {
			continue
		}
		spellings = append(spellings, joined(line[words[0][0]:words[n-1][1]]))
	}
	if len(spellings) == 0 || n == 1 && len(first) < 2 {
		return r, 0, nil
	}
	alone := n - len(spellings) // words before the last of the shortest
	which, found, err := e.spelling(ctx, func(i int, f fit) bool {
		switch {
		case alone+i > 0: // several words
			return f <= halved
		case f == begun || f == halved:
			return han > 0 || len(first) >= guessLeast
		}
		return f != shorter
	}, spellings...)
	if err != nil || len(found) == 0 {
		return r, 0, err
	}
	n = alone + which + 1
	r = reading{from: words[0][0], to: words[n-1][1], typed: line[words[0][0]:words[n-1][1]]}
	best := candidate{fit: unfit}
	for _, c := range found {
		switch {
		case c.text == string(spellings[which]):
			if c.docs >= rare {
				return r, 0, nil
			}
			continue
		case best.fit == unfit:
			best = c
		}
		if c.fit == best.fit && c.docs*readShare >= best.docs && len(r.as) < readMost {
			r.as = append(r.as, []rune(c.text))
		}
	}
	if r.as == nil {
		return r, 0, nil
	}
	p, err := e.ix.Reader(ctx, weights).Postings(read.All, string(r.typed))
	r.own = err == nil && len(p.Docs) > 0
	return r, n, err
}

// script returns how many Latin letters and Han characters a word has.
func script(word []rune) (letters, han int) {
	for _, r := range word {
		switch {
		case latin(r) || r == '\'':
			letters++
		case analyze.Han(r):
			han++
		}
	}
	return letters, han
}

// spellable reports whether a spelling can begin so. No syllable begins with i, u
// or v.
func spellable(r rune) bool { return analyze.Han(r) || latin(r) && r != 'i' && r != 'u' && r != 'v' }

// joined returns the syllables of a stretch without what parts them.
func joined(line []rune) []rune {
	var out []rune
	for _, r := range line {
		if r != ' ' && r != '\'' {
			out = append(out, r)
		}
	}
	return out
}
