package reader

import (
	"context"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/query"
)

// mostOffers is how many suggestions are shown: so few that on a phone the first
// hits are seen below them.
const mostOffers = 5

// suggesting is the state of the list below the field.
type suggesting struct {
	stop   func()
	text   string // what the list completes
	list   []query.Suggestion
	err    error
	open   bool // somebody is typing
	chosen int  // the line that the arrow keys have reached, or -1
	lines  []line
	label  string // of the list
}

// line is a line of the list below the field, with what it does.
type line struct {
	Offer
	act func()
}

// suggest asks for what completes the text in the field.
func (r *Reader) suggest() {
	s := &r.suggesting
	s.stop()
	s.text = strings.TrimSpace(r.Page.Field())
	s.open = s.text != ""
	if !s.open {
		r.closeSuggestions()
		r.offerRecent()
		return
	}
	text := s.text
	s.stop = await(r, func(c context.Context) ([]query.Suggestion, error) {
		return r.Library.Suggest(c, text, mostOffers+1)
	}, func(list []query.Suggestion, err error) {
		s.list, s.err = worthOffering(list, text), err
		s.chosen = -1
		if !r.searching.awaited {
			r.offer()
		}
	})
}

// worthOffering returns the suggestions that say more than what was typed. If
// there are too many it is words that are left out; titles come last.
func worthOffering(list []query.Suggestion, typed string) []query.Suggestion {
	var out []query.Suggestion
	for _, x := range list {
		if x.URL != "" || x.Text != typed {
			out = append(out, x)
		}
	}
	for i := len(out) - 1; len(out) > mostOffers && i >= 0; i-- {
		if out[i].URL == "" {
			out = append(out[:i], out[i+1:]...)
		}
	}
	return out[:min(len(out), mostOffers)]
}

// offer shows the suggestions that there are, without the articles that are among the
// hits anyway. The reason why there are none is said only where the search itself has
// an answer, which is the better place.
func (r *Reader) offer() {
	s := &r.suggesting
	var lines []line
	switch {
	case !s.open:
	case s.text == "":
		lines = r.recentLines()
	case s.err != nil && r.searching.err == nil:
		lines = []line{{Offer{Text: r.words.NoOffers(r.trouble(s.err).title), Note: r.words.Again, Quiet: true}, r.suggest}}
	case s.err == nil:
		for _, x := range s.list {
			note := ""
			switch {
			case x.URL != "" && slices.ContainsFunc(r.searching.hits, func(h query.Hit) bool { return h.URL == x.URL }):
				continue
			case x.URL != "":
				note = r.words.OfArticle
			case x.Count > 0:
				note = r.words.OfCount(x.Count)
			}
			lines = append(lines, line{Offer{Text: x.Text, Note: note}, func() { r.takeSuggestion(x) }})
		}
	}
	r.show(lines)
}

// show shows lines below the field.
func (r *Reader) show(lines []line) {
	s := &r.suggesting
	if len(lines) != len(s.lines) {
		s.chosen = -1
	}
	label := r.words.Offers
	if s.text == "" {
		label = r.words.Recent
	}
	same := label == s.label && slices.EqualFunc(lines, s.lines, func(a, b line) bool { return a.Offer == b.Offer })
	s.lines, s.label = lines, label
	if !same {
		var offers []Offer
		for _, l := range lines {
			offers = append(offers, l.Offer)
		}
		r.Page.Offer(label, offers)
	}
	r.Page.Choose(s.chosen)
}

// closeSuggestions closes the list until somebody types again.
func (r *Reader) closeSuggestions() {
	r.suggesting.stop()
	r.suggesting.open, r.suggesting.list, r.suggesting.err, r.suggesting.chosen = false, nil, nil, -1
	r.show(nil)
}

// pressedInOffers handles a key while the list is there, and reports whether the
// key was the list's.
func (r *Reader) pressedInOffers(k Key) bool {
	s := &r.suggesting
	n := len(s.lines)
	if !s.open || n == 0 {
		return false
	}
	switch k.Name {
	case "ArrowDown", "ArrowUp":
		s.chosen = step(s.chosen, n, k.Name == "ArrowDown")
		r.Page.Choose(s.chosen)
	case "Enter":
		if s.chosen < 0 {
			return false
		}
		r.take(s.chosen)
	case "Escape":
		r.closeSuggestions()
	default:
		return false
	}
	k.Prevent()
	return true
}

// step moves a choice among n by one. Beyond either end is the field itself,
// which is -1.
func step(chosen, n int, down bool) int {
	switch {
	case down && chosen == n-1:
		return -1
	case down:
		return chosen + 1
	case chosen < 0:
		return n - 1
	}
	return chosen - 1
}

// take does what a line stands for.
func (r *Reader) take(i int) {
	if s := &r.suggesting; i >= 0 && i < len(s.lines) {
		s.lines[i].act()
	}
}

// takeSuggestion opens the article that a title is of, and searches for anything else.
func (r *Reader) takeSuggestion(x query.Suggestion) {
	if x.URL == "" {
		to := r.searching.at
		to.Q = x.Text
		r.change(to)
		return
	}
	to := Place{Path: x.URL, Marks: r.searching.at.Q, Depth: r.place.Depth + 1}
	r.closeSuggestions()
	r.searching.opened = liveID
	r.openPlace(to, true)
}
