package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/kanbao/kanbao/index/article"
)

// textOf returns a value as one string; a number is as good as a word.
func textOf(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return strings.TrimSpace(v), true
	case []any, map[string]any, map[any]any:
		return "", false
	}
	return fmt.Sprint(v), true
}

// describe says what a value is, in an editor's words.
func describe(v any) string {
	switch v := v.(type) {
	case []any:
		return "a list"
	case map[string]any, map[any]any:
		return "several keys below it"
	default:
		return strconv.Quote(fmt.Sprint(v))
	}
}

// boolOf reads yes and no as they are written.
func boolOf(v any) (yes, ok bool) {
	s, isText := textOf(v)
	if !isText {
		return false, false
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on", "y", "1", "是":
		return true, true
	case "false", "no", "off", "n", "0", "否", "":
		return false, true
	}
	return false, false
}

func weightOf(v any) (float64, error) {
	s, ok := textOf(v)
	if n, err := strconv.ParseFloat(s, 64); ok && err == nil && n == n {
		return n, nil
	}
	return 0, fmt.Errorf("found %s, want a number", describe(v))
}

// pictureOf reads the address of a picture: a string, or the one in a mapping.
func pictureOf(v any) (string, bool) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range []string{"image", "src", "url", "path", "teaser"} {
			if s, ok := v[key].(string); ok {
				return s, true
			}
		}
		return "", false
	case []any:
		if len(v) == 0 {
			return "", false
		}
		return pictureOf(v[0])
	}
	s, ok := textOf(v)
	return s, ok && s != "" && s != "true" && s != "false"
}

// Authors is one author or several, each a name, or a name with a role.
type Authors []article.Author

// AuthorsOf reads authors from a decoded value: a name or several ("张三, 李四"), a
// list of names, a mapping with name and role, or a list of these.
func AuthorsOf(v any) (Authors, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		var out Authors
		for _, e := range v {
			if s, ok := textOf(e); ok {
				if s != "" {
					out = append(out, article.Author{Name: s})
				}
				continue
			}
			one, err := AuthorsOf(e)
			if err != nil {
				return out, err
			}
			out = append(out, one...)
		}
		return out, nil
	case map[string]any:
		return authorOf(v["name"], v["role"])
	case map[any]any:
		return authorOf(v["name"], v["role"])
	}
	s, _ := textOf(v)
	var out Authors
	for _, name := range splitWords(s, false) {
		out = append(out, article.Author{Name: name})
	}
	return out, nil
}

func authorOf(name, role any) (Authors, error) {
	n, ok := textOf(name)
	if !ok || n == "" {
		return nil, fmt.Errorf("found an author without a name, want {name, role}")
	}
	r, _ := textOf(role)
	return Authors{{Name: n, Role: r}}, nil
}

// Words is a list of words, or one string with the words parted by commas.
type Words = []string

// WordsOf reads words from a decoded value. Lists within it are taken for what is
// in them, as Hexo writes a category below another; of a mapping the label counts.
func WordsOf(v any) (Words, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		var out Words
		for _, e := range v {
			if s, ok := textOf(e); ok {
				if s != "" && !slices.Contains(out, s) {
					out = append(out, s)
				}
				continue
			}
			some, err := WordsOf(e)
			if err != nil {
				return out, err
			}
			out = append(out, some...)
		}
		return out, nil
	case map[string]any:
		for _, key := range []string{"label", "name", "title"} {
			if s, ok := textOf(v[key]); ok && s != "" {
				return Words{s}, nil
			}
		}
		return nil, fmt.Errorf("found several keys, want a list of words")
	}
	s, ok := textOf(v)
	if !ok {
		return nil, fmt.Errorf("found %s, want a list of words", describe(v))
	}
	return splitWords(s, true), nil
}

// splitWords cuts at commas and their like, and at white space if spaces is
// set and no comma is there.
func splitWords(s string, spaces bool) []string {
	cut := func(r rune) bool { return strings.ContainsRune(",，、;；", r) }
	if spaces && strings.IndexFunc(s, cut) < 0 {
		cut = unicode.IsSpace
	}
	var out []string
	for _, w := range strings.FieldsFunc(s, cut) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
