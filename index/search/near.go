package search

import (
	"math"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"

	"github.com/kanbao/kanbao/index/analyze"
)

const (
	// nearDepth is how many of the best articles are read to see how near to each
	// other the words stand in them. They are those of a first page, whose text is
	// fetched for the excerpts anyway.
	nearDepth = 10
	// nearSpan is the distance in characters at which half of the bonus for words
	// next to each other is left, shortSize the length of a block at which half of
	// the bonus for a short one is, and shortBoost what that is at most.
	nearSpan   = 20
	shortSize  = 100
	shortBoost = 2
	// coverBoost is what a title adds that consists of nothing but the words.
	coverBoost = 12
)

// near orders the first documents by what their text says, too. They are the
// first whatever page is asked for, so that pages follow each other.
func (r *run) near(top []scored) ([]scored, error) {
	head := slices.Clone(top[:min(nearDepth, len(top))])
	if len(r.units) == 0 || len(head) < 2 {
		return top, nil
	}
	g, ctx := errgroup.WithContext(r.ctx)
	g.SetLimit(atOnce)
	for i := range head {
		g.Go(func() error {
			o, err := r.openDoc(ctx, head[i].doc)
			if err == nil {
				head[i].score += r.nearness(o) + coverBoost*r.cover(o.title)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	sortByScore(head)
	return append(head, top[len(head):]...), nil
}

// nearness returns what the title or the best block has of the words.
func (r *run) nearness(o *opened) float64 {
	all := r.worth()
	best := r.lineNearness(o.title, all, 0)
	for _, b := range o.blocks {
		best = max(best, r.lineNearness(b, all, best))
	}
	return best
}

// occurrence is where a word stands in a line.
type occurrence struct{ at, unit int }

// lineNearness returns the weight of the words that stand in a line, up to twice
// if they stand next to each other, and more if the line has little else. What
// has some of the words is worth much less than what has all. The answer may be
// anything that is not above least where it is not.
func (r *run) lineNearness(line []rune, all, least float64) float64 {
	weight, kinds := 0.0, 0
	for _, u := range r.units {
		if u.term.stands(line) {
			weight += u.idf
			kinds++
		}
	}
	weight *= weight * weight / (all * all)
	short := 1 + shortBoost/(1+float64(len(line))/shortSize)
	if kinds == 0 || weight*(short+1) <= least {
		return 0
	}
	return weight * (short + 1/(1+float64(r.span(line, kinds))/nearSpan))
}

// span returns the least distance over which all of so many kinds of words
// stand in a line that has them.
func (r *run) span(line []rune, kinds int) int {
	var found []occurrence
	for i, u := range r.units {
		for at, _ := u.term.in(line, 0); at >= 0; at, _ = u.term.in(line, at+1) {
			found = append(found, occurrence{at, i})
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].at < found[j].at })
	count := make([]int, len(r.units))
	least, from := math.MaxInt, 0
	for _, o := range found {
		if count[o.unit]++; count[o.unit] == 1 {
			kinds--
		}
		for kinds == 0 {
			least = min(least, o.at-found[from].at)
			if count[found[from].unit]--; count[found[from].unit] == 0 {
				kinds++
			}
			from++
		}
	}
	return least
}

// cover returns how much of a title's letters the words make up. Digits do not
// count: they are the least of what a title is remembered by.
func (r *run) cover(title []rune) float64 {
	n, letters := 0, 0
	for _, u := range r.units {
		if at, form := u.term.in(title, 0); at >= 0 {
			n += len(form)
		}
	}
	for _, c := range title {
		if analyze.Wordly(c) && !digit(c) {
			letters++
		}
	}
	return min(1, float64(n)/float64(max(letters, 1)))
}
