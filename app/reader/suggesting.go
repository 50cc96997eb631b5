package reader

import (
	"context"
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
	chosen int  // the suggestion that the arrow keys have reached, or -1
}

// suggest asks for what completes the text in the field.
func (r *Reader) suggest() {
	s := &r.suggesting
	s.stop()
	s.text = strings.TrimSpace(r.Page.Field())
	s.open = s.text != ""
	if !s.open {
		r.closeSuggestions()
		return
	}
	text := s.text
	s.stop = await(r, func(c context.Context) ([]query.Suggestion, error) {
		return r.Library.Suggest(c, text, mostOffers+1)
	}, func(list []query.Suggestion, err error) {
		s.list, s.err = worthOffering(list, text), err
		s.chosen = -1
		r.offer()
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

// offer shows the suggestions that there are. The reason why there are none is
// said only where the search itself has an answer, which is the better place.
func (r *Reader) offer() {
	s := &r.suggesting
	var offers []Offer
	switch {
	case !s.open:
	case s.err != nil && r.searching.err == nil:
		offers = []Offer{{Text: r.words.NoOffers(r.trouble(s.err).title), Note: r.words.Again, Quiet: true}}
	case s.err == nil:
		for _, x := range s.list {
			note := ""
			switch {
			case x.URL != "":
				note = r.words.OfArticle
			case x.Count > 0:
				note = r.words.OfCount(x.Count)
			}
			offers = append(offers, Offer{Text: x.Text, Note: note})
		}
	}
	r.Page.Offer(r.words.Offers, offers)
	r.Page.Choose(s.chosen)
}

// closeSuggestions closes the list until somebody types again.
func (r *Reader) closeSuggestions() {
	r.suggesting.stop()
	r.suggesting.open, r.suggesting.list, r.suggesting.err, r.suggesting.chosen = false, nil, nil, -1
	r.Page.Offer("", nil)
}

// pressedInOffers handles a key while the list is there, and reports whether the
// key was the list's.
func (r *Reader) pressedInOffers(k Key) bool {
	s := &r.suggesting
	n := len(s.list)
	if s.err != nil && r.searching.err == nil {
		n = 1
	}
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

// take does what a suggestion stands for: a title opens its article, anything
// else is searched for.
func (r *Reader) take(i int) {
	s := &r.suggesting
	switch {
	case s.err != nil:
		r.suggest()
	case i >= len(s.list):
	case s.list[i].URL != "":
		to := Place{Path: s.list[i].URL, Marks: r.searching.at.Q, Depth: r.place.Depth + 1}
		r.closeSuggestions()
		r.searching.opened = liveID
		r.openPlace(to, true)
	default:
		to := r.searching.at
		to.Q = s.list[i].Text
		r.change(to)
	}
}
