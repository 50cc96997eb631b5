package newspaper

import (
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
)

// Looks reports whether text, Markdown without front matter, is a newspaper's
// page: nothing but a folio stands before the first headline, and at least one
// byline is set as papers set them. Markdown of other makers has its title as
// the only heading of the first level, or text before the first of the second.
func Looks(text string) bool {
	head, articles, level := cutHead(lex(text, 1))
	if folio, rest := readFolio(head); len(articles) == 0 || len(rest) > 0 {
		return false
	} else if level == 1 || level > 2 && folio == (article.Edition{}) {
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
	for _, p := range articles {
		switch p.kind {
		case credit:
			return true
		case prose:
			if _, ok := byline.Dateline(p.text); ok {
				return true
			}
			if _, _, ok := byline.Tail(p.text); ok {
				return true
			}
		}
	}
	return false
}

// HasHeadline reports whether text has a headline, and so can be a page.
func HasHeadline(text string) bool {
	_, articles, _ := cutHead(lex(text, 1))
	return len(articles) > 0
}
