package parse

import "github.com/kanbao/kanbao/index/article"

// A Description is an article as "kanbao articles --json" prints it. Its lists
// are never nil.
type Description struct {
	ID         string               `json:"id"`
	Kicker     string               `json:"kicker"`
	Title      string               `json:"title"`
	Subtitle   string               `json:"subtitle"`
	Date       string               `json:"date"`
	Source     string               `json:"source"`
	Edition    EditionDescription   `json:"edition"`
	Authors    []AuthorDescription  `json:"authors"`
	Tags       []string             `json:"tags"`
	Categories []string             `json:"categories,omitempty"`
	Summary    string               `json:"summary,omitempty"`
	Sections   []SectionDescription `json:"sections"`
	File       string               `json:"file"`
	Line       int                  `json:"line"`

	// What says against being published, so that whoever reads the articles back, with
	// drafts among them, does not publish those.
	Draft  bool   `json:"draft,omitempty"`
	From   string `json:"publishDate,omitempty"`
	Expiry string `json:"expiryDate,omitempty"`

	// Of an article that was read from a printed page.
	Zone     []ZoneDescription    `json:"zone,omitempty"`
	Pictures []PictureDescription `json:"pictures,omitempty"`
	Rest     []RestDescription    `json:"rest,omitempty"`
}

// A ZoneDescription is a rectangle on a page, in points from its top left.
type ZoneDescription struct {
	Page int     `json:"page"`
	X0   float64 `json:"x0"`
	Y0   float64 `json:"y0"`
	X1   float64 `json:"x1"`
	Y1   float64 `json:"y1"`
	File string  `json:"file,omitempty"` // where it is not the article's
}

// A PictureDescription is an image printed with an article.
type PictureDescription struct {
	ZoneDescription
	Caption string `json:"caption"`
}

// A RestDescription is what a page has besides articles; the first article of
// the page has it.
type RestDescription struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	ZoneDescription
}

// An EditionDescription is where an article was printed.
type EditionDescription struct {
	Paper string `json:"paper"`
	Date  string `json:"date"`
	Page  string `json:"page"`
	Name  string `json:"name"`
}

// An AuthorDescription is one name with its role.
type AuthorDescription struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// A SectionDescription is a heading with what follows it. Paragraphs has the
// text of all blocks that are not captions.
type SectionDescription struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs"`
	Captions   []string `json:"captions"`
}

// Describe returns what the parser understood of an article.
func Describe(a *article.Article) Description {
	d := Description{
		ID: a.ID, Kicker: a.Kicker, Title: a.Title, Subtitle: a.Subtitle, Date: a.Date, Source: a.Source,
		Edition: EditionDescription(a.Edition), Authors: []AuthorDescription{}, Tags: append([]string{}, a.Tags...), Categories: a.Categories, Summary: a.Summary,
		Draft: a.Publication.Release.Held != "", From: a.Publication.Release.From, Expiry: a.Publication.Release.Until,
		Sections: []SectionDescription{}, File: a.File, Line: a.Line,
	}
	for _, author := range a.Authors {
		d.Authors = append(d.Authors, AuthorDescription(author))
	}
	for _, z := range a.Zones {
		d.Zone = append(d.Zone, ZoneDescription(z))
	}
	for _, p := range a.Pictures {
		d.Pictures = append(d.Pictures, PictureDescription{ZoneDescription(p.Zone), p.Caption})
	}
	for _, r := range a.Rest {
		d.Rest = append(d.Rest, RestDescription{r.Kind, r.Text, ZoneDescription(r.Zone)})
	}
	for _, s := range a.Sections {
		out := SectionDescription{Heading: s.Heading, Paragraphs: []string{}, Captions: []string{}}
		for _, b := range s.Blocks {
			switch {
			case b.Text == "": // a picture or a rule
			case b.Kind == article.Caption:
				out.Captions = append(out.Captions, b.Text)
			default:
				out.Paragraphs = append(out.Paragraphs, b.Text)
			}
		}
		d.Sections = append(d.Sections, out)
	}
	return d
}
