package app

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
	case s.asked == "":
		return list.Body(heading, r.renderPrompt())
	case s.err != nil:
		return list.Body(heading, r.renderTrouble(s.err))
	case s.answer == nil:
		return list.Body(heading)
	case s.answer.Total == 0:
		return list.Body(heading, r.renderNone())
	}
	return list.Body(
		heading,
		ui.If(s.answer.Relaxed, func() ui.UI { return ui.P().Class("kb-note").Text(r.words.Relaxed) }),
		ui.If(s.answer.Total > 1, r.renderOrders),
		ui.Ol().ID("kb-hits").Class("kb-hits").Attr("role", "listbox").Aria("label", r.words.Results).
			OnClick(r.hitClicked).OnKeyDown(r.hitPressed).
			Body(ui.Range(s.hits).Slice(func(i int) ui.UI { return r.renderHit(i, &s.hits[i]) })),
		ui.If(len(s.hits) < s.answer.Total, func() ui.UI {
			n := min(pageSize, s.answer.Total-len(s.hits))
			return ui.P().Class("kb-more").Body(ui.Button().Type("button").Class("kb-act").Text(r.words.More(n)).
				OnClick(func(ui.Context, ui.Event) { r.more() }))
		}),
	)
}

// renderHit renders a hit as a link that is an option of the list. All of them
// share the list's handlers: go-app compares handlers by their code and would
// keep the one of the hit that stood here before.
func (r *Reader) renderHit(i int, h *query.Hit) ui.UI {
	title := marked(h.Title)
	if len(title) == 0 {
		title = []ui.UI{ui.Text(r.site.Untitled)}
	}
	return ui.Li().Attr("role", "presentation").Body(
		ui.A().ID(hitID(i)).Class("kb-hit").Attr("role", "option").Aria("selected", i == r.searching.chosen).
			Href(r.Page.URL(Place{Path: h.URL, Block: h.Block})).
			Body(
				ui.Span().Class("kb-hit-title").Body(title...),
				ui.If(len(h.Subtitle) > 0, func() ui.UI {
					return ui.Span().Class("kb-hit-sub").Body(marked(h.Subtitle)...)
				}),
				ui.Span().Class("kb-meta").Text(r.whence(h)),
				ui.Span().Class("kb-hit-text").Body(marked(h.Snippet)...),
			),
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

func (r *Reader) renderOrders() ui.UI {
	orders := []struct {
		by    query.Sort
		words string
	}{{query.Relevance, r.words.Best}, {query.Newest, r.words.Newest}, {query.Oldest, r.words.Oldest}}
	return ui.Div().Class("kb-orders").Attr("role", "group").Aria("label", r.words.By).Body(
		ui.Range(orders).Slice(func(i int) ui.UI {
			o := orders[i]
			return ui.Button().Type("button").Aria("pressed", o.by == r.searching.sort).Text(o.words).
				OnClick(func(ui.Context, ui.Event) { r.order(o.by) }, ui.EventScope("order", string(o.by)))
		}),
	)
}

func (r *Reader) renderPrompt() ui.UI {
	return ui.Div().Class("kb-state").Body(
		ui.H2().Text(r.words.Prompt),
		ui.P().Text(r.words.PromptHelp),
	)
}

func (r *Reader) renderNone() ui.UI {
	return ui.Div().Class("kb-state").Body(
		ui.H2().Text(r.words.None(r.searching.asked)),
		ui.Ul().Body(ui.Range(r.words.NoneHelp).Slice(func(i int) ui.UI {
			return ui.Li().Text(r.words.NoneHelp[i])
		})),
	)
}

// hitClicked opens a hit that was clicked plainly. Any other click is the
// browser's: a new tab, a new window, a download.
func (r *Reader) hitClicked(_ ui.Context, e ui.Event) {
	if i := hitOf(e); i >= 0 && plain(e) {
		e.PreventDefault()
		r.openHit(i)
	}
}

// hitPressed moves between hits once the focus is among them.
func (r *Reader) hitPressed(_ ui.Context, e ui.Event) {
	i, n := hitOf(e), len(r.searching.hits)
	if i < 0 {
		return
	}
	key := e.Get("key").String()
	switch to := step(i, n, key == "ArrowDown"); {
	case key == "Escape", key == "Tab" && i == 0 && e.Get("shiftKey").Bool():
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

// hitOf returns the number of the hit that an event is about, or -1.
func hitOf(e ui.Event) int {
	link := e.Get("target").Call("closest", ".kb-hit")
	if !link.Truthy() {
		return -1
	}
	i, err := strconv.Atoi(strings.TrimPrefix(link.Get("id").String(), "kb-hit-"))
	if err != nil {
		return -1
	}
	return i
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

// marked renders text with its matches.
func marked(m query.Marked) []ui.UI {
	out := make([]ui.UI, 0, len(m))
	for _, s := range m {
		if s.Mark {
			out = append(out, ui.Mark().Text(s.Text))
		} else {
			out = append(out, ui.Text(s.Text))
		}
	}
	return out
}
