package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// brief makes of an hour ten minutes: all that is measured of time, size and memory,
// and few of the queries that are counted for recall.
const brief = "brief"

// counted is how many queries of each kind are left of those in a brief run.
const counted = 10

// besidePeers runs the harness in ../shared/peers with us in the same run. The
// arguments are handed on to it: --limit, --max-queries, --engines and so on. The
// first may be brief.
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
	about := "Written by `./build.sh bench peers"
	if len(args) > 0 {
		about += " " + strings.Join(args, " ")
	}
	if len(args) > 0 && args[0] == brief {
		args = args[1:]
		if file, err = shortened(source); err != nil {
			return err
		}
	}
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
	return record("peers", strings.Join([]string{
		"## Beside other engines",
		about + "`: real Chromium, the same articles and queries, one run. The harness does not measure our build; it took: " + built.String(),
		string(tables),
	}, "\n\n"))
}

// shortened returns where the corpus's files are, with fewer queries: all that are
// timed, a few of each kind that are counted, and none for one known article.
func shortened(source string) (file func(name string) string, err error) {
	dir, err := filepath.Abs(filepath.Join(work, brief))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for name, most := range map[string]int{"queries.tsv": 0, "substrings.tsv": counted} {
		kinds := make(map[string]int)
		var kept strings.Builder
		err := lines(filepath.Join(source, name), func(line string) error {
			kind, _, _ := strings.Cut(line, "\t")
			if kinds[kind]++; kind == "words2" || kinds[kind] <= most {
				fmt.Fprintln(&kept, line)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(kept.String()), 0o644); err != nil {
			return nil, err
		}
	}
	return func(name string) string {
		if strings.HasSuffix(name, ".tsv") {
			return filepath.Join(dir, name)
		}
		return filepath.Join(source, name)
	}, nil
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
