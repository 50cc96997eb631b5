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
	NoteBroken(a, known, paper, nil)
}

// NoteBroken is Note for text whose lines were joined, so that a space may have
// been lost where a line ended. broken returns a block's text with a space at
// each of those places, or the text as it is; of the two readings that which
// names more persons counts.
func NoteBroken(a *article.Article, known []article.Author, paper string, broken func(*article.Block) string) {
	a.Authors = append(a.Authors, known...)
	signature := Credit{}
	for _, b := range a.Blocks {
		if b.Kind == article.Rich {
			continue
		}
		credits := creditsOf(b.Kind, b.Text)
		last, _ := Signature(b.Text)
		if broken != nil {
			if with := broken(b); with != b.Text {
				credits = better(credits, creditsOf(b.Kind, with))
				other, _ := Signature(with)
				last = better([]Credit{last}, []Credit{other})[0]
			}
		}
		for _, c := range credits {
			take(a, c, paper)
		}
		if b.Kind == article.Paragraph {
			signature = last
		}
	}
	take(a, signature, paper)
}

// better returns the reading with more names that surely are names; the first,
// if there are as many.
func better(a, b []Credit) []Credit {
	count := func(cs []Credit) (sure int) {
		for _, c := range cs {
			for _, author := range c.Authors {
				if isSurelyName(author.Name) {
					sure++
				} else {
					sure--
				}
			}
		}
		return sure
	}
	if count(b) > count(a) {
		return b
	}
	return a
}

func creditsOf(kind article.Kind, text string) []Credit {
	var out []Credit
	if kind == article.Caption {
		if c, ok := Photo(text); ok {
			c.Source = ""
			out = append(out, c)
		}
		return out
	}
	if c, ok := Parse(text); ok {
		return append(out, c)
	}
	if c, ok := Signed(text); ok && beginsMarked.MatchString(text) {
		return append(out, c)
	}
	if c, ok := Dateline(text); ok {
		out = append(out, c)
	}
	if c, _, ok := Tail(text); ok {
		out = append(out, c)
	}
	return out
}

// mostAuthors is more than any article has; a page of a hundred thousand bylines
// is no page.
const mostAuthors = 500

// AddAuthor adds an author unless the article has that one, or the author is one of
// those who make the page.
func AddAuthor(a *article.Article, author article.Author) {
	if IsStaff(author.Role) || len(a.Authors) >= mostAuthors {
		return
	}
	if !slices.ContainsFunc(a.Authors, func(b article.Author) bool {
		return b == author || b.Name == author.Name && (author.Role == "" || b.Role == "")
	}) {
		a.Authors = append(a.Authors, author)
	}
}

func take(a *article.Article, c Credit, paper string) {
	for _, author := range c.Authors {
		AddAuthor(a, author)
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
