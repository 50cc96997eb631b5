package worker

import (
	"context"
	"time"

	"github.com/kanbao/kanbao/index/query"
)

// A browser compiles wasm twice: first quickly, into slow code, and then, function by
// function, into fast code once a function has been used for a while. So a reader's
// first dozen searches would take several times as long as all later ones. The engine
// makes those searches itself, when nothing is asked and all of the index is at hand.
const (
	warmUps = 48 // searches
	// A pause lets requests in, and the browser compile.
	pause = 15 * time.Millisecond
)

// warmUp searches for words of passages, each found by the search before, and
// reports whether it came to the end before ctx was done. On the main thread it would
// hold up the page, and does nothing.
func (e *idleEngine) warmUp(ctx context.Context) bool {
	if onPagesThread() {
		return true
	}
	text := "今天 中国"
	for i := range warmUps {
		found, err := e.Engine.Search(ctx, query.Query{Text: text, Limit: 10})
		if ctx.Err() != nil {
			return false
		}
		if err != nil || len(found.Hits) == 0 {
			return true
		}
		text = parts(found.Hits[i%len(found.Hits)].Snippet.String(), i)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// parts returns two characters here and two there of a passage as two words, other
// ones each time: most stand in many articles, as what readers type does.
func parts(passage string, i int) string {
	runes := []rune(passage)
	if len(runes) < 4 {
		return passage
	}
	from := i * 7 % (len(runes)/2 - 1)
	to := len(runes)/2 + (i+i/5)%(len(runes)/2-1)
	return string(runes[from:from+2]) + " " + string(runes[to:to+2])
}
