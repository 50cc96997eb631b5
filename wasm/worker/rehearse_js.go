package worker

import (
	"context"
	"time"

	"github.com/kanbao/kanbao/index/query"
)

// A browser compiles wasm twice: at once and badly, and, function by function,
// well once it has been used for a while. A reader's first dozen searches would
// so take several times as long as all later ones. The engine has those searches
// with itself instead, when it has nothing to do and all of the index at hand.
const (
	rehearsals = 48
	// A pause lets requests in, and the browser compile.
	pause = 15 * time.Millisecond
)

// rehearse searches for words of passages, each found by the search before, and
// reports whether it came to the end before ctx was done. On the main thread it
// would be in the page's way and does nothing.
func (a *attentive) rehearse(ctx context.Context) bool {
	if onPagesThread() {
		return true
	}
	text := "今天 中国"
	for i := range rehearsals {
		found, err := a.Engine.Search(ctx, query.Query{Text: text, Limit: 10})
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
