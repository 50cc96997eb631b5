package reader

import (
	"strconv"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/query"
)

// An article out of the index leads to others by searches, which are there without a
// network as well; the pages that its own page leads to may not be.

// narrow returns the filter for one value of a field.
func narrow(f query.Field, value string) query.Filter {
	return query.Filter{Field: f, Values: []string{value}}
}

// linkTo leads to the articles that filters keep, which are in the order of query.Fields.
func (r *Reader) linkTo(text string, filters ...query.Filter) ui.HTMLA {
	to := Place{Path: searchPath, Filters: filters}
	return ui.A().Href(r.Page.URL(to)).Text(text).OnClick(func(_ ui.Context, e ui.Event) {
		if plain(e) {
			e.PreventDefault()
			r.change(to)
		}
	}, ui.EventScope("to", to.Query()))
}

// renderCrumbs is the way from the front page to an article, as far as the index knows it:
// by day and page of its paper, else by category and month.
func (r *Reader) renderCrumbs(a *article.Article) ui.UI {
	in := r.spoken()
	way := []ui.UI{ui.A().Href(r.Page.URL(Place{})).Text(r.Page.Name())}
	page := a.Edition.PageName()
	switch {
	case page != "" && a.Date != "":
		day := narrow(query.Date, a.Date)
		way = append(way,
			within(r.linkTo(strings.TrimSpace(r.foreignPaper(a)+" "+r.site.Date(a.Date)), day), in),
			within(r.linkTo(r.site.Printed(a.Edition.Page, a.Edition.Name), day, narrow(query.Page, page)), in))
	default:
		if len(a.Categories) > 0 {
			way = append(way, r.linkTo(a.Categories[0], narrow(query.Category, a.Categories[0])))
		}
		if name, ok := r.monthName(a.Date); ok {
			way = append(way, within(r.linkTo(name, narrow(query.Date, a.Date[:len("2024-09")])), in))
		}
	}
	items := make([]ui.UI, len(way))
	for i, step := range way {
		items[i] = ui.Li().Body(step)
	}
	return ui.Nav().Class("kb-crumbs").Aria("label", r.site.Edition.Crumbs).Body(ui.Ol().Body(items...))
}

// foreignPaper names the paper of an article where that is not the site's own name.
func (r *Reader) foreignPaper(a *article.Article) string {
	if a.Edition.Paper == r.Page.Name() {
		return ""
	}
	return a.Edition.Paper
}

// monthName names the month of a date.
func (r *Reader) monthName(date string) (name string, ok bool) {
	year, rest, _ := strings.Cut(date, "-")
	month, _, _ := strings.Cut(rest, "-")
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	if err1 != nil || err2 != nil || len(year) != len("2024") || len(month) != len("09") || m < 1 || m > 12 {
		return "", false
	}
	return r.site.Month(y, m), true
}

// renderByline names the authors, those of one role after the other under it.
func (r *Reader) renderByline(authors []article.Author) ui.UI {
	var roles []string
	names := make(map[string][]ui.UI)
	for _, a := range authors {
		if names[a.Role] == nil {
			roles = append(roles, a.Role)
		} else {
			names[a.Role] = append(names[a.Role], ui.Text(" "))
		}
		names[a.Role] = append(names[a.Role], r.linkTo(a.Name, narrow(query.Author, a.Name)).Rel("author"))
	}
	return ui.P().Class("kb-byline").Body(ui.Range(roles).Slice(func(i int) ui.UI {
		return ui.Span().Class("kb-author").Body(
			ui.If(roles[i] != "", func() ui.UI { return ui.Span().Class("kb-role").Text(roles[i] + " ") }),
			ui.Span().Body(names[roles[i]]...),
		)
	}))
}

// renderValues leads to the articles with each of the values of a field.
func (r *Reader) renderValues(label string, f query.Field, values []string) ui.UI {
	var links []ui.UI
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			links = append(links, r.linkTo(v, narrow(f, v)), ui.Text(" "))
		}
	}
	return ui.If(len(links) > 0, func() ui.UI {
		return ui.Div().Body(within(ui.Dt(), r.spoken()).Text(label), ui.Dd().Class("kb-tags").Body(links...))
	})
}
