package search

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// hits makes the hits of ranked documents.
func (r *run) hits(ctx context.Context, docs []scored) ([]query.Hit, error) {
	hits := make([]query.Hit, len(docs))
	if r.q.IDsOnly {
		return hits, r.e.idHits(ctx, docs, hits)
	}
	m := r.plan.matcher(r.e.folder)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for i, s := range docs {
		g.Go(func() error {
			a, err := r.openDoc(gctx, s.doc)
			if err != nil {
				return err
			}
			r.e.remember(a.Article, s.doc)
			hits[i] = query.Hit{
				ID: a.ID, URL: a.Path(), Title: m.Mark(a.Title), Subtitle: m.Mark(a.Subtitle),
				Date: a.Date, Page: a.Edition.PageName(), Score: s.score,
			}
			if p := m.Passages(a.Article, a.blocks); len(p) > 0 {
				hits[i].Snippet, hits[i].Block, hits[i].Heading = p[0].Snippet, p[0].Block, p[0].Heading
				if len(p) > 1 {
					hits[i].More = p[1:]
				}
			}
			return nil
		})
	}
	return hits, g.Wait()
}

func (e *Engine) idHits(ctx context.Context, docs []scored, hits []query.Hit) error {
	ids := make(map[uint32][]string) // by the base of the segment
	for i, s := range docs {
		seg, local := e.ix.Segment(s.doc)
		of, ok := ids[seg.Base]
		if !ok {
			var err error
			if of, err = seg.IDs(ctx); err != nil {
				return err
			}
			ids[seg.Base] = of
		}
		a := article.Article{ID: of[local]}
		hits[i] = query.Hit{ID: a.ID, URL: a.Path(), Score: s.score}
	}
	return nil
}

func (e *Engine) remember(a *article.Article, doc uint32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.paths[a.Path()] = doc
}
