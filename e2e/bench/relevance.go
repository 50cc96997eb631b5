package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/query"
)

// relevance asks for known items. Each list is split in halves, so that what is
// tuned on one is judged on the other.
func relevance(ctx context.Context) error {
	rows := [][]string{{"known items", "queries", "MRR@10", "recall@10", "even lines", "odd lines"}}
	for _, load := range []func() (*corpus, error){newsCorpus, cmrcCorpus} {
		c, err := load()
		if err != nil {
			return err
		}
		if c == nil {
			return fmt.Errorf("%s: the corpora are needed for this", corpora)
		}
		if _, err := buildSite(ctx, c); err != nil {
			return err
		}
		engine, err := openEngine(ctx, c)
		if err != nil {
			return err
		}
		compared, err := knownRows(ctx, c, engine)
		if err != nil {
			return err
		}
		rows = append(rows, compared...)
	}
	return record("relevance", strings.Join([]string{
		"## Relevance",
		"Written by `./build.sh bench relevance`, natively, queries as typed. The last two columns are MRR@10 and recall@10 of every other line of the list, counted from 0: settings were tuned on the even lines, the odd ones judge. Below each list, plain BM25 over bigrams on the same items.",
		table(rows...),
	}, "\n\n"))
}

// knownRows returns two rows for each list of a corpus: ours and the baseline's.
func knownRows(ctx context.Context, c *corpus, engine query.Searcher) ([][]string, error) {
	plain := newBaseline(c.docs)
	var rows [][]string
	for _, kind := range slices.Sorted(maps.Keys(c.known)) {
		ours, err := knownItems(c.known[kind], func(text string) ([]string, error) {
			return hitIDs(ctx, engine, text, 10)
		})
		if err != nil {
			return nil, err
		}
		theirs, err := knownItems(c.known[kind], func(text string) ([]string, error) {
			return plain.best(text, 10), nil
		})
		if err != nil {
			return nil, err
		}
		rows = append(rows,
			append([]string{c.name + ", " + kind}, ours.cells()...),
			append([]string{"… plain BM25 over bigrams"}, theirs.cells()...))
	}
	return rows, nil
}

// scores are sums over the queries of all lines, even lines and odd lines.
type scores [3]struct {
	n           int
	mrr, recall float64
}

// knownItems asks for each item; best returns the ten best articles.
func knownItems(items []known, best func(text string) ([]string, error)) (*scores, error) {
	s := &scores{}
	for line, item := range items {
		ids, err := best(item.query)
		if err != nil {
			return nil, err
		}
		rank := slices.Index(ids, item.id)
		for _, i := range []int{0, 1 + line%2} {
			s[i].n++
			if rank >= 0 {
				s[i].mrr += 1 / float64(rank+1)
				s[i].recall++
			}
		}
	}
	return s, nil
}

func (s *scores) cells() []string {
	mean := func(i int) (float64, float64) {
		n := float64(max(s[i].n, 1))
		return s[i].mrr / n, s[i].recall / n
	}
	mrr, recall := mean(0)
	cells := []string{fmt.Sprint(s[0].n), fmt.Sprintf("%.3f", mrr), fmt.Sprintf("%.3f", recall)}
	for i := 1; i <= 2; i++ {
		mrr, recall := mean(i)
		cells = append(cells, fmt.Sprintf("%.3f / %.3f", mrr, recall))
	}
	return cells
}
