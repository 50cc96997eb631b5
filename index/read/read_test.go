package read

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
)

func open(t *testing.T, seed uint64, n int) (*Index, []string) {
	t.Helper()
	ix, err := Open(context.Background(), indextest.Build(t, indextest.Small(), indextest.Articles(seed, n)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	ids, err := ix.Segments()[0].IDs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return ix, ids
}

// The postings of a bigram are the articles that have it, each with its count.
func TestPostingsAreThoseOfTheText(t *testing.T) {
	articles := indextest.Articles(41, 60)
	ix, ids := open(t, 41, 60)
	rng := rand.New(rand.NewPCG(41, 1))
	for range 100 {
		term := []rune(indextest.Folder().Fold(indextest.Substring(rng, articles, 2)).String())
		if len(term) != 2 {
			continue
		}
		p, err := ix.Reader(context.Background(), Weights{1, 1, 1}).Postings(All, string(term))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(p.Docs) {
			t.Fatalf("%q: documents %v", string(term), p.Docs)
		}
		got := make(map[string]int)
		for i, doc := range p.Docs {
			got[ids[doc]] = int(p.Freqs[i])
		}
		for _, a := range articles {
			n := 0
			for _, line := range indextest.Lines(a) {
				analyze.Bigrams(indextest.Folder().Fold(line).Runes, func(_ int, x, y rune) {
					if x == term[0] && y == term[1] {
						n++
					}
				})
			}
			if got[a.ID] != n {
				t.Fatalf("%q stands %d times in %s, the index says %d", string(term), n, a.ID, got[a.ID])
			}
		}
	}
}

func TestColumnsAreThoseOfTheArticles(t *testing.T) {
	articles := indextest.Articles(42, 70)
	ix, ids := open(t, 42, 70)
	days, err := ix.Segments()[0].Days(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(days) {
		t.Errorf("documents are not in the order of their days: %v", days)
	}
	for doc, id := range ids {
		i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.ID == id })
		if got := format.Date(int(days[doc])); got != articles[i].Date {
			t.Errorf("%s is of %s, the index says %s", id, articles[i].Date, got)
		}
		a, err := ix.Article(context.Background(), uint32(doc))
		if err != nil || a.ID != id || a.Title != articles[i].Title || a.Text() != articles[i].Text() {
			t.Errorf("document %d is not article %s as it was: %+v, %v", doc, id, a, err)
		}
	}
}

func TestWordsOfAPrefix(t *testing.T) {
	ix, _ := open(t, 43, 60)
	var got []string
	err := ix.Words(context.Background(), []BucketRange{BucketsOf("jiang")}, func(w *Word) {
		if strings.HasPrefix(string(w.Text), "江海") {
			got = append(got, string(w.Text)+" "+strings.Join(w.Syllables, "'"))
		}
		if w.Docs < 1 || !strings.HasPrefix(w.Syllables[0], "jia") {
			t.Errorf("%s, read %q, is in %d articles", string(w.Text), w.Syllables, w.Docs)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	// 江海新闻 is the source of some articles, whose text has it.
	if !slices.Equal(got, []string{"江海 jiang'hai", "江海新闻 jiang'hai'xin'wen", "江海区 jiang'hai'qu"}) {
		t.Errorf("words %v, want 江海, 江海新闻, 江海区", got)
	}
	if weight, ok, err := ix.Word(context.Background(), []rune("江海区")); !ok || err != nil || weight == 0 {
		t.Errorf("江海区: weight %d, a word %v, %v", weight, ok, err)
	}
	if _, ok, _ := ix.Word(context.Background(), []rune("海区海")); ok {
		t.Error("海区海 is a word")
	}
}

func TestGallopFindsWhatASearchFinds(t *testing.T) {
	rng := rand.New(rand.NewPCG(44, 1))
	for range 500 {
		var list []uint32
		for i := range uint32(rng.IntN(60)) {
			if rng.IntN(3) > 0 {
				list = append(list, i)
			}
		}
		doc := uint32(rng.IntN(70))
		want, _ := slices.BinarySearch(list, doc)
		if got := gallop(list, doc); got != want {
			t.Fatalf("%d in %v: %d, want %d", doc, list, got, want)
		}
	}
}

func TestReaderRefusesWhatItDoesNotKeep(t *testing.T) {
	ix, _ := open(t, 45, 10)
	r := ix.Reader(context.Background(), Weights{1, 1, 1})
	if _, err := r.TermFieldReader(context.Background(), []byte("人民"), "nofield", true, true, false); err == nil {
		t.Error("a field that is not there has postings")
	}
	if _, err := r.TermFieldReader(context.Background(), []byte("人民"), "body", true, true, true); err == nil {
		t.Error("an index of bigrams has term vectors")
	}
	if n, err := r.FieldCardinality(All); err != nil || n == 0 {
		t.Errorf("all fields have %d bigrams, %v", n, err)
	}
	if names, _ := r.Fields(); !slices.Equal(names, manifest.Fields[:]) {
		t.Errorf("fields %v", names)
	}
}
