// Command soak keeps a reader in one tab for as long as a long evening: hundreds of
// pages and searches, a network that goes and comes back, builds that are published
// meanwhile. It fails if anything goes wrong on the way, if the last page does not
// search, or if the browser holds much more memory at the end than at the beginning.
// Run it through ./build.sh soak.
//
//	soak KANBAO CONTENT MINUTES
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"
)

// The least that is done, however short the time. A run goes on until both this is
// done and the time is over.
const (
	leastPages    = 200
	leastSearches = 500
	builds        = 3
	mostGrowth    = 0.20 // of memory
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: soak KANBAO CONTENT MINUTES")
		os.Exit(2)
	}
	minutes, err := strconv.ParseFloat(os.Args[3], 64)
	if err != nil || minutes <= 0 {
		fmt.Fprintf(os.Stderr, "soak: %q: expected a number of minutes\n", os.Args[3])
		os.Exit(2)
	}
	if err := soak(context.Background(), os.Args[1], os.Args[2], time.Duration(minutes*float64(time.Minute))); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func soak(ctx context.Context, kanbao, content string, long time.Duration) error {
	s, err := begin(ctx, kanbao, content)
	if err != nil {
		return err
	}
	defer s.end()
	if err := s.evening(long); err != nil {
		return fmt.Errorf("after %d pages and %d searches: %w", s.pages, s.searches, err)
	}
	return s.report()
}
