package plan

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search/term"
)

// synonyms are the names of an editor's synonyms by what they fold to: of each all
// names of the same thing.
type synonyms struct {
	of      map[string][]format.Synonym
	longest int
}

// synonyms returns the synonyms of the index, which are fetched once.
func (l *Planner) synonyms(ctx context.Context) (*synonyms, error) {
	l.mu.Lock()
	fetched := l.fetched
	l.mu.Unlock()
	if fetched != nil {
		return fetched, nil
	}
	s, err := l.ix.Synonyms(ctx)
	if err != nil {
		return nil, err
	}
	all := &synonyms{of: make(map[string][]format.Synonym)}
	for _, group := range s.Groups {
		for _, name := range group {
			all.of[name.Folded] = append(all.of[name.Folded], group...)
			all.longest = max(all.longest, len([]rune(name.Folded)))
		}
	}
	l.mu.Lock()
	l.fetched = all
	l.mu.Unlock()
	return all, nil
}

func (n *synonyms) has(word []rune) bool { return n.of[string(word)] != nil }

// mixed returns the end of the longest name that begins at a place in a line and is
// not all Han, or that place if there is none. Segmentation does not find such names,
// for it goes through Han characters only. A name with letters or digits beside it is
// part of something else.
func (n *synonyms) mixed(line []rune, from int) int {
	han := true
	end := from
	for to := from; to < len(line) && to < from+n.longest && !joint(line, from); {
		han = han && analyze.Han(line[to])
		to++
		if !han && n.has(line[from:to]) && !joint(line, to) {
			end = to
		}
	}
	return end
}

// hasMixed reports whether such a name begins within a word of the line.
func (p *Plan) hasMixed(word [2]int) bool {
	for at := word[0]; at < word[1]; at++ {
		if p.synonyms.mixed(p.Line, at) > at {
			return true
		}
	}
	return false
}

// joint reports whether a place in a line is within a run of letters or digits.
func joint(line []rune, at int) bool {
	return at > 0 && at < len(line) && letter(line[at-1]) && letter(line[at])
}

func letter(r rune) bool { return analyze.Wordly(r) && !analyze.Han(r) }

// word returns a term of a word with its other forms: dates in all numerals, and
// its synonyms.
func (p *Plan) word(word []rune) term.Term {
	t := term.Dated(word)
	typed := string(word)
	var as []string
	for _, name := range p.synonyms.of[typed] {
		if form := []rune(name.Folded); !slices.ContainsFunc(t.Forms, func(f []rune) bool { return slices.Equal(f, form) }) {
			t.Forms = append(t.Forms, form)
			as = append(as, name.Written)
		}
	}
	for _, r := range p.Read {
		if r.Typed == typed {
			return t
		}
	}
	if as != nil {
		p.Read = append(p.Read, query.Reading{Typed: typed, As: as})
	}
	return t
}
