package app

import (
	"context"

	"github.com/kanbao/kanbao/index/query"
)

// facetsID is where the facets stand.
const facetsID = "kb-facets"

// counting is the state of the facets. They are counted only where they are
// seen, and after the hits: what a search shows first waits for nothing else.
type counting struct {
	stop func()
	open bool  // on a phone: they stand where the hits would
	of   Place // what was counted
	list []query.Facet
	err  error
	// unfolded are the fields of which all values are shown.
	unfolded map[query.Field]bool
}

// count counts the facets of what is found, if they are seen and have not been.
func (r *Reader) count() {
	c, at := &r.counting, r.searching.at
	if r.view != results || !r.narrowable() || !r.Page.Shown(facetsID) {
		return
	}
	if c.list != nil && c.err == nil && c.of.sameArticles(at) {
		return
	}
	c.stop()
	q := query.Query{Text: at.Q, Filters: at.Filters, Facets: query.Fields(), Limit: 1, IDsOnly: true}
	c.stop = await(r, func(ctx context.Context) (*query.Result, error) {
		return r.Library.Search(ctx, q)
	}, func(answer *query.Result, err error) {
		c.of, c.err = at, err
		if answer != nil {
			c.list = answer.Facets
		}
	})
}

// narrowable reports whether there is anything to be narrowed down, or has been.
func (r *Reader) narrowable() bool {
	s := &r.searching
	return s.at.asks() && s.err == nil && s.answer != nil && (s.answer.Total > 1 || len(s.at.Filters) > 0)
}

// toggle takes a value of a field for a filter, or gives it up.
func (r *Reader) toggle(f query.Field, value string) {
	r.change(r.searching.at.toggled(f, value))
}

// countAgain tries once more what failed.
func (r *Reader) countAgain() {
	r.counting.list, r.counting.err = nil, nil
	r.count()
}

// showFacets puts the facets where the hits are, or the hits back.
func (r *Reader) showFacets(show bool) {
	r.counting.open = show
	r.after(func() {
		r.count()
		if show {
			r.Page.Focus(facetsID)
		} else {
			r.Page.Focus(facetsButtonID)
		}
		r.Page.Scroll(0)
	})
}
