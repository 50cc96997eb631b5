package site

import (
	"cmp"
	"html/template"
	"net/url"
	"strings"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
)

// articleView is an article's page.
type articleView struct {
	*entry
	Source   string
	Columns  []tagLink
	Roles    []roleView
	Crumbs   []crumb
	ZoneURL  string // of where it stands on the picture of its page, or empty
	Printed  string // where it was printed: 《江门日报》2024年9月5日 A05版
	Citation string
	TagLinks []tagLink
	Sections []sectionView
	CoverURL string        // of a picture, if the text has none
	Outline  []sectionView // the sections with a heading, if there are several
}

type tagLink struct{ Name, Path string }

type sectionView struct {
	ID      string // empty without a heading
	Heading string
	Minor   bool // below another heading
	Blocks  []blockView
}

// blockView is a block as the page shows it. HTML has been cleaned.
type blockView struct {
	N    int
	Kind string // paragraph, caption, lone caption, rich, picture
	Text string
	HTML template.HTML
}

func (p *pages) writeArticle(out *output, a cleaned, e *entry) error {
	picture := p.picture(a, e)
	return p.write(out, index(e.Path), page{
		Kind: kindArticle, Image: picture, Linked: p.linked(a, e, picture), Title: e.Title, Date: e.Date,
		Description: cmp.Or(e.Opening(), e.Subtitle, e.Title), View: p.articleView(a, e),
		inputs: p.articleInputs(e),
	})
}

func (p *pages) articleView(a cleaned, e *entry) articleView {
	shown := *e // what the page shows of it may be less
	v := articleView{entry: &shown, Source: a.Source, Columns: p.content.columns.links(e.columns()), Roles: p.roles(a.Authors), TagLinks: p.content.tags.links(a.Tags), Sections: sectionViews(a)}
	if widens(p.config) {
		v.widen()
	}
	for _, s := range v.Sections {
		if s.Heading != "" {
			v.Outline = append(v.Outline, s)
		}
	}
	if len(v.Outline) < 2 {
		v.Outline = nil
	}
	v.Crumbs = p.crumbs(e)
	if id := e.zoneID(); id != "" {
		v.ZoneURL = e.in.Path + "#" + id
	}
	v.Printed = p.printed(e)
	if e.Updated <= e.Date {
		v.Updated = ""
	}
	if e.Cover != "" && !hasPicture(a) {
		v.CoverURL = e.Cover
		if u, err := url.Parse(e.Cover); err == nil && u.Host == "" {
			v.CoverURL = toRoot + e.Cover
		}
	}
	v.Citation = p.citation(a, e)
	return v
}

func hasPicture(a cleaned) bool {
	for _, b := range a.Blocks {
		if strings.Contains(b.HTML, "<img") {
			return true
		}
	}
	return false
}

// A roleView is a role with those who had it, and where their other articles are.
type roleView struct {
	Role  string
	Names []tagLink
}

func (p *pages) roles(authors []article.Author) []roleView {
	var views []roleView
	for _, r := range byRole(authors) {
		v := roleView{Role: r.Role}
		for _, name := range r.Names {
			v.Names = append(v.Names, tagLink{name, p.content.authors.paths[analyze.Name(name)]})
		}
		views = append(views, v)
	}
	return views
}

// printed says where the article stood in print.
func (p *pages) printed(e *entry) string {
	if e.edition.Paper == "" || !e.printed() {
		return ""
	}
	paper := e.edition.Paper
	if p.site.Lang != "en" {
		paper = "《" + paper + "》"
	} else {
		paper += ", "
	}
	return strings.TrimSpace(paper + p.text.Date(cmp.Or(e.edition.Date, e.Date)) + " " + p.text.Printed(e.edition.Page, e.edition.Name))
}

// citation cites the article as GB/T 7714 has it, with N for newspapers and
// EB/OL for what is on line only.
func (p *pages) citation(a cleaned, e *entry) string {
	var b strings.Builder
	if names := writers(a.Authors); len(names) > 0 {
		b.WriteString(strings.Join(names, ", ") + ". ")
	}
	b.WriteString(e.Title)
	if e.Subtitle != "" {
		b.WriteString(": " + e.Subtitle)
	}
	paper, medium := cmp.Or(e.edition.Paper, a.Source), "[N]. "
	if !e.printed() {
		medium = "[EB/OL]. "
	}
	b.WriteString(medium + cmp.Or(paper, p.site.Title))
	if date := cmp.Or(e.edition.Date, e.Date); date != "" {
		b.WriteString(", " + date)
	}
	if e.edition.Page != "" {
		b.WriteString("(" + e.edition.Page + ")")
	}
	b.WriteString(".")
	if p.config.URL != "" {
		b.WriteString(" " + p.absolute(e.Path))
	}
	return b.String()
}

// writers are the authors of the words: not who took the pictures or edited.
func writers(authors []article.Author) []string {
	var names []string
	for _, a := range authors {
		if !strings.ContainsAny(a.Role, "摄攝图圖编編校审審绘繪") {
			names = append(names, a.Name)
		}
	}
	return names
}

func sectionViews(a cleaned) []sectionView {
	var out []sectionView
	n, headings := 0, 0
	pictureBefore := false
	for _, s := range a.Sections {
		v := sectionView{Heading: s.Heading, Minor: s.Level > 2}
		if s.Heading != "" {
			v.ID = sectionID(headings)
			headings++
			// A heading of the third rank needs one of the second before it.
			v.Minor = v.Minor && len(out) > 0 && hasHeading(out)
			pictureBefore = false
		}
		for _, b := range s.Blocks {
			n++
			bv := blockView{N: n, Text: b.Text, HTML: template.HTML(b.HTML)} //nolint:gosec // cleaned, as the type says
			bv.Kind = kindOf(b, pictureBefore)
			pictureBefore = bv.Kind == "picture"
			v.Blocks = append(v.Blocks, bv)
		}
		out = append(out, v)
	}
	return out
}

func hasHeading(sections []sectionView) bool {
	for _, s := range sections {
		if s.Heading != "" {
			return true
		}
	}
	return false
}

func kindOf(b article.Block, afterPicture bool) string {
	switch {
	case b.Kind == article.Caption && afterPicture:
		return "caption"
	case b.Kind == article.Caption:
		return "lone caption"
	case b.Kind == article.Rich && strings.Contains(b.HTML, "<img") && strings.TrimSpace(b.Text) == "":
		return "picture"
	case b.Kind == article.Rich:
		return "rich"
	}
	return "paragraph"
}
