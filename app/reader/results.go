package reader

import (
	"strconv"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

func (r *Reader) renderResults() ui.UI {
	s := &r.searching
	list := ui.Section().Class("kb-results").Aria("label", r.words.Results)
	heading := ui.H1().Class("kb-unseen").Text(r.words.Results)
	switch {
	case !s.at.asks():
		return list.Body(heading, r.renderPrompt())
	case s.err != nil:
		return list.Body(heading, r.renderTrouble(s.err, r.again))
	case s.answer == nil:
		return list.Body(heading)
	case s.answer.Total == 0:
		return list.Body(heading, r.renderChosen(), r.renderNone())
	}
	if r.counting.open {
		list = list.Class("kb-narrowing")
	}
	return list.Body(
		heading,
		ui.Div().Class("kb-found").Body(
			r.renderRemarks(),
			r.renderChosen(),
			ui.If(r.narrowable(), r.renderTools),
			// The hits share the list's handlers: go-app knows nothing of what is in them.
			ui.Ol().ID("kb-hits").Class("kb-hits").Aria("label", r.words.Results).
				OnClick(r.hitClicked).OnKeyDown(r.hitPressed).
				Body(ui.Range(s.hits).Slice(func(i int) ui.UI { return r.renderHit(i, &s.hits[i]) })),
			ui.If(len(s.hits) < s.answer.Total, func() ui.UI {
				n := min(pageSize, s.answer.Total-len(s.hits))
				return ui.P().Class("kb-more").Body(ui.Button().Type("button").Class("kb-act").Text(r.words.More(n)).
					OnClick(func(ui.Context, ui.Event) { r.more() }))
			}),
			ui.Details().Class("kb-help").Body(ui.Summary().Text(r.site.Operators.Title), r.renderOperators()),
		),
		ui.If(r.narrowable(), r.facets),
	)
}

// whence says where a hit is from: date, page, section.
func (r *Reader) whence(h *query.Hit) string {
	var parts []string
	if h.Date != "" {
		parts = append(parts, r.site.Date(h.Date))
	}
	for _, s := range []string{h.Page, h.Heading} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// renderTools renders the choice of an order and, for a phone, the way to the
// facets.
func (r *Reader) renderTools() ui.UI {
	orders := []struct {
		by    query.Sort
		words string
	}{{query.Relevance, r.words.Best}, {query.Newest, r.words.Newest}, {query.Oldest, r.words.Oldest}}
	n := 0
	for _, f := range r.searching.at.Filters {
		n += len(f.Values)
	}
	label := r.words.Narrow
	if n > 0 {
		label += " " + strconv.Itoa(n)
	}
	return ui.Div().Class("kb-tools").Body(
		ui.Div().Class("kb-orders").Attr("role", "group").Aria("label", r.words.By).Body(
			ui.Range(orders).Slice(func(i int) ui.UI {
				o := orders[i]
				return ui.Button().Type("button").Aria("pressed", o.by == r.searching.at.Sort).Text(o.words).
					OnClick(func(ui.Context, ui.Event) { r.order(o.by) }, ui.EventScope("order", string(o.by)))
			}),
		),
		ui.Button().ID(facetsButtonID).Type("button").Class("kb-narrow").Text(label).
			Aria("expanded", r.counting.open).Aria("controls", facetsID).
			OnClick(func(ui.Context, ui.Event) { r.showFacets(!r.counting.open) }),
	)
}

// hitClicked opens a hit that was clicked plainly. Any other click is the
// browser's: a new tab, a new window, a download.
func (r *Reader) hitClicked(_ ui.Context, e ui.Event) {
	if i, passage := hitOf(e); i >= 0 && plain(e) {
		e.PreventDefault()
		r.openHit(i, passage)
	}
}

// hitPressed moves between hits once the focus is among them.
func (r *Reader) hitPressed(_ ui.Context, e ui.Event) {
	i, _ := hitOf(e)
	if i < 0 {
		return
	}
	key := e.Get("key").String()
	switch to := step(i, len(r.searching.hits), key == "ArrowDown"); {
	case key == "Escape":
		e.PreventDefault()
		r.Page.FocusField()
	case key != "ArrowDown" && key != "ArrowUp":
	case to < 0:
		e.PreventDefault()
		r.Page.FocusField()
	default:
		e.PreventDefault()
		r.Page.Focus(hitID(to))
		r.Page.Reveal(hitID(to))
	}
}

// hitOf returns the number of the hit that an event is about, or -1, and that
// of the passage if it is one of the others.
func hitOf(e ui.Event) (i, passage int) {
	link := e.Get("target").Call("closest", "a[id]")
	if !link.Truthy() {
		return -1, 0
	}
	name, ok := strings.CutPrefix(link.Get("id").String(), "kb-hit-")
	first, second, _ := strings.Cut(name, "-")
	i, err := strconv.Atoi(first)
	if !ok || err != nil {
		return -1, 0
	}
	passage, _ = strconv.Atoi(second) // without a number it is the hit itself
	return i, passage
}

// plain reports whether a click asks for nothing special.
func plain(e ui.Event) bool {
	for _, key := range []string{"button", "ctrlKey", "metaKey", "shiftKey", "altKey"} {
		if e.Get(key).Truthy() {
			return false
		}
	}
	return true
}
