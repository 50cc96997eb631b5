package table

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/parse/source"
)

// A quotation mark that is forgotten costs its own row, whose line is said, and no other.
func TestForgottenQuotationMarks(t *testing.T) {
	const head = "标题,正文,日期\n"
	for name, c := range map[string]struct {
		table  string
		titles []string
		lines  []int // of faults
	}{
		"to the end":             {head + "甲,好,2024-01-01\n乙,\"开,2024-01-01\n丙,文,2024-01-01\n丁,文,2024-01-01\n", []string{"甲", "丙", "丁"}, []int{3}},
		"to another cell's mark": {head + "乙,\"开,2024-01-01\n丙,\"文\",2024-01-01\n丁,文,2024-01-01\n", []string{"丙", "丁"}, []int{2}},
		"over lines of its text": {head + "乙,\"开\n第二行，有逗号,一个\n\n丙,文,2024-01-01\n", []string{"丙"}, []int{2}},
		"twice":                  {head + "甲,\"开,\n乙,文,\n丙,\"开,\n丁,文,\n", []string{"乙", "丁"}, []int{2, 4}},
		"behind blank lines":     {head + "\n\n\"甲,文,\n乙,文,\n", []string{"乙"}, []int{4}},
		"in the first row":       {"\"标题,正文\n甲,文\n", nil, []int{1}},
		"marks within":           {head + "甲,他说\"好\"。,\n乙,\"他说\"好\"。\",\n丙,\"一\n\"\"二\"\"\n三\",\n丁,\"他说\n\"好\"，对吗\n\",\n", []string{"甲", "乙", "丙", "丁"}, nil},
		"closed at the end":      {head + "甲,文,\"2024-01-01\"", []string{"甲"}, nil},
	} {
		var titles []string
		var lines []int
		for a, err := range (Parser{}).Parse("表.csv", strings.NewReader(c.table)) {
			var fault *source.Error
			switch {
			case errors.As(err, &fault) && fault.Grade == source.Fault:
				lines = append(lines, fault.Line)
			case err == nil:
				titles = append(titles, a.Title)
			}
		}
		if !slices.Equal(titles, c.titles) || !slices.Equal(lines, c.lines) {
			t.Errorf("%s: articles %q and faults in lines %v, want %q and %v", name, titles, lines, c.titles, c.lines)
		}
	}
}

// Of two columns of one meaning nothing is lost in silence.
func TestColumnsOfOneMeaning(t *testing.T) {
	said := ""
	for a, err := range (Parser{}).Parse("表.csv", strings.NewReader("标题,正文,内容,题目\n甲,一,二,乙\n")) {
		if err != nil {
			said += err.Error()
		} else {
			said += "/" + a.Title + "/" + a.Text()
		}
	}
	if want := "表.csv:1: columns that are not read: 题目; [csv] in kanbao.toml can say what is in them/甲/一\n二\n"; said != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// Looking behind cells that nothing closes is bounded.
func TestManyForgottenQuotationMarks(t *testing.T) {
	faults := 0
	for _, err := range (Parser{}).Parse("表.csv", strings.NewReader("标题,正文\n"+strings.Repeat("甲,\"开\n乙,文\n", 1000))) {
		if err != nil {
			faults++
		}
	}
	if faults != mostOpen+1 {
		t.Errorf("%d faults, want %d", faults, mostOpen+1)
	}
}
