package search

import (
	"context"
	"fmt"
	"sort"

	"github.com/kanbao/kanbao/index/query"
)

// Suggest implements query.Searcher: the words of the index that begin with
// prefix, the commonest first.
func (e *Engine) Suggest(ctx context.Context, prefix string, limit int) ([]query.Suggestion, error) {
	folded := e.folder.Fold(prefix).Runes
	if len(folded) == 0 || limit <= 0 {
		return nil, nil
	}
	words, err := e.ix.Words(ctx, folded)
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", prefix, err)
	}
	sort.SliceStable(words, func(i, j int) bool { return words[i].Count > words[j].Count })
	return words[:min(limit, len(words))], nil
}
