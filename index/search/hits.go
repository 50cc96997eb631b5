package search

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search/match"
	"github.com/kanbao/kanbao/index/search/rank"
)

// hits makes the hits of ranked documents.
func (e *Engine) hits(ctx context.Context, a *asked, texts *match.Texts, docs []rank.Scored) ([]query.Hit, error) {
	hits := make([]query.Hit, len(docs))
	if a.IDsOnly {
		return hits, e.idHits(ctx, docs, hits)
	}
	m := a.plan.Matcher(e.ix.Folder())
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(match.AtOnce)
	for i, s := range docs {
		g.Go(func() error {
			text, err := texts.Get(gctx, s.Doc)
			if err != nil {
				return err
			}
			e.remember(text.Article, s.Doc)
			hits[i] = query.Hit{
				Index: e.ix.Part(s.Doc), ID: text.ID, URL: e.ix.Of(s.Doc).Address(text.Article),
				Title: m.Mark(text.Article.Title), Subtitle: m.Mark(text.Subtitle),
				Date: text.Date, Page: text.Edition.PageName(), Score: rounded(s.Score), Meta: shown(text.Article),
			}
			if p := m.Passages(text.Article, text.Blocks); len(p) > 0 {
				hits[i].Snippet, hits[i].Block, hits[i].Heading = p[0].Snippet, p[0].Block, p[0].Heading
				if len(p) > 1 {
					hits[i].More = p[1:]
				}
			}
			lead(&hits[i], e.ix.Of(s.Doc), text.Article)
			return nil
		})
	}
	return hits, g.Wait()
}

func (e *Engine) idHits(ctx context.Context, docs []rank.Scored, hits []query.Hit) error {
	ids := make(map[uint32][]string) // by the base of the segment
	for i, s := range docs {
		seg, local := e.ix.Segment(s.Doc)
		of, ok := ids[seg.Base]
		if !ok {
			var err error
			if of, err = seg.IDs(ctx); err != nil {
				return err
			}
			ids[seg.Base] = of
		}
		a := article.Article{ID: of[local]}
		hits[i] = query.Hit{Index: e.ix.Part(s.Doc), ID: a.ID, URL: e.ix.Of(s.Doc).Address(&a), Score: rounded(s.Score)}
	}
	return nil
}

func (e *Engine) remember(a *article.Article, doc uint32) {
	if e.ix.Part(doc) > 0 {
		return // another article may have the address
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.paths[e.ix.Of(doc).Address(a)] = doc
}

// rounded returns a score as it is shown, of nine decimals.
func rounded(score float64) float64 { return math.Round(score*1e9) / 1e9 }
