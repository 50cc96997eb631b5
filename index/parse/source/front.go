package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
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
// TOML between +++ and +++, a JSON object, or JSON that ends with ;;;. Where there
// is none, it answers nil. It fails if it is there and cannot be read at all: what
// may say that the article is no one's to see must not become its text.
func findFront(name, text string) (*front, error) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n\ufeff"))
	start = behindComments(text, start)
	first, rest, _ := strings.Cut(text[start:], "\n")
	head := lines{name: name, first: LineAt(text, start) + 1}
	first = strings.TrimRight(first, " \t")
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
	name  string
	first int // the number of the first of them in the file
}

// keyLine matches a line that sets a key, as front matter is written, with or without
// the space that YAML wants behind the colon.
var keyLine = regexp.MustCompile(`^["']?([A-Za-z_][\w.-]*|\p{Han}+)["']?[ \t]*[:：=](.*)$`)

// setsKey returns the key that a line sets, in lower case, and what it sets it to; or
// false. One in Han is a key if it has a rule: 「提要：」 may begin a text.
func setsKey(line string) (key, value string, ok bool) {
	m := keyLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
	if m == nil || m[1][0] >= utf8.RuneSelf && ruleOf(m[1]) == 0 {
		return "", "", false
	}
	return strings.ToLower(m[1]), m[2], true
}

// isKey reports whether a line sets a key or is between two that do.
func isKey(line string) bool {
	_, _, ok := setsKey(line)
	return ok || strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") ||
		strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "-")
}

// between reads front matter up to the line that ends it. A line of dashes at the
// top that no key follows is a rule, and part of the text.
func (h lines) between(rest, end, otherEnd string, read func(block string, line int) ([]field, error)) (*front, error) {
	at, after := 0, -1
	for line := range strings.Lines(rest) {
		if trimmed := strings.TrimRight(line, " \t\n"); trimmed == end || trimmed == otherEnd {
			after = at + len(line)
			break
		}
		at += len(line)
	}
	if after < 0 {
		return h.unclosed(rest, end, read)
	}
	block := rest[:at]
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

// each reads front matter key by key, so that one that cannot be read costs nothing
// but itself. It answers nil if the first line sets no key.
func (h lines) each(block string, read func(block string, line int) ([]field, error)) ([]field, error) {
	type part struct {
		text string
		line int
	}
	var parts []part
	n, meant := h.first, false
	for line := range strings.Lines(block) {
		key, _, ok := setsKey(line)
		switch {
		case ok:
			meant = meant || len(parts) == 0 && slices.Contains(known, key)
			parts = append(parts, part{line, n})
		case len(parts) > 0:
			if !meant && !isKey(line) {
				return nil, nil // prose between two rules
			}
			parts[len(parts)-1].text += line
		case strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#"):
			return nil, nil
		}
		n++
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return p.text[0] < utf8.RuneSelf }) {
		return nil, nil
	}
	var fields []field
	for _, p := range parts {
		got, err := read(p.text, p.line)
		if len(got) == 1 && err == nil {
			fields = append(fields, got...)
			continue
		}
		line, rest, _ := strings.Cut(p.text, "\n")
		key, value, _ := setsKey(line)
		f := field{key: key, line: p.line, value: looseValue(value)}
		if within := indented(rest, p.line+1); within != nil {
			fields = append(append(fields, f), within...)
			continue
		}
		if strings.TrimSpace(rest) != "" {
			f.value, f.fault = nil, "cannot be read"
			if err != nil {
				f.fault += ": " + plainFault(err)
			}
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// looseValue reads a value that is no YAML: a list in brackets, or all of it as a word.
func looseValue(s string) any {
	s = strings.TrimSpace(s)
	inner, opened := strings.CutPrefix(s, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed || strings.ContainsAny(inner, "[]") {
		return strings.Trim(s, `"'`)
	}
	list := []any{}
	for word := range strings.SplitSeq(inner, ",") {
		if word = strings.Trim(strings.TrimSpace(word), `"'`); word != "" {
			list = append(list, word)
		}
	}
	return list
}

// indented returns the keys in lines that were indented by mistake, each with its
// value on its line, or nil if the lines are anything else.
func indented(text string, line int) (fields []field) {
	for l := range strings.Lines(text) {
		key, value, ok := setsKey(strings.TrimSpace(l))
		switch {
		case ok:
			fields = append(fields, field{key: key, line: line, value: strings.Trim(strings.TrimSpace(value), `"'`)})
		case strings.TrimSpace(l) != "":
			return nil
		}
		line++
	}
	return fields
}

// yamlFields answers nil where the block is no mapping, or not YAML: then it is
// read key by key.
func yamlFields(block string, line int) ([]field, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(block), &doc); err != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, nil
	}
	var fields []field
	budget := mostNodes
	for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
		key, value := doc.Content[0].Content[i], doc.Content[0].Content[i+1]
		made := yamlValue(value, &budget, false)
		if merged, ok := made.(map[string]any); ok && key.Value == "<<" {
			for _, f := range plainFields(merged, func(string) int { return line + key.Line - 1 }) {
				fields = append(fields, f)
			}
			continue
		}
		fields = append(fields, field{key: keyOf(key.Value), line: line + key.Line - 1, value: made})
	}
	return fields, nil
}

// keyOf returns a key in lower case and half width, without what nobody sees in it.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > 0xFF00 && r < 0xFF5F:
			r -= 0xFEE0
		case unicode.Is(unicode.Cf, r), unicode.IsSpace(r) && r > unicode.MaxASCII:
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// mostNodes is how many nodes aliases may stand for: one of a few bytes may stand for
// many.
const mostNodes = 10000

// yamlValue returns a value. Of budget, nodes that stand in an alias are taken.
func yamlValue(n *yaml.Node, budget *int, inAlias bool) any {
	if inAlias {
		if *budget--; *budget < 0 {
			return nil
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return yamlValue(n.Alias, budget, true)
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.Content {
			list = append(list, yamlValue(e, budget, inAlias))
		}
		return list
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[strings.ToLower(n.Content[i].Value)] = yamlValue(n.Content[i+1], budget, inAlias)
		}
		return m
	}
	if n.ShortTag() == "!!null" {
		return nil
	}
	return n.Value
}

// tomlFields answers nil where the block is not TOML: then it is read key by key.
func tomlFields(block string, line int) ([]field, error) {
	var m map[string]any
	if err := toml.Unmarshal([]byte(block), &m); err != nil || len(m) == 0 {
		return nil, nil
	}
	return plainFields(m, func(key string) int { return line + lineOfKey(block, key) }), nil
}

func jsonFields(object string, line int) ([]field, error) {
	dec := json.NewDecoder(strings.NewReader(object))
	dec.UseNumber()
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		return nil, err
	}
	return plainFields(m, func(key string) int { return line + lineOfKey(object, key) }), nil
}

// plainFields are the fields of a decoded object as front matter has them.
func plainFields(m map[string]any, line func(key string) int) []field {
	fields := make([]field, 0, len(m))
	for key, v := range m {
		fields = append(fields, field{key: keyOf(key), line: line(key), value: plain(v)})
	}
	slices.SortFunc(fields, func(a, b field) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.key, b.key)
	})
	return fields
}

// plain makes a string of every scalar.
func plain(v any) any {
	switch v := v.(type) {
	case nil, string:
		return v
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			m[strings.ToLower(k)] = plain(e)
		}
		return m
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// lineOfKey returns the number, from 0, of the line on which a key is set.
func lineOfKey(block, key string) int {
	n := 0
	for line := range strings.Lines(block) {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t\"'{,"), key); ok {
			if rest = strings.TrimLeft(rest, " \t\"'"); strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=") {
				return n
			}
		}
		n++
	}
	return 0
}

// plainFault is an error of a library without its name and its line, which counts
// from where the block begins.
func plainFault(err error) string {
	msg := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "toml: ")
	return yamlLine.ReplaceAllString(msg, "")
}

var yamlLine = regexp.MustCompile(`line \d+: `)

func lineOfFault(err error, first int) int {
	var fault *toml.DecodeError
	if errors.As(err, &fault) {
		line, _ := fault.Position()
		return first + line - 1
	}
	return first
}
