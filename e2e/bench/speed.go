package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// sizesAndSpeed measures the sample and, where it is at hand, news-10k.
func sizesAndSpeed(ctx context.Context) error {
	sample, err := sampleCorpus()
	if err != nil {
		return err
	}
	news, err := newsCorpus()
	if err != nil {
		return err
	}
	var parts []string
	parts = append(parts, "## Sizes, speed and recall\n\nWritten by `./build.sh bench`.")
	for _, c := range []*corpus{sample, news} {
		if c == nil {
			continue
		}
		part, err := measure(ctx, c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		parts = append(parts, part)
	}
	wasm, err := wasmTable(siteDir(sample))
	if err != nil {
		return err
	}
	parts = slices.Insert(parts, 1, wasm)
	return record("sizes", strings.Join(parts, "\n\n"))
}

func siteDir(c *corpus) string { return filepath.Join(work, c.name) }

const pauses = "In Chromium the queries follow each other without a pause in which the rest of the index could come, so that each fetches its chunks. How it is when all is at hand is measured beside the other engines."

// measure builds the site of a corpus and asks it everything.
func measure(ctx context.Context, c *corpus) (string, error) {
	built, err := buildSite(ctx, c)
	if err != nil {
		return "", err
	}
	sizes, err := indexTable(ctx, c)
	if err != nil {
		return "", err
	}
	native, err := nativeAnswers(ctx, c)
	if err != nil {
		return "", err
	}
	browser, err := browserAnswers(ctx, c)
	if err != nil {
		return "", err
	}
	head := fmt.Sprintf("### %s: %d articles, %d characters", c.name, len(c.docs), c.characters())
	return strings.Join([]string{head, built.String(), sizes, answersTable(native, browser), pauses, browser.cold}, "\n\n"), nil
}

// A build is what building a site took.
type build struct {
	docs    int
	seconds float64
	busy    float64 // seconds of the processor
	rss     int64   // peak, in bytes
}

func (b build) String() string {
	return fmt.Sprintf("Built from nothing in %.1f s, %.0f articles a second, with at most %d MB of memory.",
		b.seconds, float64(b.docs)/b.seconds, b.rss/1e6)
}

// buildSite builds the site of a corpus from nothing.
func buildSite(ctx context.Context, c *corpus) (build, error) {
	if err := os.RemoveAll(siteDir(c)); err != nil {
		return build{}, err
	}
	return buildOver(ctx, c)
}

// buildOver builds the site of a corpus over what is there.
func buildOver(ctx context.Context, c *corpus) (build, error) {
	fmt.Printf("build %s\n", c.name)
	dir := siteDir(c)
	cmd := exec.CommandContext(ctx, command, "build", c.content, "-o", dir)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		// With bad articles the command fails but has built all others; what is
		// missing shows in the figures.
		if _, missing := os.Stat(dir); missing != nil {
			return build{}, fmt.Errorf("%s build: %w", command, err)
		}
	}
	b := build{docs: len(c.docs), seconds: time.Since(start).Seconds()}
	b.busy = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		b.rss = usage.Maxrss
		if runtime.GOOS == "linux" {
			b.rss *= 1024 // Linux counts in kilobytes
		}
	}
	return b, nil
}

// indexTable gives the bytes of an index by kind, as multiples of the text.
func indexTable(ctx context.Context, c *corpus) (string, error) {
	out, err := exec.CommandContext(ctx, command, "inspect", siteDir(c), "--json").Output()
	if err != nil {
		return "", fmt.Errorf("%s inspect: %w", command, err)
	}
	var site struct {
		Terms      int
		Chunks     int
		IndexBytes int64 `json:"index_bytes"`
		PageBytes  int64 `json:"page_bytes"`
		Bytes      map[string]int64
	}
	if err := json.Unmarshal(out, &site); err != nil {
		return "", err
	}
	text := c.gzipped()
	row := func(name string, n int64) []string {
		return []string{name, fmt.Sprint(n), fmt.Sprintf("%.3f", float64(n)/float64(text))}
	}
	rows := [][]string{{"index", "bytes", "multiple of the gzipped text"}}
	for _, kind := range slices.Sorted(maps.Keys(site.Bytes)) {
		rows = append(rows, row(kind, site.Bytes[kind]))
	}
	rows = append(rows, row("**all**", site.IndexBytes), row("the text as one gzip", text), row("pages (HTML)", site.PageBytes))
	return table(rows...) + fmt.Sprintf("\n%d terms in %d chunks.", site.Terms, site.Chunks), nil
}

// wasmTable gives the sizes of the wasm files of a site.
func wasmTable(site string) (string, error) {
	files, err := filepath.Glob(filepath.Join(site, "kanbao", "*.wasm"))
	if err != nil {
		return "", err
	}
	rows := [][]string{{"wasm", "bytes", "gzip", "brotli"}}
	for _, f := range files {
		// The name without its hash, so that the table changes with the sizes alone.
		name, _, _ := strings.Cut(filepath.Base(f), "-")
		row := []string{name}
		for _, suffix := range []string{"", ".gz", ".br"} {
			info, err := os.Stat(f + suffix)
			if err != nil {
				return "", err
			}
			row = append(row, fmt.Sprint(info.Size()))
		}
		rows = append(rows, row)
	}
	return table(rows...), nil
}
