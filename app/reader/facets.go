package reader

import (
	"fmt"
	"slices"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// facetsButtonID is the button that leads to the facets on a phone.
const facetsButtonID = "kb-narrow"

// fewValues is how many values of a field are shown before somebody asks for
// all, and manyValues how many at the most.
const (
	fewValues  = 5
	manyValues = 60
)

// renderChosen renders the filters that are on, each with the way out of it.
func (r *Reader) renderChosen() ui.UI {
	at := r.searching.at
	var list []ui.UI
	for _, f := range at.Filters {
		for _, v := range f.Values {
			name := r.filterName(query.Filter{Field: f.Field, Values: []string{v}})
			list = append(list, ui.Li().Body(
				ui.Button().Type("button").Aria("label", r.words.Drop(name)).Title(r.words.Drop(name)).Text(name).
					OnClick(func(ui.Context, ui.Event) { r.drop(at.toggled(f.Field, v)) }, ui.EventScope(string(f.Field), v)),
			))
		}
	}
	if len(list) > 1 {
		to := at
		to.Filters = nil
		list = append(list, ui.Li().Class("kb-drop-all").Body(ui.Button().Type("button").Text(r.words.DropAll).
			OnClick(func(ui.Context, ui.Event) { r.drop(to) }, ui.EventScope("all"))))
	}
	return ui.If(len(list) > 0, func() ui.UI {
		return ui.Ul().Class("kb-chosen").Aria("label", r.words.Chosen).Body(list...)
	})
}

// drop searches with a filter less. Its button goes, and the focus with it.
func (r *Reader) drop(to Place) {
	r.change(to)
	r.Page.Focus(liveID)
}

// filterName puts a filter into words: 「作者：张三、李四」.
func (r *Reader) filterName(f query.Filter) string {
	var values []string
	for _, v := range f.Values {
		values = append(values, r.valueName(f.Field, v))
	}
	name := r.words.Filter(r.words.Field(string(f.Field)), strings.Join(values, r.words.Comma))
	if f.Not {
		return r.words.Not(name)
	}
	return name
}

// valueLang is the language of the values of a field, as written is.
func (r *Reader) valueLang(f query.Field) string {
	if f == query.Date {
		return ""
	}
	return r.written()
}

// valueName puts a value into words; all but dates are words already.
func (r *Reader) valueName(f query.Field, v string) string {
	if f != query.Date {
		return v
	}
	from, to, ranged := strings.Cut(v, "..")
	if ranged {
		return r.words.Between(r.period(from), r.period(to))
	}
	return r.period(v)
}

// period names a year, a month or a day.
func (r *Reader) period(s string) string {
	var year, month int
	for _, c := range strings.ReplaceAll(s, "-", "") {
		if c < '0' || c > '9' {
			return s
		}
	}
	switch len(s) {
	case 4:
		year = number(s)
		return r.site.Year(year)
	case 7:
		year, month = number(s[:4]), number(s[5:])
		if month >= 1 && month <= 12 {
			return r.site.Month(year, month)
		}
	case 10:
		return r.site.Date(s)
	}
	return s
}

// number reads digits.
func number(s string) (n int) {
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// facets is a component of its own, so that go-app leaves it alone as long as it is the
// same: hits come before other facets do, and nothing is compared that did not change.
type facets struct {
	ui.Compo
	reader *Reader
	// Of is all that decides what is seen of them.
	Of string
}

// Render implements ui.Composer.
func (f *facets) Render() ui.UI { return f.reader.renderFacets() }

func (r *Reader) facets() ui.UI {
	c, s := &r.counting, &r.searching
	return &facets{reader: r, Of: fmt.Sprintf("%p %v %s %v %d %s", c.list, c.err, s.at.choices(), c.unfolded, s.answer.Total, r.Lang)}
}

// renderFacets renders the fields with their values. Beside the hits they are
// always there, on a phone they take their place when asked for.
func (r *Reader) renderFacets() ui.UI {
	c := &r.counting
	parts := []ui.UI{ui.H2().Text(r.words.Narrow)}
	switch {
	case c.err != nil:
		parts = append(parts, r.renderTrouble(c.err, r.countAgain))
	case c.list == nil:
		parts = append(parts, ui.P().Class("kb-note kb-late").Text(r.words.Counting))
	default:
		for i := range c.list {
			parts = append(parts, r.renderFacet(&c.list[i]))
		}
		if len(c.list) == 0 {
			parts = append(parts, ui.P().Class("kb-note").Text(r.words.Alike))
		}
	}
	parts = append(parts, ui.P().Class("kb-done").Body(
		ui.Button().Type("button").Class("kb-act").Text(r.words.See(r.searching.answer.Total)).
			OnClick(func(ui.Context, ui.Event) { r.showFacets(false) })))
	return ui.Aside().ID(facetsID).Class("kb-facets").TabIndex(-1).Aria("label", r.words.Narrow).OnKeyDown(r.facetPressed).Body(parts...)
}

// facetPressed puts the facets away where they have been asked for.
func (r *Reader) facetPressed(_ ui.Context, e ui.Event) {
	if r.counting.open && e.Get("key").String() == "Escape" {
		e.PreventDefault()
		r.showFacets(false)
	}
}

// renderFacet renders one field.
func (r *Reader) renderFacet(f *query.Facet) ui.UI {
	c := &r.counting
	now := r.searching.at.values(f.Field)
	rows := r.rows(f, now)
	all := min(len(rows), manyValues)
	rows = rows[:all]
	if n := fewest(rows, now); !c.unfolded[f.Field] && all > n+1 {
		rows = rows[:n]
	}
	name := r.words.Field(string(f.Field))
	id := facetsID + "-" + string(f.Field)
	return ui.Div().Class("kb-facet").Attr("role", "group").Aria("labelledby", id).Body(
		ui.H3().ID(id).Text(name),
		ui.Ul().Body(ui.Range(rows).Slice(func(i int) ui.UI { return r.renderValue(f.Field, rows[i], slices.Contains(now, rows[i].Value)) })),
		ui.If(all > len(rows) || c.unfolded[f.Field] && all > fewValues+1, func() ui.UI {
			label := r.words.Unfold(all)
			if c.unfolded[f.Field] {
				label = r.words.Fold
			}
			return ui.Button().Type("button").Class("kb-unfold").Aria("expanded", c.unfolded[f.Field]).
				Aria("label", name+r.words.Colon+label).Text(label).
				OnClick(func(ui.Context, ui.Event) { c.unfolded[f.Field] = !c.unfolded[f.Field] }, ui.EventScope(string(f.Field)))
		}),
	)
}

// rows returns the values of a field that are shown: of dates the years, and
// the months of one that is chosen or of the only one. A value that is chosen
// and has no articles left is shown all the same, so that it can be given up.
func (r *Reader) rows(f *query.Facet, chosen []string) []query.Count {
	var rows []query.Count
	years := 0
	for _, v := range f.Values {
		if len(v.Value) == 4 {
			years++
		}
	}
	for _, v := range f.Values {
		month := f.Field == query.Date && len(v.Value) > 4
		if month && years > 1 && !slices.ContainsFunc(chosen, func(c string) bool { return strings.HasPrefix(c, v.Value[:4]) }) {
			continue
		}
		rows = append(rows, v)
	}
	for _, c := range chosen {
		if !slices.ContainsFunc(rows, func(v query.Count) bool { return v.Value == c }) {
			rows = append(rows, query.Count{Value: c})
		}
	}
	return rows
}

// fewest returns how many rows are shown at first: no chosen one is hidden.
func fewest(rows []query.Count, chosen []string) int {
	n := fewValues
	for i, v := range rows {
		if i >= n && slices.Contains(chosen, v.Value) {
			n = i + 1
		}
	}
	return n
}

func (r *Reader) renderValue(f query.Field, v query.Count, chosen bool) ui.UI {
	class := "kb-value"
	if f == query.Date && len(v.Value) == 7 {
		class += " kb-month"
	}
	return ui.Li().Body(
		ui.Button().Type("button").Class(class).Attr("role", "checkbox").Aria("checked", chosen).Body(
			within(ui.Span(), r.valueLang(f)).Text(r.valueName(f, v.Value)),
			ui.Span().Class("kb-n").Text(v.Count),
		).OnClick(func(ui.Context, ui.Event) { r.toggle(f, v.Value) }, ui.EventScope(string(f), v.Value)),
	)
}
