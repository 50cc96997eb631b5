package reader

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// titleID is the heading of a live article out of the index, sheetTitleID that of its
// static page.
const (
	titleID      = "kb-title"
	sheetTitleID = "title"
)

// sheetPatience is how long an article that is there waits for its static page, which
// has what the index has not: where it stands on the site, how to cite it, its cover.
const sheetPatience = 250 * time.Millisecond

// opening is the state of the article that is open.
type opening struct {
	stop     func() // stops the opening under way
	document *query.Document
	sheet    string // its static page with the matches marked, or "" while that is not there
	err      error
	at       Place
}

// opened is an article with its static page, which may come later.
type opened struct {
	document *query.Document
	sheet    string
	late     <-chan string
}

// openPlace opens an article out of the index. What is seen stays until the
// article is there.
func (r *Reader) openPlace(to Place, push bool) {
	r.open.stop()
	settled := r.wait(func() { r.Page.Say(r.words.Opening) })
	r.open.stop = await(r, func(c context.Context) (opened, error) {
		o, err := r.fetchArticle(c, to)
		settled()
		return o, err
	}, func(o opened, err error) {
		if (errors.Is(err, query.ErrNotFound) || errors.Is(err, query.ErrTooLarge)) && !r.Page.Shell() {
			// Not an article, one that is newer than the index, or one that only its
			// static page shows in reasonable time.
			r.Page.Leave(to)
			return
		}
		if push {
			r.Page.Push(to)
			r.arrive(to)
		}
		r.open.document, r.open.err, r.open.at = o.document, err, to
		r.setSheet(o.sheet)
		r.showArticle()
		if o.late != nil {
			r.takeLate(o)
		}
	})
}

// fetchArticle fetches an article out of the index and its static page beside it.
func (r *Reader) fetchArticle(c context.Context, to Place) (opened, error) {
	sheets := make(chan string, 1)
	go func() { sheets <- sheetOf(r.Page.Article(to.Path)) }()
	o := opened{late: sheets}
	var err error
	if o.document, err = r.Library.Document(c, to.Path, to.Marks); err != nil {
		return opened{}, err
	}
	select {
	case o.sheet = <-sheets:
		o.late = nil
	case <-time.After(sheetPatience):
	}
	return o, nil
}

// setSheet takes the static page of the article that is open.
func (r *Reader) setSheet(sheet string) {
	r.open.sheet = ""
	if sheet != "" && r.open.document != nil {
		r.open.sheet = markSheet(sheet, r.open.document.Article, r.open.document.Marks, r.open.at.Block, r.Page.URL(Place{}))
	}
}

// takeLate shows the static page of an article once it has come, if the article is
// still open. Its text stands where that out of the index has stood.
func (r *Reader) takeLate(o opened) {
	r.ctx.Async(func() {
		sheet := <-o.late
		r.ctx.Dispatch(func(ui.Context) {
			if sheet == "" || r.view != reading || r.open.document != o.document {
				return
			}
			now := r.Page.Place()
			if now.Marks == "" { // the bar of the marks was closed meanwhile
				r.open.at.Marks, r.open.document.Marks = "", nil
			}
			at := now.Scroll
			r.setSheet(sheet)
			r.after(func() {
				r.Page.Focus(sheetTitleID)
				r.Page.Scroll(at)
			})
		})
	})
}

// openBorrowed shows what can be shown at an address whose page could not be
// had: an article may be in the index.
func (r *Reader) openBorrowed() {
	if strings.HasPrefix(r.place.Path, articlePath) {
		r.openPlace(r.place, false)
		return
	}
	r.open.document, r.open.sheet, r.open.err, r.open.at = nil, "", query.ErrUnreachable, r.place
	r.showArticle()
}

func (r *Reader) showArticle() {
	r.view = reading
	r.searching.stop()
	r.stopCounting()
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
		if r.open.sheet != "" {
			r.Page.Focus(sheetTitleID)
		} else {
			r.Page.Focus(titleID)
		}
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
		r.goBack()
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
