package update_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
)

// rebuild writes an index of the articles over an older one, which may be nil.
func rebuild(t *testing.T, old *chunk.Memory, articles []*article.Article) *chunk.Memory {
	t.Helper()
	return rebuildWith(t, old, articles, nil)
}

func rebuildWith(t *testing.T, old *chunk.Memory, articles []*article.Article, synonyms [][]string) *chunk.Memory {
	t.Helper()
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	store := new(chunk.Memory)
	opt := update.Options{Options: indextest.Small()}
	opt.Sink, opt.Segmenter, opt.Synonyms = store, segmenter, synonyms
	if old != nil {
		opt.Previous = old
	}
	return build(t, opt, store, articles)
}

// build writes an index of the articles into store.
func build(t *testing.T, opt update.Options, store *chunk.Memory, articles []*article.Article) *chunk.Memory {
	t.Helper()
	w, err := update.New(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	updatetest.Write(t, w, articles)
	return store
}

func segments(t *testing.T, store *chunk.Memory) []*manifest.Segment {
	t.Helper()
	m, err := manifest.Open(store.Files()[chunk.ManifestName])
	if err != nil {
		t.Fatal(err)
	}
	return m.Segments
}

func TestUnchangedRebuildChangesNoByte(t *testing.T) {
	articles := indextest.Articles(1, 120)
	first := rebuild(t, nil, articles)
	again := rebuild(t, first, articles).Files()
	if !maps.EqualFunc(first.Files(), again, slices.Equal) {
		t.Error("files differ")
	}
}

// A finder of names that answers otherwise makes every article anew: facets of
// two finders must not be mixed.
func TestOtherNamesMakeAllAnew(t *testing.T) {
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	articles := daily(2, 20)
	with := func(version string, old *chunk.Memory, articles []*article.Article) *chunk.Memory {
		store := new(chunk.Memory)
		opt := update.Options{Options: indextest.Small()}
		opt.Sink, opt.Segmenter, opt.EntitiesVersion = store, segmenter, version
		opt.Entities = func(*article.Article, []words.Line) (persons, places, orgs []string) {
			return []string{"甲" + version}, nil, nil
		}
		if old != nil {
			opt.Previous = old
		}
		return build(t, opt, store, articles)
	}
	old := with("1", nil, articles[:190])
	if s := segments(t, with("1", old, articles)); len(s) != 2 {
		t.Errorf("the same names: %d segments, want the old one and the new", len(s))
	}
	files := with("2", old, articles).Files()
	if !maps.EqualFunc(files, with("2", nil, articles).Files(), slices.Equal) {
		t.Error("other names: the index differs from one that is written from nothing")
	}
}

// An article may be left for the older index to read only as far as that has it.
func TestOnlyWhatPreviousHasCanBeLeftOut(t *testing.T) {
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	articles := daily(2, 20)
	opt := update.Options{Options: indextest.Small(), Previous: rebuild(t, nil, articles[:190])}
	opt.Sink, opt.Segmenter = new(chunk.Memory), segmenter
	w, err := update.New(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	changed := *articles[0]
	changed.Title += "改"
	for about, c := range map[string]struct {
		a    *article.Article
		want bool
	}{"as it was": {articles[0], true}, "changed": {&changed, false}, "new": {articles[195], false}} {
		e := update.EntryOf(c.a)
		if got := w.Has(e.ID, e.Digest); got != c.want {
			t.Errorf("%s: Has returns %v", about, got)
		}
		if _, err := w.Article(e.ID, e.Digest); (err == nil) != c.want {
			t.Errorf("%s: Article returns the error %v", about, err)
		}
		e.Article = nil
		if err := w.Add(c.a.EditionKey(), e); (err == nil) != c.want {
			t.Errorf("%s: Add returns the error %v", about, err)
		}
	}
}

// Whoever changes the synonyms alone changes their chunk and the manifest.
func TestSynonymsChangeOneChunk(t *testing.T) {
	articles := daily(4, 40)
	none := rebuild(t, rebuild(t, nil, articles[:390]), articles)
	one := rebuildWith(t, none, articles, [][]string{{"人民", "新闻"}})
	other := rebuildWith(t, one, articles, [][]string{{"人民", "党建"}})
	back := rebuild(t, other, articles)
	for what, step := range map[string][2]*chunk.Memory{"added": {none, one}, "changed": {one, other}, "removed": {other, back}} {
		before, after := step[0].Files(), step[1].Files()
		var changed []string
		for name, file := range after {
			if !slices.Equal(before[name], file) {
				changed = append(changed, name)
			}
		}
		var want int
		if of := segments(t, step[1])[0].Of(format.Synonyms); len(of) > 0 {
			want = 1
			if !slices.Contains(changed, of[0].ID.Name()) {
				t.Errorf("%s: %v have changed, want the synonyms", what, changed)
			}
		}
		if len(changed) != want+1 || !slices.Contains(changed, chunk.ManifestName) {
			t.Errorf("%s: %v have changed, want the manifest and %d", what, changed, want)
		}
	}
	if !maps.EqualFunc(back.Files(), none.Files(), slices.Equal) {
		t.Error("without synonyms again, the index is not what it was")
	}
	checkAnswers(t, 4, other, articles)
}

// daily returns articles of n days, ten a day, of which those of the last days
// can be left out to have an older state of the same paper.
func daily(seed uint64, days int) []*article.Article {
	articles := indextest.Articles(seed, days*10)
	for i, a := range articles {
		a.Date = fmt.Sprintf("2024-%02d-%02d", 1+i/10/28, 1+i/10%28)
	}
	return articles
}

func TestADaysArticlesLeaveOldChunksAsTheyWere(t *testing.T) {
	articles := daily(2, 40)
	old := rebuild(t, nil, articles[:390])
	now := rebuild(t, old, articles)
	files := now.Files()
	for name, file := range old.Files() {
		if name != chunk.ManifestName && !slices.Equal(files[name], file) {
			t.Errorf("%s is gone or has changed", name)
		}
	}
	if s := segments(t, now); len(s) != 2 || s[1].Docs != 10 {
		t.Errorf("%d segments, want the old one and one of 10 articles", len(s))
	}
}

func TestSegmentsStayFew(t *testing.T) {
	days := indextest.Rounds(40)
	articles := daily(3, days)
	var store *chunk.Memory
	for day := 1; day <= days; day++ {
		store = rebuild(t, store, articles[:day*10])
		s := segments(t, store)
		for i := 1; i < len(s); i++ {
			if s[i-1].Docs < 4*s[i].Docs {
				t.Fatalf("day %d: a segment of %d articles before one of %d", day, s[i-1].Docs, s[i].Docs)
			}
		}
	}
	checkAnswers(t, 3, store, articles[:days*10])
}

// Articles that change, go and come: after each build the index answers as one
// that is written from nothing.
func TestRandomEditsAnswerAsAFullBuild(t *testing.T) {
	for seed := range uint64(indextest.Rounds(4)) {
		rng := rand.New(rand.NewPCG(seed, 9))
		pool := daily(50+seed, 30)
		present := make([]bool, len(pool))
		for i := range present {
			present[i] = rng.IntN(4) > 0
		}
		var store *chunk.Memory
		for range 6 {
			var now []*article.Article
			for i, a := range pool {
				if present[i] {
					now = append(now, a)
				}
			}
			store = rebuild(t, store, now)
			checkAnswers(t, seed, store, now)
			for range 1 + rng.IntN(20) {
				i := rng.IntN(len(pool))
				if rng.IntN(2) == 0 {
					present[i] = !present[i]
					continue
				}
				changed := *pool[i]
				changed.Title = indextest.Line(rng, 2, 10)
				pool[i] = &changed
			}
		}
	}
}

func checkAnswers(t *testing.T, seed uint64, store *chunk.Memory, articles []*article.Article) {
	t.Helper()
	e, err := search.Open(context.Background(), store)
	if err != nil {
		t.Fatal(err)
	}
	if n := e.Inspect().Documents; n != len(articles) {
		t.Fatalf("seed %d: %d documents, want %d", seed, n, len(articles))
	}
	rng := rand.New(rand.NewPCG(seed, 10))
	for range 40 {
		text := indextest.Substring(rng, articles, 6)
		r, err := e.Search(context.Background(), query.Query{Text: `"` + text + `"`, Limit: 10_000, IDsOnly: true})
		if err != nil {
			t.Fatalf("seed %d: %q: %v", seed, text, err)
		}
		var got []string
		for _, h := range r.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		want := slices.Sorted(maps.Keys(indextest.Containing(articles, text)))
		if !slices.Equal(got, want) || r.Total != len(want) {
			t.Fatalf("seed %d: %q: found %v, want %v", seed, text, got, want)
		}
	}
	checkNeighbours(t, e, articles)
}

// Previous and next go through each edition in reading order, whatever segments
// it has come through.
func checkNeighbours(t *testing.T, e *search.Engine, articles []*article.Article) {
	t.Helper()
	for i := 0; i < len(articles); i += 7 {
		a := articles[i]
		d, err := e.Document(context.Background(), a.Path(), "")
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if i+1 < len(articles) && articles[i+1].EditionKey() == a.EditionKey() {
			want = articles[i+1].Path()
		}
		got := ""
		if d.Next != nil {
			got = d.Next.URL
		}
		if got != want {
			t.Fatalf("after %s comes %q, want %q", a.ID, got, want)
		}
	}
}

// A builder need not know of formats: what another version wrote is written anew.
func TestIndexOfAnotherFormatIsWrittenAnew(t *testing.T) {
	articles := daily(6, 10)
	want := rebuild(t, nil, articles).Files()
	for _, version := range []byte{format.Version - 1, format.Version + 1} {
		old := rebuild(t, nil, articles[:90])
		manifest := slices.Clone(old.Files()[chunk.ManifestName])
		manifest[len("kbm")] = version
		if err := old.PutManifest(manifest); err != nil {
			t.Fatal(err)
		}
		if !maps.EqualFunc(rebuild(t, old, articles).Files(), want, slices.Equal) {
			t.Errorf("over an index of format %d: not as if written from nothing", version)
		}
	}
}

func TestDamagedOrForeignIndexIsWrittenAnew(t *testing.T) {
	articles := indextest.Articles(5, 60)
	want := rebuild(t, nil, articles).Files()
	every := 16 / indextest.Rounds(4) // file
	for i, name := range slices.Sorted(maps.Keys(want)) {
		if i%every != 0 && name != chunk.ManifestName {
			continue
		}
		source := &indextest.Faulty{Files: maps.Clone(want)}
		bad := slices.Clone(want[name])
		bad[len(bad)/2] ^= 4
		source.Files[name] = bad
		segmenter, _ := indextest.Segmenter()
		store := new(chunk.Memory)
		opt := update.Options{Options: indextest.Small(), Previous: source}
		opt.Sink, opt.Segmenter = store, segmenter
		w, err := update.New(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles {
			if err := w.Add("", update.EntryOf(a)); err != nil {
				t.Fatal(err)
			}
		}
		_, err = w.Finish(context.Background())
		if err != nil && !strings.Contains(err.Error(), name) {
			t.Errorf("%s damaged: %v", name, err)
		}
		if err == nil && !maps.EqualFunc(store.Files(), want, slices.Equal) {
			t.Errorf("%s damaged: the new index is not as if written from nothing", name)
		}
	}
}
