package write

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

const (
	phrasesFrom   = 64 << 10 // bytes of text from which a preset dictionary pays
	phrasesSample = 400_000  // characters that are looked at for phrases
	phrasesSize   = 16 << 10 // a first search fetches it; twice as much saves little more
	phraseLeast   = 5        // occurrences in the sample below which a phrase is not one
)

// phraseLengths are the lengths in characters that are counted. Longer phrases
// come out as several that overlap.
var phraseLengths = [...]int{3, 4, 6, 8, 12, 20}

// phrases returns the preset dictionary of the stored chunks in the alphabet's
// codes: what stands in many articles, the most worthwhile last, where deflate
// reaches it with the shortest distances. A small index needs none.
func (b *builder) phrases() []byte {
	texts, total := b.sample()
	if total < phrasesFrom {
		return nil
	}
	var chosen []string
	var seen strings.Builder
	size := 0
	for _, p := range rankPhrases(texts) {
		if strings.Contains(seen.String(), p) {
			continue
		}
		n := len(b.seg.Alphabet.AppendText(nil, p))
		if size+n > phrasesSize {
			break
		}
		size += n
		seen.WriteString(p)
		seen.WriteByte('\n')
		chosen = append(chosen, p)
	}
	slices.Reverse(chosen)
	return b.seg.Alphabet.AppendText(nil, strings.Join(chosen, ""))
}

// sample returns texts of articles evenly spread over the corpus, and about how
// many bytes of text there are in all.
func (b *builder) sample() (texts []string, total int) {
	for _, d := range b.acc.docs {
		total += d.size * 2
	}
	step := max(1, total/2/phrasesSample)
	for i := 0; i < len(b.order); i += step {
		if a, err := b.article(b.order[i]); err == nil {
			texts = append(texts, phraseText(a))
		}
	}
	return texts, total
}

func phraseText(a *article.Article) string { return a.Title + "\n" + a.Text() }

// rankPhrases returns the repeated stretches of the texts, by what they save.
func rankPhrases(texts []string) []string {
	type phrase struct {
		text string
		gain int
	}
	var ranked []phrase
	count := make(map[string]int)
	for _, n := range phraseLengths { // one after the other, which takes less memory
		clear(count)
		for _, text := range texts {
			countPhrases(count, text, n)
		}
		for text, times := range count {
			if times >= phraseLeast {
				ranked = append(ranked, phrase{text, times * (n*5 - 6)})
			}
		}
	}
	slices.SortFunc(ranked, func(x, y phrase) int {
		return cmp.Or(y.gain-x.gain, cmp.Compare(x.text, y.text))
	})
	texts = texts[:0]
	for _, p := range ranked[:min(len(ranked), 30_000)] {
		texts = append(texts, p.text)
	}
	return texts
}

// countPhrases counts the stretches of n characters of a text.
func countPhrases(count map[string]int, text string, n int) {
	// Byte offsets of characters, so that a phrase is a slice of the text.
	at := make([]int, 0, len(text)/2)
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	for i := 0; i+n < len(at); i++ {
		count[text[at[i]:at[i+n]]]++
	}
}
