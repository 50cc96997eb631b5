package site

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"strings"

	"github.com/kanbao/kanbao/app/site/headline"
	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/index/chunk"
	"github.com/kanbao/kanbao/index/entity"
	"github.com/kanbao/kanbao/index/parse"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages renders the pages of a site. It may be used by several goroutines.
type pages struct {
	site    siteView
	text    *text.Site
	content *content
	assets  *assets
	config  *parse.Config
	base    string
	heads   *headline.Setter
	layouts map[string]*template.Template
	months  [][]dayView // the days that have something, by month, the newest first
	common  []byte      // see commonInputs

	screenshots []screenshot
}

// siteView is what every page says of the site.
type siteView struct {
	Title       string
	Description string
	Lang        string
	Locale      string // as Open Graph writes it
	Printed     bool   // it has editions of a paper
	Offline     bool   // the whole of it may be stored by readers
	Keep        bool   // punctuation is shown as it was written
	HasTags     bool
	HasFeed     bool
	HasDates    bool // the archive leads somewhere that folders do not
	HasFolders  bool
	Lists       []tagLink // the pages that lead to all articles in one way or another
	NoRecent    bool      // what is searched for is not remembered on the device
	Assets      map[string]string
	Theme       string    // that pages have until their reader chooses one
	Logo        *logoView // nil if the name stands alone
	Icons       []iconView
	PhoneIcon   string // path; empty if there is none
	Masthead    []string
	Footer      footerView
}

// A page is what a template is given.
type page struct {
	Site        *siteView
	T           *text.Site
	Kind        string // front, edition, article, archive, tags, search, missing
	Root        string // the way to the site's root
	Title       string // of the page, without the site's
	Description string
	Canonical   string
	Date        string // of an article
	Image       string // public address of a picture that stands for the page
	Linked      any    // what search engines are told of it, or nil
	View        any
	inputs      string // see output.keep; empty if it is made anew each time
}

// The kinds of pages; each has a template of that name.
const (
	kindFront   = "front"
	kindEdition = "edition"
	kindArticle = "article"
	kindArchive = "archive"
	kindFolder  = "folder"
	kindTag     = "tag"
	kindTags    = "tags"
	kindSearch  = "search"
	kindMissing = "missing"
)

func newPages(cfg *parse.Config, base string, c *content, a *assets, names *entity.Finder) (*pages, error) {
	heads, err := headline.New(names)
	if err != nil {
		return nil, err
	}
	p := &pages{
		text: text.For(cfg.Lang), content: c, assets: a, config: cfg, base: base, heads: heads,
		layouts: make(map[string]*template.Template),
	}
	p.site = siteView{
		Title: cfg.Title, Description: cfg.Description, Lang: p.text.Lang,
		Locale:  map[string]string{text.Hans: "zh_CN", text.Hant: "zh_TW", text.English: "en_US"}[p.text.Lang],
		Keep:    !widens(cfg),
		Offline: cfg.Offline == nil || *cfg.Offline,
		HasTags: len(c.tags.list) > 0, HasFeed: cfg.URL != "" && len(c.entries) > 0, Assets: a.paths,
		NoRecent: cfg.Recent != nil && !*cfg.Recent,
	}
	p.site.Lists = p.lists()
	for _, ed := range c.editions {
		for _, s := range ed.Sheets {
			p.site.Printed = p.site.Printed || s.Page != "" || s.Name != ""
		}
	}
	functions := template.FuncMap{
		// A template takes one value; these make one of several.
		"pair":     func(a, b any) []any { return []any{a, b} },
		"triple":   func(a, b, c any) []any { return []any{a, b, c} },
		"headline": func(s string) template.HTML { return template.HTML(heads.HTML(s)) }, //nolint:gosec // it escapes
	}
	shared := template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/imprint.html", "templates/ways.html", "templates/choices.html"))
	for _, kind := range []string{kindFront, kindArticle, kindArchive, kindFolder, kindTag, kindTags, kindSearch, kindMissing} {
		p.layouts[kind] = template.Must(template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+kind+".html"))
	}
	p.layouts[kindEdition] = p.layouts[kindFront]
	p.months = byMonth(p.days())
	p.site.HasFolders = len(c.folders) > 0
	p.site.HasDates = len(p.months) > 0 || !p.site.HasFolders
	return p, nil
}

// lists are the pages that lead to all articles in one way or another.
func (p *pages) lists() []tagLink {
	c, all := p.content, []tagLink{{p.text.Archive, "archive/"}}
	if len(c.folders) > 0 {
		all = append(all, tagLink{p.text.Edition.Folders, foldersPath})
	}
	for _, g := range []struct {
		groups
		name string
	}{{c.columns, p.text.Edition.Columns}, {c.authors, p.text.Edition.Authors}, {c.tags, p.text.Tags}} {
		if len(g.list) > 0 {
			all = append(all, tagLink{g.name, g.folder})
		}
	}
	return all
}

// wear puts on what the site has of its paper. No page is made before.
func (p *pages) wear(f *face, s *static) (warnings []error) {
	if p.config.Theme != "system" {
		p.site.Theme = p.config.Theme
	}
	p.site.Logo = f.view(p.assets)
	icons := f.icons
	if icons == nil {
		icons = neutralIcons
	}
	for _, i := range icons {
		p.site.Icons = append(p.site.Icons, iconView{p.assets.paths[i.Name], i.Sizes, i.Type, i.Purpose})
		if i.Name == phoneIcon {
			p.site.PhoneIcon = p.assets.paths[i.Name]
		}
	}
	p.site.Masthead = p.config.Masthead
	p.site.Footer, warnings = p.content.footer(p.config, s, p.text.Footer)
	p.common = p.commonInputs()
	return warnings
}

// write renders a page and writes it; name is its file, relative to the root.
func (p *pages) write(out *output, name string, pg page) error {
	pg.Site, pg.T = &p.site, p.text
	if pg.Root == "" {
		pg.Root = relRoot(name)
	}
	pg.Image = cmp.Or(pg.Image, p.sitePicture())
	if p.config.URL != "" && pg.Kind != kindMissing {
		pg.Canonical = p.absolute(strings.TrimSuffix(name, "index.html"))
	}
	var b bytes.Buffer
	if err := p.layouts[pg.Kind].ExecuteTemplate(&b, "page", pg); err != nil {
		return fmt.Errorf("site: page %s: %w", name, err)
	}
	sum := chunk.Sum(b.Bytes()).String()
	return out.put(name, b.Bytes(), file{sum, cmp.Or(pg.inputs, unknown), int64(b.Len())})
}

// absolute returns the public address of a path of the site.
func (p *pages) absolute(rel string) string {
	u, err := url.Parse(strings.TrimSuffix(p.config.URL, "/") + "/")
	if err != nil {
		return ""
	}
	if rel == "" {
		return u.String() // JoinPath would drop the slash at its end
	}
	return u.JoinPath(rel).String()
}

// index returns the file of a page whose address is a folder.
func index(folder string) string { return path.Join(folder, "index.html") }

// writeLists writes all pages but those of articles, and what goes with them.
func (p *pages) writeLists(out *output) error {
	for _, step := range []func(*output) error{
		p.writeFront, p.writeEditions, p.writeArchive, p.writeFolders, p.writeTags, p.writeSearch, p.writeMissing,
		p.writeManifest, p.writeFeed,
	} {
		if err := step(out); err != nil {
			return err
		}
	}
	return nil
}

// Asset returns the path of an asset by its plain name, relative to the root.
func (s *siteView) Asset(plain string) (string, error) {
	if site := s.Assets[plain]; site != "" {
		return site, nil
	}
	return "", fmt.Errorf("there is no asset %q", plain)
}

// FullTitle is what the browser shows.
func (p page) FullTitle() string {
	if p.Title == "" || p.Title == p.Site.Title {
		return p.Site.Title
	}
	return p.Title + " - " + p.Site.Title
}

// HomeName is what the link to the front page is called.
func (p page) HomeName() string {
	if p.Site.Printed {
		return p.T.Front
	}
	return p.T.Home
}

func (p *pages) writeSearch(out *output) error {
	return p.write(out, index("search"), page{
		Kind: kindSearch, Title: p.text.SearchTitle,
		Description: p.text.SearchDescribed(p.site.Title), View: p.searchExamples(),
	})
}

// searchExamples are queries that this site answers.
func (p *pages) searchExamples() []string {
	var examples []string
	for _, t := range p.content.tags.list[:min(3, len(p.content.tags.list))] {
		examples = append(examples, t.Name)
	}
	if sheets := p.frontSheets(); len(sheets) > 0 {
		examples = append(examples, `"`+strings.ReplaceAll(sheets[0].Lead.Title, `"`, "")+`"`)
	}
	return examples
}

// writeMissing writes the page for addresses that nothing is at. It is shown at
// any depth, so it alone needs to know where the site lies.
func (p *pages) writeMissing(out *output) error {
	return p.write(out, "404.html", page{
		Kind: kindMissing, Root: p.base, Title: p.text.MissingTitle, Description: p.text.MissingText,
	})
}
