package reader

import (
	"slices"
	"strings"
)

// mostRecent is how many searches are remembered.
const mostRecent = 6

// remember notes on the device what the reader has searched for: what they have sent,
// chosen, or opened a hit of, and not each letter on the way.
func (r *Reader) remember(q string) {
	list, on := r.Page.Recent()
	if q = strings.TrimSpace(q); q == "" || !on || !r.Page.Remembers() {
		return
	}
	list = slices.DeleteFunc(list, func(s string) bool { return s == q })
	list = slices.Insert(list, 0, q)
	r.Page.SetRecent(list[:min(len(list), mostRecent)], true)
}

// offerRecent offers what was searched for before, while nothing is typed.
func (r *Reader) offerRecent() {
	s := &r.suggesting
	if strings.TrimSpace(r.Page.Field()) != "" || !r.Page.Focused() {
		return
	}
	s.stop()
	s.open, s.text, s.list, s.err, s.chosen = true, "", nil, nil, -1
	r.offer()
}

// recentLines are the searches, and the ways to forget them.
func (r *Reader) recentLines() []line {
	list, on := r.Page.Recent()
	if !on || len(list) == 0 || !r.Page.Remembers() {
		return nil
	}
	var lines []line
	for _, q := range list {
		lines = append(lines, line{Offer{Text: q}, func() {
			to := r.searching.at
			to.Q = q
			r.change(to)
		}})
	}
	forget := func(on bool) func() {
		return func() {
			r.Page.SetRecent(nil, on)
			r.closeSuggestions()
		}
	}
	return append(lines,
		line{Offer{Text: r.words.Forget, Quiet: true}, forget(true)},
		line{Offer{Text: r.words.ForgetAlways, Quiet: true}, forget(false)})
}
