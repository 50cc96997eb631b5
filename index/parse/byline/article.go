package byline

import (
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

// Note notes the authors and the source that the article's own text names,
// after those that are known already. The text keeps them: a byline is part of
// what was printed. paper is the one that 「本报」 means.
func Note(a *article.Article, known []article.Author, paper string) {
	a.Authors = append(a.Authors, known...)
	signature := Credit{}
	for _, b := range a.Blocks {
		if b.Kind == article.Rich {
			continue
		}
		for _, c := range creditsOf(b) {
			take(a, c, paper)
		}
		if b.Kind == article.Paragraph {
			signature, _ = Signature(b.Text)
		}
	}
	take(a, signature, paper)
}

func creditsOf(b *article.Block) []Credit {
	var out []Credit
	if b.Kind == article.Caption {
		if c, ok := Photo(b.Text); ok {
			c.Source = ""
			out = append(out, c)
		}
		return out
	}
	if c, ok := Parse(b.Text); ok {
		return append(out, c)
	}
	if c, ok := Signed(b.Text); ok && marked.MatchString(b.Text) {
		return append(out, c)
	}
	if c, ok := Dateline(b.Text); ok {
		out = append(out, c)
	}
	if c, _, ok := Tail(b.Text); ok {
		out = append(out, c)
	}
	return out
}

func take(a *article.Article, c Credit, paper string) {
	for _, author := range c.Authors {
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
