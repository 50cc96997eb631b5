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
		for _, kind := range slices.Sorted(maps.Keys(c.known)) {
			s, err := knownItems(ctx, engine, c.known[kind])
			if err != nil {
				engine.Close()
				return err
			}
			rows = append(rows, append([]string{c.name + ", " + kind}, s.cells()...))
		}
		engine.Close()
	}
	return record("relevance", strings.Join([]string{
		"## Relevance",
		"Written by `./build.sh bench relevance`, natively, queries as typed. The last two columns are MRR@10 and recall@10 of every other line of the list, counted from 0.",
		table(rows...),
	}, "\n\n"))
}

// scores are sums over the queries of all lines, even lines and odd lines.
type scores [3]struct {
	n           int
	mrr, recall float64
}

func knownItems(ctx context.Context, engine query.Searcher, items []known) (*scores, error) {
	s := &scores{}
	for line, item := range items {
		ids, err := hitIDs(ctx, engine, item.query, 10)
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
