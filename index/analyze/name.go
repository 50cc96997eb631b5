package analyze

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MiddleDots are those of names from abroad, of which the first stands for all.
const MiddleDots = "·•・‧∙⋅"

// Name returns a name as all writings of it are counted: without the spaces that set
// characters of East Asia apart (王　明) and with one middle dot (·) for all, which
// has no spaces beside it. Other spaces become one.
func Name(s string) string {
	var b strings.Builder
	last, spaced := rune(0), false
	for _, r := range strings.TrimSpace(s) {
		if unicode.IsSpace(r) {
			spaced = true
			continue
		}
		if strings.ContainsRune(MiddleDots, r) && r != utf8.RuneError {
			r = '·'
		}
		if spaced && r != '·' && last != '·' && !(eastAsian(last) && eastAsian(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, spaced = r, false
	}
	return b.String()
}
