package words

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/go-ego/gse"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/variants"
)

// wordsByGSE is what gse makes of a text.
func wordsByGSE(seg *gse.Segmenter, text []byte) []Word {
	var words []Word
	for _, s := range seg.ModeSegment(text, false) {
		words = append(words, Word{s.Start(), s.End(), s.Token().Pos()})
	}
	return words
}

// The words of an index must be those of gse, whatever is segmented.
func TestWordsAreThoseOfGSE(t *testing.T) {
	var some strings.Builder
	dictionary := strings.SplitAfter(simplified, "\n")
	for i := 0; i < len(dictionary); i += part {
		some.WriteString(dictionary[i])
	}
	seg := gse.Segmenter{SkipLog: true}
	if err := seg.LoadDictStr(some.String()); err != nil {
		t.Fatal(err)
	}
	c := open(some.String(), fewest)
	same := func(text string) {
		t.Helper()
		got, want := c.Segment([]byte(text)), wordsByGSE(&seg, []byte(text))
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			t.Fatalf("%q is segmented as\n%s, by gse as\n%s", text, g, w)
		}
	}
	folder := analyze.Folder{Variants: variants.Table()}
	lines := 0
	for _, text := range newsTexts(t) {
		folded := folder.Fold(text)
		same(folded.String())
		lines++
	}
	t.Logf("%d lines of news", lines)
	// What no article has: words of the dictionary beside each other, cut off anywhere.
	rng := rand.New(rand.NewPCG(1, 2))
	others := []string{"", " ", "é", "Ⅷ", "x", "A", "9", "٣", "𠮷", "\xff", "\xe4\xb8", "、", "\u0301"}
	rounds := 5_000
	if testing.Short() {
		rounds = 500
	}
	for range rounds {
		var b strings.Builder
		for range 1 + rng.IntN(8) {
			word, _, _ := strings.Cut(dictionary[rng.IntN(len(dictionary))], " ")
			runes := []rune(word)
			b.WriteString(string(runes[:rng.IntN(len(runes)+1)]))
			b.WriteString(others[rng.IntN(len(others))])
		}
		same(lower(b.String()))
	}
}

// A word that is there twice, in large and small letters, counts once.
func TestTotalCountsEachWordOnce(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var want float64
	seen := make(map[string]bool)
	for at := 0; at < len(simplified); {
		w, size, ok := c.word(at)
		at += size
		if text := lower(w.text); ok && !seen[text] {
			seen[text] = true
			want += w.count
		}
	}
	if c.total != want || len(seen) < 300_000 {
		t.Errorf("%d words count %.0f, want %.0f", len(seen), c.total, want)
	}
}

// newsTexts are paragraphs of news, none where they are not at hand.
func newsTexts(t *testing.T) []string {
	const name = "../../../../shared/corpora/news/news-10k.jsonl"
	f, err := os.Open(name)
	if err != nil {
		t.Logf("without the news: %v", err)
		return nil
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	var texts []string
	every := 80
	if testing.Short() {
		every = 800
	}
	for n := 0; in.Scan(); n++ {
		var a struct {
			Title string
			Text  []string
		}
		if n%every != 0 {
			continue
		}
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		texts = append(append(texts, a.Title), a.Text...)
	}
	return texts
}
