package search

import (
	"context"
	"fmt"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/read"
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
	if d.Prev, err = e.neighbour(ctx, a, doc, -1); err != nil {
		return nil, err
	}
	if d.Next, err = e.neighbour(ctx, a, doc, 1); err != nil {
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

// find returns the document at an address, of several indexes in the first that has it.
func (e *Engine) find(ctx context.Context, url string) (uint32, error) {
	e.mu.Lock()
	doc, ok := e.paths[url]
	e.mu.Unlock()
	if ok {
		return doc, nil
	}
	doc, ok, err := e.first(ctx, func(s *read.Segment, id string) bool { return s.Index().Address(&article.Article{ID: id}) == url })
	if err == nil && !ok {
		err = query.ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("open %s: %w", url, err)
	}
	return doc, nil
}

// first returns the first document that is not deleted and of which is holds.
func (e *Engine) first(ctx context.Context, is func(s *read.Segment, id string) bool) (doc uint32, ok bool, err error) {
	for _, s := range e.ix.Segments() {
		ids, err := s.IDs(ctx)
		if err != nil {
			return 0, false, err
		}
		deleted, err := s.Deleted(ctx)
		if err != nil {
			return 0, false, err
		}
		for i, id := range ids {
			if is(s, id) && !deleted.Has(uint32(i)) {
				return s.Base + uint32(i), true, nil
			}
		}
	}
	return 0, false, nil
}

// Article implements query.Union.
func (e *Engine) Article(ctx context.Context, index int, id string) (*query.Article, error) {
	doc, ok, err := e.first(ctx, func(s *read.Segment, has string) bool { return has == id && e.ix.Part(s.Base) == index })
	if err == nil && !ok {
		err = query.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("article %q: %w", id, err)
	}
	a, err := e.ix.Article(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("article %q: %w", id, err)
	}
	of := e.ix.Of(doc)
	out := query.ArticleOf(a)
	out.Index, out.URL = index, of.Address(a)
	if root, ok := of.Manifest.Pages(); ok {
		out.Href = root + out.URL
	}
	return out, nil
}

// neighbour links to the document a step away from an article's own if it is of the
// same edition.
func (e *Engine) neighbour(ctx context.Context, a *article.Article, of uint32, step int64) (*query.Link, error) {
	doc := int64(of) + step
	if doc < 0 || doc >= int64(e.ix.MaxDoc()) || e.ix.Part(uint32(doc)) != e.ix.Part(of) {
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
	return &query.Link{URL: e.ix.Of(uint32(doc)).Address(b), Title: b.Title}, nil
}
