package site

import (
	"cmp"
	"regexp"
)

// A linkedArticle says of an article what search engines ask for, as schema.org has it.
type linkedArticle struct {
	Context   string         `json:"@context"`
	Type      string         `json:"@type"`
	Headline  string         `json:"headline"`
	Second    string         `json:"alternativeHeadline,omitempty"`
	About     string         `json:"description,omitempty"`
	Published string         `json:"datePublished,omitempty"`
	Modified  string         `json:"dateModified,omitempty"`
	Authors   []linkedPerson `json:"author,omitempty"`
	Publisher linkedPaper    `json:"publisher"`
	Images    []string       `json:"image,omitempty"`
	Section   string         `json:"articleSection,omitempty"`
	Keywords  []string       `json:"keywords,omitempty"`
	Page      string         `json:"printPage,omitempty"`
	Language  string         `json:"inLanguage"`
	URL       string         `json:"url,omitempty"`
	MainPage  string         `json:"mainEntityOfPage,omitempty"`
}

type linkedPerson struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type linkedPaper struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	Logo string `json:"logo,omitempty"`
}

func (p *pages) linked(a cleaned, e *entry, picture string) linkedArticle {
	l := linkedArticle{
		Context: "https://schema.org", Type: "Article", Headline: e.Title, Second: e.Subtitle, About: e.Opening(),
		Published: e.Date, Section: e.edition.Name, Keywords: a.Tags, Page: e.edition.Page, Language: cmp.Or(e.Lang, p.site.Lang),
		Publisher: linkedPaper{Type: "Organization", Name: p.site.Title},
	}
	if e.Date != "" {
		l.Type = "NewsArticle"
	}
	if e.edition.Paper != "" {
		l.Publisher.Type, l.Publisher.Name = "NewsMediaOrganization", e.edition.Paper
	}
	if l.Section == "" && len(a.Categories) > 0 {
		l.Section = a.Categories[0]
	}
	if e.Updated > e.Date {
		l.Modified = e.Updated
	}
	for _, name := range writers(a.Authors) {
		l.Authors = append(l.Authors, linkedPerson{Type: "Person", Name: name})
	}
	if picture != "" {
		l.Images = []string{picture}
	}
	if p.config.URL != "" {
		l.URL = p.absolute(e.Path)
		l.MainPage = l.URL
		l.Publisher.URL = p.absolute("")
		if p.site.Logo != nil {
			l.Publisher.Logo = p.absolute(p.site.Logo.Path)
		}
	}
	return l
}

// pictureIn matches the first picture of a block.
var pictureIn = regexp.MustCompile(`<img [^>]*?\bsrc="([^"]+)"`)

// picture returns the public address of the picture that stands for an article: its
// own, or the first in its text. It is empty if there is none.
func (p *pages) picture(a cleaned, e *entry) string {
	if e.Cover != "" {
		return p.pictureURL(e.Cover)
	}
	for _, b := range a.Blocks {
		if m := pictureIn.FindStringSubmatch(b.HTML); m != nil {
			return p.pictureURL(m[1])
		}
	}
	return ""
}

// sitePicture returns the public address of the picture that stands for the site, empty
// if it has none of its own.
func (p *pages) sitePicture() string {
	if p.config.URL == "" {
		return ""
	}
	for _, i := range p.site.Icons {
		if i.Sizes == "512x512" && i.Purpose == "" && p.config.Logo+p.config.Icon != "" {
			return p.absolute(i.Path)
		}
	}
	return ""
}
