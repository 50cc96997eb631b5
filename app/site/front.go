package site

import (
	"cmp"
	"strings"
	"time"
)

const (
	// newestShown is how many articles the front page of a site without
	// editions has, unless it has a section for each folder.
	newestShown = 30
	// alsoShown is how many articles of no edition stand below an edition, and
	// alsoDays how many days before it they may be from.
	alsoShown = 9
	alsoDays  = 31
	// beside is how many headlines stand beside a leading article.
	beside = 3
	// ofFolder is how many articles of a folder the front page names, and foldersShown
	// how many folders have a section there.
	ofFolder     = 8
	foldersShown = 24
)

// frontView is a front page: of an edition or of a site without any.
type frontView struct {
	Edition  *edition // nil on a site without editions
	Sheets   []sheetView
	Rows     [][]sheetView // the same, those that have one article side by side
	Also     []*entry      // articles of no edition, newest first
	Total    int           // articles of the site
	Calendar *calendar     // of the edition's month
	Ways     []waysView    // to all articles, on a site without editions
	Contents []sheetLink   // to the sections, if they have names to go by
	Pages    pager         // of the edition
}

// sheetView is a section of a front page.
type sheetView struct {
	ID    string
	Name  string // empty if it needs none
	Said  bool   // the name is in words of the interface
	Top   bool   // the first of its front page
	Lead  *entry
	Side  []*entry // beside the leading article
	Below []*entry
	Count int
	// Prints are the pictures of the page as it was printed.
	Prints []printView
}

// Few reports whether there is room for more than headlines.
func (s sheetView) Few() bool { return s.Count <= 3 }

// Columns is how many columns its headlines stand in.
func (s sheetView) Columns() int { return min(3, s.Count) }

// Even reports whether what stands below fills two columns, but not three.
func (s sheetView) Even() bool { return len(s.Below) == 2 || len(s.Below) == 4 }

func newSheet(id, name string, entries []*entry, top bool) sheetView {
	s := sheetView{ID: id, Name: name, Top: top, Lead: entries[0], Count: len(entries)}
	rest := entries[1:]
	if top && len(rest) > beside+1 {
		s.Side, s.Below = rest[:beside], rest[beside:]
	} else {
		s.Side = rest
	}
	return s
}

// abreast is how many sections of one article stand side by side.
const abreast = 3

// rows lays sections out.
func rows(sheets []sheetView) [][]sheetView {
	var rows [][]sheetView
	small := func(s sheetView) bool { return s.Count == 1 && !s.Top && len(s.Prints) == 0 && s.Name != "" }
	for _, s := range sheets {
		if n := len(rows); n > 0 && small(s) && small(rows[n-1][0]) && len(rows[n-1]) < abreast {
			rows[n-1] = append(rows[n-1], s)
			continue
		}
		rows = append(rows, []sheetView{s})
	}
	return rows
}

// frontSheets are the sections of the site's front page.
func (p *pages) frontSheets() []sheetView {
	switch {
	case len(p.content.editions) > 0:
		return p.editionPages(p.content.editions[0])[0]
	case len(p.content.loose) == 0:
		return nil
	case p.content.loose[0].Date == "":
		return p.folderSheets()
	}
	return []sheetView{newSheet("v1", "", p.newest(newestShown), true)}
}

func (p *pages) newest(n int) []*entry { return p.content.loose[:min(n, len(p.content.loose))] }

// recent are the articles of no edition that are about as new as an edition.
func (p *pages) recent(ed *edition) []*entry {
	since := ""
	if t, err := time.Parse(time.DateOnly, ed.Date); err == nil {
		since = t.AddDate(0, 0, -alsoDays).Format(time.DateOnly)
	}
	some := p.newest(alsoShown)
	for i, e := range some {
		if e.Date < since || e.Date == "" {
			return some[:i]
		}
	}
	return some
}

// folderSheets has a section for each folder of a site whose articles have no
// dates, such as a handbook.
func (p *pages) folderSheets() []sheetView {
	groups := make(map[string][]*entry)
	var order []string
	for _, e := range p.content.loose {
		f := e.folder()
		if groups[f] == nil {
			order = append(order, f)
		}
		groups[f] = append(groups[f], e)
	}
	var sheets []sheetView
	for i, f := range order[:min(foldersShown, len(order))] {
		entries, shown := groups[f], ofFolder
		if len(order) == 1 {
			shown = newestShown
		}
		sheets = append(sheets, newSheet(sectionID(i), f, entries[:min(shown, len(entries))], i == 0))
	}
	return sheets
}

func (p *pages) writeFront(out *output) error {
	v := frontView{Total: len(p.content.entries)}
	description := cmp.Or(p.site.Description, p.text.BlogDescribed(p.site.Title, v.Total))
	if len(p.content.editions) > 0 {
		v = p.editionView(p.content.editions[0], p.editionPages(p.content.editions[0]), 1)
		v.Total = len(p.content.entries)
		v.Also = p.recent(v.Edition)
		description = cmp.Or(p.site.Description, p.text.FrontDescribed(p.paper(v.Edition), v.Edition.Date, v.Edition.Count))
	} else {
		v.Sheets = p.frontSheets()
		v.Rows, v.Contents = rows(v.Sheets), contents(v.Sheets)
	}
	if v.Edition == nil || len(p.content.folders) > 0 {
		v.Ways = p.ways()
	}
	return p.write(out, "index.html", page{Kind: kindFront, Description: description, View: v})
}

// waysView is one way to all articles, with its first steps.
type waysView struct {
	ID, Heading string
	All         string // path of the list of all steps, where there are more
	Steps       []wayStep
}

type wayStep struct {
	tagLink
	Count int
}

// firstSteps is how many steps of a way the front page names.
const firstSteps = 12

// ways lead a newcomer: by folder, by column, by month.
func (p *pages) ways() []waysView {
	folders := waysView{ID: "by-folder", Heading: p.text.Edition.Folders, All: foldersPath}
	for _, f := range p.content.folders {
		folders.Steps = append(folders.Steps, wayStep{tagLink{f.Name, f.Path}, f.Count})
	}
	columns := waysView{ID: "by-column", Heading: p.text.Edition.Column, All: p.content.columns.folder}
	for _, t := range p.content.columns.list {
		columns.Steps = append(columns.Steps, wayStep{tagLink{t.Name, t.Path}, len(t.Entries)})
	}
	months := waysView{ID: "by-month", Heading: p.text.Edition.Months, All: "archive/"}
	for _, days := range p.months {
		_, name := p.monthName(days[0].month)
		n := 0
		for _, d := range days {
			n += d.Count
		}
		months.Steps = append(months.Steps, wayStep{tagLink{name, monthPath(days[0].month)}, n})
	}
	var all []waysView
	for _, w := range []waysView{folders, columns, months} {
		if len(w.Steps) < 2 {
			continue
		}
		if len(w.Steps) <= firstSteps {
			w.All = ""
		}
		w.Steps = w.Steps[:min(firstSteps, len(w.Steps))]
		all = append(all, w)
	}
	return all
}

// paper is the name of the paper that an edition is of.
func (p *pages) paper(ed *edition) string { return cmp.Or(ed.Paper, p.site.Title) }

func (p *pages) editionTitle(ed *edition) string {
	return strings.TrimSpace(p.foreignPaper(ed) + " " + p.text.Date(ed.Date))
}

// foreignPaper names the paper of an edition where that is not the site's own name.
func (p *pages) foreignPaper(ed *edition) string {
	if ed.Paper == p.site.Title {
		return ""
	}
	return ed.Paper
}

// PaperOf names the paper of an edition where that is not the site's own name.
func (v frontView) PaperOf(site string) string {
	if v.Edition == nil || v.Edition.Paper == site {
		return ""
	}
	return v.Edition.Paper
}

// HasMore reports whether a site without editions has articles that its front page does
// not name.
func (v frontView) HasMore() bool {
	named := 0
	for _, s := range v.Sheets {
		named += s.Count
	}
	return v.Edition == nil && named < v.Total
}

// HasNeighbours reports whether there are editions before or after it.
func (v frontView) HasNeighbours() bool {
	return v.Edition != nil && (v.Edition.Earlier != nil || v.Edition.Later != nil)
}
