package app

import (
	"context"
	"errors"
	"strconv"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// pageSize is how many hits are fetched at a time.
const pageSize = 10

// searching is the state of the results.
type searching struct {
	asked  string     // what is searched for
	sort   query.Sort // in which order
	sealed bool       // the present entry of the history stays as it is
	stop   func()     // stops the search under way

	answer *query.Result // to asked, or to what was asked before
	hits   []query.Hit   // of the answer and of those that continue it
	err    error         // instead of an answer
	chosen int           // the hit that the arrow keys have reached, or -1
	opened int           // the hit that was opened last, or -1
}

// typed follows what is in the field.
func (r *Reader) typed(s string) {
	s = strings.TrimSpace(s)
	switch {
	case s == r.searching.asked && r.view == results:
		return
	case s == "" && r.view != results:
		r.searching.asked = ""
		return
	}
	to := Place{Path: searchPath, Q: s, Depth: r.place.Depth}
	if r.view == results && !r.searching.sealed {
		r.Page.Replace(to)
	} else {
		to.Depth++
		r.Page.Push(to)
	}
	r.place = to
	r.searching.sealed = false
	r.showResults(to, false)
}

// submitted is the reader's word that this is what they are looking for: it
// stays in the history.
func (r *Reader) submitted() {
	r.typed(r.Page.Field())
	if r.view == results {
		r.searching.sealed = true
		r.Page.Blur()
	}
}

// pressed handles a key in the field.
func (r *Reader) pressed(k Key) {
	s := &r.searching
	if r.view != results {
		if k.Name == "ArrowDown" && strings.TrimSpace(r.Page.Field()) != "" {
			k.Prevent()
			r.typed(r.Page.Field())
		}
		return
	}
	switch k.Name {
	case "ArrowDown", "ArrowUp":
		if len(s.hits) > 0 {
			k.Prevent()
			r.choose(step(s.chosen, len(s.hits), k.Name == "ArrowDown"))
		}
	case "Enter":
		if s.chosen >= 0 {
			k.Prevent()
			r.openHit(s.chosen)
		}
	case "Tab":
		if len(s.hits) > 0 && !k.Shift {
			k.Prevent()
			r.Page.Focus(hitID(max(s.chosen, 0)))
		}
	case "Escape":
		k.Prevent()
		if s.chosen >= 0 {
			r.choose(-1)
		} else {
			r.close()
		}
	}
}

// step moves a choice among n by one. Beyond either end is the field itself,
// which is -1.
func step(chosen, n int, down bool) int {
	switch {
	case down && chosen == n-1:
		return -1
	case down:
		return chosen + 1
	case chosen < 0:
		return n - 1
	}
	return chosen - 1
}

func (r *Reader) choose(i int) {
	r.searching.chosen = i
	if i < 0 {
		r.Page.Describe(true, "")
		return
	}
	r.Page.Describe(true, hitID(i))
	r.Page.Reveal(hitID(i))
}

// close leaves the results for what was there before them.
func (r *Reader) close() {
	if r.place.Depth > 0 {
		r.Page.Back()
		return
	}
	r.place = Place{Path: searchPath}
	r.Page.Replace(r.place)
	r.showStatic(r.place)
}

// showResults shows the results of the place's query: those that are there
// already, or after a search. A reader who comes back finds them as they were
// left, the hit that was opened under the focus.
func (r *Reader) showResults(p Place, returning bool) {
	again := r.view != results
	r.view = results
	r.open.stop()
	r.Page.Live(true)
	s := &r.searching
	if again && p.Q == s.asked && s.answer != nil && s.err == nil {
		r.said(p.Q)
		r.ctx.Defer(func(ui.Context) {
			if returning && s.opened >= 0 {
				r.Page.Focus(hitID(s.opened))
			}
			r.Page.Scroll(p.Scroll)
		})
		return
	}
	s.asked = p.Q
	s.opened = -1
	if again {
		s.answer, s.hits, s.err = nil, nil, nil
		r.Page.Scroll(0)
	}
	r.search(p.Scroll)
}

// search asks what is to be asked. What was answered before stays until the
// answer is there, so that nothing jumps.
func (r *Reader) search(scroll int) {
	s := &r.searching
	s.stop()
	if s.asked == "" {
		s.stop = func() {}
		s.answer, s.hits, s.err, s.chosen = nil, nil, nil, -1
		r.Page.Describe(false, "")
		r.Page.Say("")
		r.Page.Title("")
		return
	}
	q := query.Query{Text: s.asked, Sort: s.sort, Limit: pageSize}
	r.ask(q, func(answer *query.Result, err error) {
		s.err, s.chosen = err, -1
		s.answer, s.hits = answer, nil
		if answer != nil {
			s.hits = answer.Hits
		}
		r.said(q.Text)
		if scroll > 0 {
			r.ctx.Defer(func(ui.Context) { r.Page.Scroll(scroll) })
		}
	})
}

// ask sends a query and drops its answer if another has been sent since.
func (r *Reader) ask(q query.Query, then func(*query.Result, error)) {
	c, stop := context.WithCancel(context.Background())
	r.searching.stop = stop
	settled := r.wait(r.words.Searching)
	r.ctx.Async(func() {
		answer, err := r.Library.Search(c, q)
		settled()
		r.ctx.Dispatch(func(ui.Context) {
			if c.Err() != nil || errors.Is(err, context.Canceled) {
				return
			}
			stop()
			then(answer, err)
		})
	})
}

// more fetches the hits after those that are there.
func (r *Reader) more() {
	s := &r.searching
	first := len(s.hits)
	q := query.Query{Text: s.asked, Sort: s.sort, Limit: pageSize, Offset: first}
	r.ask(q, func(answer *query.Result, err error) {
		if err != nil {
			s.err = err
			r.Page.Say(r.trouble(err).title)
			return
		}
		s.answer = answer
		s.hits = append(s.hits[:first:first], answer.Hits...)
		r.said(q.Text)
		r.ctx.Defer(func(ui.Context) { r.Page.Focus(hitID(first)) })
	})
}

// order sorts the hits anew.
func (r *Reader) order(by query.Sort) {
	r.searching.sort = by
	r.search(0)
}

// said puts the answer into words.
func (r *Reader) said(q string) {
	s := &r.searching
	r.Page.Title(r.words.Title(q))
	r.Page.Describe(len(s.hits) > 0, "")
	switch {
	case s.err != nil:
		r.Page.Say(r.trouble(s.err).title)
	case s.answer.Total == 0:
		r.Page.Say(r.words.None(q))
	default:
		r.Page.Say(r.words.Count(s.answer.Total, s.answer.Exact))
	}
}

func (r *Reader) openHit(i int) {
	if i < 0 || i >= len(r.searching.hits) {
		return
	}
	h := r.searching.hits[i]
	r.searching.opened = i
	r.openPlace(Place{Path: h.URL, Block: h.Block, Marks: r.searching.asked, Depth: r.place.Depth + 1}, true)
}

func hitID(i int) string { return "kb-hit-" + strconv.Itoa(i) }
