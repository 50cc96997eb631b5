package site

import "strconv"

// printView is the picture of a printed page with its zones.
type printView struct {
	ID           string
	Name         string // of the page: 「A05版 江海新闻」
	Small, Large picture
	Box          string // the page's size as an SVG viewBox
	Zones        []zoneView
	Prev, Next   string // IDs of the pictures before and after it, or empty
}

// zoneView is an article's place on a print.
type zoneView struct {
	ID    string
	Class string
	Entry *entry
	Areas []areaView
}

// areaView is a rectangle as SVG has it.
type areaView struct{ X, Y, W, H string }

// mostLit is how many articles of a page light up with their zones: for each the
// style sheet has a line.
const mostLit = 24

// ZoneClass is what the article and its zone have in common, so that one lights up
// with the other; empty if it has no zone beside it.
func (e *entry) ZoneClass() string {
	if e.zoneID() == "" || e.number < 1 || e.number > mostLit {
		return ""
	}
	return "kb-z" + strconv.Itoa(e.number)
}

// prints are the pictures of the sheet of that number, counted from 0.
func (p *pages) prints(s *sheet, name string) []printView {
	var views []printView
	for i, pr := range s.prints {
		if pr.Small.Path == "" {
			continue
		}
		v := printView{
			ID: "print-" + s.ID, Name: name, Small: pr.Small, Large: pr.Large,
			Box: "0 0 " + points(pr.sheet.Width) + " " + points(pr.sheet.Height),
		}
		if i > 0 {
			v.ID += "-" + strconv.Itoa(i+1)
		}
		for _, z := range pr.zones {
			zv := zoneView{Entry: z.entry}
			if z.first && z.entry.sheet == s {
				zv.ID, zv.Class = z.entry.zoneID(), z.entry.ZoneClass()
			}
			for _, a := range z.areas {
				zv.Areas = append(zv.Areas, areaView{points(a.X0), points(a.Y0), points(a.X1 - a.X0), points(a.Y1 - a.Y0)})
			}
			v.Zones = append(v.Zones, zv)
		}
		views = append(views, v)
	}
	return views
}

func points(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// linkPrints leads from each picture to those before and after it.
func linkPrints(sheets []sheetView) {
	var last *printView
	for i := range sheets {
		for j := range sheets[i].Prints {
			v := &sheets[i].Prints[j]
			if last != nil {
				last.Next, v.Prev = v.ID, last.ID
			}
			last = v
		}
	}
}
