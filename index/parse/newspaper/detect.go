package newspaper

import (
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
	"github.com/kanbao/kanbao/index/parse/source"
)

// Looks reports whether text, Markdown without front matter, is a newspaper's
// page: nothing but a folio stands before the first headline, and something is
// there that papers have and others have not: a folio with date and page, a byline
// or dateline as papers set them, an article that goes on on another page, the
// names of the page's editors. Markdown of other makers has its title as the only
// heading of the first level, or text before the first of the second.
func Looks(text string) bool {
	head, articles, level := cutHead(lex(text, 1))
	folio, rest := readFolio(head)
	if len(articles) == 0 || len(rest) > 1 || len(rest) == 1 && (folio == (article.Edition{}) || !isHeadline(rest[0].text)) {
		return false
	}
	if level == 1 || level > 2 && folio == (article.Edition{}) {
		headlines := 0
		for _, p := range articles {
			if p.kind == heading && p.level == level {
				headlines++
			}
		}
		if level > 2 || headlines < 2 {
			return false
		}
	}
	if folio.Date != "" && folio.Page != "" {
		return true
	}
	for _, p := range articles {
		switch p.kind {
		case credit, running:
			return true
		case prose:
			if _, ok := byline.Dateline(p.text); ok {
				return true
			}
			if _, _, ok := byline.Tail(p.text); ok {
				return true
			}
			if goesOn.MatchString(p.text) || comesFrom.MatchString(p.text) {
				return true
			}
		}
	}
	return false
}

// Named reports whether a file is called as a page of a paper is, with the date
// and the page's number: 潮汐日报-20240905-A01版-要闻.md, 2024-09-05-A05.md. A number
// alone may count anything.
func Named(name string) bool {
	e := source.FromName(name)
	if e.Date == "" || e.Page == "" {
		return false
	}
	return e.Paper != "" || e.Page[0] >= 'A' || strings.Contains(source.Stem(name), "版")
}

// HasHeadline reports whether text has a headline, and so can be a page.
func HasHeadline(text string) bool {
	_, articles, _ := cutHead(lex(text, 1))
	return len(articles) > 0
}
