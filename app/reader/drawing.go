package reader

import (
	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// drawing tells the live view that is there from one that somebody else has changed.
// go-app alters only what differs from what it has made itself: where a browser's
// translator has put elements of its own in the place of text, that would fail.
type drawing struct {
	again    bool // which of two elements the live view is made of, so that it is made anew
	view     view
	document *query.Document
	sheet    string
	err      error
}

// draw takes note of what is about to be drawn, and has it drawn anew if the view has
// been changed. An article that stays is left as it is, for nothing of it is altered.
func (d *drawing) draw(r *Reader) {
	if r.ctx.Context == nil {
		return // the reader does not listen yet
	}
	o := &r.open
	stays := r.view == reading && d.view == reading && d.document == o.document && d.sheet == o.sheet && d.err == o.err
	d.view, d.document, d.sheet, d.err = r.view, o.document, o.sheet, o.err
	if stays {
		return
	}
	if r.Page.Disturbed() {
		d.again = !d.again
	}
	r.after(r.Page.Drawn)
}

// root returns the element that the live view is made of, empty where the static page
// is seen.
func (d *drawing) root(body ...ui.UI) ui.UI {
	live := len(body) > 0
	if d.again {
		root := ui.Section().ID(liveID)
		if live {
			root = root.Class("kb-main").Attr("role", "main").TabIndex(-1)
		}
		return root.Body(body...)
	}
	root := ui.Div().ID(liveID)
	if live {
		root = root.Class("kb-main").Attr("role", "main").TabIndex(-1)
	}
	return root.Body(body...)
}
