package snippet

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
)

// plainFind is find as one would say it: form after form takes, from the left,
// what of the line no other has taken.
func plainFind(m *Matcher, line []rune) []match {
	taken := make([]bool, len(line))
	var found []match
	for n, f := range m.forms {
		for i := 0; i+len(f.runes) <= len(line); i++ {
			here := taken[i : i+len(f.runes)]
			if slices.Contains(here, true) || string(line[i:i+len(f.runes)]) != string(f.runes) {
				continue
			}
			found = append(found, match{i, i + len(f.runes), n})
			for j := range here {
				here[j] = true
			}
		}
	}
	slices.SortFunc(found, func(a, b match) int { return a.start - b.start })
	return found
}

// plainDensest adds up each stretch anew.
func plainDensest(m *Matcher, matches []match) (value float64, first int) {
	for i := range matches {
		v := 0.0
		seen := map[int]bool{}
		for j, x := range matches[i:] {
			if j > 0 && x.end > matches[i].start+passageSize-leadSize {
				break
			}
			term := m.forms[x.form].term
			weight := m.terms[term].Weight
			if seen[term] {
				weight /= 16
			}
			seen[term] = true
			v += weight
		}
		if v > value {
			value, first = v, i
		}
	}
	return value, first
}

func randomText(rng *rand.Rand, least, most int) []rune {
	line := make([]rune, least+rng.IntN(most-least+1))
	for i := range line {
		line[i] = []rune("灯塔潮水，𠮷a")[rng.IntN(7)]
	}
	return line
}

func TestFindAndDensestAreWhatTheyAreInPlainWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 7))
	for range 3000 {
		var phrases [][]rune
		if rng.IntN(2) == 0 {
			phrases = append(phrases, randomText(rng, 0, 5))
		}
		var terms []Term
		for range rng.IntN(4) {
			term := Term{Weight: float64(1 + rng.IntN(9))}
			for range 1 + rng.IntN(3) {
				term.Forms = append(term.Forms, randomText(rng, 0, 3))
			}
			terms = append(terms, term)
		}
		m := New(analyze.Folder{}, phrases, terms)
		line := randomText(rng, 0, 200)
		found, want := m.find(line), plainFind(m, line)
		if len(found)+len(want) > 0 && !reflect.DeepEqual(found, want) {
			t.Fatalf("%v in %q: %v, want %v", m.forms, string(line), found, want)
		}
		times := make([]int, len(m.terms))
		value, first := m.densest(found, times)
		if v, f := plainDensest(m, found); value != v || first != f {
			t.Fatalf("%v in %q: %v from match %d, want %v from %d", m.forms, string(line), value, first, v, f)
		}
		if slices.ContainsFunc(times, func(n int) bool { return n != 0 }) {
			t.Fatalf("counts are left behind: %v", times)
		}
	}
}
