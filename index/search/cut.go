package search

import (
	"context"
	"strings"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search/match"
	"github.com/kanbao/kanbao/index/search/plan"
	"github.com/kanbao/kanbao/index/search/term"
)

// cut returns the query with spaces in one of its words, if articles are found that
// way: 台风摩羯 as 台风 摩羯.
func (e *Engine) cut(ctx context.Context, a *asked, m *match.Query) ([]query.Correction, error) {
	for i, t := range a.plan.Words {
		from, to, typed := plan.Locate(e.ix.Folder(), a.Text, t.Typed())
		word := []rune(a.Text[from:to])
		if !typed || len(t.Forms) > 1 || len(word) != len(t.Typed()) {
			continue
		}
		cuts, err := a.plan.Cuts(ctx, t.Typed())
		if err != nil {
			return nil, err
		}
		for _, pieces := range cuts {
			c := m.All()
			c.Words = leave(a.plan.Words, i)
			for _, p := range pieces {
				c.Words = append(c.Words, term.Plain(p))
			}
			if n, err := m.Count(ctx, c, m.Filters); err != nil {
				return nil, err
			} else if n == 0 {
				continue
			}
			text := a.Text[:from] + spaced(word, pieces) + a.Text[to:]
			if n, err := e.found(ctx, a, text); err != nil || n > 0 {
				return []query.Correction{{Text: text, Why: query.RunTogether, Total: n}}, err
			}
		}
	}
	return nil, nil
}

// spaced returns a word, as it was typed, with spaces between its pieces.
func spaced(word []rune, pieces [][]rune) string {
	var parts []string
	for _, p := range pieces {
		parts = append(parts, string(word[:len(p)]))
		word = word[len(p):]
	}
	return strings.Join(parts, " ")
}

// found returns how many articles another text would find in the place of the query's.
func (e *Engine) found(ctx context.Context, a *asked, text string) (int, error) {
	other, err := e.understand(ctx, query.Query{Text: text, Filters: a.Query.Filters, Limit: 1})
	if err != nil {
		return 0, err
	}
	all, err := e.all(ctx, other)
	if err != nil {
		return 0, err
	}
	return all.Total, nil
}
