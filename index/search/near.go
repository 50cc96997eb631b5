package search

import (
	"math"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"
)

const (
	// nearDepth is how many of the best articles are read to see how near to each
	// other the words stand in them. Each may cost a chunk of a first search.
	nearDepth = 16
	// nearBoost is what words next to each other in one block add, as a multiple
	// of their weight, and nearSpan the distance in characters at which half of
	// the bonus for nearness is left.
	nearBoost = 1.6
	nearSpan  = 20
	// coverBoost is what a title adds that consists of nothing but the words.
	coverBoost = 8
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
				head[i].score += nearBoost*r.nearness(o) + coverBoost*r.cover(o.title.Runes)
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

// nearness returns the weight of the words that stand together in the title or
// the best block, up to twice if they stand next to each other.
func (r *run) nearness(o *opened) float64 {
	best := r.lineNearness(o.title.Runes)
	for _, b := range o.blocks {
		best = max(best, r.lineNearness(b.Runes))
	}
	return best
}

// occurrence is where a word stands in a line.
type occurrence struct{ at, unit int }

func (r *run) lineNearness(line []rune) float64 {
	var found []occurrence
	weight, kinds := 0.0, 0
	for i, u := range r.units {
		n := len(found)
		for at, _ := u.term.in(line, 0); at >= 0; at, _ = u.term.in(line, at+1) {
			found = append(found, occurrence{at, i})
		}
		if len(found) > n {
			weight += u.idf
			kinds++
		}
	}
	if kinds == 0 {
		return 0
	}
	sort.Slice(found, func(i, j int) bool { return found[i].at < found[j].at })
	return weight * (1 + 1/(1+float64(span(found, kinds))/nearSpan))
}

// span returns the least distance over which all of so many kinds of words
// stand.
func span(found []occurrence, kinds int) int {
	count := make(map[int]int, kinds)
	least, from := math.MaxInt, 0
	for _, o := range found {
		count[o.unit]++
		for len(count) == kinds {
			least = min(least, o.at-found[from].at)
			if count[found[from].unit]--; count[found[from].unit] == 0 {
				delete(count, found[from].unit)
			}
			from++
		}
	}
	return least
}

// cover returns how much of a title the words make up.
func (r *run) cover(title []rune) float64 {
	n := 0
	for _, u := range r.units {
		if at, form := u.term.in(title, 0); at >= 0 {
			n += len(form)
		}
	}
	return float64(n) / float64(max(len(title), 1))
}
