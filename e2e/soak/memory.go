package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/kanbao/kanbao/e2e/harness"
)

// A sample is what the browser holds at a moment.
type sample struct {
	after    time.Duration
	pages    int
	searches int
	bytes    int64
}

// measure notes how much memory the browser holds once its garbage is collected: what
// is only theirs of all its processes, for wasm is in none of its own counts.
func (s *session) measure(after time.Duration) error {
	for range 2 {
		if _, err := harness.Call(s.tab, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return err
		}
	}
	n, err := anonymous(os.Getpid())
	if err != nil {
		return err
	}
	s.memory = append(s.memory, sample{after, s.pages, s.searches, n})
	fmt.Printf("%6.1f min  %4d pages  %4d searches  %d builds  %d outages  %6.1f MB\n",
		after.Minutes(), s.pages, s.searches, s.published, s.outages, float64(n)/1e6)
	return nil
}

// anonymous returns the memory of all processes below one that no file has.
func anonymous(pid int) (int64, error) {
	parents := make(map[int]int)
	own := make(map[int]int64)
	list, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		return 0, err
	}
	for _, name := range list {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		of, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		for line := range bytes.Lines(data) {
			field, value, _ := strings.Cut(string(line), ":")
			n, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			switch field {
			case "PPid":
				parents[of] = int(n)
			case "RssAnon":
				own[of] = n << 10
			}
		}
	}
	var sum int64
	for of := range own {
		for up := parents[of]; up > 0; up = parents[up] {
			if up == pid {
				sum += own[of]
				break
			}
		}
	}
	if sum == 0 {
		return 0, fmt.Errorf("the system does not tell what processes hold (/proc)")
	}
	return sum, nil
}

// report compares the end with the beginning.
func (s *session) report() error {
	first, last := s.memory[0], s.memory[len(s.memory)-1]
	growth := float64(last.bytes)/float64(first.bytes) - 1
	fmt.Printf("memory: %.1f MB after %d pages, %.1f MB after %d: %+.1f %%\n",
		float64(first.bytes)/1e6, first.pages, float64(last.bytes)/1e6, last.pages, 100*growth)
	if growth > mostGrowth {
		return fmt.Errorf("the browser holds %.0f %% more memory than at the beginning, want at most %.0f %%", 100*growth, 100*mostGrowth)
	}
	return nil
}
