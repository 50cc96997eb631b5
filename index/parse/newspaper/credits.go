package newspaper

import (
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
)

// readCredits notes the authors and the source that the article's own text
// names. The text keeps them: a byline is part of what was printed.
func readCredits(a *article.Article, known []article.Author, paper string) {
	a.Authors = append(a.Authors, known...)
	signature := byline.Credit{}
	for _, b := range a.Blocks {
		if b.Kind == article.Rich {
			continue
		}
		for _, c := range creditsOf(b) {
			take(a, c, paper)
		}
		if b.Kind == article.Paragraph {
			signature, _ = byline.Signature(b.Text)
		}
	}
	take(a, signature, paper)
}

func creditsOf(b *article.Block) []byline.Credit {
	var out []byline.Credit
	if b.Kind == article.Caption {
		if c, ok := byline.Photo(b.Text); ok {
			c.Source = ""
			out = append(out, c)
		}
		return out
	}
	if c, ok := byline.Parse(b.Text); ok {
		return append(out, c)
	}
	if c, ok := byline.Dateline(b.Text); ok {
		out = append(out, c)
	}
	if c, _, ok := byline.Tail(b.Text); ok {
		out = append(out, c)
	}
	return out
}

// mostAuthors is more than any article has; a page of a hundred thousand bylines
// is no page.
const mostAuthors = 500

func take(a *article.Article, c byline.Credit, paper string) {
	for _, author := range c.Authors {
		if byline.IsStaff(author.Role) || len(a.Authors) >= mostAuthors {
			continue
		}
		if !slices.ContainsFunc(a.Authors, func(b article.Author) bool {
			return b == author || b.Name == author.Name && (author.Role == "" || b.Role == "")
		}) {
			a.Authors = append(a.Authors, author)
		}
	}
	if a.Source != "" || c.Source == "" {
		return
	}
	// 「本报」 means the paper that the page is of.
	if strings.HasPrefix(c.Source, "本") {
		c.Source = paper
	}
	a.Source = c.Source
}

func creditOf(a article.Author) byline.Credit {
	return byline.Credit{Authors: []article.Author{a}}
}
