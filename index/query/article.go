package query

import "github.com/kanbao/kanbao/index/article"

// An Article is an article as programs are given it.
type Article struct {
	// Index is which of several indexes has it, from 0.
	Index int    `json:"index,omitempty"`
	ID    string `json:"id"`
	URL   string `json:"url"` // relative to the site's root
	// Href is its address as Hit has it, if it is a page of another site.
	Href       string    `json:"href,omitempty"`
	Title      string    `json:"title"`
	Subtitle   string    `json:"subtitle,omitempty"`
	Date       string    `json:"date,omitempty"` // YYYY-MM-DD
	Page       string    `json:"page,omitempty"` // "A05 江海新闻"
	Source     string    `json:"source,omitempty"`
	Summary    string    `json:"summary,omitempty"`
	Authors    []Byline  `json:"authors,omitempty"`
	Tags       []string  `json:"tags,omitempty"`
	Categories []string  `json:"categories,omitempty"`
	Sections   []Section `json:"sections"`
}

// A Byline is a name with the role it was printed with, which may be empty.
type Byline struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// A Section is a heading, which the first may not have, and what follows it.
type Section struct {
	Heading string  `json:"heading,omitempty"`
	Level   int     `json:"level,omitempty"`
	Blocks  []Block `json:"blocks"`
}

// A Block is a paragraph or what stands in the place of one.
type Block struct {
	// Block is its number, by which URL + "#p" + Block leads to it.
	Block int    `json:"block"`
	Kind  string `json:"kind"` // "paragraph", "caption", or "rich" for what has a structure of its own
	Text  string `json:"text"`
	// HTML is what the site's page has of a rich block, cleaned when the site was built.
	HTML string `json:"html,omitempty"`
}

// ArticleOf returns an article for programs, without its addresses.
func ArticleOf(a *article.Article) *Article {
	out := &Article{
		ID: a.ID, Title: a.Title, Subtitle: a.Subtitle, Date: a.Date, Page: a.Edition.PageName(),
		Source: a.Source, Summary: a.Summary, Tags: a.Tags, Categories: a.Categories,
	}
	for _, by := range a.Authors {
		out.Authors = append(out.Authors, Byline(by))
	}
	n := 0
	for _, s := range a.Sections {
		section := Section{Heading: s.Heading, Level: s.Level}
		for _, b := range s.Blocks {
			n++
			section.Blocks = append(section.Blocks, Block{n, kindName(b.Kind), b.Text, b.HTML})
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}

func kindName(k article.Kind) string {
	switch k {
	case article.Caption:
		return "caption"
	case article.Rich:
		return "rich"
	}
	return "paragraph"
}
