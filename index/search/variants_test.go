package search_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/format"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/manifest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
	"github.com/kanbao/kanbao/index/write"
)

func blocks(id, title string, texts ...string) *article.Article {
	a := &article.Article{ID: id, Title: title, Date: "2024-09-05", Sections: []article.Section{{}}}
	for _, text := range texts {
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: text})
	}
	return a
}

var allVariants = write.Options{Folder: analyze.Folder{Variants: variants.Table()}}

func TestSimplifiedAndTraditionalAreOne(t *testing.T) {
	simple := blocks("simple", "党建引领", "以后发展台湾面食，头发要干净，干部在里面。", "乾隆年间的台风。")
	trad := blocks("trad", "黨建引領", "以後發展臺灣麵食，頭髮要乾淨，幹部在裡面。", "乾隆年間的颱風。")
	hk := blocks("hk", "黨建引領", "以後發展台灣麪食，頭髮要乾淨，幹部在裏面。")
	for name, articles := range map[string][]*article.Article{
		"simplified": {simple}, "traditional": {trad}, "both": {simple, trad, hk},
	} {
		e := open(t, indextest.Build(t, allVariants, articles))
		for _, text := range []string{
			"党建", "黨建", "以后", "以後", "发展", "發展", "台湾", "臺灣", "台灣", "面食", "麵食", "麪食", "头发", "頭髮", "頭發",
			"干净", "乾淨", "干淨", "干部", "幹部", "里面", "裡面", "裏面", "里麵", "發展臺灣麵食", "发展台湾面食",
		} {
			for _, text := range []string{text, `"` + text + `"`} {
				r, err := e.Search(context.Background(), query.Query{Text: text})
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Hits) != len(articles) || r.Relaxed {
					t.Errorf("%s: %s: %v (relaxed %v), want all %d", name, text, ids(r), r.Relaxed, len(articles))
				}
				for _, h := range r.Hits {
					if !strings.Contains(h.Title.HTML()+h.Snippet.HTML(), "<mark>") {
						t.Errorf("%s: %s: nothing is marked in %s, %s", name, text, h.Title.HTML(), h.Snippet.HTML())
					}
				}
			}
		}
	}
}

func TestMarksAreOnTheVariantAsWritten(t *testing.T) {
	e := open(t, indextest.Build(t, allVariants, []*article.Article{blocks("a", "廣東省江門市", "頭髮要乾淨，ＷｉＦｉ幹部。")}))
	for text, want := range map[string]string{
		"广东": "<mark>廣東</mark>省江門市", "头发 干净": "<mark>頭髮</mark>要<mark>乾淨</mark>，ＷｉＦｉ幹部。", `"wifi干部"`: "頭髮要乾淨，<mark>ＷｉＦｉ幹部</mark>。",
	} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Hits[0].Title.HTML() + " " + r.Hits[0].Snippet.HTML(); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestFiltersTakeAnyVariant(t *testing.T) {
	simple, trad := blocks("simple", "甲", "文。"), blocks("trad", "乙", "文。")
	simple.Tags, trad.Tags = []string{"党建"}, []string{"黨建"}
	simple.Authors, trad.Authors = []article.Author{{Name: "张丽华"}}, []article.Author{{Name: "張麗華"}}
	for name, articles := range map[string][]*article.Article{"simplified": {simple}, "traditional": {trad}, "both": {simple, trad}} {
		e := open(t, indextest.Build(t, allVariants, articles))
		for _, text := range []string{"tag:党建", "tag:黨建", "author:张丽华", "author:張麗華", "author:张麗华 文"} {
			r, err := e.Search(context.Background(), query.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Hits) != len(articles) {
				t.Errorf("%s: %s: %v, want all %d", name, text, ids(r), len(articles))
			}
		}
	}
}

// swap returns the text with characters replaced at random by others that fold
// to the same.
func swap(rng *rand.Rand, text string) string {
	folder := indextest.Folder()
	like := make(map[rune][]rune)
	for r, to := range folder.Variants {
		like[to] = append(like[to], r)
	}
	var b strings.Builder
	for _, r := range text {
		others := append(slices.Sorted(slices.Values(like[folder.Rune(r)])), folder.Rune(r))
		if len(others) > 1 && r != ' ' {
			r = others[rng.IntN(len(others))]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// In whichever variants a substring is typed, it finds what a plain scan of the
// folded text does.
func TestVariantsOfASubstringFindTheSame(t *testing.T) {
	articles := indextest.Articles(70, 80)
	e := open(t, indextest.Build(t, indextest.Small(), articles))
	rng := rand.New(rand.NewPCG(70, 1))
	changed := 0
	for range indextest.Rounds(300) {
		text := indextest.Substring(rng, articles, 7)
		other := swap(rng, text)
		if other != text {
			changed++
		}
		r, err := e.Search(context.Background(), query.Query{Text: `"` + other + `"`, Limit: everything, IDsOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[string]bool)
		for _, id := range ids(r) {
			got[id] = true
		}
		if want := indextest.Containing(articles, text); !reflect.DeepEqual(got, want) || r.Total != len(want) {
			t.Fatalf("%q, typed as %q: %v, want %v", text, other, got, want)
		}
	}
	if changed == 0 {
		t.Error("no substring has a variant: the test tests nothing")
	}
}

// later returns an index of some articles to which the others were added.
func later(t *testing.T, opt write.Options, first, all []*article.Article) *chunk.Memory {
	t.Helper()
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	var old *chunk.Memory
	for _, articles := range [][]*article.Article{first, all} {
		o := update.Options{Options: opt}
		store := new(chunk.Memory)
		o.Sink, o.Segmenter, o.PackBelow = store, segmenter, -1
		if old != nil {
			o.Previous = old
		}
		w, err := update.New(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		updatetest.Write(t, w, articles)
		old = store
	}
	return old
}

// One segment has 后 and 面, the other 後 and 麵: what one does not know of a
// character, the other does.
func TestSegmentsOfDifferentScriptsAnswerAsOne(t *testing.T) {
	var articles []*article.Article
	for i := range 8 {
		articles = append(articles, blocks(string(rune('a'+i)), "以后吃面", "干部。"))
	}
	articles = append(articles, blocks("trad", "以後喫麵", "幹部。"))
	articles[8].Date = "2024-09-06"
	store := later(t, allVariants, articles[:8], articles)
	if m, err := manifest.Open(store.Files()[chunk.ManifestName]); err != nil || len(m.Segments) != 2 {
		t.Fatalf("%v segments (%v), want 2", len(m.Segments), err)
	}
	for text, want := range map[string]int{
		"以后": 9, "以後": 9, `"以後"`: 9, "吃面": 9, "喫麪": 9, "吃麵": 9, "干部": 9, "乾部": 9, "幹部": 9, "以後 幹部": 9, "臺": 0,
	} {
		r, err := open(t, store).Search(context.Background(), query.Query{Text: text, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != want {
			t.Errorf("%s: %d articles, want %d", text, len(r.Hits), want)
		}
	}
}

// The tables of variants are fetched for a character that no article has and
// for nothing else, and no answer depends on whether they are there.
func TestVariantsAreFetchedWhenTheyAreNeeded(t *testing.T) {
	articles := indextest.Articles(71, 60)
	source := &indextest.Faulty{Files: indextest.Build(t, indextest.Small(), articles).Files()}
	m, err := manifest.Open(source.Files[chunk.ManifestName])
	if err != nil {
		t.Fatal(err)
	}
	table := m.Segments[0].Of(format.Variants)[0].ID.Name()
	ask := func(text string) *query.Result {
		r, err := open(t, source).Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for text, want := range map[string]int{"人民 新闻": 0, "黨建": 0, "新聞": 0, "wifi": 0, "建設": 1, "聯": 1, "龘": 1, "，": 0, "😀": 0} {
		source.Fetched()
		ask(text)
		if got := source.Fetched()[table]; got != want {
			t.Errorf("%s: the table is fetched %d times, want %d", text, got, want)
		}
	}
	e := open(t, source)
	for range 2 {
		for _, text := range []string{"人民 新闻", "黨建", "建設", "新聞", "龘人民", "聯播", "幹"} {
			r, err := e.Search(context.Background(), query.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			want := ask(text)
			r.Stats, want.Stats = query.Stats{}, query.Stats{}
			if !reflect.DeepEqual(r, want) {
				t.Errorf("%s: warm %+v, cold %+v", text, r, want)
			}
		}
	}
}
