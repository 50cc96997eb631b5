package site

import (
	"cmp"
	"slices"
)

// A crumb is a step of the way from the front page; the last leads nowhere.
type crumb struct {
	Name string
	Date string // behind the name, which may be empty
	Path string
	Said bool // the name is in words of the interface
}

// crumbsTo begins a way with the front page.
func (p *pages) crumbsTo(rest []crumb) []crumb {
	return append([]crumb{{Name: p.site.Title}}, rest...)
}

// crumbs is the way to an article: of its paper by day and page, else by folder,
// column or month.
func (p *pages) crumbs(e *entry) []crumb {
	way := p.crumbsTo(nil)
	switch {
	case e.in != nil:
		at, of := e.position+1, e.in.Count
		way = append(way, crumb{Name: p.foreignPaper(e.in), Date: e.in.Date, Path: e.in.Path})
		if name := p.text.Printed(e.edition.Page, e.edition.Name); name != "" {
			at, of = slices.Index(e.sheet.Entries, e)+1, len(e.sheet.Entries)
			way = append(way, crumb{Name: name, Path: e.sheet.address(), Said: e.edition.Page != ""})
		}
		return append(way, crumb{Name: p.text.Edition.NthOf(at, of), Said: true})
	case e.folderOf != nil:
		way = append(way, e.folderOf.way()...)
	case len(e.categories) > 0:
		if to := p.content.columns.paths[e.categories[0]]; to != "" {
			way = append(way, crumb{Name: e.categories[0], Path: to})
		}
	}
	if e.Date != "" {
		_, name := p.monthName(monthOf(e.Date))
		way = append(way, crumb{Name: cmp.Or(name, e.Date), Path: monthPath(monthOf(e.Date)), Said: true})
	}
	return way
}

func (in *inputs) crumbs(way []crumb) {
	in.number(len(way))
	for _, c := range way {
		in.text(c.Name, c.Date, c.Path)
	}
}
