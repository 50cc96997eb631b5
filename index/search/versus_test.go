//go:build !js

package search_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/read"
)

// The same articles, one block each and short enough for exact lengths, in an
// index of bleve's own with our analyzer: its BM25 over that and over ours must
// give every article the same score, but for the 32 bits of bleve's norms.
func TestTermsScoreAsInBleve(t *testing.T) {
	const name = "kanbao bigrams"
	err := registry.RegisterAnalyzer(name, func(map[string]interface{}, *registry.Cache) (analysis.Analyzer, error) {
		return indextest.BigramAnalyzer{Folder: indextest.Folder()}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mapping := bleve.NewIndexMapping()
	mapping.ScoringModel = index.BM25Scoring
	mapping.DefaultAnalyzer = name
	theirs, err := bleve.NewMemOnly(mapping)
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()

	rng := rand.New(rand.NewPCG(31, 1))
	var articles []*article.Article
	for _, a := range indextest.Articles(31, 80) {
		text := []rune(indextest.Line(rng, 1, 6))
		a.Sections = []article.Section{{Blocks: []article.Block{{Text: string(text[:min(len(text), 15)])}}}}
		a.Title = "" // lengths are of whole articles
		articles = append(articles, a)
		if err := theirs.Index(a.ID, map[string]string{"body": a.Sections[0].Blocks[0].Text}); err != nil {
			t.Fatal(err)
		}
	}
	ours, err := read.Open(context.Background(), indextest.Build(t, indextest.Small(), articles), read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// bleve takes the number of different terms for the sum of the lengths, which
	// makes its average length too small. Ours counts lengths; here both take bleve's.
	dict, err := theirs.FieldDict("body")
	if err != nil {
		t.Fatal(err)
	}
	stats := &bsearch.BM25Stats{DocCount: float64(len(articles)), FieldCardinality: map[string]int{"body": dict.Cardinality()}}
	dict.Close()
	ids, err := ours.Segments()[0].IDs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for range 120 {
		bigram := []rune(indextest.Folder().Fold(indextest.Substring(rng, articles, 2)).String())
		if len(bigram) != 2 {
			continue
		}
		q := bleve.NewTermQuery(string(bigram))
		q.SetField("body")
		req := bleve.NewSearchRequestOptions(q, len(articles), 0, false)
		result, err := theirs.Search(req)
		if err != nil {
			t.Fatal(err)
		}
		want := make(map[string]float64)
		for _, h := range result.Hits {
			want[h.ID] = h.Score
		}
		got := scores(t, ours, stats, ids, string(bigram))
		if len(got) != len(want) {
			t.Fatalf("%q: %d articles, in bleve %d", string(bigram), len(got), len(want))
		}
		for id, score := range want {
			if math.Abs(got[id]-score) > 1e-6*math.Abs(score) {
				t.Fatalf("%q: %s scores %v, in bleve %v", string(bigram), id, got[id], score)
			}
		}
		asked += len(want)
	}
	if asked == 0 {
		t.Error("no term was in any article: the test tests nothing")
	}
}

func scores(t *testing.T, ix *read.Index, stats *bsearch.BM25Stats, ids []string, term string) map[string]float64 {
	t.Helper()
	ctx := context.WithValue(context.Background(), bsearch.GetScoringModelCallbackKey,
		bsearch.GetScoringModelCallbackFn(func() string { return index.BM25Scoring }))
	ctx = context.WithValue(ctx, bsearch.BM25StatsKey, stats)
	r := ix.Reader(ctx, read.Weights{1, 1, 1})
	s, err := searcher.NewTermSearcher(ctx, r, term, "body", 1, bsearch.SearcherOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]float64)
	sctx := &bsearch.SearchContext{DocumentMatchPool: bsearch.NewDocumentMatchPool(4, 0)}
	for {
		m, err := s.Next(sctx)
		if err != nil {
			t.Fatal(err)
		}
		if m == nil {
			return got
		}
		got[ids[read.Doc(m.IndexInternalID)]] = m.Score
		sctx.DocumentMatchPool.Put(m)
	}
}
