package reader

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
	at      Place  // what is searched for
	sealed  bool   // the present entry of the history stays as it is
	stop    func() // stops the search under way
	awaited bool   // for an answer that may come at once: what is offered is shown with it

	answer *query.Result // to what is asked, or to what was asked before
	hits   []query.Hit   // of the answer and of those that continue it
	err    error         // instead of an answer
	opened string        // ID of the link that was opened last, or ""
}

// typed follows what is in the field. The filters stay with what is typed next.
func (r *Reader) typed(s string) {
	s = strings.TrimSpace(s)
	now := r.searching.at
	switch {
	case s == now.Q && r.view == results:
		return
	case s == "" && r.view != results:
		return // what was found stays for whoever goes back to it
	}
	to := Place{Path: searchPath, Q: s}
	if r.view == results {
		to.Sort, to.Filters = now.Sort, now.Filters
	}
	r.lookFor(to, r.view == results && !r.searching.sealed)
	r.searching.sealed = false
}

// lookFor searches for what a place has, in a new entry of the history or in
// the present one.
func (r *Reader) lookFor(to Place, replace bool) {
	to.Path, to.Block, to.Marks, to.Scroll = searchPath, 0, "", 0
	to.Depth = r.place.Depth
	if replace {
		r.Page.Replace(to)
	} else {
		to.Depth++
		r.Page.Push(to)
	}
	r.arrive(to)
	r.showResults(to, false)
}

// change searches for something that the reader has chosen and not typed. It
// stays in the history.
func (r *Reader) change(to Place) {
	r.closeSuggestions()
	r.remember(to.Q)
	r.Page.SetField(to.Q)
	r.lookFor(to, false)
	r.searching.sealed = true
}

// submitted is the reader's word that this is what they are looking for: it
// stays in the history.
func (r *Reader) submitted() {
	r.typed(r.Page.Field())
	if r.view == results {
		r.closeSuggestions()
		r.remember(r.searching.at.Q)
		r.searching.sealed = true
		r.Page.Blur()
	}
}

// pressed handles a key in the field.
func (r *Reader) pressed(k Key) {
	if r.pressedInOffers(k) {
		return
	}
	if r.view != results {
		if k.Name == "ArrowDown" && strings.TrimSpace(r.Page.Field()) != "" {
			k.Prevent()
			r.typed(r.Page.Field())
		}
		return
	}
	switch k.Name {
	case "ArrowDown":
		if len(r.searching.hits) > 0 {
			k.Prevent()
			r.closeSuggestions()
			r.Page.Focus(hitID(0))
			r.Page.Reveal(hitID(0))
		}
	case "Tab":
		// The live view comes before the field in the document.
		if !k.Shift {
			k.Prevent()
			r.closeSuggestions()
			r.Page.FocusLive()
		}
	case "Escape":
		k.Prevent()
		r.close()
	}
}

// close leaves the results for what was there before them.
func (r *Reader) close() {
	if r.place.Depth > 0 {
		r.goBack()
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
	if again && p.sameSearch(s.at) && s.answer != nil && s.err == nil {
		r.said()
		r.ctx.Defer(func(ui.Context) {
			if returning && s.opened != "" {
				r.Page.Focus(s.opened)
			}
			r.Page.Scroll(p.Scroll)
		})
		r.countLater()
		return
	}
	s.at = p
	s.opened = ""
	if again {
		s.answer, s.hits, s.err = nil, nil, nil
		r.counting.open = false
		if p.Scroll == 0 { // else it is scrolled to there once there is something
			r.Page.Scroll(0)
		}
	}
	r.search(p.Scroll)
}

// query is what is asked of the library.
func (r *Reader) query() query.Query {
	at := r.searching.at
	return query.Query{Text: at.Q, Sort: at.Sort, Filters: at.Filters, Limit: pageSize}
}

// search asks what is to be asked. What was answered before stays until the
// answer is there, so that nothing jumps.
func (r *Reader) search(scroll int) {
	s := &r.searching
	r.ready = r.ready || s.answer != nil
	s.stop()
	r.stopCounting()
	s.awaited = r.ready && s.at.asks()
	if !s.at.asks() {
		s.stop = func() {}
		s.answer, s.hits, s.err = nil, nil, nil
		r.closeSuggestions()
		r.Page.Say("")
		r.Page.Title("")
		return
	}
	r.ask(r.query(), func(answer *query.Result, err error) {
		s.err, s.awaited = err, false
		s.answer, s.hits = answer, nil
		if answer != nil {
			s.hits = answer.Hits
		}
		r.said()
		r.offer()
		r.confirmLater(confirmAfter)
		r.ctx.Defer(func(ui.Context) {
			if scroll > 0 {
				r.Page.Scroll(scroll)
			}
		})
		r.countLater()
	})
}

// ask sends a query and drops its answer if another has been sent since.
func (r *Reader) ask(q query.Query, then func(*query.Result, error)) {
	settled := r.wait(func() {
		r.Page.Say(r.words.Searching)
		r.searching.awaited = false
		r.offer()
	})
	ready := r.ready
	r.searching.stop = await(r, func(c context.Context) (*query.Result, error) {
		answer, err := r.Library.Search(c, q)
		settled()
		if answer != nil && !ready {
			r.rehearse(answer)
		}
		return answer, err
	}, then)
}

// rehearse makes what shows an answer and drops it, so that the browser has compiled that
// before the task in which it is put into the page.
func (r *Reader) rehearse(answer *query.Result) {
	r.Page.Rest()
	r.act(func() {
		now := r.searching
		r.searching.answer, r.searching.hits, r.searching.err = answer, answer.Hits, nil
		r.renderResults()
		r.searching = now
	})
}

// await does something beside the view and then, in the view, something with
// its outcome, unless it has been stopped. For the first results, of which a browser
// compiles each function, that is three tasks, between which keys have their turn.
func await[T any](r *Reader, do func(context.Context) (T, error), then func(T, error)) (stop func()) {
	c, stop := context.WithCancel(context.Background())
	ready := r.ready
	r.ctx.Async(func() {
		if !ready {
			r.Page.Rest()
		}
		outcome, err := do(c)
		if !ready {
			r.Page.Rest()
		}
		r.act(func() {
			if c.Err() != nil || errors.Is(err, context.Canceled) {
				return
			}
			stop()
			if err != nil {
				r.Page.Log(err.Error())
			}
			then(outcome, err)
		})
	})
	return stop
}

// more fetches the hits after those that are there.
func (r *Reader) more() {
	s := &r.searching
	first := len(s.hits)
	q := r.query()
	q.Offset = first
	r.ask(q, func(answer *query.Result, err error) {
		if err != nil {
			s.err = err
			r.Page.Say(r.trouble(err).title)
			return
		}
		s.answer = answer
		s.hits = append(s.hits[:first:first], answer.Hits...)
		r.said()
		r.ctx.Defer(func(ui.Context) { r.Page.Focus(hitID(first)) })
	})
}

// order sorts the hits anew.
func (r *Reader) order(by query.Sort) {
	to := r.searching.at
	to.Sort = by
	r.change(to)
}

// said puts the answer into words.
func (r *Reader) said() {
	s := &r.searching
	name := r.searchName()
	r.Page.Title(r.words.Title(name))
	switch {
	case s.err != nil:
		r.Page.Say(r.trouble(s.err).title)
	case s.answer.Total == 0:
		r.Page.Say(r.words.None(name))
	default:
		r.Page.Say(r.words.Count(s.answer.Total, s.answer.Exact || len(s.hits) >= s.answer.Total))
	}
}

// searchName is what is searched for, in words: what was typed or, where that is
// nothing, the filters.
func (r *Reader) searchName() string {
	at := r.searching.at
	if at.Q != "" {
		return at.Q
	}
	var names []string
	for _, f := range at.Filters {
		names = append(names, r.filterName(f))
	}
	return strings.Join(names, r.words.Comma)
}

// openHit opens a hit at one of its passages: the one it is shown with, or
// another one, counted from 1.
func (r *Reader) openHit(i, passage int) {
	if i < 0 || i >= len(r.searching.hits) || passage > len(r.searching.hits[i].More) {
		return
	}
	h := r.searching.hits[i]
	to := Place{Path: h.URL, Block: h.Block, Marks: r.searching.at.Q, Depth: r.place.Depth + 1}
	r.remember(r.searching.at.Q)
	r.searching.opened = hitID(i)
	if passage > 0 {
		to.Block = h.More[passage-1].Block
		r.searching.opened = passageID(i, passage)
	}
	r.closeSuggestions()
	r.openPlace(to, true)
}

func hitID(i int) string { return "kb-hit-" + strconv.Itoa(i) }

func passageID(i, passage int) string { return hitID(i) + "-" + strconv.Itoa(passage) }
