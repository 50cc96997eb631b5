package text

import (
	"reflect"
	"strconv"
	"strings"
)

// Page has what stands on a site's pages, in the same order in each language, so that a
// script can put the words of one language in the place of those of another. In a
// message, {n} and {of} stand for numbers, {y} for a year, {month} and {day} for one of
// the names below, {d} for the day of the month, {page} for the number of a printed page,
// and {name} for what others have written.
type Page struct {
	Months   []string `json:"months"`
	Days     []string `json:"days"` // of the week, from Monday on
	Messages []string `json:"messages"`
}

// What is put into messages for Page. None of it is in any message otherwise.
const (
	someNumber  = 987654321
	otherNumber = 876543219
	someYear    = 4321
	someMonth   = 12
	someDay     = 29 // in that month a Saturday
	weekday     = 5
	someDate    = "4321-12-29"
)

// PageFor is WidgetFor for pages.
func PageFor(lang string) Page {
	p := Page{Months: monthNames(lang)}
	site, article := For(lang), ArticleFor(lang)
	e := site.Edition
	p.Days = e.LongDays[:]
	p.words(reflect.ValueOf(*site))
	p.say(article.Enlarge, article.Actions, article.Copy, article.Link, article.Share)
	p.say(article.Table(someNumber), article.Code(someNumber), article.Note("{n}"), article.ToNote("{n}"), article.Enlarge+article.Colon+"{name}")
	month := site.Month(someYear, someMonth)
	p.say(site.LongDate(someDate), site.Date(someDate), month, site.Year(someYear), e.AllOf(month), site.ArchiveOf(month))
	for _, n := range []int{1, someNumber} { // what one is called may differ
		p.say(site.Articles(n), site.Minutes(n), site.ArchiveIntro(0, n), site.ArchiveIntro(1, n), site.ArchiveIntro(otherNumber, n))
	}
	p.say(site.PageOf(someNumber, otherNumber), e.NthOf(someNumber, otherNumber))
	// What matches a later message as well comes first.
	names := []string{site.Printed("{page}", ""), site.Printed("{page}", "{name}"), site.EditionContents, site.RestOfEdition}
	for _, name := range append(names, "{name}") {
		p.say(site.PrintOf(name))
	}
	p.say(names...)
	p.say(site.Tagged("{name}"), e.OfColumn("{name}"), e.OfFolder("{name}"), e.By("{name}"))
	return p
}

// say adds messages.
func (p *Page) say(messages ...string) {
	room := roomIn(p.Months, p.Days)
	for _, m := range messages {
		p.Messages = append(p.Messages, room.Replace(m))
	}
}

// roomIn returns what makes a message for anything of one for something.
func roomIn(months, days []string) *strings.Replacer {
	return strings.NewReplacer(
		strconv.Itoa(someNumber), "{n}", strconv.Itoa(otherNumber), "{of}",
		strconv.Itoa(someYear), "{y}", strconv.Itoa(someDay), "{d}", months[someMonth-1], "{month}", days[weekday], "{day}")
}

// words adds the messages of a struct that nothing is put into.
func (p *Page) words(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		p.say(v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			p.words(v.Field(i))
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			p.words(v.Index(i))
		}
	}
}

// monthNames are the months as dates have them.
func monthNames(lang string) []string {
	var names []string
	for m := 1; m <= 12; m++ {
		if lang == English {
			names = append(names, strings.TrimSuffix(englishMonth(someYear, m), " "+strconv.Itoa(someYear)))
		} else {
			names = append(names, strconv.Itoa(m))
		}
	}
	return names
}
