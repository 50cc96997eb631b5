package pdf

import (
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

var (
	goesOn  = regexp.MustCompile(`[（(]?\s*[紧緊]?(?:下转|下轉|转|轉)第?\s*([A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]+)\s*版\s*[）)]?\s*$`)
	goneOn  = regexp.MustCompile(`^\s*[（(]?\s*[紧緊]?(?:上接|接)第?\s*([A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]+)\s*版\s*[）)]?`)
	numeral = map[string]string{"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}
)

// joinContinued joins what a page continues from another of the same edition
// with what it continues, where the marks on both name each other's page and
// leave no choice.
func joinContinued(articles []*article.Article) []*article.Article {
	taken := map[*article.Article]bool{}
	for _, b := range articles {
		from := continuedFrom(b)
		if from == "" {
			continue
		}
		var first *article.Article
		for _, a := range articles {
			if a != b && !taken[a] && samePage(a.Edition.Page, from) && samePage(continuedOn(a), b.Edition.Page) {
				if first == nil || similar(a.Title, b.Title) > similar(first.Title, b.Title) {
					first = a
				}
			}
		}
		if first != nil {
			join(first, b)
			taken[b] = true
		}
	}
	var out []*article.Article
	for i, a := range articles {
		if taken[a] {
			// What the page has besides goes to its next article.
			if len(a.Rest) > 0 && i+1 < len(articles) && articles[i+1].Edition == a.Edition {
				articles[i+1].Rest = append(a.Rest, articles[i+1].Rest...)
			}
			continue
		}
		out = append(out, a)
	}
	return out
}

func samePage(a, b string) bool {
	norm := func(s string) string {
		if n, ok := numeral[s]; ok {
			return n
		}
		return strings.TrimLeft(s, "0")
	}
	return a != "" && norm(a) == norm(b)
}

// similar counts the characters of b that a has.
func similar(a, b string) int {
	n := 0
	for _, r := range b {
		if strings.ContainsRune(a, r) {
			n++
		}
	}
	return n
}

// continuedOn returns the page that an article says it goes on on.
func continuedOn(a *article.Article) string {
	var last string
	for _, b := range a.Blocks {
		if b.Kind == article.Paragraph {
			if m := goesOn.FindStringSubmatch(b.Text); m != nil {
				last = m[1]
			}
		}
	}
	return last
}

// continuedFrom returns the page that an article says it continues from.
func continuedFrom(a *article.Article) string {
	for _, t := range []string{a.Kicker, a.Subtitle} {
		if m := goneOn.FindStringSubmatch(t); m != nil {
			return m[1]
		}
	}
	for _, b := range a.Blocks {
		if b.Kind == article.Paragraph {
			if m := goneOn.FindStringSubmatch(b.Text); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// join puts the blocks of b behind those of a.
func join(a, b *article.Article) {
	last := &a.Sections[len(a.Sections)-1]
	last.Blocks = append(last.Blocks, b.Sections[0].Blocks...)
	a.Sections = append(a.Sections, b.Sections[1:]...)
	a.Zones = append(a.Zones, b.Zones...)
	a.Sheets = append(a.Sheets, b.Sheets...)
	a.Pictures = append(a.Pictures, b.Pictures...)
	for _, author := range b.Authors {
		if !hasAuthor(a, author) {
			a.Authors = append(a.Authors, author)
		}
	}
}

func hasAuthor(a *article.Article, b article.Author) bool {
	for _, x := range a.Authors {
		if x == b {
			return true
		}
	}
	return false
}
