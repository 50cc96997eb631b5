package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// everything is a limit that no list of hits reaches.
const everything = 1_000_000

// answers is how a site answers a corpus's queries.
type answers struct {
	where   string
	millis  []float64 // of the latency queries, in the order of the list
	quoted  quality
	typed   quality
	cold    string // what the first search took, in words
	queries int
}

// A quality compares hits with what a scan of the text finds.
type quality struct {
	queries   int
	recall    float64 // sums over queries
	precision float64
	answered  int
	// above counts queries with every exact match above every other hit.
	above int
}

// add counts the answer to one query.
func (q *quality) add(hits []string, truth map[string]bool) {
	q.queries++
	found, misplaced, other := 0, false, false
	for _, id := range hits {
		if truth[id] {
			found++
			misplaced = misplaced || other
		} else {
			other = true
		}
	}
	if len(truth) > 0 {
		q.recall += float64(found) / float64(len(truth))
	} else {
		q.recall++
	}
	if len(hits) > 0 {
		q.answered++
		q.precision += float64(found) / float64(len(hits))
	}
	if !misplaced {
		q.above++
	}
}

func (q quality) cells() []string {
	n := float64(max(q.queries, 1))
	return []string{
		fmt.Sprintf("%.4f", q.recall/n),
		fmt.Sprintf("%.4f", q.precision/float64(max(q.answered, 1))),
		fmt.Sprintf("%d of %d", q.above, q.queries),
	}
}

func answersTable(all ...*answers) string {
	times := [][]string{{"latency, 10 hits with snippets", "queries", "median ms", "p95 ms", "max ms"}}
	found := [][]string{{"substrings", "recall", "precision", "exact matches above all others"}}
	for _, a := range all {
		times = append(times, []string{a.where, fmt.Sprint(len(a.millis)), quantile(a.millis, 0.5), quantile(a.millis, 0.95), quantile(a.millis, 1)})
		found = append(found, append([]string{a.where + ", quoted"}, a.quoted.cells()...), append([]string{a.where + ", as typed"}, a.typed.cells()...))
	}
	return table(times...) + "\n" + table(found...)
}

func quantile(values []float64, q float64) string {
	if len(values) == 0 {
		return "–"
	}
	sorted := slices.Sorted(slices.Values(values))
	return fmt.Sprintf("%.2f", sorted[min(int(q*float64(len(sorted))), len(sorted)-1)])
}

func openEngine(ctx context.Context, c *corpus) (*search.Engine, error) {
	return search.Open(ctx, chunk.Dir(filepath.Join(siteDir(c), "index")))
}

// nativeAnswers asks the engine in this process.
func nativeAnswers(ctx context.Context, c *corpus) (*answers, error) {
	fmt.Printf("ask %s natively\n", c.name)
	engine, err := openEngine(ctx, c)
	if err != nil {
		return nil, err
	}
	a := &answers{where: "native"}
	for _, text := range c.latency {
		start := time.Now()
		if _, err := engine.Search(ctx, query.Query{Text: text, Limit: 10}); err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		a.millis = append(a.millis, float64(time.Since(start).Microseconds())/1000)
	}
	for _, piece := range c.substrings {
		truth := c.containing(piece)
		for text, q := range map[string]*quality{piece: &a.typed, quoted(piece): &a.quoted} {
			ids, err := hitIDs(ctx, engine, text, everything)
			if err != nil {
				return nil, err
			}
			q.add(ids, truth)
		}
	}
	return a, nil
}

func hitIDs(ctx context.Context, engine query.Searcher, text string, limit int) ([]string, error) {
	result, err := engine.Search(ctx, query.Query{Text: text, Limit: limit, IDsOnly: true})
	if err != nil {
		return nil, fmt.Errorf("%q: %w", text, err)
	}
	ids := make([]string, len(result.Hits))
	for i, h := range result.Hits {
		ids[i] = h.ID
	}
	return ids, nil
}
