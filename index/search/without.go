package search

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/syntax"
	"github.com/kanbao/kanbao/index/search/filter"
	"github.com/kanbao/kanbao/index/search/match"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/rank"
	"github.com/kanbao/kanbao/index/search/term"
)

// droppable is how many words are tried without.
const droppable = 5

// without returns what is found if one of the words or filters is dropped, the
// most first.
func (e *Engine) without(ctx context.Context, a *asked, m *match.Query) ([]query.Without, error) {
	var out []query.Without
	try := func(w query.Without, c rank.Clauses, filters []filter.Filter) error {
		if c.Empty() && w.Filter == nil {
			return nil // nothing would be left to look for
		}
		var err error
		if w.Total, err = m.Count(ctx, c, filters); w.Total > 0 {
			out = append(out, w)
		}
		return err
	}
	must, words := a.plan.Must, a.plan.Words
	for i, t := range slices.Concat(must, words) {
		if i == droppable {
			break
		}
		c := m.All()
		if i < len(must) {
			c.Must = leave(must, i)
		} else {
			c.Words = leave(words, i-len(must))
		}
		w := query.Without{Word: string(t.Typed()), Text: e.textWithout(a.Text, t.Typed())}
		if err := try(w, c, m.Filters); err != nil {
			return nil, err
		}
	}
	for i := range a.filters {
		var rest []query.Filter
		rest = append(append(rest, a.filters[:i]...), a.filters[i+1:]...)
		w := query.Without{Filter: &a.filters[i], Text: withoutFilter(a.Text, a.filters[i])}
		if err := try(w, m.All(), a.columns.Filters(rest)); err != nil {
			return nil, err
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Total > out[j].Total })
	return out, nil
}

func leave(terms []term.Term, i int) []term.Term {
	return append(terms[:i:i], terms[i+1:]...)
}

// textWithout returns what was typed without a word.
func (e *Engine) textWithout(text string, word []rune) string {
	from, to, ok := plan.Locate(e.ix.Folder(), text, word)
	if !ok {
		return text
	}
	before, after := text[:from], text[to:]
	if strings.HasSuffix(before, `"`) && strings.HasPrefix(after, `"`) {
		before, after = before[:len(before)-1], after[1:]
	}
	return strings.Join(strings.Fields(before+" "+after), " ")
}

// withoutFilter returns what was typed without a filter, if it was typed.
func withoutFilter(text string, f query.Filter) string {
	var kept []string
	for _, word := range strings.Fields(text) {
		if of := syntax.Parse(word, nil).Filters; len(of) != 1 || of[0].Field != f.Field || of[0].Not != f.Not {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
