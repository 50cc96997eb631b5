package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/kanbao/kanbao/e2e/harness"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

const (
	many   = 100_000 // articles of the large corpus
	more   = 30      // of them the day's, which come last
	firsts = 100     // queries that are each asked as the first
)

// large measures 100,000 articles, and what a day's articles cost there and in
// news-10k.
func large(ctx context.Context) error {
	news, err := newsCorpus()
	if err != nil {
		return err
	}
	if news == nil {
		return fmt.Errorf("%s is needed for this", corpora)
	}
	c, err := largeCorpus(ctx, news.latency)
	if err != nil {
		return err
	}
	days := [][]string{{"site", "articles", "from nothing, s", "… of the processor", "… peak RSS MB", "30 more, s", "… of the processor", "share of all, s", "… of the processor", "index bytes changed"}}
	for _, of := range []*corpus{{name: "news-10k-day", content: filepath.Join(corpora, "news", "news-10k.jsonl")}, c} {
		row, err := day(ctx, of)
		if err != nil {
			return fmt.Errorf("%s: %w", of.name, err)
		}
		days = append(days, row)
	}
	queries, err := manyQueries(ctx, c)
	if err != nil {
		return err
	}
	return record("large", strings.Join([]string{
		"## 100,000 articles, and a day's",
		"Written by `./build.sh bench large`. The articles are made by `make_large.py` out of paragraphs of news-10k, the queries are the 300 of kind words2. For *30 more* the site is built of all but the last 30 articles, and then of all over it.",
		table(days...), queries,
	}, "\n\n"))
}

// largeCorpus makes the articles and returns them with the queries of news-10k.
func largeCorpus(ctx context.Context, latency []string) (*corpus, error) {
	c := &corpus{name: fmt.Sprintf("news-%dk", many/1000), latency: latency}
	c.content = filepath.Join(work, c.name+".jsonl")
	fmt.Printf("make %d articles\n", many)
	cmd := exec.CommandContext(ctx, "python3", filepath.Join(corpora, "make_large.py"), fmt.Sprint(many), c.content)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return c, cmd.Run()
}

// day builds the site of a corpus without its last articles, then with them, and
// leaves the corpus with a folder of its own for its content.
func day(ctx context.Context, c *corpus) ([]string, error) {
	data, err := os.ReadFile(c.content)
	if err != nil {
		return nil, err
	}
	lines := bytes.SplitAfter(bytes.TrimSpace(data), []byte("\n"))
	c.docs = make([]doc, len(lines))
	c.content = filepath.Join(work, c.name+"-content")
	if err := os.MkdirAll(c.content, 0o755); err != nil {
		return nil, err
	}
	write := func(lines [][]byte) error {
		return os.WriteFile(filepath.Join(c.content, "articles.jsonl"), bytes.Join(lines, nil), 0o644)
	}
	if err := write(lines[:len(lines)-more]); err != nil {
		return nil, err
	}
	all, err := buildSite(ctx, c)
	if err != nil {
		return nil, err
	}
	old, err := indexFiles(c)
	if err != nil {
		return nil, err
	}
	if err := write(lines); err != nil {
		return nil, err
	}
	added, err := buildOver(ctx, c)
	if err != nil {
		return nil, err
	}
	now, err := indexFiles(c)
	if err != nil {
		return nil, err
	}
	changed, total := int64(0), int64(0)
	for name, f := range now {
		total += f.size
		if old[name] != f {
			changed += f.size
		}
	}
	number := func(v float64) string { return fmt.Sprintf("%.2f", v) }
	return []string{
		c.name, fmt.Sprint(len(lines)), number(all.seconds), number(all.busy), fmt.Sprint(all.rss / 1e6), number(added.seconds), number(added.busy),
		number(added.seconds / all.seconds), number(added.busy / all.busy), fmt.Sprintf("%d of %d (%.2f %%)", changed, total, 100*float64(changed)/float64(total)),
	}, nil
}

type indexFile struct {
	size int64
	sum  [sha256.Size]byte
}

func indexFiles(c *corpus) (map[string]indexFile, error) {
	dir := filepath.Join(siteDir(c), "index")
	entries, err := os.ReadDir(dir)
	files := make(map[string]indexFile)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		files[e.Name()] = indexFile{int64(len(data)), sha256.Sum256(data)}
	}
	return files, err
}

// manyQueries measures what first searches fetch, and searches whose chunks are
// there.
func manyQueries(ctx context.Context, c *corpus) (string, error) {
	var bytes []float64
	for _, text := range c.latency[:firsts] {
		n, err := firstBytes(ctx, c, text)
		if err != nil {
			return "", err
		}
		bytes = append(bytes, float64(n)/1000)
	}
	a := &answers{where: "Chromium, each asked twice, the second time, ms"}
	var stats struct{ Heap, System float64 }
	err := inChromium(ctx, c, func(server *harness.Server, tab *harness.Tab) error {
		if err := a.first(c, server, tab); err != nil {
			return err
		}
		if err := a.times(c, tab, 2); err != nil {
			return err
		}
		return tab.Eval("ix.stats()", &stats)
	})
	row := func(what string, values []float64) []string {
		return []string{what, fmt.Sprint(len(values)), quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1)}
	}
	return table(
		[]string{"a search of two words, 10 hits with snippets", "queries", "median", "p95", "max"},
		row("index kB that a first search fetches, manifest included", bytes),
		row(a.where, a.millis),
	) + fmt.Sprintf("\nAfter them the worker's Go had taken %.0f MB, %.0f of them in use.", stats.System/1e6, stats.Heap/1e6), err
}

// counting is a folder's chunks, whose bytes it counts.
type counting struct {
	chunk.Dir
	bytes atomic.Int64
}

// Get implements chunk.Source.
func (c *counting) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	b, err := c.Dir.Get(ctx, id)
	c.bytes.Add(int64(len(b)))
	return b, err
}

// Manifest implements chunk.Source.
func (c *counting) Manifest(ctx context.Context) ([]byte, error) {
	b, err := c.Dir.Manifest(ctx)
	c.bytes.Add(int64(len(b)))
	return b, err
}

// firstBytes returns how many bytes of the index a search fetches that is the first.
func firstBytes(ctx context.Context, c *corpus, text string) (int64, error) {
	source := &counting{Dir: chunk.Dir(filepath.Join(siteDir(c), "index"))}
	engine, err := search.Open(ctx, source)
	if err != nil {
		return 0, err
	}
	engine.Prepare(ctx)
	_, err = engine.Search(ctx, query.Query{Text: text, Limit: 10})
	return source.bytes.Load(), err
}
