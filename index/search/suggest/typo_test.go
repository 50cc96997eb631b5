package suggest

import (
	"math/rand/v2"
	"slices"
	"testing"
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
