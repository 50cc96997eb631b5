package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// daily returns articles of which no two are of one day, so that their order by date
// is one.
func daily(seed uint64, n int) []*article.Article {
	articles := indextest.Articles(seed, n)
	for i, a := range articles {
		a.Date = time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return articles
}

// parted deals articles out to some indexes, in their order.
func parted(t *testing.T, rng *rand.Rand, articles []*article.Article, n int) []chunk.Source {
	t.Helper()
	parts := make([][]*article.Article, n)
	for _, a := range articles {
		i := rng.IntN(n)
		parts[i] = append(parts[i], a)
	}
	sources := make([]chunk.Source, n)
	for i, part := range parts {
		sources[i] = indextest.Build(t, indextest.Small(), part)
	}
	return sources
}

func openSeveral(t *testing.T, sources ...chunk.Source) *search.Several {
	t.Helper()
	s, err := search.OpenSeveral(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Several indexes answer as one that has the articles of all: the same hits with the
// same scores in the same order, the same total, counts and words. Of a word of three
// characters an index knows only about how many articles have it, where it has no list of
// the trigram; there the hits are the same, and the scores nearly so.
func TestSeveralIndexesAnswerAsOne(t *testing.T) {
	compared, exact := 0, 0
	for seed := range uint64(indextest.Rounds(6)) {
		articles := daily(seed, 90)
		rng := rand.New(rand.NewPCG(seed, 77))
		whole := open(t, indextest.Build(t, indextest.Small(), articles))
		several := openSeveral(t, parted(t, rng, articles, 1+int(seed)%4)...)
		for range 40 {
			q, _ := asked(rng, articles)
			q.IDsOnly, q.Limit = rng.IntN(4) == 0, 1+rng.IntN(30)
			if rng.IntN(5) == 0 {
				q.Facets = nil
			}
			want := ask(t, whole, q)
			got, err := several.Search(t.Context(), q)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			if !slices.Equal(got.Terms, want.Terms) || got.Relaxed {
				continue // their words are weighed by what each index has of them
			}
			compared++
			if len(got.Failed) > 0 || got.Total != want.Total || got.Exact != want.Exact || !reflect.DeepEqual(got.Facets, want.Facets) {
				t.Errorf("%+v: %d found (exact %v), failed %v, facets\n%v\nwant %d (%v)\n%v", q, got.Total, got.Exact, got.Failed, got.Facets, want.Total, want.Exact, want.Facets)
			}
			if slices.ContainsFunc(want.Terms, func(w string) bool { return utf8.RuneCountInString(w) > 2 }) {
				nearHits(t, q, got.Hits, want.Hits)
			} else {
				sameHits(t, q, got.Hits, want.Hits, len(want.Terms) > 0)
				exact++
			}
		}
	}
	if rounds := indextest.Rounds(6); compared < 25*rounds || exact < 5*rounds {
		t.Errorf("only %d answers were compared, %d of them exactly", compared, exact)
	}
}

// nearHits compares scores as they fall, whichever hit has them: two that are next to
// each other may change places.
func nearHits(t *testing.T, q query.Query, got, want []query.Hit) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%+v: %d hits, want %d", q, len(got), len(want))
		return
	}
	for i := range got {
		if g, w := got[i].Score, want[i].Score; math.Abs(g-w) > 0.15*math.Abs(w)+0.2 {
			t.Errorf("%+v: hit %d scores %v, want about %v", q, i, g, w)
		}
	}
}

func sameHits(t *testing.T, q query.Query, got, want []query.Hit, scored bool) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%+v: %d hits, want %d", q, len(got), len(want))
		return
	}
	for i := range got {
		g, w := got[i], want[i]
		if math.Abs(g.Score-w.Score) > 1e-6 && scored && q.Sort == query.Relevance {
			t.Errorf("%+v: hit %d (%s) scores %v, want %v (%s)", q, i, g.ID, g.Score, w.Score, w.ID)
		}
		g.Score, g.Index, w.Score = 0, 0, 0
		if !reflect.DeepEqual(g, w) {
			t.Errorf("%+v: hit %d is\n%+v\nwant\n%+v", q, i, g, w)
		}
	}
}

// An index that fails, at whichever file, is named, and the others answer as if it had
// never been among them.
func TestAFailingIndexIsNamedAndTheOthersAnswer(t *testing.T) {
	articles := daily(3, 90)
	sources := parted(t, rand.New(rand.NewPCG(3, 3)), articles, 3)
	rest := openSeveral(t, sources[0], sources[2])
	files := sources[1].(*chunk.Memory).Files()
	gone := errors.New("gone")
	for name, source := range map[string]*indextest.Faulty{
		"nothing there":   {},
		"unreachable":     {Files: files, Fail: func(string) error { return gone }},
		"chunks missing":  {Files: map[string][]byte{chunk.ManifestName: files[chunk.ManifestName]}},
		"a page for each": {Files: map[string][]byte{chunk.ManifestName: []byte("<!doctype html><title>404</title>")}},
		"chunks damaged":  {Files: damaged(files)},
	} {
		t.Run(name, func(t *testing.T) {
			several := openSeveral(t, sources[0], source, sources[2])
			for _, text := range damageQueries {
				got, err := several.Search(t.Context(), damageQuery(text))
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				want, err := rest.Search(t.Context(), damageQuery(text))
				if err != nil {
					t.Fatal(err)
				}
				if len(got.Failed) != 1 || got.Failed[0].Index != 1 || got.Failed[0].Err == nil || got.Failed[0].Message == "" {
					t.Fatalf("%s: failed are %+v, want index 1", text, got.Failed)
				}
				for i := range got.Hits {
					if want.Hits[i].Index == 1 {
						want.Hits[i].Index = 2
					}
				}
				got.Failed, got.Stats, want.Stats = nil, query.Stats{}, query.Stats{}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: the answer is\n%+v\nwant\n%+v", text, got, want)
				}
			}
			if _, err := several.Suggest(t.Context(), "人", 5); err != nil {
				t.Error(err)
			}
		})
	}
}

// damaged returns files of which all but the manifest have other bytes.
func damaged(files map[string][]byte) map[string][]byte {
	out := make(map[string][]byte)
	for name, file := range files {
		if out[name] = slices.Clone(file); name != chunk.ManifestName {
			out[name][len(file)/2] ^= 1
		}
	}
	return out
}

func TestIndexesThatAllFailAreAnError(t *testing.T) {
	if _, err := search.OpenSeveral(t.Context(), []chunk.Source{&indextest.Faulty{}, &indextest.Faulty{}}); !errors.Is(err, chunk.ErrMissing) {
		t.Errorf("opened: %v, want ErrMissing", err)
	}
	var broken atomic.Bool
	files := indextest.Build(t, indextest.Small(), daily(4, 30)).Files()
	source := func() chunk.Source {
		return &indextest.Faulty{Files: files, Fail: func(string) error {
			if broken.Load() {
				return chunk.ErrUnreachable
			}
			return nil
		}}
	}
	several := openSeveral(t, source(), source())
	broken.Store(true)
	if _, err := several.Search(t.Context(), query.Query{Text: "新闻联播"}); !errors.Is(err, chunk.ErrUnreachable) {
		t.Errorf("searched: %v, want ErrUnreachable", err)
	}
}

func TestAnIndexThatFailedIsTriedAgain(t *testing.T) {
	articles := daily(5, 60)
	sources := parted(t, rand.New(rand.NewPCG(5, 5)), articles, 2)
	synctest.Test(t, func(t *testing.T) {
		var broken atomic.Bool
		broken.Store(true)
		faulty := &indextest.Faulty{Files: sources[1].(*chunk.Memory).Files(), Fail: func(string) error {
			if broken.Load() {
				return chunk.ErrUnreachable
			}
			return nil
		}}
		several := openSeveral(t, sources[0], faulty)
		failed := func() int {
			r, err := several.Search(t.Context(), query.Query{Text: "人民"})
			if err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			return len(r.Failed)
		}
		if failed() != 1 {
			t.Fatal("nothing has failed")
		}
		broken.Store(false)
		faulty.Fetched()
		if failed() != 1 || len(faulty.Fetched()) > 0 {
			t.Error("it is asked again with each query")
		}
		time.Sleep(time.Minute)
		if failed(); failed() != 0 {
			t.Error("it is not tried again")
		}
	})
}

// An index that does not answer does not keep the others.
func TestASilentIndexIsNotWaitedFor(t *testing.T) {
	sources := parted(t, rand.New(rand.NewPCG(6, 6)), daily(6, 60), 2)
	synctest.Test(t, func(t *testing.T) {
		silent := &indextest.Faulty{Files: sources[1].(*chunk.Memory).Files(), Fail: func(string) error {
			time.Sleep(time.Hour)
			return nil
		}}
		began := time.Now()
		several := openSeveral(t, sources[0], silent)
		r, err := several.Search(t.Context(), query.Query{Text: "人民"})
		if err != nil || len(r.Failed) != 1 || time.Since(began) > time.Minute {
			t.Errorf("after %v: %+v, %v", time.Since(began), r, err)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		silent.Fail = nil
		if r, err = several.Search(t.Context(), query.Query{Text: "人民"}); err != nil || len(r.Failed) != 0 {
			t.Errorf("once it has answered: %+v, %v", r.Failed, err)
		}
	})
}

// Two indexes may have articles at the same address.
func TestEachIndexHasItsOwnAddresses(t *testing.T) {
	of := func(title string) chunk.Source {
		var all []*article.Article
		for _, id := range []string{"a", "b"} {
			all = append(all, &article.Article{ID: id, Title: title + id, Date: "2024-09-05", Sections: []article.Section{{Blocks: []article.Block{{Text: "灯塔"}}}}})
		}
		return indextest.Build(t, indextest.Small(), all)
	}
	several := openSeveral(t, of("东"), of("西"), of("南"))
	r, err := several.Search(t.Context(), query.Query{Text: "灯塔"})
	if err != nil || len(r.Hits) != 6 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, h := range r.Hits {
		a, err := several.Article(t.Context(), h.Index, h.ID)
		if err != nil || a.Title != h.Title.String() || a.URL != h.URL || a.Index != h.Index {
			t.Errorf("%d %s is %+v, %v, want %s", h.Index, h.URL, a, err, h.Title)
		}
	}
	for _, id := range []string{"a", "b"} {
		d, err := several.Document(t.Context(), "a/"+id+"/", "")
		if err != nil || d.Article.Title != "东"+id {
			t.Errorf("in the first index: %+v, %v", d, err)
			continue
		}
		if (d.Prev == nil) != (id == "a") || (d.Next == nil) != (id == "b") {
			t.Errorf("%s has neighbours %v and %v, of another index", id, d.Prev, d.Next)
		}
	}
	for _, index := range []int{-1, 2, 3} {
		if _, err := several.Article(t.Context(), index, "c"); !errors.Is(err, query.ErrNotFound) {
			t.Errorf("what is nowhere, in %d: %v", index, err)
		}
	}
}

// All articles are counted where nothing is asked for but that.
func TestFacetsOfAllArticles(t *testing.T) {
	articles := daily(8, 60)
	r := ask(t, open(t, indextest.Build(t, indextest.Small(), articles)), query.Query{Facets: query.Fields(), Limit: 3})
	if r.Total != len(articles) || !r.Exact || len(r.Facets) != len(query.Fields()) || len(r.Hits) != 3 {
		t.Fatalf("%d of %d articles, exact %v, %d facets, %d hits", r.Total, len(articles), r.Exact, len(r.Facets), len(r.Hits))
	}
	want := scan{}.counts(articles, query.Category, false)
	if got := r.Facets[slices.Index(query.Fields(), query.Category)].Values; !slices.Equal(got, want) {
		t.Errorf("categories %v, want %v", got, want)
	}
}
