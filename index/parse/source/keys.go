package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keyLine matches a line that sets a key, as front matter is written, with or without
// the space that YAML wants behind the colon.
var keyLine = regexp.MustCompile(`^["']?([A-Za-z_][\w.-]*|\p{Han}+)["']?[ \t]*[:：=](.*)$`)

// setsKey returns the key that a line sets, in lower case, and what it sets it to; or
// false. One in Han is a key if it has a rule: 「提要：」 may begin a text. So is one that
// stands in a list, by mistake.
func setsKey(line string) (key, value string, ok bool) {
	item, isItem := strings.CutPrefix(strings.TrimRight(line, "\n"), "- ")
	m := keyLine.FindStringSubmatch(item)
	if isItem && (m == nil || ruleOf(strings.ToLower(m[1])) == 0) {
		return "", "", false
	}
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
