package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
)

// lineEnd matches where a line ends, with the white space around it.
var lineEnd = regexp.MustCompile(`[ \t\x{3000}]*\n\s*`)

// onOneLine joins with spaces what the source has on several lines and is one line
// wherever it is shown or copied: titles, names, tags.
func onOneLine(a *article.Article) {
	join := func(texts ...*string) {
		for _, s := range texts {
			if strings.Contains(*s, "\n") {
				*s = lineEnd.ReplaceAllString(strings.TrimSpace(*s), " ")
			}
		}
	}
	join(&a.Kicker, &a.Title, &a.Subtitle, &a.Source, &a.Edition.Paper, &a.Edition.Page, &a.Edition.Name)
	for _, words := range [][]string{a.Tags, a.Categories} {
		for i := range words {
			join(&words[i])
		}
	}
	for i := range a.Authors {
		join(&a.Authors[i].Name, &a.Authors[i].Role)
	}
}

// readBylines makes authors of those that are a byline as printed, 「记者 张三 通讯员
// 李四」. A role of one character may be a family name: 文 静 is one person.
func readBylines(a *article.Article) {
	var out []article.Author
	for _, author := range a.Authors {
		c, ok := byline.Parse(author.Name)
		ok = ok && author.Role == "" && c.Source == ""
		for _, by := range c.Authors {
			ok = ok && utf8.RuneCountInString(by.Role) > 1
		}
		if !ok {
			c.Authors = []article.Author{author}
		}
		out = append(out, c.Authors...)
	}
	a.Authors = out
}
