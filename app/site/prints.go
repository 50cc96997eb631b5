package site

import (
	"cmp"
	"math"
	"slices"

	"github.com/kanbao/kanbao/index/article"
)

// A print is a page of a file as it was printed, with the articles on it.
type print struct {
	sheet article.Sheet
	file  string // relative to the content folder
	// shown says that an edition's page shows it. Of others only pictures of their
	// articles are needed.
	shown bool
	zones []zone
	cuts  []*cut
	// Small and Large are its picture, for the page and to be looked at closely.
	// They have no path where the page could not be rendered.
	Small, Large picture
}

// A zone is where an article stands on a print.
type zone struct {
	entry *entry
	areas []article.Zone
	// first says that it is on this print that the article begins.
	first bool
}

// A cut is a picture of an article, which is cut out of its page.
type cut struct {
	article.Picture
	picture
}

// A picture is an image file of the site with its size in pixels.
type picture struct {
	Path          string // relative to the root; empty if there is none
	Width, Height int
}

// Widths of pages' pictures in pixels. A phone shows some 390 of its own, each of
// which is up to three: the small picture is sharp there, and takes less than 250 kB.
// In the large one a character of 9 points has 19 pixels on a broadsheet.
const (
	smallWidth = 1080
	largeWidth = 2400
	// tallest is how many times as high as wide a picture may be.
	tallest = 3
)

// pixels returns the size of a picture of the page that is so wide, and less
// if the page is out of all proportion.
func pixels(s article.Sheet, width int) (w, h int) {
	ratio := s.Height / s.Width
	if ratio > tallest {
		width = int(float64(width) * tallest / ratio)
	}
	return max(1, width), max(1, int(math.Round(float64(width)*ratio)))
}

// makePrints finds the printed pages of all articles, and where they are shown.
func (c *content) makePrints() {
	type key struct {
		file string
		page int
	}
	prints := make(map[key]*print)
	for _, e := range c.entries {
		for _, s := range e.sheets {
			k := key{cmp.Or(s.File, e.File), s.Page}
			if s.Width > 0 && s.Height > 0 && prints[k] == nil {
				prints[k] = &print{file: k.file, sheet: s}
				c.prints = append(c.prints, prints[k])
			}
		}
		for _, area := range e.zones {
			if p := prints[key{cmp.Or(area.File, e.File), area.Page}]; p != nil {
				p.add(e, area)
			}
		}
		for _, cut := range e.cuts {
			if p := prints[key{cmp.Or(cut.File, e.File), cut.Page}]; p != nil {
				p.cuts = append(p.cuts, cut)
			}
		}
		if e.print != nil && e.sheet != nil && !slices.Contains(e.sheet.prints, e.print) {
			e.print.shown = true
			e.sheet.prints = append(e.sheet.prints, e.print)
		}
	}
}

// add adds an area of an article.
func (p *print) add(e *entry, area article.Zone) {
	if n := len(p.zones); n == 0 || p.zones[n-1].entry != e {
		p.zones = append(p.zones, zone{entry: e, first: e.print == nil})
	}
	if e.print == nil {
		e.print = p
	}
	z := &p.zones[len(p.zones)-1]
	z.areas = append(z.areas, area)
}

// zoneID is the ID of the article's zone on the page of its edition, or empty.
func (e *entry) zoneID() string {
	if e.in == nil || e.print == nil || e.print.Small.Path == "" {
		return ""
	}
	return "zone-" + article.Slug(e.ID)
}
