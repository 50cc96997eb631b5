package pdf

import (
	"cmp"
	"html"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
	"github.com/kanbao/kanbao/index/parse/layout"
	"github.com/kanbao/kanbao/index/parse/source"
)

// makeArticles makes articles of the stories of a page.
func makeArticles(found *layout.Page, e article.Edition, name string, page int) []*article.Article {
	var out []*article.Article
	for i := range found.Stories {
		s := &found.Stories[i]
		a := &article.Article{
			Kicker: s.Kicker.String, Title: s.Title.String, Subtitle: s.Subtitle.String,
			Date: e.Date, Edition: e, Sections: make([]article.Section, 1), File: name, Line: page,
			Sheets: []article.Sheet{{Page: page, Width: found.Width, Height: found.Height}},
		}
		if a.Title == "" {
			a.Title = cmp.Or(strings.TrimSpace(e.PageName()), source.TitleFromName(name))
		}
		for _, z := range s.Zones {
			a.Zones = append(a.Zones, zone(z, page))
		}
		spaced := map[string]string{}
		for _, b := range s.Body {
			spaced[b.Text.String] = b.Text.Spaced()
		}
		fill(a, s, page)
		byline.NoteBroken(a, nil, e.Paper, func(b *article.Block) string { return cmp.Or(spaced[b.Text], b.Text) })
		out = append(out, a)
	}
	return out
}

// pageAlone is an article without text: the page as a picture, to be looked at.
// What little text there is is kept beside it.
func pageAlone(found *layout.Page, e article.Edition, name string, page int) *article.Article {
	whole := zone(layout.Rect{X1: found.Width, Y1: found.Height}, page)
	rest := restOf(found, page)
	for _, s := range found.Stories {
		for _, t := range append([]layout.Text{s.Label, s.Kicker, s.Title, s.Subtitle}, texts(s.Body)...) {
			if t.String != "" && len(s.Zones) > 0 {
				rest = append(rest, article.Rest{Kind: "other", Text: t.String, Zone: zone(s.Zones[0], page)})
			}
		}
	}
	return &article.Article{
		Rest:  rest,
		Title: cmp.Or(strings.TrimSpace(e.PageName()), source.TitleFromName(name)),
		Date:  e.Date, Edition: e, Sections: make([]article.Section, 1), File: name, Line: page,
		Zones: []article.Zone{whole}, Pictures: []article.Picture{{Zone: whole}},
		Sheets: []article.Sheet{{Page: page, Width: found.Width, Height: found.Height}},
	}
}

func texts(body []layout.Block) []layout.Text {
	var out []layout.Text
	for _, b := range body {
		out = append(out, b.Text)
		for _, row := range b.Rows {
			out = append(out, row...)
		}
	}
	return out
}

func zone(r layout.Rect, page int) article.Zone {
	return article.Zone{Page: page, X0: round(r.X0), Y0: round(r.Y0), X1: round(r.X1), Y1: round(r.Y1)}
}

// round keeps tenths of points.
func round(v float64) float64 { return float64(int(v*10+0.5)) / 10 }

// fill makes the blocks of an article.
func fill(a *article.Article, s *layout.Story, page int) {
	captions := map[int]string{}
	for i := range s.Body {
		b := &s.Body[i]
		last := &a.Sections[len(a.Sections)-1]
		switch b.Kind {
		case layout.Heading:
			a.Sections = append(a.Sections, article.Section{Heading: b.Text.String, Level: 2})
		case layout.Caption:
			captions[i] = b.Text.String
			last.Blocks = append(last.Blocks, article.Block{Kind: article.Caption, Text: b.Text.String})
		case layout.Table:
			last.Blocks = append(last.Blocks, table(b.Rows))
		default:
			last.Blocks = append(last.Blocks, article.Block{Kind: article.Paragraph, Text: b.Text.String})
		}
	}
	for _, p := range s.Pictures {
		a.Pictures = append(a.Pictures, article.Picture{Zone: zone(p.Box, page), Caption: captions[p.Caption]})
	}
}

// table makes a block of a table: its cells as HTML, and as text with a space
// between cells and a line for each row.
func table(rows [][]layout.Text) article.Block {
	var text, mark strings.Builder
	mark.WriteString("<table>")
	for i, row := range rows {
		if i > 0 {
			text.WriteByte('\n')
			mark.WriteByte('\n')
		}
		mark.WriteString("<tr>")
		for j, c := range row {
			if j > 0 {
				text.WriteByte(' ')
				mark.WriteByte(' ')
			}
			text.WriteString(c.String)
			mark.WriteString("<td>" + html.EscapeString(c.String) + "</td>")
		}
		mark.WriteString("</tr>")
	}
	mark.WriteString("</table>")
	return article.Block{Kind: article.Rich, Text: text.String(), HTML: mark.String()}
}

func restOf(found *layout.Page, page int) []article.Rest {
	var out []article.Rest
	for _, r := range found.Rest {
		out = append(out, article.Rest{Kind: r.Kind, Text: r.Text.String, Zone: zone(r.Box, page)})
	}
	return out
}
