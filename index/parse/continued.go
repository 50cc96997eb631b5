package parse

import (
	"path"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/newspaper"
)

// An edition holds back the articles of one edition from the first that goes on on
// another page to its rest, so that the two come out as one where the first part
// stands. Nothing is held back without such a note.
type edition struct {
	key     string
	waiting []*article.Article // in order; the first goes on elsewhere
}

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
		newspaper.Join(of, a)
		return append(ready, e.settled()...)
	}
	if _, open := newspaper.ContinuesOn(a); !open && len(e.waiting) == 0 {
		return append(ready, a)
	}
	e.waiting = append(e.waiting, a)
	return ready
}

// begins returns the article that a is the rest of, or nil: the only one that
// names a's page, or of several the one with a's title.
func (e *edition) begins(a *article.Article) *article.Article {
	var found []*article.Article
	for _, w := range e.waiting {
		if newspaper.IsRest(w, a) {
			found = append(found, w)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	for _, w := range found {
		if newspaper.SameStory(w, a) {
			return w
		}
	}
	return nil
}

// settled returns the articles up to the next that goes on elsewhere.
func (e *edition) settled() []*article.Article {
	for i, a := range e.waiting {
		if _, open := newspaper.ContinuesOn(a); open {
			ready := e.waiting[:i:i]
			e.waiting = e.waiting[i:]
			return ready
		}
	}
	return e.flush()
}

// flush returns all that wait, for what has not come by now comes no more.
func (e *edition) flush() []*article.Article {
	ready := e.waiting
	e.waiting = nil
	return ready
}
