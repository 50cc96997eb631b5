package reader

import (
	"strings"
	"sync/atomic"
	"time"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/query"
)

// patience is how long something may take before the reader is told that it is
// under way. What is quicker would only flicker.
const patience = 350 * time.Millisecond

// liveID is the live view as a whole.
const liveID = "kb-live"

// view is what is seen.
type view int

const (
	static  view = iota // the static page
	results             // the results of a search
	reading             // an article out of the index
)

// Reader is the root component. Its exported fields are set before it is
// mounted.
type Reader struct {
	ui.Compo

	Library query.Library
	Page    Page
	// Lang is the language of the interface, which the reader may change, and Written
	// that of the articles.
	Lang, Written string
	// Keep shows punctuation as it was written. Hits come as they are to be shown.
	Keep bool

	words *text.Live
	site  *text.Site

	// ctx is the component's own. That of an event dies with the element that
	// the event was on, which an answer may replace.
	ctx   ui.Context
	view  view
	place Place
	going bool   // back, where the browser has not arrived yet
	home  string // path of the static page
	ready bool   // results were drawn: what a browser compiles for the first time is compiled

	searching  searching
	counting   counting
	suggesting suggesting
	open       opening
	drawing    drawing
}

// OnInit implements ui.Initializer.
func (r *Reader) OnInit() {
	r.Page.Rest()
	r.words, r.site = text.LiveFor(r.Lang), text.For(r.Lang)
	if r.Written == "" {
		r.Written = r.Lang
	}
	none := func() {}
	r.searching.stop, r.counting.stop, r.counting.confirming, r.suggesting.stop, r.open.stop = none, none, none, none, none
	r.suggesting.chosen = -1
	r.counting.unfolded = make(map[query.Field]bool)
}

// OnMount implements ui.Mounter.
func (r *Reader) OnMount(ctx ui.Context) { r.start(ctx) }

// OnPreRender implements ui.PreRenderer: it is what OnMount is outside of a
// browser.
func (r *Reader) OnPreRender(ctx ui.Context) { r.start(ctx) }

func (r *Reader) start(ctx ui.Context) {
	r.ctx = ctx
	r.Page.Rest()
	// From here on nothing may rest where the view is made: a key that waits for it can
	// no longer be kept from the browser, which would empty the field for Escape.
	r.Page.Listen(Handlers{
		Typed: func(s string) {
			r.act(func() {
				r.typed(s)
				r.suggest()
			})
		},
		Focused:   func() { r.act(r.offerRecent) },
		Pressed:   func(k Key) { ctx.Dispatch(func(ui.Context) { r.pressed(k) }) },
		Submitted: func() { ctx.Dispatch(func(ui.Context) { r.submitted() }) },
		Moved:     func(p Place) { ctx.Dispatch(func(ui.Context) { r.moved(p) }) },
		Taken:     func(i int) { ctx.Dispatch(func(ui.Context) { r.take(i) }) },
		Left:      func() { r.act(r.closeSuggestions) },
		Resized:   func() { r.act(r.count) },
		Spoken:    func(lang string) { ctx.Dispatch(func(ui.Context) { r.speak(lang) }) },
	})
	r.place = r.Page.Place()
	r.home = r.Page.Home()
	switch typed := strings.TrimSpace(r.Page.Field()); {
	case r.place.Path != r.home:
		// The first hits were shown before there was a reader, or one before this one
		// has ended here.
		r.moved(r.place)
		if r.Page.Focused() {
			if typed != "" && typed != r.place.Q {
				r.Page.SetField(typed) // while nobody listened
				r.typed(typed)
			}
			r.suggest()
		}
	case r.Page.Shell() && !r.place.asks():
		r.home = searchPath
		r.openBorrowed()
	case r.place.Path == searchPath && r.place.asks() && (typed == "" || typed == r.place.Q):
		r.Page.SetField(r.place.Q)
		r.showResults(r.place, false)
		if r.Page.Focused() {
			r.suggest()
		}
	case typed != "":
		// Typed while the engine was on its way.
		r.typed(typed)
		r.suggest()
	case r.place.Q != "":
		// Somebody shares a page with a query in its address.
		r.Page.SetField(r.place.Q)
		r.typed(r.place.Q)
	default:
		r.offerRecent()
	}
}

// moved follows the reader back and forward.
func (r *Reader) moved(p Place) {
	r.arrive(p)
	r.closeSuggestions()
	switch {
	case p.Path == searchPath && p.asks():
		r.searching.sealed = false
		r.Page.SetField(p.Q)
		r.showResults(p, true)
	case p.Path == r.home:
		r.showStatic(p)
	case r.view == reading && p.Path == r.open.at.Path:
		// A link within the article.
	case strings.HasPrefix(p.Path, articlePath):
		r.openPlace(p, false)
	default:
		r.Page.Leave(p)
	}
}

// arrive notes where the reader is now.
func (r *Reader) arrive(p Place) { r.place, r.going = p, false }

// goBack goes to the entry of the history before the present one. The browser takes its
// time: whoever presses a key twice until then means once, and would leave the site else.
func (r *Reader) goBack() {
	if !r.going {
		r.going = true
		r.Page.Back()
	}
}

// showStatic gives the page back to its static half.
func (r *Reader) showStatic(p Place) {
	if r.view == static {
		return // a link within the page
	}
	r.searching.stop()
	r.open.stop()
	r.view = static
	r.stopCounting()
	r.searching.at = Place{}
	r.Page.SetField(p.Q)
	r.Page.Say("")
	r.Page.Title("")
	r.closeSuggestions()
	r.Page.Live(false)
	r.Page.Scroll(p.Scroll)
	r.after(func() { r.Page.Scroll(p.Scroll) }) // the live view stood above the page until now
}

// after calls f when what has changed is shown.
func (r *Reader) after(f func()) { r.ctx.Defer(func(ui.Context) { f() }) }

// wait tells the reader that something is under way if settled is not called within their
// patience.
func (r *Reader) wait(tell func()) (settled func()) {
	// A timer that has run out may have its words still on their way when the
	// answer comes: they would then be said last, and stay.
	var over atomic.Bool
	timer := time.AfterFunc(patience, func() {
		r.act(func() {
			if !over.Load() {
				tell()
			}
		})
	})
	return func() {
		over.Store(true)
		timer.Stop()
	}
}

// Render implements ui.Composer.
func (r *Reader) Render() ui.UI {
	r.drawing.draw(r)
	switch r.view {
	case results:
		return r.drawing.root(r.spoken(), r.renderResults())
	case reading:
		return r.drawing.root(r.spoken(), r.renderArticle())
	}
	return r.drawing.root("")
}
