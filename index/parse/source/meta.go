package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/adrg/frontmatter"
	"github.com/kanbao/kanbao/index/article"
	"gopkg.in/yaml.v2"
)

// Meta is the front matter of a file. Keys that it does not name are left
// alone: other tools keep theirs in the same place.
type Meta struct {
	ID          string  `yaml:"id"`
	Kind        string  `yaml:"kind"` // "newspaper" or "article"
	Title       string  `yaml:"title"`
	Subtitle    string  `yaml:"subtitle"`
	Date        string  `yaml:"date"`
	Author      Authors `yaml:"author"`
	Authors     Authors `yaml:"authors"`
	Tags        Words   `yaml:"tags"`
	Summary     string  `yaml:"summary"`
	Description string  `yaml:"description"`
	Source      string  `yaml:"source"`
	Paper       string  `yaml:"paper"`
	Page        string  `yaml:"page"`
	Name        string  `yaml:"name"` // of the page: 江海新闻
}

// Edition returns what the front matter says of the edition.
func (m *Meta) Edition() article.Edition {
	return article.Edition{Paper: m.Paper, Date: m.Date, Page: m.Page, Name: m.Name}
}

// Split parts the front matter from the text after it, which begins on the
// line that is returned. Without front matter the text is whole.
func Split(name, text string) (meta Meta, body string, line int, err error) {
	var start int
	yamlFormat := frontmatter.NewFormat("---", "---", func(data []byte, v any) error {
		start = 2 + strings.Count(text[:strings.Index(text, "---")], "\n")
		return yaml.Unmarshal(data, v)
	})
	rest, err := frontmatter.Parse(strings.NewReader(text), &meta, yamlFormat)
	if err != nil {
		at, msg := yamlFault(err)
		return meta, "", 0, Errorf(name, start+max(at, 1)-1, "front matter: %s", msg)
	}
	if meta.Date, err = Date(meta.Date); err != nil {
		at := keyLine(text, "date")
		return meta, "", 0, &Error{File: name, Line: at, Msg: err.Error()}
	}
	switch meta.Kind {
	case "", "newspaper", "article":
	default:
		return meta, "", 0, Errorf(name, keyLine(text, "kind"),
			`kind %q: want "newspaper" for a page of several articles or "article"`, meta.Kind)
	}
	return meta, string(rest), 1 + strings.Count(text[:len(text)-len(rest)], "\n"), nil
}

var yamlLine = regexp.MustCompile(`(?s)line (\d+): (.*)`)

// yamlFault takes the line, counted from the first of the front matter, out of
// the message of an error.
func yamlFault(err error) (line int, msg string) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return 0, strings.TrimPrefix(err.Error(), "yaml: ")
	}
	line, _ = strconv.Atoi(m[1])
	return line, strings.TrimSpace(m[2])
}

func keyLine(text, key string) int {
	for i, l := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(l), key+":") {
			return i + 1
		}
	}
	return 1
}

// Authors is one author or several, each a name, or a name with a role.
type Authors []article.Author

// UnmarshalYAML accepts a string ("张三, 李四"), a list of names, and a list of
// mappings with name and role.
func (a *Authors) UnmarshalYAML(unmarshal func(any) error) error {
	var v any
	if err := unmarshal(&v); err != nil {
		return err
	}
	got, err := AuthorsOf(v)
	*a = got
	return err
}

// AuthorsOf reads authors from a decoded YAML or JSON value.
func AuthorsOf(v any) (Authors, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		var out Authors
		for _, name := range splitWords(v, false) {
			out = append(out, article.Author{Name: name})
		}
		return out, nil
	case []any:
		var out Authors
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, article.Author{Name: strings.TrimSpace(s)})
				continue
			}
			one, err := AuthorsOf(e)
			if err != nil {
				return nil, err
			}
			out = append(out, one...)
		}
		return out, nil
	case map[string]any:
		return authorOf(v["name"], v["role"])
	case map[any]any:
		return authorOf(v["name"], v["role"])
	}
	return nil, fmt.Errorf("author: found %v, want a name, a list of names or a list of {name, role}", v)
}

func authorOf(name, role any) (Authors, error) {
	n, ok := name.(string)
	if !ok || strings.TrimSpace(n) == "" {
		return nil, fmt.Errorf("author: found a mapping without a name, want {name, role}")
	}
	r, _ := role.(string)
	return Authors{{Name: strings.TrimSpace(n), Role: strings.TrimSpace(r)}}, nil
}

// Words is a list of words, or one string with the words parted by commas.
type Words []string

// UnmarshalYAML accepts a string or a list.
func (w *Words) UnmarshalYAML(unmarshal func(any) error) error {
	var v any
	if err := unmarshal(&v); err != nil {
		return err
	}
	got, err := WordsOf(v)
	*w = got
	return err
}

// WordsOf reads words from a decoded YAML or JSON value.
func WordsOf(v any) (Words, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return splitWords(v, true), nil
	case []any:
		var out Words
		for _, e := range v {
			if s := strings.TrimSpace(fmt.Sprint(e)); e != nil && s != "" {
				out = append(out, s)
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("tags: found %v, want a list of words", v)
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
