package names

import (
	"slices"
	"strings"
	"testing"
)

func TestCorrectionsHaveTheLastWord(t *testing.T) {
	c, err := ReadCorrections(CorrectionsName, strings.NewReader("# 本报的名字\n人 三闪\n地 望潮\n地 望潮角\n机构 灯塔会\n\n不是 陶望舒\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := find(t, story("守灯\n区长陶望舒说，三闪守着望潮角。灯塔会在望潮开会。"), c)
	if !slices.Equal(got.Persons, []string{"三闪"}) || !slices.Equal(got.Places, []string{"望潮角", "望潮"}) || !slices.Equal(got.Orgs, []string{"灯塔会"}) {
		t.Errorf("found %q, want what the editor says", got)
	}
	moved, err := ReadCorrections(CorrectionsName, strings.NewReader("机构 陶望舒"))
	if err != nil {
		t.Fatal(err)
	}
	got = find(t, story("守灯\n区长陶望舒说好。"), moved)
	if len(got.Persons) > 0 || !slices.Equal(got.Orgs, []string{"陶望舒"}) {
		t.Errorf("found %q, want the name moved", got)
	}
	if c.Sum() == moved.Sum() || (*Corrections)(nil).Sum() != "" {
		t.Errorf("sums %q, %q, %q: want them to differ", c.Sum(), moved.Sum(), (*Corrections)(nil).Sum())
	}
}

func TestCorrectionsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"人 张三\n人物 李四":       "names.txt:2:",
		"人 张三\n\n地":         "names.txt:3:",
		"人 张三\n机构 甲\n不是 张三": "names.txt:3: 张三 stands on line 1",
		"张三":                "names.txt:1:",
	} {
		_, err := ReadCorrections("names.txt", strings.NewReader(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
