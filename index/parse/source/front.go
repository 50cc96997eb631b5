package source

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A field is one key of front matter. Its value is a string for every scalar, as
// it was written; []any; map[string]any; or nil.
type field struct {
	key   string // in lower case
	line  int    // in the file, from 1
	value any
	fault string // what is wrong with it, if it cannot be read
}

// front is the front matter of a file.
type front struct {
	fields   []field
	body     string // the text behind it
	warnings []*Error
}

// findFront looks for front matter at the top of text: YAML between --- and ---,
// TOML between +++ and +++, a JSON object, JSON that ends with ;;;, or lines that
// Nikola, Org or Pandoc mark. Where there is none, it answers nil. It fails if it is there and cannot be read at all: what
// may say that the article is no one's to see must not become its text.
func findFront(name, text string) (*front, error) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n\ufeff"))
	start = behindComments(text, start)
	first, rest, _ := strings.Cut(text[start:], "\n")
	head := lines{name: name, first: LineAt(text, start) + 1}
	first = strings.TrimRightFunc(first, isBlankRune)
	if at := strings.LastIndexByte(text[:start], '\n') + 1; strings.Trim(text[at:start], " ") == "" {
		head.indent = text[at:start]
	}
	if m := otherOpening.FindStringSubmatch(first); m != nil && first != "---" && opensKnown(rest) {
		read := yamlFields
		if m[2] == "toml" {
			read = tomlFields
		}
		return head.between(rest, m[1], "---", read)
	}
	switch first {
	case "---":
		return head.between(rest, "---", "...", yamlFields)
	case "+++":
		return head.between(rest, "+++", "+++", tomlFields)
	case ";;;":
		return head.between(rest, ";;;", ";;;", func(block string, line int) ([]field, error) {
			return jsonFields("{"+block+"}", line)
		})
	}
	head.first--
	if f := head.marked(text[start:]); f != nil {
		return f, nil
	}
	if strings.HasPrefix(first, "{") {
		return head.object(text[start:])
	}
	return head.unopened(text[start:])
}

var (
	// otherOpening matches what opens front matter besides "---": more dashes, the
	// name of the language behind them, dashes that a word processor has joined.
	otherOpening = regexp.MustCompile(`^([-—–]{2,})[ \t]*(yaml|toml)?$`)
)

// behindComments returns where front matter is opened behind comments, as of a licence,
// or start.
func behindComments(text string, start int) int {
	at := start
	for strings.HasPrefix(text[at:], "<!--") {
		n := strings.Index(text[at:min(at+4000, len(text))], "-->")
		if n < 0 {
			return start
		}
		at += n + len("-->")
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\n"))
	}
	if at > start && !strings.HasPrefix(text[at:], "---\n") && !strings.HasPrefix(text[at:], "+++\n") {
		return start
	}
	return at
}

// opensKnown reports whether the first line sets a key that front matter has.
func opensKnown(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	key, _, ok := setsKey(line)
	return ok && (slices.Contains(known, key) || ruleOf(key) != 0)
}

// lines are those of front matter.
type lines struct {
	name   string
	first  int    // the number of the first of them in the file
	indent string // of the line that opens it
}

// isBlankRune reports whether nobody sees r at the end of a line.
func isBlankRune(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// between reads front matter up to the line that ends it. A line of dashes at the
// top that no key follows is a rule, and part of the text.
func (h lines) between(rest, end, otherEnd string, read func(block string, line int) ([]field, error)) (*front, error) {
	at, after := 0, -1
	for line := range strings.Lines(rest) {
		if trimmed := strings.TrimPrefix(strings.TrimRightFunc(line, isBlankRune), h.indent); trimmed == end || trimmed == otherEnd {
			after = at + len(line)
			break
		}
		at += len(line)
	}
	if after < 0 {
		return h.unclosed(rest, end, read)
	}
	block := rest[:at]
	if h.indent != "" {
		block = strings.ReplaceAll("\n"+block, "\n"+h.indent, "\n")[1:]
	}
	if strings.TrimSpace(block) == "" {
		if end == "---" && at > 0 {
			return nil, nil
		}
		return &front{body: rest[after:]}, nil
	}
	fields, err := read(block, h.first)
	if fields == nil && err == nil {
		fields, err = h.each(block, read)
	}
	if fields == nil && err == nil {
		return nil, nil
	}
	if err != nil {
		return nil, Errorf(h.name, lineOfFault(err, h.first), "front matter cannot be read: %v; the article is not shown, because it may say so there", err)
	}
	return &front{fields: fields, body: rest[after:]}, nil
}

// unclosed reads front matter that no line ends: its keys go on to the first line
// that is none.
func (h lines) unclosed(rest, end string, read func(block string, line int) ([]field, error)) (*front, error) {
	at := 0
	keys := 0
	for line := range strings.Lines(rest) {
		line = strings.TrimRight(line, "\n")
		if !isKey(line) || strings.TrimSpace(line) == "" {
			break
		}
		if _, _, ok := setsKey(line); ok {
			keys++
		}
		at += len(line) + 1
	}
	if keys == 0 {
		return nil, nil
	}
	at = min(at, len(rest))
	fields, err := read(rest[:at], h.first)
	if fields == nil && err == nil {
		fields, err = h.each(rest[:at], read)
	}
	if err != nil || fields == nil {
		return nil, Errorf(h.name, h.first-1, "front matter is opened by %s and not closed; write %s behind its last line", end, end)
	}
	return &front{fields: fields, body: rest[at:], warnings: []*Error{
		Warningf(h.name, h.first-1, "front matter is opened by %s and not closed; write %s behind its last line", end, end),
	}}, nil
}

// known are keys that front matter without a line that opens it may begin with.
var known = []string{"title", "date", "status", "layout", "id", "author", "tags", "categories", "draft", "published", "slug", "description", "permalink"}

// unopened reads front matter whose first line was forgotten: it begins with a key
// that is known, and a line of dashes ends it.
func (h lines) unopened(text string) (*front, error) {
	at, n := 0, 0
	for line := range strings.Lines(text) {
		key, _, _ := setsKey(line)
		switch trimmed := strings.TrimRight(line, " \t\n"); {
		case n == 0 && !slices.Contains(known, key):
			return nil, nil
		case n > 0 && trimmed == ";;;":
			// Hexo has JSON like this.
			fields, err := jsonFields("{"+strings.TrimRight(text[:at], ", \t\n")+"}", h.first)
			if err != nil {
				return nil, Errorf(h.name, h.first, "front matter cannot be read as JSON: %v; the article is not shown, because it may say so there", err)
			}
			return &front{fields: fields, body: text[at+len(line):]}, nil
		case n > 0 && trimmed == "---":
			fields, err := yamlFields(text[:at], h.first)
			if fields == nil && err == nil {
				fields, err = h.each(text[:at], yamlFields)
			}
			if fields == nil || err != nil {
				return nil, err
			}
			return &front{fields: fields, body: text[at+len(line):], warnings: []*Error{
				Warningf(h.name, h.first, "front matter begins without a line of ---; write one before it"),
			}}, nil
		case trimmed == "" && n > 1 && at < len(text):
			// MkDocs and Pelican end it by an empty line.
			return h.untilBlank(text, at, at+len(line))
		case trimmed == "" || !isKey(trimmed) || n > 200:
			return nil, nil
		}
		at += len(line)
		n++
	}
	return nil, nil
}

// untilBlank reads keys that begin the text and that a blank line ends, if each of the
// lines is a key's.
func (h lines) untilBlank(text string, end, behind int) (*front, error) {
	for line := range strings.Lines(text[:end]) {
		key, value, ok := setsKey(line)
		if !ok || !Knows(key) && strings.ContainsAny(value, "。！？") {
			return nil, nil
		}
	}
	fields, err := h.each(text[:end], yamlFields)
	if fields == nil || err != nil {
		return nil, err
	}
	return &front{fields: fields, body: text[behind:], warnings: []*Error{
		Warningf(h.name, h.first, "front matter begins without a line of ---; write one before it and one behind it"),
	}}, nil
}

// object reads a JSON object at the top of the text. One without a known key is
// text that happens to begin with a brace.
func (h lines) object(text string) (*front, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		if m := regexp.MustCompile(`^\{(?:\s|//[^\n]*\n)*"?([a-z]\w*)"?\s*:`).FindStringSubmatch(text); m != nil && slices.Contains(known, m[1]) {
			return nil, Errorf(h.name, h.first, "front matter cannot be read as JSON: %v; the article is not shown, because it may say so there", err)
		}
		return nil, nil
	}
	fields, err := jsonFields(string(raw), h.first)
	if err != nil || !slices.ContainsFunc(fields, func(f field) bool { return slices.Contains(known, f.key) }) {
		return nil, nil
	}
	body := text[dec.InputOffset():]
	return &front{fields: fields, body: strings.TrimPrefix(strings.TrimLeft(body, " \t"), "\n")}, nil
}
