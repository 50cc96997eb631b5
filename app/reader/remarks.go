package reader

import (
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// renderRemarks says what has been made of the query where that is not what was
// typed, and what else may have been meant.
func (r *Reader) renderRemarks() ui.UI {
	a := r.searching.answer
	var list []ui.UI
	for _, x := range a.Read {
		list = append(list, r.renderReading(x))
	}
	if len(a.Corrections) > 0 {
		list = append(list, r.renderCorrections())
	}
	if a.Relaxed {
		list = append(list, ui.P().Class("kb-note").Text(r.words.Relaxed))
	}
	if len(a.Without) > 0 {
		list = append(list, r.renderAllWithout())
	}
	return ui.If(len(list) > 0, func() ui.UI { return ui.Div().Class("kb-remarks").Body(list...) })
}

// renderReading says what a word was read as. Each reading leads to a search
// for just that.
func (r *Reader) renderReading(x query.Reading) ui.UI {
	var links []ui.UI
	for _, as := range x.As {
		to := r.searching.at
		to.Q = strings.Replace(to.Q, x.Typed, as, 1)
		links = append(links, r.link(to, as))
	}
	return ui.P().Class("kb-note").Body(ui.Text(r.words.ReadAs(x.Typed)), r.among(links))
}

// renderCorrections offers queries that may have been meant.
func (r *Reader) renderCorrections() ui.UI {
	var links []ui.UI
	for _, c := range r.searching.answer.Corrections {
		to := r.searching.at
		to.Q = c.Text
		links = append(links, r.link(to, c.Text))
	}
	return ui.P().Class("kb-meant").Body(ui.Text(r.words.Meant), r.among(links))
}

// among sets links one beside the other.
func (r *Reader) among(links []ui.UI) ui.UI {
	return ui.Span().Class("kb-choices").Body(links...)
}

// link leads to another search.
func (r *Reader) link(to Place, label string) ui.UI {
	url := r.Page.URL(to)
	return within(ui.A().Class("kb-link"), r.written()).Href(url).Text(label).OnClick(func(_ ui.Context, e ui.Event) {
		if plain(e) {
			e.PreventDefault()
			r.change(to)
		}
	}, ui.EventScope(url))
}

func (r *Reader) renderPrompt() ui.UI {
	return ui.Div().Class("kb-state").Body(
		ui.H2().Text(r.words.Prompt),
		ui.P().Text(r.words.PromptHelp),
		r.renderRemember(),
		ui.H3().Text(r.site.Operators.Title),
		r.renderOperators(),
	)
}

// renderRemember has searches remembered again, where somebody has stopped that.
func (r *Reader) renderRemember() ui.UI {
	_, on := r.Page.Recent()
	return ui.If(!on && r.Page.Remembers(), func() ui.UI {
		return ui.P().Body(ui.Button().Type("button").Class("kb-act").Text(r.words.Remember).
			OnClick(func(ui.Context, ui.Event) { r.Page.SetRecent(nil, true) }))
	})
}

// renderNone is what is seen when nothing is found: what was understood, what
// is close, what to leave out, and how else to ask.
func (r *Reader) renderNone() ui.UI {
	a := r.searching.answer
	parts := []ui.UI{ui.H2().Text(r.words.None(r.searchName()))}
	if len(a.Corrections) > 0 {
		parts = append(parts, r.renderCorrections())
	}
	for _, x := range a.Read {
		parts = append(parts, r.renderReading(x))
	}
	if s := r.understood(); s != "" {
		parts = append(parts, ui.P().Class("kb-note").Text(r.words.Understood+s))
	}
	if len(a.Without) > 0 {
		parts = append(parts, ui.H3().Text(r.words.Leave), r.renderAllWithout())
	}
	return ui.Div().Class("kb-state").Body(append(parts,
		ui.H3().Text(r.words.Else),
		ui.Ul().Class("kb-else").Body(ui.Range(r.words.NoneHelp).Slice(func(i int) ui.UI { return ui.Li().Text(r.words.NoneHelp[i]) })),
		ui.Details().Class("kb-help").Body(ui.Summary().Text(r.site.Operators.Title), r.renderOperators()),
	)...)
}

// understood names the words and filters that were looked for, if there is more
// than one of them; one alone is in the heading.
func (r *Reader) understood() string {
	var parts []string
	for _, t := range r.searching.answer.Terms {
		parts = append(parts, r.words.Quoted(t))
	}
	for _, f := range r.searching.answer.Filters {
		parts = append(parts, r.filterName(f))
	}
	if len(parts) < 2 {
		return ""
	}
	return strings.Join(parts, r.words.Comma)
}

// renderAllWithout offers the query without one thing or another.
func (r *Reader) renderAllWithout() ui.UI {
	list := r.searching.answer.Without
	return ui.Ul().Class("kb-without").Body(ui.Range(list).Slice(func(i int) ui.UI { return r.renderWithout(&list[i]) }))
}

// renderWithout offers the query without one of its words or filters.
func (r *Reader) renderWithout(w *query.Without) ui.UI {
	to := r.searching.at
	to.Q = w.Text
	label := r.words.Without(r.words.Quoted(w.Word))
	if w.Filter != nil {
		label = r.words.Without(r.filterName(*w.Filter))
		if len(to.values(w.Filter.Field)) > 0 {
			to = to.narrowed(w.Filter.Field, nil)
		}
	}
	return ui.Li().Body(r.link(to, label), ui.Span().Class("kb-n").Text(r.words.OfCount(w.Total)))
}

// renderOperators is the help on how to ask.
func (r *Reader) renderOperators() ui.UI {
	list := r.site.Operators.List
	return ui.Dl().Class("kb-operators").Body(ui.Range(list).Slice(func(i int) ui.UI {
		return ui.Div().Body(ui.Dt().Text(list[i].Write), ui.Dd().Text(list[i].Means))
	}))
}
