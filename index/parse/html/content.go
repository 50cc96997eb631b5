package html

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// mainContent finds the element that holds the article: the one that says so,
// by its name or in the words of the content systems in use, or else the one
// with the most text in paragraphs of its own.
func mainContent(doc *goquery.Document) *goquery.Selection {
	doc.Find("nav, aside, form, script, style, noscript, template, iframe, [hidden], [aria-hidden=true], [role=navigation]").Remove()
	for _, selector := range []string{
		"#UCAP-CONTENT", ".TRS_Editor", ".trs_editor_view", "#zoom", "#articleContent", ".article-content", ".entry-content",
		"[itemprop=articleBody]", "article", "main", "[role=main]",
	} {
		if s := largest(doc.Find(selector)); s != nil {
			return s
		}
	}
	body := doc.Find("body")
	body.Find("header, footer").Remove()
	if s := densest(body); s != nil {
		return s
	}
	return body
}

// largest returns the one of the elements that has most text, or nil if none
// has any.
func largest(s *goquery.Selection) *goquery.Selection {
	var best *goquery.Selection
	most := 0
	s.Each(func(_ int, e *goquery.Selection) {
		if n := textLength(e); n > most {
			best, most = e, n
		}
	})
	return best
}

// densest returns the element whose own paragraphs have most text outside of
// links, its ancestors left aside unless they have half as much again.
func densest(body *goquery.Selection) *goquery.Selection {
	score := map[*html.Node]int{}
	body.Find("p, blockquote, pre, ul, ol, table, br").Each(func(_ int, p *goquery.Selection) {
		holder := p.Parent()
		if holder.Length() == 0 || score[holder.Get(0)] > 0 {
			return
		}
		own := 0
		holder.Children().Each(func(_ int, c *goquery.Selection) {
			if c.Is("p, blockquote, pre, ul, ol, table, h1, h2, h3, h4, h5, h6") {
				own += textLength(c) - textLength(c.Find("a"))
			}
		})
		holder.Contents().Each(func(_ int, c *goquery.Selection) {
			if goquery.NodeName(c) == "#text" {
				own += textLength(c)
			}
		})
		score[holder.Get(0)] = own
	})
	best, most := (*goquery.Selection)(nil), 40
	body.Find("*").AddSelection(body).Each(func(_ int, e *goquery.Selection) {
		if n := score[e.Get(0)]; n > most {
			best, most = e, n
		}
	})
	return best
}

func textLength(s *goquery.Selection) int {
	return utf8.RuneCountInString(strings.Join(strings.Fields(s.Text()), ""))
}
