package blocks

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// hiding matches a tag of an element that a page does not show.
var hiding = regexp.MustCompile(`(?i)\shidden(?:[\s=/>]|$)|\sstyle\s*=\s*["'][^"']*\bdisplay\s*:\s*none\b`)

// withoutHidden takes out the elements that say of themselves that they are not shown.
// One that nothing closes stays: nobody knows how far it goes.
func withoutHidden(fragment string) string {
	if !hiding.MatchString(fragment) {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	at, left := 0, mostHidden
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			b.WriteString(raw)
			return b.String()
		}
		at += len(raw)
		if kind == html.StartTagToken && left > 0 && hiding.MatchString(raw) {
			if t := z.Token(); isNotShown(t) {
				if end := endOf(fragment[at:], t.Data); end >= 0 {
					fragment = fragment[at+end:]
					z, at = html.NewTokenizer(strings.NewReader(fragment)), 0
					continue
				}
				left--
			}
		}
		b.WriteString(raw)
	}
}

// mostHidden is how many hidden elements are looked for an end that they do not have.
const mostHidden = 20

func isNotShown(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "hidden" && a.Val != "until-found" || a.Key == "style" && hiding.MatchString(` style="`+a.Val+`"`) {
			return true
		}
	}
	return false
}

// endOf returns where an element ends whose tag stands before rest, or -1.
func endOf(rest, name string) int {
	if isVoid(name) {
		return 0
	}
	z := html.NewTokenizer(strings.NewReader(rest))
	for at, depth := 0, 1; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return -1
		}
		at += len(z.Raw())
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		if got, _ := z.TagName(); string(got) != name {
			continue
		}
		if kind == html.StartTagToken {
			depth++
		} else if depth--; depth == 0 {
			return at
		}
	}
}
