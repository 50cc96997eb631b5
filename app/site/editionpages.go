package site

import (
	"cmp"
	"slices"
)

// A sheetPart is what a page of an edition has of a sheet: all of its articles, or some
// where they are too many.
type sheetPart struct {
	sheet   *sheet
	entries []*entry // by importance
}

// pages parts an edition into pages of at most namesOnOneList articles. A sheet that fits
// on one page stays on one.
func (ed *edition) pages() [][]sheetPart {
	pages, room := [][]sheetPart{nil}, namesOnOneList
	turn := func() { pages, room = append(pages, nil), namesOnOneList }
	for _, s := range ed.Sheets {
		rest := s.byImportance()
		if len(rest) > room && len(rest) <= namesOnOneList {
			turn()
		}
		for len(rest) > 0 {
			if room == 0 {
				turn()
			}
			n := min(room, len(rest))
			last := &pages[len(pages)-1]
			*last = append(*last, sheetPart{s, rest[:n]})
			rest, room = rest[n:], room-n
		}
	}
	return pages
}

// address leads to where the sheet begins, relative to the root.
func (s *sheet) address() string { return s.on + "#" + s.ID }

// editionPages are the sections of each page of an edition.
func (p *pages) editionPages(ed *edition) [][]sheetView {
	var pages [][]sheetView
	for i, parts := range ed.pages() {
		var sheets []sheetView
		for j, part := range parts {
			s := part.sheet
			name := p.text.Printed(s.Page, s.Name)
			if name == "" && s != ed.Sheets[0] {
				name = p.text.RestOfEdition
			}
			v := newSheet(s.ID, name, part.entries, i+j == 0)
			v.Said = s.Page != "" || s.Name == ""
			if s.on == partPath(ed.Path, i+1) {
				v.Prints = p.prints(s, cmp.Or(name, p.text.EditionContents))
			}
			sheets = append(sheets, v)
		}
		linkPrints(sheets)
		pages = append(pages, sheets)
	}
	return pages
}

// editionView is a page of an edition, counted from 1.
func (p *pages) editionView(ed *edition, all [][]sheetView, page int) frontView {
	v := frontView{Edition: ed, Sheets: all[page-1], Rows: rows(all[page-1]), Calendar: p.calendarOf(ed.Date)}
	v.Pages = pager{Page: page, Of: len(all)}
	if page > 1 {
		v.Pages.Newer = partPath(ed.Path, page-1)
	}
	if page < len(all) {
		v.Pages.Older = partPath(ed.Path, page+1)
	}
	if v.Contents = contents(slices.Concat(all...)); len(v.Contents) > sheetsNamed {
		v.Contents = contents(v.Sheets)
	}
	for i, to := range v.Contents {
		at := slices.IndexFunc(ed.Sheets, func(s *sheet) bool { return s.ID == to.ID })
		if here := slices.ContainsFunc(v.Sheets, func(s sheetView) bool { return s.ID == to.ID }); !here {
			v.Contents[i].Path = ed.Sheets[at].on
		}
	}
	return v
}

// sheetsNamed is up to how many sections of other pages a page of an edition leads to.
const sheetsNamed = 60

// A sheetLink leads to a section.
type sheetLink struct {
	Name string
	Said bool   // the name is in words of the interface
	Path string // of its page, relative to the root; empty if that is the same page
	ID   string
}

// contents lead to sections, each once, if they have names to go by.
func contents(sheets []sheetView) []sheetLink {
	var all []sheetLink
	unnamed := make(map[string]bool)
	for _, s := range sheets {
		switch {
		case s.Name == "":
			unnamed[s.ID] = true
		case len(all) == 0 || all[len(all)-1].ID != s.ID:
			all = append(all, sheetLink{Name: s.Name, Said: s.Said, ID: s.ID})
		}
	}
	if len(all)+len(unnamed) < 2 {
		return nil
	}
	return all
}

func (p *pages) writeEditions(out *output) error {
	for _, ed := range p.content.editions {
		var all [][]sheetView // once a page needs them
		for i := range ed.pages() {
			file := index(partPath(ed.Path, i+1))
			inputs := p.editionInputs(file, ed)
			if out.keep(file, inputs) {
				continue
			}
			if all == nil {
				all = p.editionPages(ed)
			}
			err := p.write(out, file, page{
				Kind: kindEdition, Title: p.editionTitle(ed),
				Description: p.text.FrontDescribed(p.paper(ed), ed.Date, ed.Count),
				View:        p.editionView(ed, all, i+1), inputs: inputs,
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
