package blocks

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// spacedAddress matches a tag that may have an address with white space in it.
var spacedAddress = regexp.MustCompile(`(?i)\s(?:src|href)\s*=\s*(?:"[^"]*\s[^"]*"|'[^']*\s[^']*')`)

// closeAddresses writes the addresses of pictures and links as a browser understands
// them: a space within is part of a name, and is %20; line ends and tabs are nothing.
func closeAddresses(fragment string) string {
	if !spacedAddress.MatchString(fragment) {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken || !spacedAddress.MatchString(raw) {
			b.WriteString(raw)
			if kind == html.ErrorToken {
				return b.String()
			}
			continue
		}
		t := z.Token()
		for i, a := range t.Attr {
			if a.Key == "src" || a.Key == "href" {
				t.Attr[i].Val = strings.NewReplacer(" ", "%20", "\n", "", "\t", "", "\r", "").Replace(strings.TrimSpace(a.Val))
			}
		}
		b.WriteString(t.String())
	}
}
