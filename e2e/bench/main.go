// Command bench measures Kanbao and writes docs/benchmarks.md. Run it through
// ./build.sh bench, which builds what it measures.
//
//	bench             sizes, build speed, latency and recall, natively and in Chromium, and
//	                  bench reader
//	bench large       100,000 articles, and what a day's articles cost
//	bench peers       the same articles beside other search engines, for most of an
//	                  hour; bench peers brief takes ten minutes
//	bench reader      what a reader waits for on a slow line, and what an update costs who
//	                  has the site offline
//	bench relevance   MRR@10 and recall@10 of known items
//
// Each form replaces its own section of the document and leaves the others. No
// figure is ever compared with a limit here: that is for whoever reads them.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

// Where things are, from the root of the repository.
const (
	command = "build/kanbao"
	corpora = "../shared/corpora"
	peers   = "../shared/peers"
	work    = "build/bench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if err := os.MkdirAll(work, 0o755); err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.Join(sizesAndSpeed(ctx), reader(ctx))
	}
	switch args[0] {
	case "large":
		return large(ctx)
	case "peers":
		return besidePeers(ctx, args[1:])
	case "reader":
		return reader(ctx)
	case "relevance":
		return relevance(ctx)
	}
	return fmt.Errorf("%q: expected large, peers, reader, relevance or nothing", args[0])
}
