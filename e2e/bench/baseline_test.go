package main

import (
	"reflect"
	"testing"
)

func TestBaselineRanksByPairs(t *testing.T) {
	b := newBaseline([]doc{
		{"long", []string{"灯塔", "一段没有别的意思的话，又一段没有别的意思的话"}},
		{"short", []string{"灯塔", "一段话"}},
		{"twice", []string{"灯塔，灯塔", "一段话"}},
		{"none", []string{"灯、塔", "一段"}},
		{"both", []string{"灯塔ＷｉＦｉ", "一段话，又一段没有别的意思的话"}},
	})
	for _, c := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"灯塔", 10, []string{"twice", "short", "both", "long"}},
		{"灯塔 wifi", 2, []string{"both", "twice"}},
		{"潮水", 10, nil},
	} {
		if got := b.best(c.text, c.limit); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}
