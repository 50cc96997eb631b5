package reader

import (
	"net/url"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/query"
)

// A Place is somewhere on the site.
type Place struct {
	// Path is relative to the site's root: "", "search/", "a/some-article/".
	Path string
	// Q is what is searched for, on the search page, Sort the order of the hits
	// and Filters what they are narrowed to, in the order of query.Fields.
	Q       string
	Sort    query.Sort
	Filters []query.Filter
	// Block is the block of an article that the address leads to, or 0.
	Block int

	// Marks is the query whose matches are marked in the article.
	Marks string

	// What follows is kept with an entry of the history and is not in its
	// address.

	// Depth counts how many entries of ours are below this one.
	Depth int
	// Scroll is how far the document was scrolled when the entry was left.
	Scroll int
}

// searchPath is where searches have their address.
const searchPath = "search/"

// articlePath is what the paths of articles begin with.
const articlePath = "a/"

// choices returns what of a search has been chosen and not typed, as Query does.
func (p Place) choices() string { return Place{Filters: p.Filters, Sort: p.Sort}.Query() }

// Query returns the search of a place as it stands behind the question mark of
// its address: "q=月亮&author=张三&author=李四&sort=newest", escaped; of an article, what
// is marked in it: "q=月亮".
func (p Place) Query() string {
	var b strings.Builder
	add := func(name, value string) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name + "=" + url.QueryEscape(value))
	}
	if strings.HasPrefix(p.Path, articlePath) {
		if p.Marks != "" {
			add("q", p.Marks)
		}
		return b.String()
	}
	if p.Q != "" {
		add("q", p.Q)
	}
	for _, f := range p.Filters {
		for _, v := range f.Values {
			add(string(f.Field), v)
		}
	}
	if p.Sort != query.Relevance {
		add("sort", string(p.Sort))
	}
	return b.String()
}

// SetQuery reads what Query returns, of a place whose path is set. What it does not
// know it leaves out.
func (p *Place) SetQuery(values url.Values) {
	if strings.HasPrefix(p.Path, articlePath) {
		p.Marks = strings.TrimSpace(values.Get("q"))
		return
	}
	p.Q = strings.TrimSpace(values.Get("q"))
	p.Sort, p.Filters = query.Relevance, nil
	if by := query.Sort(values.Get("sort")); by == query.Newest || by == query.Oldest {
		p.Sort = by
	}
	for _, f := range query.Fields() {
		var list []string
		for _, v := range values[string(f)] {
			if v = strings.TrimSpace(v); v != "" && !slices.Contains(list, v) {
				list = append(list, v)
			}
		}
		if len(list) > 0 {
			p.Filters = append(p.Filters, query.Filter{Field: f, Values: list})
		}
	}
}

// asks reports whether a place asks for anything.
func (p Place) asks() bool { return p.Q != "" || len(p.Filters) > 0 }

// sameArticles reports whether the searches of two places find the same
// articles, in whatever order.
func (p Place) sameArticles(o Place) bool {
	return p.Q == o.Q && slices.EqualFunc(p.Filters, o.Filters, func(a, b query.Filter) bool {
		return a.Field == b.Field && slices.Equal(a.Values, b.Values)
	})
}

// sameSearch reports whether two places ask for the same.
func (p Place) sameSearch(o Place) bool { return p.Sort == o.Sort && p.sameArticles(o) }

// values returns what a field is narrowed to.
func (p Place) values(f query.Field) []string {
	for _, x := range p.Filters {
		if x.Field == f {
			return x.Values
		}
	}
	return nil
}

// toggled returns the place with a value chosen that was not, or not chosen that
// was. A year takes the place of its months, and a month that of its year.
func (p Place) toggled(f query.Field, value string) Place {
	var kept []string
	chosen := false
	for _, v := range p.values(f) {
		switch {
		case v == value:
			chosen = true
		case f == query.Date && (strings.HasPrefix(v, value+"-") || strings.HasPrefix(value, v+"-")):
		default:
			kept = append(kept, v)
		}
	}
	if !chosen {
		kept = append(kept, value)
	}
	return p.narrowed(f, kept)
}

// narrowed returns the place with a field narrowed to some values, or not at all.
func (p Place) narrowed(f query.Field, values []string) Place {
	old := p
	p.Filters = nil
	for _, field := range query.Fields() {
		list := old.values(field)
		if field == f {
			list = values
		}
		if len(list) > 0 {
			p.Filters = append(p.Filters, query.Filter{Field: field, Values: list})
		}
	}
	return p
}
