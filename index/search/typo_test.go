package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/read"
)

// One edit is what the distance of Damerau and Levenshtein says, save that Han
// characters do not change places.
func TestOneEditAgainstTheWholeTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 4))
	for _, letters := range []string{"abc", "江海区"} {
		alphabet := []rune(letters)
		word := func() []rune {
			w := make([]rune, rng.IntN(6))
			for i := range w {
				w[i] = alphabet[rng.IntN(len(alphabet))]
			}
			return w
		}
		ones := 0
		for range 20_000 {
			a, b := word(), word()
			want := distance(a, b, letters == "abc") == 1
			if want {
				ones++
			}
			if got := oneEdit(a, b); got != want {
				t.Fatalf("%q and %q: one edit %v, want %v", string(a), string(b), got, want)
			}
		}
		if ones == 0 {
			t.Error("no two words were one edit apart")
		}
	}
}

// distance is the optimal string alignment distance.
func distance(a, b []rune, transpose bool) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+same)
			if transpose && i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		syllables   []string
		want        fit
	}{
		{"jianghai", "江海", []string{"jiang", "hai"}, whole},
		{"jiangh", "江海", []string{"jiang", "hai"}, halved},
		{"jiang", "江海", []string{"jiang", "hai"}, begun},
		{"jh", "江海", []string{"jiang", "hai"}, short},
		{"jhai", "江海", []string{"jiang", "hai"}, short},
		{"jihai", "江海", []string{"jiang", "hai"}, unfit},
		{"jh", "江海区", []string{"jiang", "hai", "qu"}, shorter},
		{"xian", "西安", []string{"xi", "an"}, whole},
		{"xian", "现代", []string{"xian", "dai"}, begun},
		{"shy", "商业", []string{"shang", "ye"}, short},
		{"zhg", "中国", []string{"zhong", "guo"}, short},
		{"zg", "中国", []string{"zhong", "guo"}, short},
		{"江h", "江海", []string{"jiang", "hai"}, halved},
		{"江海", "江海", []string{"jiang", "hai"}, whole},
		{"将海", "江海", []string{"jiang", "hai"}, unfit},
		{"5g", "5g", []string{"", ""}, whole},
		{"5gw", "5g网", []string{"", "", "wang"}, halved},
		{"jianghaiqu", "江海", []string{"jiang", "hai"}, unfit},
	} {
		w := &read.Word{Text: []rune(c.word), Syllables: c.syllables}
		if got := spells([]rune(c.typed), w); got != c.want {
			t.Errorf("%s spells %s: %d, want %d", c.typed, c.word, got, c.want)
		}
	}
}

// Whatever spells a word in whole or by initials, the shelves that it is looked
// for on have the word.
func TestOpeningsLoseNoWord(t *testing.T) {
	syllables := []string{"a", "an", "chuang", "ci", "e", "er", "ji", "jiang", "lv", "nu", "ou", "shuang", "si", "xi", "yi", "zhuang", "zi", "qu"}
	for _, first := range syllables {
		for _, second := range syllables {
			w := &read.Word{Text: []rune("甲乙"), Syllables: []string{first, second}}
			for _, typed := range []string{first + second, first + second[:1], first[:1] + second[:1]} {
				if spells([]rune(typed), w) == unfit {
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

func TestBlur(t *testing.T) {
	for _, same := range [][]string{{"zhang", "zang", "zan", "zhan"}, {"shi", "si"}, {"ning", "ling", "lin"}, {"sheng", "sen"}} {
		for _, s := range same {
			if blur(s) != blur(same[0]) {
				t.Errorf("%s and %s are told apart", s, same[0])
			}
		}
	}
	blurs := []string{blur("zhong"), blur("zong"), blur("zou"), blur("hu"), blur("fu"), blur("a"), blur("e")}
	slices.Sort(blurs)
	if got := len(slices.Compact(blurs)); got != 6 {
		t.Errorf("%d of 6 syllables are told apart: %q", got, blurs)
	}
}
