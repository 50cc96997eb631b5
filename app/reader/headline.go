package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	ui "github.com/maxence-charriere/go-app/v10/pkg/app"

	"github.com/kanbao/kanbao/index/query"
)

// wholeHeadline is up to how many characters a headline stays on a line, as on its static
// page.
const wholeHeadline = 8

// headline returns a headline whose lines end between words, as far as the browser tells
// words apart: the names that a site knows are not in its index.
func (r *Reader) headline(text string) ui.UI {
	words := r.Page.Words(text)
	if len(words) == 0 {
		return ui.Text(text)
	}
	if utf8.RuneCountInString(text) <= wholeHeadline {
		words = []string{text}
	}
	var out strings.Builder
	for i, w := range words {
		if i > 0 && breaksBefore(words, i) {
			out.WriteString("<wbr>")
		}
		out.WriteString(query.Marked{{Text: w}}.HTML())
	}
	return ui.Raw(`<span class="kb-words">` + out.String() + "</span>")
}

// leading are the single characters that belong to what follows them; others belong to
// what goes before them.
const leading = "并並和与與及或在把被将將让讓向对對为為从從到以于是不也都就才再又很最更已未没沒这這那"

// breaksBefore reports whether a line may end before word i, which is not the first,
// although nothing but words stands there.
func breaksBefore(words []string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(words[i-1])
	behind, size := utf8.DecodeRuneInString(words[i])
	if !unicode.IsLetter(before) || !unicode.IsLetter(behind) || !unicode.Is(unicode.Han, before) && !unicode.Is(unicode.Han, behind) {
		return false
	}
	if len(words[i-1]) == utf8.RuneLen(before) && strings.ContainsRune(leading, before) {
		return false
	}
	return size < len(words[i]) || i < len(words)-1 && strings.ContainsRune(leading, behind)
}
