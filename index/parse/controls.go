package parse

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// isControl reports whether r is a character that no text has: a page leaves it out, or
// shows something else in its place.
func isControl(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// withoutControls takes control characters out of all that an article says, whatever it
// was read from, and returns a warning that names them, or nil.
func withoutControls(a *article.Article) error {
	var found []string
	clean := func(texts ...*string) {
		for _, s := range texts {
			if strings.IndexFunc(*s, isControl) >= 0 {
				*s, found = dropControls(*s, found)
			}
		}
	}
	lists := func(words []string) {
		for i := range words {
			clean(&words[i])
		}
	}
	clean(&a.ID, &a.Kicker, &a.Title, &a.Subtitle, &a.Source, &a.Summary, &a.Edition.Paper, &a.Edition.Page, &a.Edition.Name)
	lists(a.Tags)
	lists(a.Categories)
	for i := range a.Authors {
		clean(&a.Authors[i].Name, &a.Authors[i].Role)
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		clean(&s.Heading)
		for j := range s.Blocks {
			clean(&s.Blocks[j].Text, &s.Blocks[j].HTML)
		}
	}
	if found == nil {
		return nil
	}
	return source.Warningf(a.File, a.Line, "control characters are left out: %s", strings.Join(found, ", "))
}

// dropControls returns s without its control characters, and adds their names to found.
// One that ends a line, as word processors have it, is a space between Latin words.
func dropControls(s string, found []string) (string, []string) {
	var b strings.Builder
	for i, r := range s {
		if !isControl(r) {
			b.WriteRune(r)
			continue
		}
		if name := fmt.Sprintf("U+%04X", r); !slices.Contains(found, name) {
			found = append(found, name)
		}
		if strings.ContainsRune("\v\f\r\u0085", r) && i > 0 && s[i-1] < utf8.RuneSelf && s[i-1] > ' ' {
			if rest := s[i+utf8.RuneLen(r):]; rest != "" && rest[0] < utf8.RuneSelf && rest[0] > ' ' {
				b.WriteByte(' ')
			}
		}
	}
	return b.String(), found
}
