package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kanbao/kanbao/e2e/harness"
)

// What a new edition brings to a site that readers have stored.
const (
	storedArticles = 1000
	newArticles    = 5 // of them, which come last
)

// updates measures what a new build of a site costs whoever has an older one on the
// device: by a first search, or by having asked for all of it.
func updates(ctx context.Context) (string, error) {
	source, err := os.ReadFile(filepath.Join(corpora, "news", "news-10k.jsonl"))
	if err != nil {
		return "", err
	}
	lines := bytes.SplitAfterN(source, []byte("\n"), storedArticles+1)[:storedArticles]
	c := &corpus{name: "news-1k", content: filepath.Join(work, "news-1k-content"), docs: make([]doc, storedArticles)}
	if err := os.MkdirAll(c.content, 0o755); err != nil {
		return "", err
	}
	write := func(n int) error {
		return os.WriteFile(filepath.Join(c.content, "articles.jsonl"), bytes.Join(lines[:n], nil), 0o644)
	}
	rows := [][]string{{"stored by", "bytes at first", "requests", "bytes of the update", "requests", "… pages", "… index", "… programs and styles", "… lists of the build"}}
	for _, by := range []string{"a first search", "「下载全部」"} {
		if err := write(storedArticles - newArticles); err != nil {
			return "", err
		}
		if _, err := buildSite(ctx, c); err != nil {
			return "", err
		}
		build := func() error {
			if err := write(storedArticles); err != nil {
				return err
			}
			_, err := buildOver(ctx, c)
			return err
		}
		row, err := oneUpdate(ctx, c, by, build)
		if err != nil {
			return "", fmt.Errorf("stored by %s: %w", by, err)
		}
		rows = append(rows, row)
	}
	return fmt.Sprintf("An update of %d articles in %d: a site of the first %d of news-10k is stored by a reader's browser, then built anew with %d more. What the browser fetches until it has the new build whole:\n\n%s",
		newArticles, storedArticles, storedArticles-newArticles, newArticles, table(rows...)), nil
}

// oneUpdate has a site stored, builds it anew, and returns what was fetched.
func oneUpdate(ctx context.Context, c *corpus, by string, build func() error) ([]string, error) {
	server, err := harness.Serve(siteDir(c), "/")
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	browser, err := harness.Launch(ctx)
	if err != nil {
		return nil, err
	}
	defer browser.Close()
	tab, err := browser.NewTab(1280, 900)
	if err != nil {
		return nil, err
	}
	defer tab.Close()
	steps := []func() error{
		func() error { return tab.Open(server.Origin() + "/search/?q=%E4%B8%AD%E5%9B%BD") },
		func() error { return tab.Wait(`document.documentElement.dataset.kept !== undefined`) },
	}
	if by != "a first search" {
		steps = append(steps,
			func() error { return tab.Open(server.Origin() + "/search/#kb-offline") },
			func() error { return tab.Wait(`document.querySelector("#kb-offline button")`) },
			func() error { return tab.Eval(`document.querySelector("#kb-offline button").click()`, nil) },
			func() error {
				return tab.Wait(`document.querySelector(".kb-offline-says")?.textContent.includes("都在这台设备上了")`)
			})
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	first := fetchedOf(server)
	if err := build(); err != nil {
		return nil, err
	}
	server.Forget()
	// Again, if the browser was looking for itself when the old build was still there.
	if err := tab.Wait(`navigator.serviceWorker.getRegistration().then(async (r) => {
		if (!r.installing && !r.waiting) await r.update();
		return !r.installing && r.waiting;
	})`); err != nil {
		return nil, err
	}
	update := fetchedOf(server)
	row := []string{by, fmt.Sprint(first["all"]), fmt.Sprint(first["requests"]), fmt.Sprint(update["all"]), fmt.Sprint(update["requests"])}
	for _, kind := range []string{"pages", "index", "programs", "lists"} {
		row = append(row, fmt.Sprint(update[kind]))
	}
	return row, nil
}

// fetchedOf sums up what a server has sent, by kind.
func fetchedOf(server *harness.Server) map[string]int64 {
	sum := make(map[string]int64)
	for _, r := range server.Requests() {
		kind := "programs"
		switch {
		case strings.HasPrefix(r.Path, "/index/"):
			kind = "index"
		case strings.HasSuffix(r.Path, "/"):
			kind = "pages"
		case r.Path == "/sw.js" || r.Path == "/offline.json":
			kind = "lists"
		}
		sum[kind] += r.Bytes
		sum["all"] += r.Bytes
		sum["requests"]++
	}
	return sum
}
