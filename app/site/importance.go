package site

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
)

// What a front page sees of an article at a glance.
const (
	rankBig   = "big"
	rankBrief = "brief" // 简讯
)

// A weight is what an editor shows of how much an article matters.
type weight struct {
	length   int // in characters
	pictured bool
	area     float64 // that it was printed on, in square points; 0 if that is not known
}

func weigh(a *article.Article) weight {
	w := weight{pictured: a.Publication.Cover != "" || len(a.Pictures) > 0}
	for _, b := range a.Blocks {
		w.length += utf8.RuneCountInString(b.Text)
		w.pictured = w.pictured || b.Kind == article.Caption || pictureIn.MatchString(b.HTML)
	}
	for _, z := range a.Zones {
		w.area += (z.X1 - z.X0) * (z.Y1 - z.Y0)
	}
	return w
}

const (
	longArticle  = 1500
	fullArticle  = 700
	shortArticle = 300
	longestBrief = 150
)

// score counts what speaks for an article at that place of its page; all is the area
// of the articles of the page.
func (e *entry) score(at int, all float64) int {
	score := max(0, 3-at)
	switch n := e.weight.length; {
	case n >= longArticle:
		score += 3
	case n >= fullArticle:
		score += 2
	case n >= shortArticle:
		score++
	case n < longestBrief:
		score -= 2
	}
	for _, yes := range []bool{e.weight.pictured, e.Kicker != "", e.Subtitle != ""} {
		if yes {
			score++
		}
	}
	// What has a third of the page is its leading article wherever it stands.
	if share := e.weight.area / max(all, 1); share > 0.08 {
		score += int(share * 12)
	}
	return score
}

// rank gives the articles of a page their ranks.
func (s *sheet) rank() {
	all := 0.0
	for _, e := range s.Entries {
		all += e.weight.area
	}
	for i, e := range s.Entries {
		e.weighs = e.score(i, all)
		switch {
		case e.weighs >= 5:
			e.Rank = rankBig
		case e.weight.length < longestBrief && !e.weight.pictured && e.Kicker == "" && e.Subtitle == "":
			e.Rank = rankBrief
		}
	}
}

// byImportance returns the articles of a page with the leading one first and the
// briefs last; what weighs the same stays in the order of the page.
func (s *sheet) byImportance() []*entry {
	lead := 0
	for i, e := range s.Entries {
		if e.weighs > s.Entries[lead].weighs {
			lead = i
		}
	}
	sorted := slices.Delete(slices.Clone(s.Entries), lead, lead+1)
	class := map[string]int{rankBig: 0, "": 1, rankBrief: 2}
	slices.SortStableFunc(sorted, func(a, b *entry) int { return cmp.Compare(class[a.Rank], class[b.Rank]) })
	return slices.Insert(sorted, 0, s.Entries[lead])
}
