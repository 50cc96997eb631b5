package search

import (
	"context"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
)

// names are the names that an editor's synonyms know, by what they fold to: of
// each all names of the same thing.
type names struct {
	of      map[string][]format.Synonym
	longest int
}

// names returns the names that have synonyms. They are fetched once.
func (e *Engine) names(ctx context.Context) (*names, error) {
	e.mu.Lock()
	known := e.synonyms
	e.mu.Unlock()
	if known != nil {
		return known, nil
	}
	s, err := e.ix.Synonyms(ctx)
	if err != nil {
		return nil, err
	}
	all := &names{of: make(map[string][]format.Synonym)}
	for _, group := range s.Groups {
		for _, name := range group {
			all.of[name.Folded] = append(all.of[name.Folded], group...)
			all.longest = max(all.longest, len([]rune(name.Folded)))
		}
	}
	e.mu.Lock()
	e.synonyms = all
	e.mu.Unlock()
	return all, nil
}

func (n *names) has(word []rune) bool { return n.of[string(word)] != nil }

// mixed returns where the longest name ends that begins at a place in a line and
// is not all Han, or that place. Words do not find it. Letters and digits beside
// it would make it a part of something else.
func (n *names) mixed(line []rune, from int) int {
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

// named reports whether such a name begins within a word of the line.
func (p *plan) named(word [2]int) bool {
	for at := word[0]; at < word[1]; at++ {
		if p.names.mixed(p.line, at) > at {
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

// unit returns a term of a word with its other forms: dates in all numerals, and
// all names of what it names.
func (p *plan) unit(word []rune) term {
	t := spelled(word)
	typed := string(word)
	var as []string
	for _, name := range p.names.of[typed] {
		if name.Folded != typed {
			t.forms = append(t.forms, []rune(name.Folded))
			as = append(as, name.Written)
		}
	}
	for _, r := range p.read {
		if r.Typed == typed {
			return t
		}
	}
	if as != nil {
		p.read = append(p.read, query.Reading{Typed: typed, As: as})
	}
	return t
}
