package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"

	"github.com/kanbao/kanbao/e2e/harness"
)

// What a reader waits for who goes to a site's field for the first time, on a slow line.
const (
	latency = 100 * time.Millisecond
	rate    = 4_000_000 / 8 // bytes a second
	typing  = 2500 * time.Millisecond
	rounds  = 3
)

// reader measures what a reader of news-10k waits for, and what an update of a site costs
// whoever has it offline.
func reader(ctx context.Context) error {
	news, err := newsCorpus()
	if err != nil {
		return err
	}
	if news == nil {
		return nil // which newsCorpus has said
	}
	if _, err := buildSite(ctx, news); err != nil {
		return err
	}
	firsts, err := firstHits(ctx, news)
	if err != nil {
		return err
	}
	fmt.Println(firsts) // should what follows fail
	host, err := hostTasks(ctx, news)
	if err != nil {
		return err
	}
	fmt.Println(host)
	start, err := takeover(ctx, news)
	if err != nil {
		return err
	}
	fmt.Println(start)
	keys, err := keystrokes(ctx, news)
	if err != nil {
		return err
	}
	fmt.Println(keys)
	bytes, err := updates(ctx)
	if err != nil {
		return err
	}
	return record("reader", strings.Join([]string{"## What a reader waits for", "Written by `./build.sh bench reader`.", firsts, start, keys, host, bytes}, "\n\n"))
}

// watchHits notes when marked hits are first painted after each change of the field, how
// long tasks hold up the page, and when the reader has taken over.
const watchHits = `(() => {
	const log = globalThis.log = { shown: [], tasks: [], reader: 0 };
	const text = () => document.querySelector("#kb-q").value.trim();
	new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) log.tasks.push([startTime, duration]); }).observe({ type: "longtask", buffered: true });
	const look = () => {
		const hit = [...document.querySelectorAll(".kb-hit mark")].find((e) => e.checkVisibility());
		const asked = new URLSearchParams(location.search).get("q");
		if (hit && asked !== log.shown.at(-1)?.[0] && document.title.includes(asked)) log.shown.push([asked, performance.now()]);
		if (!log.reader && document.querySelector("#kb-live .kb-hit")?.checkVisibility()) log.reader = performance.now();
		requestAnimationFrame(look);
	};
	look();
})()`

// A wait is what one reader has waited for, in ms.
type wait struct {
	any, whole    float64 // from the last key to any hits and to those of all that was typed
	reader        float64 // from the last key until the reader has taken over
	longest, late float64 // task, before the last key and after it
}

// firstHits types queries into the field of the front page, each in a fresh profile.
func firstHits(ctx context.Context, c *corpus) (string, error) {
	rows := [][]string{{"host, typed", "any hits, ms after the last key", "… of all that was typed", "… at most", "the reader has taken over", "longest task before the last key", "… after it"}}
	for _, host := range []string{"brotli", "gzip"} {
		for _, how := range []string{"letter by letter", "composed"} {
			var waits []wait
			for i := range rounds {
				w, err := oneReader(ctx, c, host, how, c.latency[i*7])
				if err != nil {
					return "", fmt.Errorf("%s, %s: %w", host, how, err)
				}
				waits = append(waits, w)
			}
			middle := func(of func(wait) float64) string {
				var all []float64
				for _, w := range waits {
					all = append(all, of(w))
				}
				slices.Sort(all)
				return fmt.Sprintf("%.0f", all[len(all)/2])
			}
			most := slices.MaxFunc(waits, func(a, b wait) int { return int(a.whole - b.whole) })
			rows = append(rows, []string{
				host + ", " + how, middle(func(w wait) float64 { return w.any }), middle(func(w wait) float64 { return w.whole }), fmt.Sprintf("%.0f", most.whole),
				middle(func(w wait) float64 { return w.reader }), middle(func(w wait) float64 { return w.longest }), middle(func(w wait) float64 { return w.late }),
			})
		}
	}
	return fmt.Sprintf("news-10k in a fresh profile, %d Mbit/s and %d ms before each answer, HTTP/1.1. A query of two words is typed into the field of the front page within %.1f s after the focus, which is the first sign that anybody wants to search. The middle one of %d such visits; less than nothing is before the last key. A host of brotli has all forms of a file, one of gzip no `.br`.\n\n%s",
		rate*8/1_000_000, latency.Milliseconds(), typing.Seconds(), rounds, table(rows...)), nil
}

func oneReader(ctx context.Context, c *corpus, host, how, query string) (w wait, err error) {
	server, err := harness.Serve(siteDir(c), "/")
	if err != nil {
		return w, err
	}
	defer server.Stop()
	server.Slow(&harness.Line{Latency: latency, Rate: rate})
	if host == "gzip" {
		server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if accepts := r.Header.Get("Accept-Encoding"); accepts != "" {
				r.Header.Set("Accept-Encoding", strings.ReplaceAll(accepts, "br", "x-none"))
			}
			if strings.HasSuffix(r.URL.Path, ".br") {
				http.NotFound(w, r)
			}
			return strings.HasSuffix(r.URL.Path, ".br")
		})
	}
	browser, err := harness.Launch(ctx)
	if err != nil {
		return w, err
	}
	defer browser.Close()
	tab, err := browser.NewTab(1280, 900)
	if err != nil {
		return w, err
	}
	defer tab.Close()
	if err := tab.Open(server.Origin() + "/"); err != nil {
		return w, err
	}
	time.Sleep(time.Second)
	if err := tab.Eval(watchHits, nil); err != nil {
		return w, err
	}
	var began float64
	if err := tab.Eval(`document.querySelector("#kb-q").focus(), performance.now()`, &began); err != nil {
		return w, err
	}
	if err := typeIn(tab, query, how == "composed"); err != nil {
		return w, err
	}
	var last float64
	if err := tab.Eval(`performance.now()`, &last); err != nil {
		return w, err
	}
	if err := tab.Wait(`log.reader && log.shown.at(-1)[0] === ` + jsonText(query)); err != nil {
		return w, err
	}
	time.Sleep(time.Second) // so that long tasks are told
	var seen struct {
		Shown  [][]any
		Tasks  [][2]float64
		Reader float64
	}
	if err := tab.Eval(`log`, &seen); err != nil {
		return w, err
	}
	w.any, w.whole = seen.Shown[0][1].(float64)-last, seen.Shown[len(seen.Shown)-1][1].(float64)-last
	w.reader = seen.Reader - last
	for _, t := range seen.Tasks {
		if t[0] < last {
			w.longest = max(w.longest, t[1])
		} else {
			w.late = max(w.late, t[1])
		}
	}
	return w, nil
}

// typeIn types a query evenly within the time that typing takes: each character by
// itself, or each word as an input method does, which shows letters until it is chosen.
func typeIn(tab *harness.Tab, query string, composed bool) error {
	var steps []func() error
	insert := func(s string) func() error {
		return func() error {
			_, err := harness.Call(tab, input.InsertText, input.InsertTextParams{Text: s})
			return err
		}
	}
	for i, word := range strings.Fields(query) {
		if i > 0 {
			steps = append(steps, insert(" "))
		}
		if !composed {
			for _, c := range word {
				steps = append(steps, insert(string(c)))
			}
			continue
		}
		const letters = "zhongguo"
		for n := 1; n <= len(letters); n++ {
			steps = append(steps, func() error {
				_, err := harness.Call(tab, input.ImeSetComposition, input.ImeSetCompositionParams{Text: letters[:n], SelectionStart: int64(n), SelectionEnd: int64(n)})
				return err
			})
		}
		steps = append(steps, insert(word))
	}
	start := time.Now()
	for i, step := range steps {
		time.Sleep(time.Until(start.Add(typing * time.Duration(i+1) / time.Duration(len(steps)))))
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
