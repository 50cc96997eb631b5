package match

import (
	"context"
	"sync"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/read"
	"github.com/kanbao/kanbao/index/search/rank"
)

// A Text is an article that a query has read, folded once for all steps that look at
// it.
type Text struct {
	*article.Article
	Title  []rune
	Blocks [][]rune
}

// Texts reads articles, those to be shown once for all steps of a query. Its methods
// may be called from several goroutines.
type Texts struct {
	ix *read.Index

	mu   sync.Mutex
	read map[uint32]*Text
}

// NewTexts returns what reads the articles of an index.
func NewTexts(ix *read.Index) *Texts { return &Texts{ix: ix, read: make(map[uint32]*Text)} }

// Get returns the text of a document.
func (t *Texts) Get(ctx context.Context, doc uint32) (*Text, error) {
	t.mu.Lock()
	text := t.read[doc]
	t.mu.Unlock()
	if text != nil {
		return text, nil
	}
	a, err := t.ix.Article(ctx, doc)
	if err != nil {
		return nil, err
	}
	folder := t.ix.Folder()
	text = &Text{Article: a, Title: folder.Runes(a.Title)}
	for _, b := range a.Blocks {
		text.Blocks = append(text.Blocks, folder.Runes(b.Text))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	// What is read to be counted and not to be shown is not kept.
	if len(t.read) < 4*rank.Depth {
		t.read[doc] = text
	}
	return text, nil
}
