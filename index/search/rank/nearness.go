package rank

import (
	"math"
	"sort"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/search/term"
)

// Nearness returns what the text of an article adds to its score: what the title or
// the best block has of the words, how much of the title they are, and whether they
// are written otherwise. title and blocks are its text, folded.
func (f *Formula) Nearness(a *article.Article, title []rune, blocks [][]rune) float64 {
	added := f.nearness(title, blocks) + coverBoost*f.cover(title)
	if otherwise(f.Writings, a, title, blocks) {
		added -= writingStep
	}
	return added
}

// nearness returns what the title or the best block has of the words.
func (f *Formula) nearness(title []rune, blocks [][]rune) float64 {
	best := f.lineNearness(title, 0)
	for _, b := range blocks {
		best = max(best, f.lineNearness(b, best))
	}
	return best
}

// occurrence is where a word stands in a line.
type occurrence struct{ at, word int }

// lineNearness returns what a line has of the words: their weight, more if the line
// is short, and once more if the words stand next to each other. If that is not more
// than least, it may return any other number that is not either, so that most lines
// need not be searched for how near the words stand.
func (f *Formula) lineNearness(line []rune, least float64) float64 {
	weight, kinds := 0.0, 0
	for _, u := range f.Words {
		if u.Term.In(line) {
			weight += u.IDF
			kinds++
		}
	}
	weight *= weight * weight / (f.worth * f.worth) // the third power of its share
	short := 1 + shortBoost/(1+float64(len(line))/shortSize)
	if kinds == 0 || weight*(short+1) <= least {
		return 0
	}
	return weight * (short + 1/(1+float64(f.span(line, kinds))/nearSpan))
}

// span returns the length of the shortest part of a line that has each of the
// different words of the line at its beginning or behind it. kinds is how many
// different words that are.
func (f *Formula) span(line []rune, kinds int) int {
	var found []occurrence
	for i, u := range f.Words {
		for at, _ := u.Term.Find(line, 0); at >= 0; at, _ = u.Term.Find(line, at+1) {
			found = append(found, occurrence{at, i})
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].at < found[j].at })
	count := make([]int, len(f.Words))
	least, from := math.MaxInt, 0
	for _, o := range found {
		if count[o.word]++; count[o.word] == 1 {
			kinds--
		}
		for kinds == 0 {
			least = min(least, o.at-found[from].at)
			if count[found[from].word]--; count[found[from].word] == 0 {
				kinds++
			}
			from++
		}
	}
	return least
}

// cover returns how much of a title's letters the words make up. Digits do not
// count: they are the least of what a title is remembered by.
func (f *Formula) cover(title []rune) float64 {
	n, letters := 0, 0
	for _, u := range f.Words {
		if at, form := u.Term.Find(title, 0); at >= 0 {
			n += len(form)
		}
	}
	for _, c := range title {
		if analyze.Wordly(c) && !term.Digit(c) {
			letters++
		}
	}
	return min(1, float64(n)/float64(max(letters, 1)))
}
