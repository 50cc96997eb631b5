package main

import (
	"context"
	"fmt"

	"github.com/kanbao/kanbao/e2e/harness"
)

// hostTasks measures how long the element of another origin holds up the page of a host,
// from the script to the hits of a first search and of those that follow.
func hostTasks(ctx context.Context, c *corpus) (string, error) {
	site, err := harness.Serve(siteDir(c), "/")
	if err != nil {
		return "", err
	}
	defer site.Stop()
	site.Share()
	host, err := harness.Serve(siteDir(c), "/")
	if err != nil {
		return "", err
	}
	defer host.Stop()
	host.PageWith("/host/", fmt.Sprintf(`<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>host</title>
		<script>window.tasks = []; window.workers = 0;
		new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask", buffered: true });
		window.Worker = class extends Worker { constructor(url) { super(url); workers += String(url).startsWith("blob:"); } };
		</script>
		<kanbao-search></kanbao-search><script type="module" src="%s/kanbao.js"></script>`, site.Origin()))
	var all struct {
		Workers int
		Longest float64
		Tasks   int
	}
	const visits = 5
	for i := range visits {
		browser, err := harness.Launch(ctx)
		if err != nil {
			return "", err
		}
		defer browser.Close()
		tab, err := browser.NewTab(1280, 900)
		if err != nil {
			return "", err
		}
		if err := tab.Open(host.Origin() + "/host/"); err != nil {
			return "", err
		}
		var seen struct {
			Workers int
			Tasks   []float64
		}
		err = tab.Eval(fmt.Sprintf(`(async () => {
			const element = document.querySelector("kanbao-search");
			for (const text of %s) {
				const found = new Promise((done) => element.addEventListener("kanbao:search", done, { once: true }));
				element.value = text;
				await found;
				await new Promise((done) => setTimeout(done, 300));
			}
			await new Promise((done) => setTimeout(done, 1000));
			return { tasks, workers };
		})()`, jsonText(c.latency[i*10:i*10+10])), &seen)
		if err != nil {
			return "", err
		}
		all.Workers += seen.Workers
		all.Tasks += len(seen.Tasks)
		for _, t := range seen.Tasks {
			all.Longest = max(all.Longest, t)
		}
	}
	longest := "none was as long as 50 ms, from which on a browser tells of them"
	if all.Tasks > 0 {
		longest = fmt.Sprintf("%d of 50 ms or more, the longest %.0f ms", all.Tasks, all.Longest)
	}
	return fmt.Sprintf("`<kanbao-search>` of another origin, %d visits of ten searches in a fresh profile each, without a limit to the line; the engine ran in a worker that is made of a blob in %d of them. Tasks on the main thread of the host's page: %s.",
		visits, all.Workers, longest), nil
}
