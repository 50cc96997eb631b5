package reader

import (
	"context"
	"slices"
	"time"

	"github.com/kanbao/kanbao/index/query"
)

// facetsID is where the facets stand.
const facetsID = "kb-facets"

// counting is the state of the facets. They are counted only where they are
// seen, and after the hits: what a search shows first waits for nothing else.
type counting struct {
	stop       func()
	confirming func() // stops the confirmation of an estimate
	open       bool   // on a phone: they stand where the hits would
	of         Place  // what was counted
	list       []query.Facet
	err        error
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
		c.err = err
		if answer == nil {
			return
		}
		r.confirmed(r.searching.answer, answer)
		if c.list != nil && c.of.Q == at.Q && len(at.Filters) > 0 {
			c.list = recounted(c.list, answer.Facets)
		} else {
			c.list = worthCounting(answer.Facets, r.searching.answer.Total, at)
		}
		c.of = at
	})
}

// countLater counts the facets once the hits are seen. Before, the browser would have to
// lay out the page to tell whether the facets are.
func (r *Reader) countLater() {
	r.ctx.Async(func() {
		r.Page.Painted()
		r.act(r.count)
	})
}

// worthCounting leaves out fields whose values tell no articles apart.
func worthCounting(list []query.Facet, total int, at Place) []query.Facet {
	out := []query.Facet{}
	for _, f := range list {
		one := len(f.Values) == 1 && f.Values[0].Count >= total && len(at.values(f.Field)) == 0
		if len(f.Values) > 0 && !one {
			out = append(out, f)
		}
	}
	return out
}

// recounted returns facets with the values and the order that they have had, so
// that no line moves from under the pointer of whoever narrows step by step.
// What has no articles left counts 0; what is new comes last.
func recounted(old, now []query.Facet) []query.Facet {
	out := make([]query.Facet, len(old))
	for i, f := range old {
		out[i].Field = f.Field
		var counts []query.Count
		for _, x := range now {
			if x.Field == f.Field {
				counts = x.Values
			}
		}
		for _, v := range f.Values {
			out[i].Values = append(out[i].Values, query.Count{Value: v.Value, Count: countIn(counts, v.Value)})
		}
		for _, v := range counts {
			if !slices.ContainsFunc(f.Values, func(o query.Count) bool { return o.Value == v.Value }) {
				out[i].Values = append(out[i].Values, v)
			}
		}
	}
	return out
}

func countIn(list []query.Count, value string) int {
	for _, v := range list {
		if v.Value == value {
			return v.Count
		}
	}
	return 0
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

// confirmAfter is how long nothing must have been asked before an estimate of how many
// articles are found is confirmed, and confirmUntil how long it is tried: the engine
// confirms once all of the index is at hand.
const (
	confirmAfter = 1200 * time.Millisecond
	confirmUntil = 20 * time.Second
)

// stopCounting stops whatever is counted.
func (r *Reader) stopCounting() {
	r.counting.stop()
	r.counting.confirming()
}

// confirmLater has the answer confirmed after a while, if it is an estimate.
func (r *Reader) confirmLater(after time.Duration) {
	of := r.searching.answer
	if of == nil || of.Exact || after > confirmUntil {
		return
	}
	timer := time.AfterFunc(after, func() { r.act(func() { r.confirm(of, after) }) })
	r.counting.confirming = func() { timer.Stop() }
}

// confirm asks how many articles are found exactly.
func (r *Reader) confirm(of *query.Result, waited time.Duration) {
	if r.view != results || r.searching.answer != of || of.Exact {
		return
	}
	at := r.searching.at
	q := query.Query{Text: at.Q, Filters: at.Filters, Limit: 1, IDsOnly: true, Confirm: true}
	r.counting.confirming = await(r, func(ctx context.Context) (*query.Result, error) {
		return r.Library.Search(ctx, q)
	}, func(answer *query.Result, err error) {
		switch {
		case err != nil: // the estimate is no worse for it
		case answer.Exact:
			r.confirmed(of, answer)
		default:
			r.confirmLater(2 * waited)
		}
	})
}

// confirmed puts an exact number in the place of an estimate.
func (r *Reader) confirmed(of, answer *query.Result) {
	if r.view != results || of == nil || r.searching.answer != of || of.Exact || !answer.Exact {
		return
	}
	of.Total, of.Exact = answer.Total, true
	r.said()
}
