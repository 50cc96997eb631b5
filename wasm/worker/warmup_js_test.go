package worker

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/indextest"
	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/search"
)

// counted is a store that counts what is asked of it.
type counted struct {
	chunk.Source
	gets atomic.Int64
}

func (c *counted) Get(ctx context.Context, id chunk.ID) ([]byte, error) {
	c.gets.Add(1)
	return c.Source.Get(ctx, id)
}

// opened returns an engine over random articles, and their store.
func opened(t *testing.T) (*search.Engine, *counted) {
	t.Helper()
	articles := indextest.Articles(7, 200)
	// The first thing that is searched for has to be found.
	articles[0].Title = "今天 中国 " + articles[0].Title
	store := &counted{Source: indextest.Build(t, indextest.Small(), articles)}
	engine, err := search.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return engine, store
}

func TestWarmUpGoesThroughTheIndex(t *testing.T) {
	engine, store := opened(t)
	a := &idleEngine{Engine: engine, after: time.Hour, interrupt: func() {}}
	if !a.warmUp(t.Context()) {
		t.Error("nobody interrupted it, and it did not come to its end")
	}
	if n := store.gets.Load(); n < 10 {
		t.Errorf("it needed %d chunks, too few to have searched", n)
	}
}

func TestWarmUpStopsWhenSomethingIsAsked(t *testing.T) {
	engine, _ := opened(t)
	a := &idleEngine{Engine: engine, after: time.Hour, prefetched: true, whole: func() bool { return true }, collect: func() {}}
	// A timer that never fires: idle is called here, and the test ends what it began.
	a.timer = time.AfterFunc(time.Hour, func() {})
	ended := make(chan struct{})
	go func() {
		a.idle()
		close(ended)
	}()
	for a.underWay() == nil {
		time.Sleep(time.Millisecond)
	}
	if _, err := a.Search(t.Context(), query.Query{Text: "中国", Limit: 3}); err != nil {
		t.Fatal(err)
	}
	<-ended
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer == nil {
		t.Error("it takes itself for done, though it was interrupted")
	}
	if a.idling {
		t.Error("it takes itself for still warming up")
	}
}

// underWay returns what ends the warm-up that is going on, or nil.
func (e *idleEngine) underWay() context.CancelFunc {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.interrupt
}

func TestGarbageIsCollectedBetweenQueries(t *testing.T) {
	engine, _ := opened(t)
	collected := make(chan int, 100)
	a := &idleEngine{Engine: engine, after: time.Hour, interrupt: func() {}}
	a.collect = func() { collected <- a.answered }
	ask := func() {
		if _, err := a.Search(t.Context(), query.Query{Text: "今天", Limit: 10}); err != nil {
			t.Fatal(err)
		}
	}
	for range collectEvery {
		ask()
	}
	if n := <-collected; n != 0 {
		t.Errorf("%d answers are still counted", n)
	}
	ask()
	time.Sleep(2 * collectAfter)
	if len(collected) > 0 {
		t.Error("collected again after one answer")
	}
	done := a.begin()
	for range collectEvery {
		ask()
	}
	time.Sleep(2 * collectAfter)
	if len(collected) > 0 {
		t.Error("collected while something was being answered")
	}
	done()
	<-collected
}

func TestPartsOfPassages(t *testing.T) {
	for passage, want := range map[string]string{"": "", "潮汐": "潮汐", "潮汐表": "潮汐表", "江海潮汐": "江海 潮汐", "江海的潮汐": "江海 的潮"} {
		if got := parts(passage, 3); got != want {
			t.Errorf("parts(%q) = %q, want %q", passage, got, want)
		}
	}
	const passage = "月亮吸引海水，海水一天里涨落两次，这就是潮汐。"
	tried := make(map[string]bool)
	for i := range warmUps {
		text := parts(passage, i)
		tried[text] = true
		for _, word := range strings.Fields(text) {
			if len([]rune(word)) != 2 || !strings.Contains(passage, word) {
				t.Errorf("parts(passage, %d) = %q, which is not of the passage", i, text)
			}
		}
	}
	if len(tried) < 20 {
		t.Errorf("only %d texts for %d warmUps", len(tried), warmUps)
	}
}
