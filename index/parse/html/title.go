package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// headings returns the texts of the page's headings of the first level, and
// before them what WeChat calls the name of the activity.
func headings(root *html.Node) []string {
	var out []string
	visit(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		if n.Data == "h1" || attr(n, "id") == "activity-name" {
			if t := words(textOf(n)); t != "" {
				out = append(out, t)
			}
			return false
		}
		return true
	})
	return out
}

// titleOf finds the title: what the page says it is, else its heading, else the
// title of the window; none of them with the name of the site, and none that is
// nothing else.
func (p *page) titleOf(main []*html.Node, h1 []string) string {
	var inMain []string
	for _, n := range main {
		inMain = append(inMain, headings(n)...)
	}
	said := ""
	for _, k := range metaTitle {
		if t := p.withoutSite(p.meta[k], h1); t != "" && said == "" {
			said = t
		}
	}
	candidates := []string{said}
	if len(inMain) > 0 {
		candidates = append(candidates, inMain[0])
	}
	for _, t := range append(candidates, h1...) {
		if t != "" && !p.isSite(t) {
			return t
		}
	}
	if t := p.namedTitle(main); t != "" && !p.isSite(t) {
		return t
	}
	t := p.withoutSite(p.title, h1)
	if t == p.title {
		t = cutSite(t)
	}
	if p.isSite(t) && t != p.title {
		return p.title
	}
	return t
}

// isSite reports whether t is the name of the site and no more: it says so, or
// the title of the window ends with it.
func (p *page) isSite(t string) bool {
	for _, k := range siteNames {
		if p.meta[k] == t {
			return true
		}
	}
	for _, sep := range separators {
		if before, found := strings.CutSuffix(p.title, sep+t); found && strings.TrimSpace(before) != "" {
			return true
		}
	}
	return false
}

var separators = []string{"_", " - ", " | ", "|", "--", " – ", " — ", "－", "——", " · ", "-", "｜", " :: ", " « ", " » "}

// withoutSite takes the name of the site from either end of a title, if the page
// says what that is, or has the rest for a heading.
func (p *page) withoutSite(title string, h1 []string) string {
	for _, sep := range separators {
		for _, k := range siteNames {
			site := p.meta[k]
			if site == "" {
				continue
			}
			if t, found := strings.CutSuffix(title, sep+site); found {
				return strings.TrimSpace(t)
			}
			if t, found := strings.CutPrefix(title, site+sep); found {
				return strings.TrimSpace(t)
			}
		}
		for _, h := range h1 {
			if strings.HasPrefix(title, h+sep) || strings.HasSuffix(title, sep+h) {
				return h
			}
		}
	}
	if p.isSite(title) {
		return ""
	}
	return title
}

// cutSite cuts the name of the site off the title of a window: 「标题_栏目_某市人民政府」,
// 「标题 - 某站」.
func cutSite(t string) string {
	if i := strings.IndexByte(t, '_'); i > 0 {
		before, _ := utf8.DecodeLastRuneInString(t[:i])
		after, _ := utf8.DecodeRuneInString(t[i+1:])
		if unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after) || !unicode.IsLetter(after) {
			return strings.TrimSpace(t[:i])
		}
	}
	for _, sep := range []string{" - ", " | ", "|", "--", " – ", " — ", "｜"} {
		if i := strings.LastIndex(t, sep); i > 0 {
			return strings.TrimSpace(t[:i])
		}
	}
	return t
}
