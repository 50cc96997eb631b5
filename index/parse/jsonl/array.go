package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/source"
)

// Array reads a JSON file with an array of articles, as "kanbao articles --json"
// prints it, an object with such an array, or one article.
type Array struct{}

// arrays are the keys that an array of articles stands under.
var arrays = []string{"items", "articles", "posts", "data"}

// IsArticles reports whether a JSON file has articles: objects with a title and a
// text. Other programs keep their settings in files of that kind.
func IsArticles(text string) bool {
	_, objects, feed := find(text)
	for _, o := range objects {
		var one struct {
			Title                                                     any
			Text, Content, Body, Content_Text, Content_HTML, Sections any
		}
		if json.Unmarshal(o, &one) == nil && (one.Title != nil || feed) && (one.Text != nil || one.Content != nil || one.Body != nil || one.Content_Text != nil || one.Content_HTML != nil || one.Sections != nil) {
			return true
		}
	}
	return false
}

// Broken returns what is wrong with a JSON file that has the keys of articles, and on
// which line, or nil: one that is none for a reason of its own is nobody's fault.
func Broken(text string) (line int, err error) {
	if !titleKey.MatchString(text) || !textKey.MatchString(text) {
		return 0, nil
	}
	var whole json.RawMessage
	var fault *json.SyntaxError
	if err := json.Unmarshal([]byte(text), &whole); errors.As(err, &fault) {
		return source.LineAt(text, min(int(fault.Offset), len(text))), fmt.Errorf("not JSON: %w", err)
	}
	return 0, nil
}

var (
	titleKey = regexp.MustCompile(`(?i)"title"\s*:`)
	textKey  = regexp.MustCompile(`(?i)"(?:text|content|body|content_text|content_html|sections)"\s*:`)
)

// find returns the objects of a file, what of it is before them, and whether it is a JSON
// Feed, whose items need no title.
func find(text string) (before string, objects []json.RawMessage, feed bool) {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	before = text[:len(text)-len(trimmed)]
	if !strings.HasPrefix(trimmed, "{") {
		if json.Unmarshal([]byte(trimmed), &objects) != nil {
			return "", nil, false
		}
		return before, objects, false
	}
	var whole map[string]json.RawMessage
	if json.Unmarshal([]byte(trimmed), &whole) != nil {
		return "", nil, false
	}
	feed = bytes.Contains(whole["version"], []byte("jsonfeed.org"))
	for _, key := range arrays {
		if raw := whole[key]; raw != nil && json.Unmarshal(raw, &objects) == nil {
			return text[:strings.Index(text, string(raw))], objects, feed
		}
	}
	return before, []json.RawMessage{json.RawMessage(trimmed)}, false
}

// Parse yields an article, or an error, for every object.
func (Array) Parse(name string, r io.Reader) iter.Seq2[*article.Article, error] {
	return func(yield func(*article.Article, error) bool) {
		text, err := source.Text(name, r)
		if err != nil {
			yield(nil, err)
			return
		}
		before, objects, feed := find(text)
		at := len(before)
		for i, o := range objects {
			// Objects follow each other, so each is looked for behind the last.
			if next := strings.Index(text[at:], string(o)); next >= 0 {
				at += next
			}
			if !give(name, i+1, source.LineAt(text, at), o, feed, yield) {
				return
			}
			at += len(o)
		}
	}
}
