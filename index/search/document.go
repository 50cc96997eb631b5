package search

import (
	"context"
	"fmt"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// Document implements query.Library.
func (e *Engine) Document(ctx context.Context, url, text string) (*query.Document, error) {
	doc, err := e.find(ctx, url)
	if err != nil {
		return nil, err
	}
	a, err := e.ix.Article(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", url, err)
	}
	d := &query.Document{Article: a}
	if d.Prev, err = e.neighbour(ctx, a, int64(doc)-1); err != nil {
		return nil, err
	}
	if d.Next, err = e.neighbour(ctx, a, int64(doc)+1); err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) != "" {
		asked, err := e.understand(ctx, query.Query{Text: text})
		if err != nil {
			return nil, err
		}
		if d.Marks = asked.plan.Matcher(e.ix.Folder()).Marks(a); len(d.Marks) == 0 {
			d.Marks = asked.plan.Anywhere().Matcher(e.ix.Folder()).Marks(a)
		}
	}
	return d, nil
}

// find returns the document at an address.
func (e *Engine) find(ctx context.Context, url string) (uint32, error) {
	e.mu.Lock()
	doc, ok := e.paths[url]
	e.mu.Unlock()
	if ok {
		return doc, nil
	}
	for _, s := range e.ix.Segments() {
		ids, err := s.IDs(ctx)
		if err != nil {
			return 0, fmt.Errorf("open %s: %w", url, err)
		}
		deleted, err := s.Deleted(ctx)
		if err != nil {
			return 0, fmt.Errorf("open %s: %w", url, err)
		}
		for i, id := range ids {
			a := article.Article{ID: id}
			if e.ix.Address(&a) == url && !deleted.Has(uint32(i)) {
				return s.Base + uint32(i), nil
			}
		}
	}
	return 0, fmt.Errorf("open %s: %w", url, query.ErrNotFound)
}

// neighbour links to a document if it is of the article's edition.
func (e *Engine) neighbour(ctx context.Context, a *article.Article, doc int64) (*query.Link, error) {
	if doc < 0 || doc >= int64(e.ix.MaxDoc()) {
		return nil, nil
	}
	s, local := e.ix.Segment(uint32(doc))
	deleted, err := s.Deleted(ctx)
	if err != nil || deleted.Has(local) {
		return nil, err
	}
	b, err := e.ix.Article(ctx, uint32(doc))
	if err != nil {
		return nil, err
	}
	if b.EditionKey() != a.EditionKey() {
		return nil, nil
	}
	e.remember(b, uint32(doc))
	return &query.Link{URL: e.ix.Address(b), Title: b.Title}, nil
}
