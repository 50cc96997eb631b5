package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/analyze/words"
	"github.com/kanbao/kanbao/index/article"
)

// Words is the dictionary of the random articles.
var Words = []string{"江海", "海区", "江海区", "党建", "建设", "人民", "民生", "生活", "新闻", "联播", "新闻联播", "志愿者", "wifi"}

// letters are few, so that bigrams meet in many articles that do not have the
// phrase: the case that bigrams alone decide wrongly.
var letters = []rune("江海区党建设人民生活新闻联播志愿者的是了ab12，。“”（） 黨區聞干乾幹￥Ａ𠮷")

// Articles returns n random articles. Equal seeds give equal articles.
func Articles(seed uint64, n int) []*article.Article {
	rng := rand.New(rand.NewPCG(seed, 0x6b61))
	props := rand.New(rand.NewPCG(seed, 0x6b62))
	all := make([]*article.Article, n)
	for i := range all {
		a := &article.Article{
			ID:    fmt.Sprintf("n%04d", i),
			Title: Line(rng, 2, 10),
			Date:  fmt.Sprintf("2024-%02d-%02d", 1+i/25%12, 1+i%25),
		}
		for s := range 1 + rng.IntN(3) {
			section := article.Section{}
			if s > 0 {
				section = article.Section{Heading: Line(rng, 2, 6), Level: 3}
			}
			for range 1 + rng.IntN(3) {
				section.Blocks = append(section.Blocks, article.Block{Text: Line(rng, 0, 40)})
			}
			a.Sections = append(a.Sections, section)
		}
		properties(props, a)
		all[i] = a
	}
	return all
}

// properties gives an article what it is filtered and counted by.
func properties(rng *rand.Rand, a *article.Article) {
	pick := func(from ...string) string { return from[rng.IntN(len(from))] }
	a.Source = pick("", "新华社", "江海新闻", "ＧＰＳ")
	a.Edition = article.Edition{Page: pick("", "A01", "A02"), Name: pick("", "要闻", "江海新闻")}
	for range rng.IntN(3) {
		a.Authors = append(a.Authors, article.Author{Name: pick("张三", "李四", "王五 ", "Ann")})
		a.Tags = append(a.Tags, pick("要闻", "党建", "WiFi", "生活"))
	}
	if rng.IntN(8) == 0 {
		a.Date = ""
	}
}

// Entities is a hook for write.Options: an article names whom and what of Words its
// title has.
func Entities(a *article.Article, _ []words.Line) (persons, places, orgs []string) {
	for i, of := range []*[]string{&persons, &places, &orgs} {
		for j := i; j < len(Words); j += 3 {
			if strings.Contains(a.Title, Words[j]) {
				*of = append(*of, Words[j])
			}
		}
	}
	return persons, places, orgs
}

// Line returns a random line of words and letters.
func Line(rng *rand.Rand, least, most int) string {
	var b strings.Builder
	for n := least + rng.IntN(most-least+1); n > 0; n-- {
		if rng.IntN(3) == 0 {
			b.WriteString(Words[rng.IntN(len(Words))])
		} else {
			b.WriteRune(letters[rng.IntN(len(letters))])
		}
	}
	return b.String()
}

// Lines returns what of an article a phrase can stand in: kicker, title, subtitle,
// headings and blocks.
func Lines(a *article.Article) []string {
	lines := []string{a.Title, a.Subtitle}
	if a.Kicker != "" {
		lines = append(lines, a.Kicker)
	}
	for _, s := range a.Sections {
		lines = append(lines, s.Heading)
		for _, b := range s.Blocks {
			lines = append(lines, b.Text)
		}
	}
	return lines
}

// Folder folds some variants, of which the random articles lack two. All that
// there are would be the most of a small index.
func Folder() analyze.Folder {
	return analyze.Folder{Variants: map[rune]rune{'黨': '党', '區': '区', '聞': '闻', '乾': '干', '幹': '干', '設': '设', '聯': '联'}}
}

// Containing is the oracle: the IDs of the articles with a line that, folded,
// contains the folded text.
func Containing(articles []*article.Article, text string) map[string]bool {
	want := fold(text)
	found := make(map[string]bool)
	for _, a := range articles {
		for _, line := range Lines(a) {
			if want != "" && strings.Contains(fold(line), want) {
				found[a.ID] = true
			}
		}
	}
	return found
}

// folded are lines as Folder folds them: the oracle is asked for the same articles
// again and again.
var folded sync.Map

func fold(line string) string {
	if f, ok := folded.Load(line); ok {
		return f.(string)
	}
	f := Folder().Fold(line).String()
	folded.Store(line, f)
	return f
}

// Substring returns a random piece of a random article's text, of at most most
// characters once folded, that is not blank.
func Substring(rng *rand.Rand, articles []*article.Article, most int) string {
	for {
		lines := Lines(articles[rng.IntN(len(articles))])
		line := []rune(lines[rng.IntN(len(lines))])
		if len(line) == 0 {
			continue
		}
		from := rng.IntN(len(line))
		to := from + 1 + rng.IntN(min(most, len(line)-from))
		if s := string(line[from:to]); strings.TrimSpace(s) != "" && !strings.ContainsRune(s, '"') {
			return s
		}
	}
}
