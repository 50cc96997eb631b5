package rank

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/kanbao/kanbao/index/search/term"
)

// randomLine has few different characters, so that words meet often.
func randomLine(rng *rand.Rand, most int) []rune {
	line := make([]rune, rng.IntN(most+1))
	for i := range line {
		line[i] = []rune("灯塔潮水人，")[rng.IntN(6)]
	}
	return line
}

func randomFormula(rng *rand.Rand) *Formula {
	var words []Word
	for range 1 + rng.IntN(4) {
		t := term.Plain(append(randomLine(rng, 2), '灯'))
		if rng.IntN(3) == 0 {
			t.Forms = append(t.Forms, append(randomLine(rng, 3), '水'))
		}
		words = append(words, Word{Term: t, IDF: 1 + 5*rng.Float64()})
	}
	return NewFormula(words, nil, nil)
}

// The least distance is that over all choices of one place for each word.
func TestSpanIsTheLeastOfAllChoices(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for range 4000 {
		f, line := randomFormula(rng), randomLine(rng, 24)
		kinds, least := 0, math.MaxInt
		var choose func(unit, first, last int)
		choose = func(unit, first, last int) {
			if unit == len(f.Words) {
				least = min(least, last-first)
				return
			}
			if !f.Words[unit].Term.In(line) {
				choose(unit+1, first, last)
				return
			}
			for i := range line {
				if at, _ := f.Words[unit].Term.Find(line, i); at == i {
					choose(unit+1, min(first, i), max(last, i))
				}
			}
		}
		for _, u := range f.Words {
			if u.Term.In(line) {
				kinds++
			}
		}
		if kinds == 0 {
			continue
		}
		choose(0, len(line), 0)
		if got := f.span(line, kinds); got != least {
			t.Fatalf("%v in %q: %d, want %d", f.Words, string(line), got, least)
		}
	}
}

// To skip lines that cannot be the best changes nothing.
func TestNearnessIsTheBestOfAllLines(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	for range 1000 {
		f := randomFormula(rng)
		title, blocks := randomLine(rng, 12), [][]rune(nil)
		want := f.lineNearness(title, -1)
		for range rng.IntN(6) {
			line := randomLine(rng, 40)
			blocks = append(blocks, line)
			want = max(want, f.lineNearness(line, -1))
		}
		if got := f.nearness(title, blocks); got != want {
			t.Fatalf("%v: %v, want %v", f.Words, got, want)
		}
	}
}
