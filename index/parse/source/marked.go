package source

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A marked form is front matter whose lines are each marked, so that nothing opens it:
// that of Nikola (".. title: 潮") and of Org ("#+TITLE: 潮").
type markedForm struct {
	line *regexp.Regexp // its key and its value
	// fields are those that a key and its value stand for.
	fields func(key, value string, line int) []field
}

var markedForms = []markedForm{
	{regexp.MustCompile(`^\.\.[ \t]+([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$`), nikolaFields},
	{regexp.MustCompile(`^#\+([A-Za-z_][\w-]*(?:\[\])?):(?:[ \t]*(.*))?$`), orgFields},
}

// marked reads front matter that some program marks line by line, or answers nil. The
// first line has a key that is known. It may stand in a comment of HTML, which ends with
// it; then the text begins behind that.
func (h lines) marked(text string) *front {
	inner, inComment := strings.CutPrefix(text, "<!--")
	blanks := len(inner) - len(strings.TrimLeft(inner, " \t\n"))
	if !inComment {
		blanks = 0
	}
	start := len(text) - len(inner) + blanks
	n := h.first + strings.Count(text[:start], "\n")
	for _, form := range markedForms {
		fields, used := form.read(text[start:], n)
		if fields == nil {
			continue
		}
		body := text[start+used:]
		if inComment {
			rest := strings.TrimLeft(body, " \t\n")
			if !strings.HasPrefix(rest, "-->") {
				continue
			}
			body = strings.TrimPrefix(strings.TrimLeft(rest[len("-->"):], " \t"), "\n")
		}
		return &front{fields: fields, body: body}
	}
	return h.titleBlock(text)
}

// read returns the fields that a text begins with, and how many bytes they have.
func (m *markedForm) read(text string, n int) (fields []field, used int) {
	for line := range strings.Lines(text) {
		found := m.line.FindStringSubmatch(strings.TrimRight(line, " \t\n"))
		if found == nil {
			break
		}
		key := strings.ToLower(found[1])
		if used == 0 && !slices.Contains(known, key) && ruleOf(key) == 0 {
			return nil, 0
		}
		fields = append(fields, m.fields(key, strings.TrimSpace(found[2]), n)...)
		used += len(line)
		n++
	}
	return fields, used
}

// nikolaFields takes the tags by which earlier versions of Nikola marked drafts for what
// they say.
func nikolaFields(key, value string, line int) []field {
	fields := []field{{key: key, line: line, value: value}}
	if key != "tags" {
		return fields
	}
	for _, tag := range splitWords(value, false) {
		if tag = strings.ToLower(tag); tag == "draft" || tag == "private" {
			fields = append(fields, field{key: "status", line: line, value: tag})
		}
	}
	return fields
}

// orgFields takes the brackets off Org's dates, the colons off its tags, and off its keys
// the name of the generator that they are for.
func orgFields(key, value string, line int) []field {
	key = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(key, "hugo_"), "export_"), "[]")
	if m := orgDate.FindStringSubmatch(value); m != nil {
		value = m[1]
	}
	if key == "filetags" {
		key, value = "tags", strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ':' || r == ' ' }), ",")
	}
	return []field{{key: key, line: line, value: value}}
}

var orgDate = regexp.MustCompile(`^[<\[](\d{4}-[^<>\[\]]*)[>\]]$`)

// titleBlock reads the title, the authors and the date that Pandoc has behind signs of per
// cent, or answers nil.
func (h lines) titleBlock(text string) *front {
	keys := []string{"title", "author", "date"}
	var fields []field
	used := 0
	for line := range strings.Lines(text) {
		trimmed := strings.TrimRight(line, " \t\n")
		value, begins := strings.CutPrefix(trimmed, "%")
		switch {
		case begins && (value == "" || value[0] == ' ' || value[0] == '\t'):
			if len(fields) == len(keys) {
				return nil // a comment of some other language
			}
			fields = append(fields, field{key: keys[len(fields)], line: h.first + len(fields), value: strings.TrimSpace(value)})
		case len(fields) > 0 && trimmed != "" && (line[0] == ' ' || line[0] == '\t'):
			f := &fields[len(fields)-1]
			parting, before := " ", f.value.(string)
			last, _ := utf8.DecodeLastRuneInString(before)
			switch {
			case f.key == "author":
				parting = ";"
			case unicode.Is(unicode.Han, last) || unicode.IsPunct(last) && last > unicode.MaxLatin1:
				parting = "" // Chinese goes on where it was
			}
			f.value = before + parting + strings.TrimSpace(trimmed)
		case trimmed != "":
			return nil
		}
		if trimmed == "" {
			break
		}
		used += len(line)
	}
	if len(fields) == 0 || fields[0].value == "" && len(fields) == 1 {
		return nil
	}
	return &front{fields: fields, body: text[used:]}
}

// readLast looks for front matter that stands at the end of a text, as Pandoc takes it,
// and returns the text without it. It is between --- and --- or ..., behind a blank line,
// and all its lines set keys, the first of them a known one.
func (m *Meta) readLast(name, body string, line int) string {
	text := strings.TrimRight(body, " \t\n")
	if !strings.HasSuffix(text, "\n---") && !strings.HasSuffix(text, "\n...") {
		return body
	}
	inner := text[:len(text)-len("\n---")]
	from := strings.LastIndex(inner, "\n---\n")
	switch {
	case from < 0 || len(inner)-from > mostInFence:
		return body
	case strings.TrimSpace(inner[:from]) == "" || !isBlankLine(lastLine(inner[:from])):
		return body
	}
	block := inner[from+len("\n---\n"):] + "\n"
	if !opensKnown(block) || hasOpenFence(inner[:from]) {
		return body
	}
	for l := range strings.Lines(block) {
		if !isKey(strings.TrimRight(l, "\n")) {
			return body
		}
	}
	at := line + strings.Count(body[:from+1], "\n")
	fields, err := yamlFields(block, at+1)
	if fields == nil && err == nil {
		fields, err = lines{name: name, first: at + 1}.each(block, yamlFields)
	}
	if fields == nil || err != nil {
		return body
	}
	if m.Said {
		// What stands above counts; this may be about something else.
		if m.holdBy(name, fields) {
			m.Warnings = append(m.Warnings, Warningf(name, at,
				"front matter stands at the end a second time; of it counts only what it says against being published. Make one of the two"))
		}
		return body
	}
	m.Said = true
	for _, f := range fields {
		m.set(name, f)
	}
	return body[:from+1]
}

// lastLine returns what stands behind the last end of a line.
func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }

func isBlankLine(s string) bool { return strings.TrimSpace(s) == "" }

// hasOpenFence reports whether a text ends within a fence of code.
func hasOpenFence(text string) bool {
	open := ""
	for line := range strings.Lines(text) {
		s := strings.TrimSpace(line)
		switch {
		case open != "" && len(s) >= len(open) && strings.Trim(s, open[:1]) == "":
			open = ""
		case open == "":
			if m := fenceOf.FindString(s); m != "" {
				open = m
			}
		}
	}
	return open != ""
}

var fenceOf = regexp.MustCompile("^(?:`{3,}|~{3,})")
