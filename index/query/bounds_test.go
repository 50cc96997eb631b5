package query

import (
	"errors"
	"strings"
	"testing"
)

func TestAQueryIsBounded(t *testing.T) {
	values := func(n int) []Filter { return []Filter{{Field: Tag, Values: make([]string, n)}} }
	for name, q := range map[string]Query{
		"alternatives":         {Text: strings.Repeat("潮 OR ", 10000) + "潮"},
		"bars":                 {Text: strings.Repeat("潮|", 200) + "潮"},
		"phrases":              {Text: strings.Repeat(`"潮"`, 101)},
		"unknown words":        {Text: strings.Repeat("闃 ", 101)},
		"one long word":        {Text: strings.Repeat("潮", MaxCharacters+1)},
		"values":               {Filters: values(MaxWords)},
		"filters":              {Filters: make([]Filter, MaxWords+1)},
		"fields":               {Facets: make([]Field, MaxWords+1)},
		"a value that is long": {Filters: []Filter{{Field: Tag, Values: []string{strings.Repeat("潮", MaxCharacters+1)}}}},
	} {
		if err := q.Check(); !errors.Is(err, ErrTooLong) {
			t.Errorf("%s: error %v, want ErrTooLong", name, err)
		}
	}
	for name, q := range map[string]Query{
		"nothing":    {},
		"a passage":  {Text: strings.Repeat("潮水退去以后，", MaxCharacters/7)},
		"some words": {Text: strings.Repeat("潮 OR 汐 ", MaxWords/3), Filters: values(MaxWords / 2), Facets: Fields()},
	} {
		if err := q.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
