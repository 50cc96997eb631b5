package snippet

import (
	"math/rand/v2"
	"testing"

	"github.com/kanbao/kanbao/index/article"
)

// BenchmarkPassage is the excerpt of an article of twelve paragraphs of 80
// characters, as often as a first page does it: ten times.
func BenchmarkPassage(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	a := text()
	for range 12 {
		line := make([]rune, 80)
		for i := range line {
			line[i] = rune(0x4E00 + rng.IntN(1500))
		}
		copy(line[rng.IntN(70):], []rune("灯塔潮水")[rng.IntN(3):])
		a.Sections[0].Blocks = append(a.Sections[0].Blocks, article.Block{Text: string(line)})
	}
	m := matcher("灯塔 潮水", "灯塔", "潮水")
	b.ReportAllocs()
	for b.Loop() {
		for range 10 {
			passage(m, a)
		}
	}
}
