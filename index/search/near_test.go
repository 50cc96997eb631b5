package search

import (
	"context"
	"math"
	"math/rand/v2"
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
		e, err := Open(context.Background(), indextest.Build(t, write.Options{}, []*article.Article{
			text("better", "2024-01-01", c.better), text("worse", "2024-01-02", c.worse),
		}))
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Search(context.Background(), query.Query{Text: "潮水 灯塔"})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != 2 || r.Hits[0].ID != "better" {
			t.Errorf("%s: %+v", c.name, r.Hits)
		}
	}
}

// randomLine has few different characters, so that words meet often.
func randomLine(rng *rand.Rand, most int) []rune {
	line := make([]rune, rng.IntN(most+1))
	for i := range line {
		line[i] = []rune("灯塔潮水人，")[rng.IntN(6)]
	}
	return line
}

func randomRun(rng *rand.Rand) *run {
	r := &run{}
	for range 1 + rng.IntN(4) {
		t := plain(append(randomLine(rng, 2), '灯'))
		if rng.IntN(3) == 0 {
			t.forms = append(t.forms, append(randomLine(rng, 3), '水'))
		}
		r.units = append(r.units, weighed{term: t, idf: 1 + 5*rng.Float64()})
	}
	return r
}

// The least distance is that over all choices of one place for each word.
func TestSpanIsTheLeastOfAllChoices(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for range 4000 {
		r, line := randomRun(rng), randomLine(rng, 24)
		kinds, least := 0, math.MaxInt
		var choose func(unit, first, last int)
		choose = func(unit, first, last int) {
			if unit == len(r.units) {
				least = min(least, last-first)
				return
			}
			if !r.units[unit].term.stands(line) {
				choose(unit+1, first, last)
				return
			}
			for i := range line {
				if at, _ := r.units[unit].term.in(line, i); at == i {
					choose(unit+1, min(first, i), max(last, i))
				}
			}
		}
		for _, u := range r.units {
			if u.term.stands(line) {
				kinds++
			}
		}
		if kinds == 0 {
			continue
		}
		choose(0, len(line), 0)
		if got := r.span(line, kinds); got != least {
			t.Fatalf("%v in %q: %d, want %d", r.units, string(line), got, least)
		}
	}
}

// To skip lines that cannot be the best changes nothing.
func TestNearnessIsTheBestOfAllLines(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	for range 1000 {
		r := randomRun(rng)
		o := &opened{Article: &article.Article{}, title: randomLine(rng, 12)}
		want := r.lineNearness(o.title, r.worth(), -1)
		for range rng.IntN(6) {
			line := randomLine(rng, 40)
			o.blocks = append(o.blocks, line)
			want = max(want, r.lineNearness(line, r.worth(), -1))
		}
		if got := r.nearness(o); got != want {
			t.Fatalf("%v: %v, want %v", r.units, got, want)
		}
	}
}
