package search_test

import (
	"context"
	"testing"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/write"
)

// Of two articles with the same words as often, the better is the older, so that
// nothing but the place of the words puts it first.
func TestTheNearerIsBetter(t *testing.T) {
	filler := "其余都是别的话"
	for _, c := range []struct {
		name          string
		better, worse []string // title and blocks
	}{
		{"in one block", []string{"题", "灯塔，" + filler + "，潮水。", filler + "。"}, []string{"题", "灯塔，" + filler + "。", filler + "，潮水。"}},
		{"next to each other", []string{"题", "灯塔、潮水，" + filler + filler + filler}, []string{"题", "灯塔，" + filler + filler + filler + "潮水"}},
		{"in a short block", []string{"题", "灯塔与潮水。", filler + filler + filler}, []string{"题", "灯塔与潮水。" + filler + filler, filler}},
		{"in the shorter title", []string{"灯塔看潮水", "题。" + filler + filler}, []string{"灯塔看潮水" + filler, "题。" + filler}},
		{"in the title with fewer letters", []string{"灯塔看潮水（2024）", "题。"}, []string{"灯塔看潮水甚于其它", "题。"}},
	} {
		text := func(id, date string, lines []string) *article.Article {
			a := &article.Article{ID: id, Title: lines[0], Date: date, Sections: []article.Section{{}}}
			for _, l := range lines[1:] {
				a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: l})
			}
			return a
		}
		e := open(t, indextest.Build(t, write.Options{}, []*article.Article{
			text("better", "2024-01-01", c.better), text("worse", "2024-01-02", c.worse),
		}))
		r, err := e.Search(context.Background(), query.Query{Text: "潮水 灯塔"})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != 2 || r.Hits[0].ID != "better" {
			t.Errorf("%s: %+v", c.name, r.Hits)
		}
	}
}
