package spelling

import (
	"testing"

	"github.com/kanbao/kanbao/index/read"
)

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		syllables   []string
		want        Fit
	}{
		{"jianghai", "江海", []string{"jiang", "hai"}, Whole},
		{"jiangh", "江海", []string{"jiang", "hai"}, Unfinished},
		{"jiang", "江海", []string{"jiang", "hai"}, Beginning},
		{"jh", "江海", []string{"jiang", "hai"}, Initials},
		{"jhai", "江海", []string{"jiang", "hai"}, Initials},
		{"jihai", "江海", []string{"jiang", "hai"}, Unfit},
		{"jh", "江海区", []string{"jiang", "hai", "qu"}, InitialsBegun},
		{"xian", "西安", []string{"xi", "an"}, Whole},
		{"xian", "现代", []string{"xian", "dai"}, Beginning},
		{"shy", "商业", []string{"shang", "ye"}, Initials},
		{"zhg", "中国", []string{"zhong", "guo"}, Initials},
		{"zg", "中国", []string{"zhong", "guo"}, Initials},
		{"江h", "江海", []string{"jiang", "hai"}, Unfinished},
		{"江海", "江海", []string{"jiang", "hai"}, Whole},
		{"将海", "江海", []string{"jiang", "hai"}, Unfit},
		{"5g", "5g", []string{"", ""}, Whole},
		{"5gw", "5g网", []string{"", "", "wang"}, Unfinished},
		{"jianghaiqu", "江海", []string{"jiang", "hai"}, Unfit},
	} {
		w := &read.Word{Text: []rune(c.word), Syllables: c.syllables}
		if got := spells([]rune(c.typed), w); got != c.want {
			t.Errorf("%s spells %s: %d, want %d", c.typed, c.word, got, c.want)
		}
	}
}

// Whatever spells a word in whole or by initials, the buckets that it is looked
// for in have the word.
func TestOpeningsLoseNoWord(t *testing.T) {
	syllables := []string{"a", "an", "chuang", "ci", "e", "er", "ji", "jiang", "lv", "nu", "ou", "shuang", "si", "xi", "yi", "zhuang", "zi", "qu"}
	for _, first := range syllables {
		for _, second := range syllables {
			w := &read.Word{Text: []rune("甲乙"), Syllables: []string{first, second}}
			for _, typed := range []string{first + second, first + second[:1], first[:1] + second[:1]} {
				if spells([]rune(typed), w) == Unfit {
					t.Errorf("%s does not spell %s'%s", typed, first, second)
				}
				from := opening([]rune(typed))
				if typed != first[:1]+second[:1] && (len(first) < len(from) || first[:len(from)] != from) {
					t.Errorf("%s is looked for where words begin with %q, but is %s'%s", typed, from, first, second)
				}
			}
		}
	}
}
