package reader

import (
	"fmt"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// drawing tells the live view that is there from one that somebody else has changed.
// go-app alters only what differs from what it has made itself: where a browser's
// translator has put elements of its own in the place of text, that would fail.
type drawing struct {
	again bool // which of two elements the live view is made of, so that it is made anew
	last  drawn
}

// drawn is all that decides what is seen.
type drawn struct {
	view     view
	lang     string
	document *query.Document
	sheet    string
	answer   *query.Result
	total    int
	exact    bool
	hits     int
	chosen   string // order and filters, which are seen before there is an answer
	asks     bool
	forgets  bool // searches
	narrowed bool
	counted  bool
	facets   *query.Facet
	unfolded int
	errors   string
}

// drawn returns what is to be seen.
func (r *Reader) drawn() drawn {
	d := drawn{view: r.view, lang: r.Lang, errors: fmt.Sprint(r.open.err, r.searching.err, r.counting.err)}
	switch r.view {
	case reading:
		d.document, d.sheet = r.open.document, r.open.sheet
	case results:
		s := &r.searching
		d.answer, d.hits, d.narrowed = s.answer, len(s.hits), r.counting.open
		d.asks, d.chosen = s.at.asks(), s.at.choices()
		if !d.asks {
			_, on := r.Page.Recent()
			d.forgets = !on
		}
		if d.answer != nil {
			d.total, d.exact = d.answer.Total, d.answer.Exact
		}
		d.counted = r.counting.list != nil
		if len(r.counting.list) > 0 {
			d.facets = &r.counting.list[0]
		}
		for _, open := range r.counting.unfolded {
			if open {
				d.unfolded++
			}
		}
	}
	return d
}

// act does something beside the view and has it drawn only if that changes what is seen:
// what is drawn between a key and its hits holds those up.
func (r *Reader) act(do func()) {
	r.ctx.Dispatch(func(ctx ui.Context) {
		do()
		if r.drawn() == r.drawing.last {
			ctx.PreventUpdate()
		}
	})
}

// draw takes note of what is about to be drawn, and has it drawn anew if the view has
// been changed. What stays as it was is left alone, for nothing of it is altered: who
// is about to click on something that was translated finds it there.
func (d *drawing) draw(r *Reader) {
	if r.ctx.Context == nil {
		return // the reader does not listen yet
	}
	now := r.drawn()
	if now == d.last {
		return
	}
	d.last = now
	if r.Page.Disturbed() {
		d.again = !d.again
	}
	r.after(func() {
		r.ready = r.ready || now.counted
		r.Page.Drawn()
		if r.view == reading && r.open.err == nil {
			r.Page.Dress(r.open.at.Marks)
		}
	})
}

// root returns the element that the live view is made of, empty where the static page
// is seen.
func (d *drawing) root(lang string, body ...ui.UI) ui.UI {
	live := len(body) > 0
	if d.again {
		root := within(ui.Section().ID(liveID), lang)
		if live {
			root = root.Class("kb-main").Attr("role", "main")
		}
		return root.Body(body...)
	}
	root := within(ui.Div().ID(liveID), lang)
	if live {
		root = root.Class("kb-main").Attr("role", "main")
	}
	return root.Body(body...)
}
