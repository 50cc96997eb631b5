package search

import (
	"context"

	"github.com/kanbao/kanbao/index/article"
)

// opened is an article that a query has read, folded once for all that look at
// its text.
type opened struct {
	*article.Article
	title  []rune
	blocks [][]rune
}

// openDoc reads a document's article, once a query.
func (r *run) openDoc(ctx context.Context, doc uint32) (*opened, error) {
	r.mu.Lock()
	o := r.read[doc]
	r.mu.Unlock()
	if o != nil {
		return o, nil
	}
	a, err := r.e.ix.Article(ctx, doc)
	if err != nil {
		return nil, err
	}
	o = &opened{Article: a, title: r.e.folder.Runes(a.Title)}
	for _, b := range a.Blocks {
		o.blocks = append(o.blocks, r.e.folder.Runes(b.Text))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	// What is read to be counted and not to be shown is not kept.
	if len(r.read) < 4*nearDepth {
		r.read[doc] = o
	}
	return o, nil
}
