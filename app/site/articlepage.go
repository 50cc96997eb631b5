package site

import (
	"cmp"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/app/text"
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
	Cover    cover
	Words    *text.Article
	Cite     string        // how a passage of it is cited
	Outline  []sectionView // the sections with a heading, if there are several
}

// A cover is the picture of an article, if its text has none; without one, URL is
// empty.
type cover struct {
	URL string
	sized
}

// Sources is the cover's srcset.
func (c cover) Sources() string { return c.sources(toRoot) }

// Sizes says how wide it is shown.
func (c cover) Sizes() string { return onPage }

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
	// Credit is who made the picture, if the caption ends with that; Text is then what
	// stands before it.
	Credit string
	Below  *blockView // the caption of a picture
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
	v.credit()
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
		v.ZoneURL = e.sheet.on + "#" + id
	}
	v.Printed = p.printed(e)
	if e.Updated <= e.Date {
		v.Updated = ""
	}
	if e.Cover != "" && !hasPicture(a) {
		v.Cover = cover{URL: e.Cover, sized: e.coverSize}
		if u, err := url.Parse(e.Cover); err == nil && u.Host == "" {
			v.Cover.URL = toRoot + e.Cover
		}
	}
	v.Citation = p.citation(a, e)
	v.Words = text.ArticleFor(p.text.Lang)
	v.Cite = v.Words.Cited(e.Title, cmp.Or(v.Printed, strings.TrimSpace(p.site.Title+" "+p.dateOf(e))))
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

func (p *pages) dateOf(e *entry) string {
	if e.Date == "" {
		return ""
	}
	return p.text.Date(e.Date)
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
			if bv.Kind == "caption" {
				v.Blocks[len(v.Blocks)-1].Below = &bv
			} else {
				v.Blocks = append(v.Blocks, bv)
			}
			pictureBefore = bv.Kind == "picture"
		}
		out = append(out, v)
	}
	return out
}

// creditLine matches who made a picture at the end of its caption: 甲 摄, （记者/甲 摄）,
// 新华社发（乙 摄）, 甲/图.
var creditLine = regexp.MustCompile(`(?:(?:^|[\s。！”）)])([^\s，；（()）]{1,12}[\s/／][摄攝图圖绘繪影])|([（(][^（()）。]{1,24}[摄攝图圖绘繪][）)])|((?:新华社|新華社|本报记者|本報記者|记者|記者|通讯员|通訊員)[^。，；（()）]{1,20}[摄攝发發]))。?$`)

// credit parts captions from their credits.
func (v *articleView) credit() {
	for _, s := range v.Sections {
		for i := range s.Blocks {
			b := &s.Blocks[i]
			if b.Below != nil {
				b = b.Below
			}
			if b.HTML == "" && (b.Kind == "caption" || b.Kind == "lone caption") {
				b.Text, b.Credit = credited(b.Text)
			}
		}
	}
}

// credited parts a caption from its credit, which is empty if it has none.
func credited(caption string) (text, by string) {
	m := creditLine.FindStringSubmatchIndex(caption)
	if m == nil {
		return caption, ""
	}
	from := max(m[2], m[4], m[6]) // of the three ways to say it
	if from == 0 {
		return caption, "" // that is all there is
	}
	return caption[:from], caption[from:]
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
