package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chromedp/cdproto/input"

	"github.com/kanbao/kanbao/e2e/harness"
)

// watchKeys notes for each change of the field how long it took until the reader had
// painted hits of just that, marked: from the event to the task after the frame that shows
// them. Where the hits lead to says what they are of.
const watchKeys = `(() => {
	const log = globalThis.keys = { ms: [], waiting: "" };
	let typed = "", at = 0;
	const field = document.querySelector("#kb-q");
	field.addEventListener("input", () => { typed = log.waiting = field.value.trim(); at = performance.now(); }, { capture: true });
	const look = () => {
		const seen = log.waiting, since = at;
		const hit = document.querySelector("#kb-hits .kb-hit"), none = document.querySelector("#kb-live .kb-state h2");
		const found = hit && new URL(hit.href).searchParams.get("q") === seen && hit.querySelector("mark")?.checkVisibility();
		if (seen && (found || none?.textContent.includes(seen))) {
			log.waiting = "";
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => { if (found) log.ms.push(performance.now() - since); };
			port2.postMessage(0);
		}
		requestAnimationFrame(look);
	};
	look();
})()`

// keystrokes measures how long a reader who types waits for each letter's hits, once the
// reader runs and what it needs of the index is there.
func keystrokes(ctx context.Context, c *corpus) (string, error) {
	const queries = 40
	var ms []float64
	err := withReader(ctx, c, c.latency[0], "", func(tab *harness.Tab) error {
		time.Sleep(filled)
		if err := tab.Eval(watchKeys, nil); err != nil {
			return err
		}
		for _, query := range c.latency[1 : 1+queries] {
			if err := tab.Eval(`document.querySelector("#kb-q").select()`, nil); err != nil {
				return err
			}
			for _, letter := range query {
				if _, err := harness.Call(tab, input.InsertText, input.InsertTextParams{Text: string(letter)}); err != nil {
					return err
				}
				if letter == ' ' {
					continue // which asks for nothing new
				}
				if err := tab.Wait(`!keys.waiting`); err != nil {
					return fmt.Errorf("%q at %q: %w", query, letter, err)
				}
				time.Sleep(gap)
			}
		}
		return tab.Eval(`keys.ms`, &ms)
	})
	if err != nil {
		return "", err
	}
	slices.Sort(ms)
	at := func(share float64) float64 { return ms[int(share*float64(len(ms)-1))] }
	return fmt.Sprintf("%d letters of %d queries typed into the reader on news-10k, once the whole index is there: from the event of the field until hits of what is in it are painted, %.0f ms at the median, %.0f at p95, %.0f at most, with frames of 16 ms.",
		len(ms), queries, at(0.5), at(0.95), ms[len(ms)-1]), nil
}

const (
	// filled is how long the engine has for what it fetches when nobody asks for anything.
	filled = 20 * time.Second
	// gap is between two letters of who types fast.
	gap = 120 * time.Millisecond
)
