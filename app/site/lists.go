package site

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	// inOneArchive is up to how many articles the archive is one page.
	inOneArchive = 120
	// inOneMonth is up to how many articles the page of a month names them all;
	// beyond that, it names the editions and counts their articles.
	inOneMonth = 600
	// onOneList is how many articles a page of a list has.
	onOneList = 100
)

// archiveView is the archive: all of it, or a month.
type archiveView struct {
	Heading  string
	Intro    string
	Up       bool // it is below the archive's first page
	Years    []yearView
	Days     []dayView // on the page of a month
	Undated  []folderView
	More     string // address of the undated, where they have pages of their own
	MoreSize int
	Pages    pager
}

// yearView is a year in the archive.
type yearView struct {
	ID     string
	Name   string
	Months []monthView
}

// monthView is a month, with its days if the archive is one page.
type monthView struct {
	Name  string
	Path  string // empty if there is no page for it
	Count int
	Days  []dayView
}

// dayView is an edition, or what appeared on a day without one.
type dayView struct {
	Date    string
	Edition *edition // nil if there is no page for it
	Paper   string   // where it is not the site's own name
	Count   int
	Entries []*entry // empty if there is no room for them
	month   string
}

// folderView is a folder of articles without a date.
type folderView struct {
	Name    string
	Entries []*entry
}

// pager leads from page to page of a list; the addresses are relative to the
// root and empty where there is no such page.
type pager struct {
	Page, Of     int
	Newer, Older string
}

// days puts all dated articles in order, newest first: the edition of a day and
// then what else appeared on it.
func (p *pages) days() []dayView {
	var days []dayView
	for _, ed := range p.content.editions {
		d := dayView{Date: ed.Date, Edition: ed, Count: ed.Count}
		if ed.Paper != p.site.Title {
			d.Paper = ed.Paper
		}
		for _, s := range ed.Sheets {
			d.Entries = append(d.Entries, s.Entries...)
		}
		days = append(days, d)
	}
	for _, e := range p.content.loose {
		if e.Date == "" {
			break // the undated are last
		}
		if n := len(days); n > 0 && days[n-1].Edition == nil && days[n-1].Date == e.Date {
			days[n-1].Entries = append(days[n-1].Entries, e)
			days[n-1].Count++
			continue
		}
		days = append(days, dayView{Date: e.Date, Count: 1, Entries: []*entry{e}})
	}
	slices.SortStableFunc(days, func(a, b dayView) int { return cmp.Compare(b.Date, a.Date) })
	for i := range days {
		days[i].month = days[i].Date[:min(len("2024-09"), len(days[i].Date))]
	}
	return days
}

// monthName returns the year and the name of a month such as "2024-09".
func (p *pages) monthName(month string) (year, name string) {
	y, m, _ := strings.Cut(month, "-")
	yn, err1 := strconv.Atoi(y)
	mn, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || mn < 1 || mn > 12 {
		return y, month
	}
	return p.text.Year(yn), p.text.Month(yn, mn)
}

func (p *pages) writeArchive(out *output) error {
	v := archiveView{
		Heading: p.text.Archive,
		Intro:   p.text.ArchiveIntro(len(p.content.editions), len(p.content.entries)),
	}
	small := len(p.content.entries) <= inOneArchive
	days := p.days()
	var months [][]dayView
	for len(days) > 0 {
		n := 1
		for n < len(days) && days[n].month == days[0].month {
			n++
		}
		months = append(months, days[:n])
		days = days[n:]
	}
	for i, month := range months {
		v.addMonth(p, month, small)
		if small {
			continue
		}
		if err := p.writeMonth(out, months, i); err != nil {
			return err
		}
	}
	if err := p.addUndated(out, &v, small); err != nil {
		return err
	}
	return p.write(out, index("archive"), page{Kind: kindArchive, Title: p.text.Archive, Description: v.Intro, View: v})
}

func (v *archiveView) addMonth(p *pages, days []dayView, small bool) {
	year, name := p.monthName(days[0].month)
	if n := len(v.Years); n == 0 || v.Years[n-1].Name != year {
		v.Years = append(v.Years, yearView{ID: "y" + days[0].month[:min(4, len(days[0].month))], Name: year})
	}
	m := monthView{Name: name}
	for _, d := range days {
		m.Count += d.Count
	}
	if small {
		m.Days = days
	} else {
		m.Path = monthPath(days[0].month)
	}
	y := &v.Years[len(v.Years)-1]
	y.Months = append(y.Months, m)
}

func monthPath(month string) string { return "archive/" + month + "/" }

func (p *pages) writeMonth(out *output, months [][]dayView, i int) error {
	days := months[i]
	_, name := p.monthName(days[0].month)
	count := 0
	for _, d := range days {
		count += d.Count
	}
	v := archiveView{Heading: name, Up: true, Intro: p.text.Articles(count)}
	for _, d := range days {
		if count > inOneMonth && d.Edition != nil {
			d.Entries = nil
		}
		v.Days = append(v.Days, d)
	}
	if i > 0 {
		v.Pages.Newer = monthPath(months[i-1][0].month)
	}
	if i+1 < len(months) {
		v.Pages.Older = monthPath(months[i+1][0].month)
	}
	file := index(monthPath(days[0].month))
	inputs := p.monthInputs(file, &v)
	if out.keep(file, inputs) {
		return nil
	}
	return p.write(out, file, page{
		Kind: kindArchive, Title: p.text.ArchiveOf(name), Description: p.text.ArchiveOf(name), View: v, inputs: inputs,
	})
}

const undatedPath = "archive/undated/"

// addUndated names the articles without a date, on pages of their own if the
// archive has no room for them.
func (p *pages) addUndated(out *output, v *archiveView, small bool) error {
	var undated []*entry
	for _, e := range p.content.loose {
		if e.Date == "" {
			undated = append(undated, e)
		}
	}
	if len(undated) == 0 {
		return nil
	}
	if small {
		v.Undated = byFolder(undated)
		return nil
	}
	v.More, v.MoreSize = undatedPath, len(undated)
	return paginate(undatedPath, undated, func(folder string, entries []*entry, pg pager) error {
		return p.write(out, index(folder), page{
			Kind: kindArchive, Title: p.text.Undated, Description: p.text.Undated,
			View: archiveView{Heading: p.text.Undated, Intro: p.text.Articles(len(undated)), Up: true, Undated: byFolder(entries), Pages: pg},
		})
	})
}

func byFolder(entries []*entry) []folderView {
	var folders []folderView
	for _, e := range entries {
		name := e.folder()
		i := slices.IndexFunc(folders, func(f folderView) bool { return f.Name == name })
		if i < 0 {
			i = len(folders)
			folders = append(folders, folderView{Name: name})
		}
		folders[i].Entries = append(folders[i].Entries, e)
	}
	return folders
}

// paginate cuts a list into pages below a folder, the first in the folder
// itself.
func paginate(folder string, entries []*entry, write func(folder string, entries []*entry, pg pager) error) error {
	of := max(1, (len(entries)+onOneList-1)/onOneList)
	at := func(page int) string {
		switch {
		case page < 1 || page > of:
			return ""
		case page == 1:
			return folder
		}
		return path.Join(folder, strconv.Itoa(page)) + "/"
	}
	for i := 1; i <= of; i++ {
		some := entries[(i-1)*onOneList : min(i*onOneList, len(entries))]
		if err := write(at(i), some, pager{Page: i, Of: of, Newer: at(i - 1), Older: at(i + 1)}); err != nil {
			return err
		}
	}
	return nil
}

// tagView is a page of the articles with a tag.
type tagView struct {
	*tag
	Shown []*entry
	Pages pager
}

func (p *pages) writeTags(out *output) error {
	if len(p.content.tags) == 0 {
		return nil
	}
	for _, t := range p.content.tags {
		err := paginate(t.Path, t.Entries, func(folder string, entries []*entry, pg pager) error {
			return p.write(out, index(folder), page{
				Kind: kindTag, Title: p.text.Tagged(t.Name), Description: p.text.Tagged(t.Name), View: tagView{t, entries, pg},
			})
		})
		if err != nil {
			return err
		}
	}
	return p.write(out, index("t"), page{Kind: kindTags, Title: p.text.Tags, Description: p.text.TagsIntro, View: p.content.tags})
}
