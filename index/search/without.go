package search

import (
	"slices"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
)

// droppable is how many words are tried without.
const droppable = 5

// without returns what is found if one of the words or filters is dropped, the
// most first.
func (r *run) without(filters []query.Filter) ([]query.Without, error) {
	var out []query.Without
	try := func(w query.Without, must, units []term) error {
		if len(must)+len(units) == 0 && w.Filter == nil {
			return nil // nothing would be left to look for
		}
		_, total, err := r.collect(words{must: must, list: units}, 1)
		if w.Total = total; total > 0 {
			out = append(out, w)
		}
		return err
	}
	p := r.plan
	for i, t := range slices.Concat(p.quoted, p.units) {
		if i == droppable {
			break
		}
		must, units := p.quoted, p.units
		if i < len(must) {
			must = leave(must, i)
		} else {
			units = leave(units, i-len(must))
		}
		w := query.Without{Word: string(t.typed()), Text: r.textWithout(t.typed())}
		if err := try(w, must, units); err != nil {
			return nil, err
		}
	}
	sieves := r.sieves
	for i := range filters {
		var rest []query.Filter
		rest = append(append(rest, filters[:i]...), filters[i+1:]...)
		r.sieves = r.e.sieves(r.columns, rest)
		w := query.Without{Filter: &filters[i], Text: withoutFilter(r.q.Text, filters[i])}
		if err := try(w, p.quoted, p.units); err != nil {
			return nil, err
		}
	}
	r.sieves = sieves
	sort.SliceStable(out, func(i, j int) bool { return out[i].Total > out[j].Total })
	return out, nil
}

func leave(terms []term, i int) []term {
	return append(terms[:i:i], terms[i+1:]...)
}

// textWithout returns what was typed without a word.
func (r *run) textWithout(word []rune) string {
	typed := r.e.folder.Fold(r.q.Text)
	at := find(typed.Runes, word, 0)
	if at < 0 {
		return r.q.Text
	}
	from, to := typed.Span(at, at+len(word))
	before, after := r.q.Text[:from], r.q.Text[to:]
	if strings.HasSuffix(before, `"`) && strings.HasPrefix(after, `"`) {
		before, after = before[:len(before)-1], after[1:]
	}
	return strings.Join(strings.Fields(before+" "+after), " ")
}

// withoutFilter returns what was typed without a filter, if it was typed.
func withoutFilter(text string, f query.Filter) string {
	var kept []string
	for _, word := range strings.Fields(text) {
		if of := syntax.Parse(word).Filters; len(of) != 1 || of[0].Field != f.Field || of[0].Not != f.Not {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
