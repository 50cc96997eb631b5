package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
)

func TestDidYouMean(t *testing.T) {
	e := open(t, paperStore(t))
	for text, want := range map[string]string{
		"将海区":       "江海区 sound 2",
		"江海去":       "江海区 sound 2",
		"银航":        "银行 sound 2",
		"银行 音月会":    "银行 音乐会 sound 1",
		"音乐惠":       "音乐会 sound 1",
		"志源者":       "志愿者 sound 1",
		"\"志源者\"":   "\"志愿者\" sound 1",
		"自愿者":       "志愿者 sound 1", // zi for zhi
		"志愿老":       "志愿者 char 1",
		"心愿者":       "志愿者 char 1", // its first character
		"志者":        "志愿者 char 1",
		"志愿愿者":      "志愿者 char 1",
		"kanbn":     "kanban char 1",
		"knaban":    "kanban char 1",
		"canban":    "kanban char 1",
		"江海区":       "",
		"银行":        "",
		"天":         "",
		"xyz":       "",
		"!!!":       "",
		"不存在的词":     "",
		"将海区 -长江":   "江海区 -长江 sound 2",
		"ＫＡＮＢＮ":     "kanban char 1",
		"title:将海区": "title:江海区 sound 2",
	} {
		r, err := e.Search(context.Background(), query.Query{Text: text})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got := ""
		if len(r.Corrections) > 0 {
			c := r.Corrections[0]
			got = fmt.Sprintf("%s %s %d", c.Text, c.Why, c.Total)
		}
		if got != want {
			t.Errorf("%q: meant %q, want %q (%v)", text, got, want, r.Corrections)
		}
		if len(r.Corrections) > 3 {
			t.Errorf("%q: %d corrections", text, len(r.Corrections))
		}
		for _, c := range r.Corrections {
			again, err := e.Search(context.Background(), query.Query{Text: c.Text})
			if err != nil || again.Total == 0 {
				t.Errorf("%q was meant as %q, which finds %d (%v)", text, c.Text, again.Total, err)
			}
		}
	}
}

// A query that finds enough costs nothing more.
func TestPlentyIsNotCorrected(t *testing.T) {
	articles := indextest.Articles(31, 80)
	e := open(t, indextest.Build(t, indextest.Small(), articles))
	rng := rand.New(rand.NewPCG(31, 1))
	for range 60 {
		text := indextest.Substring(rng, articles, 3)
		r, err := e.Search(context.Background(), query.Query{Text: text, IDsOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if r.Total >= 3 && !r.Relaxed && len(r.Corrections)+len(r.Without) > 0 {
			t.Errorf("%q finds %d and offers %v and %v", text, r.Total, r.Corrections, r.Without)
		}
	}
}

func TestWithoutTellsWhatToDrop(t *testing.T) {
	e := open(t, paperStore(t))
	filter := []query.Filter{{Field: query.Date, Values: []string{"2023"}}}
	for _, c := range []struct {
		text    string
		filters []query.Filter
		want    string
	}{
		{"银行 潜水艇", nil, "-潜水艇 2 银行"},
		{"银行 西安", nil, "-西安 2 银行|-银行 1 西安"},
		{"\"银行\" \"潜水艇\"", nil, "-潜水艇 2 \"银行\""},
		{"银行", filter, "-date 2 银行"},
		{"银行 date:2023", nil, "-date 2 银行"},
		{"银行 潜水艇", filter, ""},
		{"潜水艇", nil, ""},
		{"银行", nil, ""},
		{"银行 公示", nil, ""},
	} {
		r, err := e.Search(context.Background(), query.Query{Text: c.text, Filters: c.filters})
		if err != nil {
			t.Fatalf("%q: %v", c.text, err)
		}
		var got []string
		for _, w := range r.Without {
			what := w.Word
			if w.Filter != nil {
				what = string(w.Filter.Field)
			}
			got = append(got, fmt.Sprintf("-%s %d %s", what, w.Total, w.Text))
			if w.Filter != nil {
				continue
			}
			rest, err := e.Search(context.Background(), query.Query{Text: w.Text, Filters: c.filters})
			if err != nil || rest.Total != w.Total {
				t.Errorf("%q finds %d (%v), said are %d", w.Text, rest.Total, err, w.Total)
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q %v: without %q, want %q", c.text, c.filters, s, c.want)
		}
	}
	// The filters of the query are as they were.
	if filter[0].Field != query.Date || !slices.Equal(filter[0].Values, []string{"2023"}) {
		t.Errorf("the filter is %v", filter)
	}
}
