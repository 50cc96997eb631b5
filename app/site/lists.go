package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

const (
	// inOneArchive is up to how many articles the archive is one page.
	inOneArchive = 120
	// inOneMonth is up to how many articles the page of a month names them all;
	// beyond that, it names the editions and counts their articles, and goes on on
	// further pages with the others.
	inOneMonth = 200
	// unfolded is up to how many articles of a month are seen at once.
	unfolded = 30
	// onOneList is how many articles with their openings a page of a list has.
	onOneList = 100
	// namesOnOneList is how many names or titles a page of a list has.
	namesOnOneList = 200
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
	Calendar *calendar // on the page of a month
	Open     bool      // the days are not folded
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
	ID      string // of the element on the page of the month; the day's first has it
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
	ByTime       bool // the pages before it have what is newer
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
		days[i].month = monthOf(days[i].Date)
	}
	return days
}

// byMonth parts the days into months, the newest first.
func byMonth(days []dayView) (months [][]dayView) {
	for len(days) > 0 {
		n := 1
		for n < len(days) && days[n].month == days[0].month {
			n++
		}
		months = append(months, days[:n])
		days = days[n:]
	}
	return months
}

// monthParts parts the days of a month into pages of the archive.
func (p *pages) monthParts(days []dayView) [][]dayView {
	total, named := 0, make(map[string]bool)
	for _, d := range days {
		total += d.Count
	}
	parts, room := [][]dayView{nil}, inOneMonth
	for _, d := range days {
		if total > inOneMonth && d.Edition != nil {
			d.Entries = nil
		}
		for rest := d.Entries; ; {
			d.Entries = rest[:min(len(rest), room)]
			rest = rest[len(d.Entries):]
			if d.ID = ""; !named[d.Date] {
				d.ID, named[d.Date] = dayID(d.Date), true
			}
			last := &parts[len(parts)-1]
			*last = append(*last, d)
			if room -= max(1, len(d.Entries)); len(rest) == 0 {
				break
			}
			parts, room = append(parts, nil), inOneMonth
		}
		if room <= 0 {
			parts, room = append(parts, nil), inOneMonth
		}
	}
	if last := len(parts) - 1; last > 0 && parts[last] == nil {
		parts = parts[:last]
	}
	return parts
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
	for i, month := range p.months {
		v.addMonth(p, month, small)
		if err := p.writeMonth(out, i); err != nil {
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

// writeMonth writes the pages of a month: a calendar, and its days folded where they
// are many.
func (p *pages) writeMonth(out *output, i int) error {
	days := p.months[i]
	_, name := p.monthName(days[0].month)
	folder, count := monthPath(days[0].month), 0
	for _, d := range days {
		count += d.Count
	}
	parts := p.monthParts(days)
	for j, part := range parts {
		v := archiveView{Heading: name, Up: true, Intro: p.text.Articles(count), Days: part, Calendar: p.calendar(i, ""), Open: count <= unfolded}
		v.Pages = pager{Page: j + 1, Of: len(parts), ByTime: true}
		switch {
		case j > 0:
			v.Pages.Newer = partPath(folder, j)
		case i > 0:
			v.Pages.Newer = monthPath(p.months[i-1][0].month)
		}
		switch {
		case j+1 < len(parts):
			v.Pages.Older = partPath(folder, j+2)
		case i+1 < len(p.months):
			v.Pages.Older = monthPath(p.months[i+1][0].month)
		}
		file := index(partPath(folder, j+1))
		inputs := p.monthInputs(file, &v)
		if out.keep(file, inputs) {
			continue
		}
		err := p.write(out, file, page{
			Kind: kindArchive, Title: p.text.ArchiveOf(name), Description: p.text.ArchiveOf(name), View: v, inputs: inputs,
		})
		if err != nil {
			return err
		}
	}
	return nil
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
	return paginate(undatedPath, undated, namesOnOneList, func(folder string, entries []*entry, pg pager) error {
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

// paginateNames is paginate for a list whose folder has a page for each name, too: its
// further pages lie in a folder that no name has.
func paginateNames[T any](folder string, list []T, write func(at string, some []T, pg pager) error) error {
	first := folder + "_/"
	return paginate(first, list, namesOnOneList, func(at string, some []T, pg pager) error {
		if pg.Page == 1 {
			at = folder
		}
		if pg.Newer == first {
			pg.Newer = folder
		}
		return write(at, some, pg)
	})
}

// paginate parts a list into pages below a folder, the first in the folder itself.
func paginate[T any](folder string, list []T, most int, write func(folder string, some []T, pg pager) error) error {
	of := max(1, (len(list)+most-1)/most)
	at := func(page int) string {
		if page < 1 || page > of {
			return ""
		}
		return partPath(folder, page)
	}
	for i := 1; i <= of; i++ {
		some := list[(i-1)*most : min(i*most, len(list))]
		if err := write(at(i), some, pager{Page: i, Of: of, Newer: at(i - 1), Older: at(i + 1)}); err != nil {
			return err
		}
	}
	return nil
}
