package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/pinyin"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/update"
	"github.com/kanbao/kanbao/index/update/updatetest"
)

// lexicon is what the paper below is segmented with. It does not have 江海区.
var lexicon = []string{"江海", "重庆", "银行", "行动", "长江", "音乐会", "音乐", "西安", "现代", "街道", "党建", "讲话", "公示",
	"公式", "工事", "志愿者", "人民", "经济", "经济区", "会议", "开幕", "app", "vue", "看板", "kanban", "水利", "水力", "报名", "报明"}

// paper is a small paper of which each article is a title and a line.
var paper = [][2]string{
	{"江海区党建工作会议", "江海区召开会议。"},
	{"江海区志愿者行动", "志愿者在街道。"},
	{"江海经济", "长江边的经济区。"},
	{"重庆的银行", "银行在重庆开幕，公示三天。"},
	{"银行公示", "银行的公示。"},
	{"长江音乐会", "音乐会今天开幕。"},
	{"西安音乐", "西安的音乐。"},
	{"现代人民", "人民的现代生活。"},
	{"用 Vue 做 App", "这个 App 用 Vue 做成。"},
	{"看板上的公式", "公式写在看板上。"},
	{"工事", "看板也叫 kanban，人民讲话。"},
	{"水利会议", "水利与水力。"},
	{"公示报名", "报名开始。"},
	{"单小明行动", "单小明来了。"},
}

func articlesOf(paper [][2]string) []*article.Article {
	var all []*article.Article
	for i, p := range paper {
		all = append(all, &article.Article{
			ID: fmt.Sprintf("p%02d", i), Title: p[0], Date: fmt.Sprintf("2024-05-%02d", i+1),
			Sections: []article.Section{{Blocks: []article.Block{{Text: p[1]}}}},
		})
	}
	return all
}

func paperStore(t testing.TB) *chunk.Memory {
	t.Helper()
	segmenter, err := words.FromList(lexicon...)
	if err != nil {
		t.Fatal(err)
	}
	opt := indextest.Small()
	opt.Segmenter = segmenter
	opt.Entities = func(a *article.Article, _ []words.Line) (persons, places, orgs []string) {
		for i, name := range []string{"单小明", "重庆"} {
			if strings.Contains(a.Title, name) {
				*[]*[]string{&persons, &places}[i] = []string{name}
			}
		}
		return persons, places, orgs
	}
	return indextest.Build(t, opt, articlesOf(paper))
}

func TestPinyinFinds(t *testing.T) {
	e := open(t, paperStore(t))
	for _, c := range []struct{ text, read, first string }{
		{"jianghaiqu", "jianghaiqu=江海区", "江海区"},
		{"jianghai qu", "jianghai qu=江海区", "江海区"},
		{"jiang hai qu", "jiang hai qu=江海区", "江海区"},
		{"JiangHaiQu", "jianghaiqu=江海区", "江海区"},
		{"ｊｉａｎｇｈａｉｑｕ", "jianghaiqu=江海区", "江海区"},
		{"jhq", "jhq=江海区", "江海区"},
		{"jianghq", "jianghq=江海区", "江海区"},
		{"江hai", "江hai=江海", "江海"},
		{"江hq", "江hq=江海区", "江海区"},
		{"jiang海区", "jiang海区=江海区", "江海区"},
		{"chongqing", "chongqing=重庆", "重庆"},
		{"yinhang", "yinhang=银行", "银行"},
		{"xingdong", "xingdong=行动", "行动"},
		{"changjiang", "changjiang=长江", "长江"},
		{"yinyuehui", "yinyuehui=音乐会", "音乐会"},
		{"yinyueh", "yinyueh=音乐会", "音乐会"},
		{"xi'an", "xi'an=西安", "西安"},
		{"jianghaiqu dangjian", "jianghaiqu=江海区 dangjian=党建", "江海区党建"},
		{"党建jianghaiqu", "", ""},
		{"gongshi", "gongshi=公示,公式,工事", "公示"},
		{"shanxiaoming", "shanxiaoming=单小明", "单小明"}, // as a surname is read
		{"sxm", "sxm=单小明", "单小明"},
		{"vue", "", "Vue"},
		{"app", "", "App"},
		{"kanban", "kanban=看板", "工事"}, // an article has it as it is
		{"u", "", ""},
		{"''", "", ""},
		{"'", "", ""},
		{"hello world", "", ""},
		{"江海区", "", "江海区"},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: c.text})
		if err != nil {
			t.Fatalf("%q: %v", c.text, err)
		}
		var read []string
		for _, x := range r.Read {
			read = append(read, x.Typed+"="+strings.Join(x.As, ","))
		}
		if got := strings.Join(read, " "); got != c.read {
			t.Errorf("%q is read %s, want %s", c.text, got, c.read)
		}
		if c.first == "" {
			continue
		}
		if len(r.Hits) == 0 || !strings.Contains(r.Hits[0].Title.String(), c.first) {
			t.Errorf("%q: %d hits, the first is %v; want one with %s in its title", c.text, len(r.Hits), ids(r), c.first)
		}
	}
}

func TestReadWordsAreMarked(t *testing.T) {
	e := open(t, paperStore(t))
	r, err := e.Search(context.Background(), query.Query{Text: "jianghai qu"})
	if err != nil || len(r.Hits) == 0 {
		t.Fatal(r, err)
	}
	if got := r.Hits[0].Title.HTML(); !strings.Contains(got, "<mark>江海区</mark>") {
		t.Errorf("the title is %s", got)
	}
}

func TestNamesAreSuggestedAsSuch(t *testing.T) {
	e := open(t, paperStore(t))
	for prefix, want := range map[string]query.Suggestion{
		"shanx":  {Text: "单小明", Count: 1, Kind: query.Name},
		"单":      {Text: "单小明", Count: 1, Kind: query.Name},
		"chongq": {Text: "重庆", Count: 1, Kind: query.Name},
		"yinh":   {Text: "银行", Count: 2},
	} {
		got, err := e.Suggest(context.Background(), prefix, 1)
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%q suggests %+v (%v), want %+v", prefix, got, err, want)
		}
	}
}

func suggested(t *testing.T, e *search.Engine, prefix string, limit int) []string {
	t.Helper()
	got, err := e.Suggest(context.Background(), prefix, limit)
	if err != nil {
		t.Fatalf("suggest %q: %v", prefix, err)
	}
	var all []string
	for _, s := range got {
		text := s.Text
		switch {
		case s.Kind == query.Title && s.URL == "", s.Kind != query.Title && (s.URL != "" || s.Count == 0):
			t.Errorf("suggest %q: %+v", prefix, s)
		case s.Kind == query.Title:
			text += "→"
		}
		all = append(all, text)
	}
	return all
}

func TestSuggestionsCompleteWhatIsTyped(t *testing.T) {
	e := open(t, paperStore(t))
	for prefix, want := range map[string]string{
		"江":          "江海|江海区",
		"江海":         "江海区|江海经济→|江海区志愿者行动→|江海区党建工作会议→",
		"jiang":      "江海|江海区|讲话|江海经济→|江海区志愿者行动→|江海区党建工作会议→",
		"jh":         "江海|讲话|江海区|江海经济→|江海区志愿者行动→|江海区党建工作会议→",
		"江h":         "江海|江海区|江海经济→|江海区志愿者行动→|江海区党建工作会议→",
		"jianghai q": "江海区|江海区志愿者行动→|江海区党建工作会议→",
		"银行 gongs":   "银行 公示|银行 公式|银行 工事|银行公示→",
		"银行gongsh":   "",
		"v":          "vue",
		"江海区党":       "江海区党建|江海区党建工作会议→",
		"title:银":    "title:银行",
		"江海 ":        "江海经济→|江海区志愿者行动→|江海区党建工作会议→",
		"":           "",
		"  ":         "",
		"。":          "",
		"'":          "",
	} {
		got := strings.Join(suggested(t, e, prefix, 8), "|")
		if got != want {
			t.Errorf("%q suggests %s, want %s", prefix, got, want)
		}
	}
	for limit := range 6 {
		if got := suggested(t, e, "江海", limit); len(got) != min(limit, 4) {
			t.Errorf("%d suggestions asked, got %v", limit, got)
		}
	}
}

// Every word of the index is found by its own pinyin and by its initials, unless
// the letters are a word themselves.
func TestEveryWordIsFoundByItsPinyin(t *testing.T) {
	for seed := range uint64(indextest.Rounds(3)) {
		articles := indextest.Articles(200+seed, 60)
		e := open(t, indextest.Build(t, indextest.Small(), articles))
		for _, word := range indextest.Words {
			if len(indextest.Containing(articles, word)) == 0 || word == "wifi" {
				continue
			}
			syllables := pinyin.Word(word)
			initials := ""
			for _, s := range syllables {
				initials += s[:1]
			}
			for _, typed := range []string{strings.Join(syllables, ""), strings.Join(syllables, " "), initials} {
				r, err := e.Search(context.Background(), query.Query{Text: typed, IDsOnly: true, Limit: everything})
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Read) != 1 || !slices.Contains(r.Read[0].As, word) {
					t.Fatalf("seed %d: %q is read %v, want %s among it", seed, typed, r.Read, word)
				}
				for id := range indextest.Containing(articles, word) {
					if !slices.Contains(ids(r), id) {
						t.Fatalf("seed %d: %q does not find %s, which has %s", seed, typed, id, word)
					}
				}
			}
		}
	}
}

// An index of many segments suggests and reads as one of one segment does.
func TestVocabulariesOfSegmentsAreOne(t *testing.T) {
	articles := indextest.Articles(9, 160)
	one := open(t, indextest.Build(t, indextest.Small(), articles))
	store := new(chunk.Memory)
	segmenter, err := indextest.Segmenter()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{100, 140, 160} {
		opt := update.Options{Options: indextest.Small(), Previous: store}
		opt.Sink, opt.Segmenter = store, segmenter
		w, err := update.New(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		updatetest.Write(t, w, articles[:n])
	}
	many := open(t, store)
	for _, prefix := range []string{"jiang", "江", "x", "r", "zhiy", "m"} {
		want, got := wordCounts(t, one, prefix), wordCounts(t, many, prefix)
		if !reflect.DeepEqual(got, want) || len(got) == 0 {
			t.Errorf("%q suggests %v, want %v", prefix, got, want)
		}
	}
}

// wordCounts returns the suggested words of the dictionary with their counts.
// (Which neighbours are taken for words differs by segment.)
func wordCounts(t *testing.T, e *search.Engine, prefix string) map[string]int {
	t.Helper()
	found, err := e.Suggest(context.Background(), prefix, everything)
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[string]int)
	for _, s := range found {
		if slices.Contains(indextest.Words, s.Text) {
			counts[s.Text] = s.Count
		}
	}
	return counts
}

func TestSuggestionsDoNotDependOnEarlierOnes(t *testing.T) {
	store := paperStore(t)
	typed := []string{"江", "jh", "gong", "chang", "银行 gongshi", "音", "jianghai q", "人民"}
	var want [][]string
	for _, text := range typed {
		want = append(want, suggested(t, open(t, store), text, 6))
	}
	warm := open(t, store)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 4 {
		for _, i := range rng.Perm(len(typed)) {
			if got := suggested(t, warm, typed[i], 6); !slices.Equal(got, want[i]) {
				t.Errorf("%q suggests %v, from cold %v", typed[i], got, want[i])
			}
		}
	}
}
