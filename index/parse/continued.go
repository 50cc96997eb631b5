package parse

import (
	"path"
	"slices"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/newspaper"
)

// An edition holds back the articles of one edition from the first that goes on on
// another page to its rest, so that the two come out as one where the first part
// stands. Nothing is held back without such a note.
type edition struct {
	key     string
	waiting []waiting // in order; the first goes on elsewhere
}

// A waiting article is one of an edition whose rest may come, or stands behind such.
type waiting struct {
	*article.Article
	on, to string // its page, and that which it goes on on
	open   bool   // it does
}

func wait(a *article.Article) waiting {
	to, open := newspaper.ContinuesOn(a)
	return waiting{a, newspaper.PageNumber(a.Edition.Page), to, open}
}

// mostParts is how many articles may say that they go on on one page before it is
// no page of a paper.
const mostParts = 100

func editionKey(a *article.Article) string {
	return a.EditionKey() + "\n" + path.Dir(a.File)
}

// add takes an article and returns those that wait for nothing.
func (e *edition) add(a *article.Article) (ready []*article.Article) {
	key := editionKey(a)
	if key != e.key {
		ready = e.flush()
		e.key = key
	}
	if a.Edition.IsZero() {
		return append(ready, a)
	}
	if of := e.begins(a); of != nil {
		newspaper.Join(of.Article, a)
		*of = wait(of.Article)
		return append(ready, e.settled()...)
	}
	w := wait(a)
	if !w.open && len(e.waiting) == 0 {
		return append(ready, a)
	}
	e.waiting = append(e.waiting, w)
	return ready
}

// begins returns the article that a is the rest of, or nil: the only one that
// names a's page, or of several the one with a's title.
func (e *edition) begins(a *article.Article) *waiting {
	from, ok := newspaper.ContinuedFrom(a)
	if !ok {
		return nil
	}
	page := newspaper.PageNumber(a.Edition.Page)
	var found []*waiting
	for i := range e.waiting {
		w := &e.waiting[i]
		if w.open && w.to == page && w.on == from && len(found) < mostParts && newspaper.IsRest(w.Article, a) {
			found = append(found, w)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	for _, w := range found {
		if newspaper.SameStory(w.Article, a) {
			return w
		}
	}
	return nil
}

// settled returns the articles up to the next that goes on elsewhere.
func (e *edition) settled() []*article.Article {
	n := slices.IndexFunc(e.waiting, func(w waiting) bool { return w.open })
	if n < 0 {
		return e.flush()
	}
	return e.take(n)
}

// take takes the first n that wait.
func (e *edition) take(n int) (ready []*article.Article) {
	for _, w := range e.waiting[:n] {
		ready = append(ready, w.Article)
	}
	e.waiting = e.waiting[n:]
	return ready
}

// flush returns all that wait, for what has not come by now comes no more.
func (e *edition) flush() []*article.Article { return e.take(len(e.waiting)) }
