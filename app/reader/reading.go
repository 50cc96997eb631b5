package reader

import (
	"context"
	"errors"
	"strconv"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// titleID is the heading of a live article.
const titleID = "kb-title"

// opening is the state of the article that is open.
type opening struct {
	stop     func() // stops the opening under way
	document *query.Document
	err      error
	at       Place
}

// openPlace opens an article out of the index. What is seen stays until the
// article is there.
func (r *Reader) openPlace(to Place, push bool) {
	r.open.stop()
	settled := r.wait(r.words.Opening)
	r.open.stop = await(r, func(c context.Context) (*query.Document, error) {
		d, err := r.Library.Document(c, to.Path, to.Marks)
		settled()
		return d, err
	}, func(d *query.Document, err error) {
		if (errors.Is(err, query.ErrNotFound) || errors.Is(err, query.ErrTooLarge)) && !r.Page.Shell() {
			// Not an article, one that is newer than the index, or one that only its
			// static page shows in reasonable time.
			r.Page.Leave(to)
			return
		}
		if push {
			r.Page.Push(to)
			r.place = to
		}
		r.open.document, r.open.err, r.open.at = d, err, to
		r.showArticle()
	})
}

// openBorrowed shows what can be shown at an address whose page could not be
// had: an article may be in the index.
func (r *Reader) openBorrowed() {
	if strings.HasPrefix(r.place.Path, articlePath) {
		r.openPlace(r.place, false)
		return
	}
	r.open.document, r.open.err, r.open.at = nil, query.ErrUnreachable, r.place
	r.showArticle()
}

func (r *Reader) showArticle() {
	r.view = reading
	r.searching.stop()
	r.counting.stop()
	r.closeSuggestions()
	r.Page.Live(true)
	if r.open.err != nil {
		t := r.trouble(r.open.err)
		r.Page.Title(t.title)
		r.Page.Say(t.title)
		r.ctx.Defer(func(ui.Context) { r.Page.Scroll(0) })
		return
	}
	r.Page.Say("")
	r.Page.Title(r.title(r.shown(r.open.document.Article.Title)))
	at := r.open.at
	r.ctx.Defer(func(ui.Context) {
		r.Page.Focus(titleID)
		switch {
		case at.Scroll > 0:
			r.Page.Scroll(at.Scroll)
		case at.Block > 0:
			r.Page.ScrollTo(blockID(at.Block))
		default:
			r.Page.Scroll(0)
		}
	})
}

func (r *Reader) title(s string) string {
	if s == "" {
		return r.site.Untitled
	}
	return s
}

// back goes from an article to the results that it was found in.
func (r *Reader) back() {
	if r.searching.opened != "" && r.place.Depth > 0 {
		r.Page.Back()
		return
	}
	r.Page.SetField(r.open.at.Marks)
	r.typed(r.open.at.Marks)
}

// again tries once more what failed.
func (r *Reader) again() {
	switch {
	case r.view == reading && !strings.HasPrefix(r.open.at.Path, articlePath):
		r.Page.Leave(r.open.at)
		return
	case r.view == reading:
		r.openPlace(r.open.at, false)
		return
	}
	r.search(0)
}

func blockID(n int) string { return "p" + strconv.Itoa(n) }
