//go:build !js

// The sample has pages that only a build can read, as PDF, so its ranking is tested
// natively alone.

package search_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/entity"
	"github.com/kanbao/kanbao/index/parse"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
	"github.com/kanbao/kanbao/index/write"
)

var updateRanking = flag.Bool("update", false, "write the golden rankings in testdata/ranking anew")

const (
	sample = "../../testdata/sample"
	// rankings has a golden for each of rankedQueries, and the total.
	rankings  = "testdata/ranking"
	totalRank = "total.txt"
)

// A rankedQuery is a query over the sample edition with a golden of its answer:
// the order of the articles, the passages of the first, what words were read as,
// and the corrections. Scores are left out, for only their order is seen.
type rankedQuery struct {
	name string // of its golden
	text string
	// target is how the title of the article begins that a reader means; "" if
	// several would do, none if nothing is to be found or offered. Its rank counts
	// for the total rank.
	target string
}

const none = "none"

// rankedQueries are chosen so that each constant of the ranking decides at least
// one of them: whoever changes one sees what it does. What each was chosen for
// stands behind it.
var rankedQueries = []rankedQuery{
	// The words of a query: BM25 (k1, b, idf), the weights of the fields, and what
	// the text of the best says (nearness, short blocks, the cover of a title).
	{"tide", "潮水", "潮水为什么一天来两次"}, // weights, shortSize, recency, idf
	{"sun", "太阳", "白露之前看太阳"},     // titles and headings above the body, nearDepth, k1, b
	{"days", "日子", ""},           // classes by field
	{"reporter", "记者", ""},       // recency, nearDepth, shortSize
	{"year-2024", "2024年", ""},   // a date in all numerals
	{"month-day", "9月12日", ""},
	{"reunion-sound", "团圆 声音", ""},          // weights, titleBoost, titlePower
	{"paper-days", "报纸 日子", ""},             // titleBoost, titlePower
	{"moon-title", "月亮 标题", ""},             // titlePower, weights, nearPower
	{"gps-cape", "GPS 望潮角", ""},             // titleBoost, titlePower
	{"character-teacher", "汉字 老师", ""},      // no query norm
	{"bridge-teacher", "古桥 老师", ""},         // nearPower
	{"site-article", "网站 文章", "把读过的那句话找回来"}, // nearSpan, no query norm
	{"autumn-water", "秋天 水", ""},            // nearSpan
	{"term-year-osmanthus", "节气 一年 桂花", ""}, // nearSpan, coverBoost
	{"battery-daytime", "电池 白天", ""},        // coverBoost
	{"moon-station", "月亮 基站", ""},           // coverBoost, titlePower
	{"sun-station", "太阳 基站", ""},            // the weight of headings
	{"forecast-light", "天气预报 光", ""},        // the weight of headings, the longest word
	{"mooncake-reunion", "月饼 团圆", "一块月饼走了多远"},

	// Phrases and titles as they stand.
	{"road-in-the-sky", "天上的路", "一只鸟怎样不迷路"},
	{"a-city", "一座城", "一座城的家谱"},
	{"nothing-happened", "无事最好", "三闪，黑，三闪"},
	{"three-flashes", "三闪，黑", "三闪，黑，三闪"},

	// Questions and words that are not all there: the sum over the words, the
	// bigrams of the line, stop words.
	{"tide-question", "潮水为什么一天来两次", "潮水为什么一天来两次"},
	{"phone-question", "手机冬天为什么没电", "手机一到冬天就没电"},
	{"bird-question", "候鸟怎样认路", "一只鸟怎样不迷路"},
	{"sea-question", "海水为什么是咸的", "海水为什么是咸的"},
	{"typhoon-question", "台风为什么转", "台风为什么总朝一个方向转"},
	{"osmanthus-question", "桂花树怎样", "桂花的香气从哪里来"},
	{"gps-question", "距离GPS是什么", "手机怎样知道自己在哪里"},
	{"star-bridge-question", "星星古桥怎样", ""},
	{"distance-warmth-question", "距离温度为什么", ""},
	{"morning-year-question", "早晨一年为什么", ""},

	// Segmentation: what words and single characters cost.
	{"four-thousand-years", "四千多年 么时", ""},
	{"on-a-tree", "一棵树上的", ""},

	// Pinyin: which words it is read as, and from how few letters.
	{"pinyin-bridge", "qiao", ""},
	{"pinyin-two", "liang", ""},
	{"pinyin-sea", "hai", none},
	{"pinyin-bay", "wang chao wan", ""},
	{"pinyin-zhaozhou", "zhao zhou qiao", "石头搭成的弓"},
	{"pinyin-paper", "hai jia wan bao", ""},

	// Corrections: how common and how like what was typed they must be.
	{"calendar", "公历", ""},
	{"typo-heritage", "人类非物资文化遗产", ""},
	{"typo-rang", "一连响上两三", ""},
	{"typo-why", "声为什么", ""},
	{"typo-down", "就下来", ""},
	{"typo-gps", "gsp", none},
	{"typo-json", "jsno", ""},
	{"typo-markdown", "markdwn", ""},
}

// TestRanking holds the order of the articles of the sample edition to goldens.
func TestRanking(t *testing.T) {
	e := openSample(t)
	files := map[string]bool{totalRank: true}
	total, targets := 0, 0
	for _, q := range rankedQueries {
		file := q.name + ".txt"
		if files[file] {
			t.Fatalf("two queries have the golden %s", file)
		}
		files[file] = true
		r, err := e.Search(context.Background(), query.Query{Text: q.text})
		if err != nil {
			t.Fatal(err)
		}
		if nothing := len(r.Hits)+len(r.Corrections) == 0; nothing != (q.target == none) {
			t.Errorf("%s: %q finds nothing: %v", q.name, q.text, nothing)
		}
		if rank := rankOf(r, q.target); q.target != "" && q.target != none {
			if rank == 0 {
				t.Errorf("%s: %q: no hit has a title that begins with %s", q.name, q.text, q.target)
			}
			total, targets = total+rank, targets+1
		}
		holdTo(t, file, ranking(q, r))
	}
	holdTo(t, totalRank, fmt.Sprintf("total rank %d over %d queries with a target; %d would be the best\n", total, targets, targets))

	all, err := os.ReadDir(rankings)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if !files[f.Name()] {
			t.Errorf("%s: no query has this golden: delete it, or name it after its query", filepath.Join(rankings, f.Name()))
		}
	}
}

// openSample opens an index of the sample edition as kanbao build makes it.
func openSample(t *testing.T) *search.Engine {
	t.Helper()
	config, err := parse.LoadConfig(sample)
	if err != nil {
		t.Fatal(err)
	}
	corrections, err := entity.LoadCorrections(sample)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := entity.New(analyze.NewFolder(variants.Table()), corrections)
	if err != nil {
		t.Fatal(err)
	}
	store := new(chunk.Memory)
	w, err := write.New(write.Options{Sink: store, Entities: finder.Find})
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range parse.Folder(context.Background(), sample, config) {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	return open(t, store)
}

// rankOf returns the rank of the hit whose title begins so, from 1, or 0.
func rankOf(r *query.Result, title string) int {
	return 1 + slices.IndexFunc(r.Hits, func(h query.Hit) bool { return strings.HasPrefix(h.Title.String(), title) })
}

// ranking returns what a golden has of an answer.
func ranking(q rankedQuery, r *query.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "query: %s\n", q.text)
	if q.target != "" && q.target != none {
		fmt.Fprintf(&b, "target: %s, rank %d\n", q.target, rankOf(r, q.target))
	}
	for _, read := range r.Read {
		fmt.Fprintf(&b, "%s is read as %s\n", read.Typed, strings.Join(read.As, ", "))
	}
	for _, c := range r.Corrections {
		fmt.Fprintf(&b, "correction: %s (%s, %d)\n", c.Text, c.Why, c.Total)
	}
	found := fmt.Sprintf("%d found", r.Total)
	if r.Relaxed {
		found += " with some of the words"
	}
	fmt.Fprintln(&b, found)
	for i, h := range r.Hits {
		fmt.Fprintf(&b, "%s %s\n", h.ID, h.Title)
		if i == 0 {
			fmt.Fprintf(&b, "  %s\n", h.Snippet.HTML())
			for _, p := range h.More {
				fmt.Fprintf(&b, "  more: %s\n", p.Snippet.HTML())
			}
		}
	}
	return b.String()
}

// holdTo compares with a golden, or writes it with -update.
func holdTo(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join(rankings, file)
	if *updateRanking {
		if err := os.MkdirAll(rankings, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v: write it with go test ./index/search -run Ranking -update, and read it", err)
	} else if got != string(want) {
		t.Errorf("%s is not what the golden has; if it is better, write it anew with -update:\n%s", path, difference(string(want), got))
	}
}

// difference shows what was wanted beside what came: each line with the place
// that it had, if that is another.
func difference(want, got string) string {
	old, now := strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")
	var b strings.Builder
	for i, line := range now {
		switch was := slices.Index(old, line); {
		case was == i:
			fmt.Fprintf(&b, "          %s\n", line)
		case was < 0:
			fmt.Fprintf(&b, "+ new     %s\n", line)
		default:
			fmt.Fprintf(&b, "%+3d       %s\n", was-i, line)
		}
	}
	for _, line := range old {
		if !slices.Contains(now, line) {
			fmt.Fprintf(&b, "- lost    %s\n", line)
		}
	}
	return b.String()
}
