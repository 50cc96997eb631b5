package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kanbao/kanbao/e2e/harness"
)

// batch is how many queries a page is asked at once: a question to the page
// may not take longer than the tab has patience.
const batch = 50

// quoted is the query for a piece of text as it stands.
func quoted(piece string) string { return `"` + strings.ReplaceAll(piece, `"`, "") + `"` }

// browserAnswers asks the engine in Chromium, through the public module.
func browserAnswers(ctx context.Context, c *corpus) (*answers, error) {
	a := &answers{where: "Chromium"}
	err := inChromium(ctx, c, func(server *harness.Server, tab *harness.Tab) error {
		if err := a.first(c, server, tab); err != nil {
			return err
		}
		if err := a.times(c, tab, 1); err != nil {
			return err
		}
		return a.find(c, tab)
	})
	return a, err
}

// inChromium serves the site of a corpus and opens an empty page of its origin.
func inChromium(ctx context.Context, c *corpus, ask func(*harness.Server, *harness.Tab) error) error {
	fmt.Printf("ask %s in Chromium\n", c.name)
	server, err := harness.Serve(siteDir(c), "/")
	if err != nil {
		return err
	}
	defer server.Stop()
	server.Page("/bench/", "<!doctype html><html lang=zh><title>bench</title>")
	browser, err := harness.Launch(ctx)
	if err != nil {
		return err
	}
	defer browser.Close()
	tab, err := browser.NewTab(800, 600)
	if err != nil {
		return err
	}
	defer tab.Close()
	if err := tab.Open(server.Origin() + "/bench/"); err != nil {
		return err
	}
	return ask(server, tab)
}

// first opens the index, makes the first search, and tells what it fetched.
func (a *answers) first(c *corpus, server *harness.Server, tab *harness.Tab) error {
	server.Forget()
	var millis float64
	err := tab.Eval(fmt.Sprintf(`(async () => {
		const start = performance.now();
		const { open } = await import("/kanbao.js");
		globalThis.ix = await open("/");
		await ix.search(%s, { limit: 10 });
		return performance.now() - start;
	})()`, jsonText(c.latency[0])), &millis)
	if err != nil {
		return err
	}
	fetched := map[string]int64{}
	for _, r := range server.Requests() {
		kind := "scripts"
		switch {
		case strings.Contains(r.Path, ".wasm"):
			kind = "wasm"
		case strings.HasPrefix(r.Path, "/index/"):
			kind = "index"
		}
		fetched[kind] += r.Bytes
		fetched["requests"]++
	}
	a.cold = fmt.Sprintf("The first search in a fresh profile took %.0f ms, and fetched %d bytes of wasm, %d of index and %d of scripts in %d requests.",
		millis, fetched["wasm"], fetched["index"], fetched["scripts"], fetched["requests"])
	return nil
}

// times asks the latency queries one after the other, each so often in a row, and
// keeps what the last time took.
func (a *answers) times(c *corpus, tab *harness.Tab, often int) error {
	for from := 0; from < len(c.latency); from += batch {
		var millis []float64
		err := tab.Eval(fmt.Sprintf(`(async () => {
			const times = [];
			for (const q of %s) {
				let start;
				for (let i = 0; i < %d; i++) {
					start = performance.now();
					await ix.search(q, { limit: 10 });
				}
				times.push(performance.now() - start);
			}
			return times;
		})()`, jsonText(c.latency[from:min(from+batch, len(c.latency))]), often), &millis)
		if err != nil {
			return err
		}
		a.millis = append(a.millis, millis...)
	}
	return nil
}

// find asks for every piece, quoted and as typed.
func (a *answers) find(c *corpus, tab *harness.Tab) error {
	for from := 0; from < len(c.substrings); from += batch {
		pieces := c.substrings[from:min(from+batch, len(c.substrings))]
		for _, form := range []struct {
			of func(string) string
			q  *quality
		}{{quoted, &a.quoted}, {func(s string) string { return s }, &a.typed}} {
			var queries []string
			for _, p := range pieces {
				queries = append(queries, form.of(p))
			}
			var ids [][]string
			err := tab.Eval(fmt.Sprintf(`(async () => {
				const all = [];
				for (const q of %s) all.push((await ix.search(q, { limit: %d })).hits.map((h) => h.id));
				return all;
			})()`, jsonText(queries), everything), &ids)
			if err != nil {
				return err
			}
			for i, p := range pieces {
				form.q.add(ids[i], c.containing(p))
			}
		}
	}
	return nil
}

// jsonText is a value as JavaScript.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	return string(b)
}
