package reader

import (
	"net/url"
	"strconv"
	"strings"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/fullwidth"
	"github.com/kanbao/kanbao/index/query"
)

// renderArticle shows the open article with the classes of the static page, so
// that it looks the same.
func (r *Reader) renderArticle() ui.UI {
	if r.open.sheet != "" {
		return ui.Div().Class("kb-whole").OnClick(r.sheetClicked).Body(r.renderBack(), ui.Raw(openTag("div", r.written())+r.open.sheet+"</div>"))
	}
	page := ui.Div().Class("kb-article-page")
	if r.open.err != nil {
		return page.Body(r.renderBack(), r.renderTrouble(r.open.err, r.again))
	}
	a := r.open.document.Article
	outline := r.renderOutline(a)
	if outline != nil {
		page = page.Class("kb-has-outline")
	}
	return page.Body(
		r.renderBack(),
		within(ui.Article().Class("kb-article"), r.written()).Body(
			r.renderHead(a),
			outline,
			ui.Div().Class("kb-text").Body(r.renderText(a, r.open.document.Marks)...),
			r.renderColophon(a),
		),
		r.renderBetween(),
	)
}

// sheetClicked opens the previous and the next article as it opens hits. All other
// links of a static page are the browser's.
func (r *Reader) sheetClicked(_ ui.Context, e ui.Event) {
	link := e.Get("target").Call("closest", "a[rel=prev], a[rel=next]")
	if !link.Truthy() || !plain(e) {
		return
	}
	rest, ok := strings.CutPrefix(link.Get("href").String(), r.Page.URL(Place{})+articlePath)
	if name, err := url.PathUnescape(rest); ok && err == nil && !strings.ContainsAny(rest, "#?") {
		e.PreventDefault()
		r.openNeighbour(articlePath + name)
	}
}

// openNeighbour opens another article of the edition.
func (r *Reader) openNeighbour(path string) {
	r.searching.opened = ""
	r.openPlace(Place{Path: path, Depth: r.place.Depth + 1}, true)
}

func (r *Reader) renderBack() ui.UI {
	at := r.open.at
	to := Place{Path: searchPath, Q: at.Marks}
	if r.searching.at.Q == at.Marks {
		to = r.searching.at
	}
	return ui.If(at.Marks != "", func() ui.UI {
		return ui.P().Class("kb-back").Body(
			ui.A().Href(r.Page.URL(to)).Text(r.words.Back).
				OnClick(func(_ ui.Context, e ui.Event) {
					if plain(e) {
						e.PreventDefault()
						r.back()
					}
				}, ui.EventScope("back", at.Marks)))
	})
}

func (r *Reader) renderHead(a *article.Article) ui.UI {
	in := r.spoken()
	return ui.Header().Class("kb-article-head").Body(
		r.renderCrumbs(a),
		ui.If(a.Kicker != "", func() ui.UI { return ui.P().Class("kb-kicker").Body(r.headline(r.shown(a.Kicker))) }),
		ui.H1().ID(titleID).Class("kb-title").TabIndex(-1).Body(r.headline(r.title(r.shown(a.Title)))),
		ui.If(a.Subtitle != "", func() ui.UI { return ui.P().Class("kb-subtitle").Body(r.headline(r.shown(a.Subtitle))) }),
		ui.If(len(a.Authors) > 0, func() ui.UI { return r.renderByline(a.Authors) }),
		within(ui.P().Class("kb-meta"), in).Body(
			ui.If(a.Date != "", func() ui.UI { return ui.Time().DateTime(a.Date).Text(r.site.LongDate(a.Date)) }),
			ui.If(a.Source != "", func() ui.UI { return ui.Span().Text(r.site.SourceLabel + " " + a.Source) }),
			ui.Span().Text(r.site.Minutes(text.ReadingMinutes(a.Kicker, a.Title, a.Subtitle, a.Text()))),
		),
	)
}

// renderText renders headings and blocks with the addresses that they have on
// the static page.
func (r *Reader) renderText(a *article.Article, marks []query.Mark) []ui.UI {
	var out []ui.UI
	n, headings := 0, 0
	afterPicture := false
	for _, s := range a.Sections {
		if s.Heading != "" {
			headings++
			afterPicture = false
			id := "s" + strconv.Itoa(headings)
			if s.Level > 2 && headings > 1 {
				out = append(out, ui.H3().ID(id).Body(r.headline(r.shown(s.Heading))))
			} else {
				out = append(out, ui.H2().ID(id).Body(r.headline(r.shown(s.Heading))))
			}
		}
		for i := range s.Blocks {
			n++
			b := &s.Blocks[i]
			var own []query.Mark
			own, marks = marksOf(n, marks)
			class := classOf(b, afterPicture)
			afterPicture = class == pictureClass
			if n == r.open.at.Block {
				class = strings.TrimSpace(class + " kb-here")
			}
			out = append(out, r.renderBlock(n, b, class, own))
		}
	}
	return out
}

// shown returns a text as the page shows it.
func (r *Reader) shown(text string) string {
	if r.Keep {
		return text
	}
	return fullwidth.Text(text)
}

// renderOutline renders the headings, if there are several.
func (r *Reader) renderOutline(a *article.Article) ui.UI {
	label := r.site.Outline
	var list []ui.UI
	for _, s := range a.Sections {
		if s.Heading == "" {
			continue
		}
		item := ui.Li()
		if s.Level > 2 && len(list) > 0 {
			item = item.Class("kb-minor")
		}
		list = append(list, item.Body(ui.A().Href("#s"+strconv.Itoa(len(list)+1)).Text(r.shown(s.Heading))))
	}
	if len(list) < 2 {
		return nil
	}
	return ui.Nav().Class("kb-outline").Aria("labelledby", "outline").Body(ui.Details().Body(
		within(ui.Summary().ID("outline"), r.spoken()).Text(label), ui.Ol().Body(list...)))
}

// renderColophon says what the article is about. How to cite it is on its static page.
func (r *Reader) renderColophon(a *article.Article) ui.UI {
	return ui.If(len(a.Categories)+len(a.Tags) > 0, func() ui.UI {
		return ui.Footer().Class("kb-colophon").Body(ui.Dl().Body(
			r.renderValues(r.site.Categories, query.Category, a.Categories),
			r.renderValues(r.site.Tags, query.Tag, a.Tags)))
	})
}

const pictureClass = "kb-rich kb-picture"

func classOf(b *article.Block, afterPicture bool) string {
	switch {
	case b.Kind == article.Caption && afterPicture:
		return "kb-caption"
	case b.Kind == article.Caption:
		return "kb-caption kb-lone"
	case b.Kind == article.Rich && strings.Contains(b.HTML, "<img") && strings.TrimSpace(b.Text) == "":
		return pictureClass
	case b.Kind == article.Rich:
		return "kb-rich"
	}
	return ""
}

func (r *Reader) renderBlock(n int, b *article.Block, class string, marks []query.Mark) ui.UI {
	if b.HTML != "" {
		tag := "p"
		if b.Kind == article.Rich {
			tag = "div"
		}
		open := "<" + tag + ` id="` + blockID(n) + `"`
		if class != "" {
			open += ` class="` + class + `"`
		}
		marked := absolute(markHTML(b.HTML, marks), r.Page.URL(Place{}))
		if !r.Keep {
			marked = fullwidth.HTML(marked)
		}
		return ui.Raw(open + ">" + marked + "</" + tag + ">")
	}
	spans := markText(b.Text, marks)
	if !r.Keep {
		spans = fullwidth.Marked(spans)
	}
	body := marked(spans)
	if b.Kind == article.Rich {
		return ui.Div().ID(blockID(n)).Class(class).Body(body...)
	}
	return ui.P().ID(blockID(n)).Class(class).Body(body...)
}

// renderBetween leads to the neighbours in the edition.
func (r *Reader) renderBetween() ui.UI {
	d := r.open.document
	return ui.If(d.Prev != nil || d.Next != nil, func() ui.UI {
		return ui.Nav().Class("kb-between").Aria("label", r.site.Neighbours).Body(
			r.renderNeighbour("prev", r.site.Previous, d.Prev),
			r.renderNeighbour("next", r.site.Next, d.Next),
		)
	})
}

func (r *Reader) renderNeighbour(rel, label string, l *query.Link) ui.UI {
	if l == nil {
		return ui.Span()
	}
	to := Place{Path: l.URL}
	return ui.A().Rel(rel).Href(r.Page.URL(to)).Body(
		ui.Span().Class("kb-dir").Text(label),
		within(ui.Span().Class("kb-to"), r.written()).Body(r.headline(r.title(r.shown(l.Title)))),
	).OnClick(func(_ ui.Context, e ui.Event) {
		if plain(e) {
			e.PreventDefault()
			r.openNeighbour(to.Path)
		}
	}, ui.EventScope(rel, l.URL))
}

// marked renders text with its matches.
func marked(m query.Marked) []ui.UI {
	out := make([]ui.UI, 0, len(m))
	for _, s := range m {
		if s.Mark {
			out = append(out, ui.Mark().Text(s.Text))
		} else {
			out = append(out, ui.Text(s.Text))
		}
	}
	return out
}
