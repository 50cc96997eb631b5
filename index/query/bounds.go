package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a query may ask for. A search of as much as that ends within a second or two
// in a browser, and all that it builds over its words stays small.
const (
	// MaxCharacters is how many characters the text of a query may have, and each
	// value of a filter.
	MaxCharacters = 1000
	// MaxWords is how many words, parted by white space, bars or quotation marks, the
	// text may have, and how many values its filters and how many fields its facets.
	MaxWords = 100
)

// Check returns an error that wraps ErrTooLong if a query asks for more than the
// bounds allow.
func (q *Query) Check() error {
	if err := checkText(q.Text); err != nil {
		return err
	}
	values := len(q.Filters) + len(q.Facets)
	for _, f := range q.Filters {
		values += len(f.Values)
		for _, v := range f.Values {
			if err := checkText(v); err != nil {
				return fmt.Errorf("a value of %s: %w", f.Field, err)
			}
		}
	}
	if values > MaxWords {
		return fmt.Errorf("%w: %d filters, values and facets, at most %d", ErrTooLong, values, MaxWords)
	}
	return nil
}

func checkText(text string) error {
	if n := utf8.RuneCountInString(text); n > MaxCharacters {
		return fmt.Errorf("%w: %d characters, at most %d", ErrTooLong, n, MaxCharacters)
	}
	words := len(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("|\"＂“”「」『』", r)
	}))
	if words > MaxWords {
		return fmt.Errorf("%w: %d words, at most %d", ErrTooLong, words, MaxWords)
	}
	return nil
}
