package site

import (
	"strconv"
	"time"
)

// A calendar is a month as a table, of which the days that something appeared on lead
// there.
type calendar struct {
	Month        string // 2024-09
	Name         string
	Path         string // of the page of the month
	Weeks        [][7]calendarDay
	Older, Newer *calendarMonth // nil at the ends
}

// A calendarMonth is a month that a calendar leads to.
type calendarMonth struct{ Name, Path string }

// A calendarDay is a cell: of no day if N is 0.
type calendarDay struct {
	N     int
	Date  string
	To    string // relative to the root; empty if nothing appeared
	Today bool   // it is the day of the page
}

// calendar returns the month of the months at i, seen from a day of it.
func (p *pages) calendar(i int, seen string) *calendar {
	days := p.months[i]
	first, err := time.Parse("2006-01", days[0].month)
	if err != nil {
		return nil
	}
	c := &calendar{Month: days[0].month, Path: monthPath(days[0].month)}
	_, c.Name = p.monthName(c.Month)
	at := func(j int) *calendarMonth {
		if j < 0 || j >= len(p.months) {
			return nil
		}
		_, name := p.monthName(p.months[j][0].month)
		return &calendarMonth{name, monthPath(p.months[j][0].month)}
	}
	c.Newer, c.Older = at(i-1), at(i+1)
	to := p.dayPaths(i)
	var week [7]calendarDay
	for day := first; day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
		column := (int(day.Weekday()) + 6) % 7 // from Monday on
		date := day.Format(time.DateOnly)
		week[column] = calendarDay{N: day.Day(), Date: date, To: to[date], Today: date == seen}
		if column == 6 || day.AddDate(0, 0, 1).Month() != first.Month() {
			c.Weeks = append(c.Weeks, week)
			week = [7]calendarDay{}
		}
	}
	return c
}

// calendarOf returns the month that a day lies in, nil if the day is none.
func (p *pages) calendarOf(date string) *calendar {
	for i, days := range p.months {
		if days[0].month == monthOf(date) {
			return p.calendar(i, date)
		}
	}
	return nil
}

func monthOf(date string) string { return date[:min(len("2024-09"), len(date))] }

// dayPaths returns where the days of a month lead: to the only edition of a day, else
// to the day on the page of the month.
func (p *pages) dayPaths(i int) map[string]string {
	to, several := make(map[string]string), make(map[string]int)
	for _, d := range p.months[i] {
		several[d.Date]++
	}
	for part, days := range p.monthParts(p.months[i]) {
		for _, d := range days {
			switch {
			case d.ID == "": // it goes on, or is the same day
			case several[d.Date] == 1 && d.Edition != nil:
				to[d.Date] = d.Edition.Path
			default:
				to[d.Date] = partPath(monthPath(d.month), part+1) + "#" + d.ID
			}
		}
	}
	return to
}

// dayID is the element of a day on the page of its month.
func dayID(date string) string { return "d" + date[min(len(date), len("2024-09-")):] }

// partPath is the address of a page of a list.
func partPath(folder string, page int) string {
	if page == 1 {
		return folder
	}
	return folder + strconv.Itoa(page) + "/"
}

// calendar adds all that a calendar shows.
func (in *inputs) calendar(c *calendar) {
	if c == nil {
		in.text("")
		return
	}
	in.text(c.Month)
	for _, m := range []*calendarMonth{c.Older, c.Newer} {
		if m != nil {
			in.text(m.Path)
		} else {
			in.text("")
		}
	}
	for _, week := range c.Weeks {
		for _, d := range week {
			if d.N > 0 {
				in.text(d.To)
			}
		}
	}
}
