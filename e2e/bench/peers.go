package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// besidePeers runs the harness in ../shared/peers with us in the same run. The
// arguments are handed on to it: --limit, --max-queries, --engines and so on.
func besidePeers(ctx context.Context, args []string) error {
	dir, err := filepath.Abs("build/peers")
	if err != nil {
		return err
	}
	if _, err := os.Stat(peers); err != nil {
		return fmt.Errorf("the peers are needed for this: %w", err)
	}
	news, err := newsCorpus()
	if err != nil || news == nil {
		return err
	}
	built, err := buildSite(ctx, news)
	if err != nil {
		return err
	}
	site, err := filepath.Abs(siteDir(news))
	if err != nil {
		return err
	}
	source, err := filepath.Abs(news.content)
	if err != nil {
		return err
	}
	file := func(name string) string { return filepath.Join(source, name) }
	bench := []string{"bench.mjs", "--label", "news-10k", "--corpus", file("news-10k.jsonl"),
		"--substrings", file("substrings.tsv"), "--queries", file("queries.tsv"),
		"--engines", "pagefind,minisearch-bigrams,scan,kanbao", "--kanbao", site, "--json", "out/results.json"}
	// The copy is ours to write in, whatever the modes of the original are.
	if err := inDir(ctx, ".", []string{"cp", "-R", "--no-preserve=mode", peers + "/.", dir}); err != nil {
		return err
	}
	for _, c := range [][]string{
		{"npm", "install", "--no-audit", "--no-fund"},
		append([]string{"node"}, append(bench, args...)...),
	} {
		if err := inDir(ctx, dir, c); err != nil {
			return err
		}
	}
	report := exec.CommandContext(ctx, "node", "lib/report.mjs", "out/results.json")
	report.Dir = dir
	tables, err := report.Output()
	if err != nil {
		return fmt.Errorf("lib/report.mjs: %w", err)
	}
	about := "Written by `./build.sh bench peers"
	if len(args) > 0 {
		about += " " + strings.Join(args, " ")
	}
	return record("peers", strings.Join([]string{
		"## Beside other engines",
		about + "`: real Chromium, the same articles and queries, one run. The harness does not measure our build; it took: " + built.String(),
		string(tables),
	}, "\n\n"))
}

func inDir(ctx context.Context, dir string, args []string) error {
	fmt.Println(strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return nil
}
