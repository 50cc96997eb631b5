package html

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// The names of meta elements, in lower case and in the order of trust. Those
// with capitals in the original (ArticleTitle, PubDate, …) are of the standard
// for Chinese government sites.
var (
	metaTitle   = []string{"articletitle", "og:title", "twitter:title"}
	metaDate    = []string{"pubdate", "article:published_time", "publishdate", "date", "dc.date", "datepublished"}
	metaSource  = []string{"contentsource", "source", "og:site_name"}
	metaAuthor  = []string{"author", "article:author"}
	metaTags    = []string{"keywords", "article:tag"}
	metaSummary = []string{"description", "og:description"}
	metaColumn  = []string{"columnname"}
)

// readMeta reads what the page says of itself in <meta>.
func readMeta(a *article.Article, doc *goquery.Document) error {
	meta := map[string]string{}
	doc.Find("meta[content]").Each(func(_ int, s *goquery.Selection) {
		key := strings.ToLower(s.AttrOr("name", s.AttrOr("property", s.AttrOr("itemprop", ""))))
		if value := strings.TrimSpace(s.AttrOr("content", "")); key != "" && value != "" && meta[key] == "" {
			meta[key] = value
		}
	})
	get := func(keys []string) string {
		for _, k := range keys {
			if meta[k] != "" {
				return meta[k]
			}
		}
		return ""
	}
	a.Title = get(metaTitle)
	a.Source = get(metaSource)
	a.Summary = get(metaSummary)
	authors, err := source.AuthorsOf(get(metaAuthor))
	if err != nil {
		return err
	}
	a.Authors = authors
	if a.Tags, err = source.WordsOf(get(metaTags)); err != nil {
		return err
	}
	if column := get(metaColumn); column != "" {
		a.Tags = append([]string{column}, a.Tags...)
	}
	// A date that cannot be read is another program's business: the page has
	// no date then.
	for _, d := range []string{get(metaDate), doc.Find("time[datetime]").First().AttrOr("datetime", "")} {
		if date, err := source.Date(d); err == nil && date != "" {
			a.Date = date
			break
		}
	}
	return nil
}

// titleOf finds the title of a page that has no meta element for it.
func titleOf(doc *goquery.Document, main *goquery.Selection) string {
	for _, s := range []*goquery.Selection{main.Find("h1"), doc.Find("h1")} {
		if s.Length() > 0 {
			if t := words(s.First().Text()); t != "" {
				return t
			}
		}
	}
	t := words(doc.Find("title").First().Text())
	// 「标题_江门市人民政府」, 「标题 - 某站」: the site's name comes last.
	for _, sep := range []string{"_", " - ", " | ", "|", "--", " – "} {
		if i := strings.LastIndex(t, sep); i > 0 {
			return strings.TrimSpace(t[:i])
		}
	}
	return t
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }
