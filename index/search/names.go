package search

import (
	"context"
	"slices"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/query"
)

// names are the names that an editor's synonyms know, by what they fold to.
type names struct {
	of      map[string]others
	longest int
}

// others are the other names of what one names, folded and as they were written.
type others struct {
	forms   [][]rune
	written []string
}

// names returns the names that have synonyms. They are fetched once.
func (e *Engine) names(ctx context.Context) (names, error) {
	e.mu.Lock()
	known := e.synonyms
	e.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	s, err := e.ix.Synonyms(ctx)
	if s == nil || err != nil {
		return names{}, err
	}
	all := newNames(s)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.synonyms = &all
	return all, nil
}

func newNames(s *format.SynonymList) names {
	all := names{of: make(map[string]others)}
	for _, group := range s.Groups {
		for _, name := range group {
			o := all.of[name.Folded]
			for _, other := range group {
				if other.Folded != name.Folded {
					o.forms = append(o.forms, []rune(other.Folded))
					o.written = append(o.written, other.Written)
				}
			}
			all.of[name.Folded] = o
			all.longest = max(all.longest, len([]rune(name.Folded)))
		}
	}
	return all
}

func (n names) has(word []rune) bool {
	_, ok := n.of[string(word)]
	return ok
}

// mixed returns where in a line names stand that are not all Han, the longest
// from the left: words do not find them. Letters and digits beside them make them
// a part of something else.
func (n names) mixed(line []rune) []reading {
	var all []reading
	for from := 0; from < len(line); from++ {
		for to := min(from+n.longest, len(line)); to > from; to-- {
			name := line[from:to]
			o, ok := n.of[string(name)]
			if ok && slices.ContainsFunc(name, notHan) && !joint(line, from) && !joint(line, to) {
				all = append(all, reading{from: from, to: to, typed: name, as: o.forms, shown: o.written, own: true})
				from = to - 1
				break
			}
		}
	}
	return all
}

func notHan(r rune) bool { return !analyze.Han(r) }

// joint reports whether a place in a line is within a run of letters or digits.
func joint(line []rune, at int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(line) && analyze.Wordly(line[i]) && !analyze.Han(line[i])
	}
	return letter(at-1) && letter(at)
}

// unit returns a term of a word with its other forms: dates in all numerals, and
// all names of what it names.
func (p *plan) unit(word []rune) term {
	t := spelled(word)
	if o, ok := p.names.of[string(word)]; ok {
		t.forms = unique(slices.Concat(t.forms, o.forms))
		p.told(string(word), o.written)
	}
	return t
}

// told notes what a word is read as, once.
func (p *plan) told(typed string, as []string) {
	if !slices.ContainsFunc(p.read, func(r query.Reading) bool { return r.Typed == typed }) {
		p.read = append(p.read, query.Reading{Typed: typed, As: as})
	}
}
