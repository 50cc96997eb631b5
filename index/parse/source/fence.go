package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/index/article"
)

// fenceOpens matches the line that opens code in which front matter may stand.
var fenceOpens = regexp.MustCompile("^(`{3,}|~{3,})[ \t]*(|ya?ml|toml|jsonc?|markdown|md|mdx|text|txt|front-?matter)[ \t]*$")

// readFence looks for front matter that stands in a code fence where a text begins, as
// some programs hand it out. It may be an example, so it stays in the text; but what it
// says against being published counts, and whoever meant an example is told.
func (m *Meta) readFence(name, text string) {
	rest := strings.TrimLeft(text, " \t\n\ufeff")
	line := LineAt(text, len(text)-len(rest))
	opening, rest, _ := strings.Cut(rest, "\n")
	fence := fenceOpens.FindStringSubmatch(strings.TrimRight(opening, " \t"))
	if fence == nil {
		return
	}
	code := untilFence(rest, fence[1])
	if !strings.HasPrefix(code, "---") && !strings.HasPrefix(code, "+++") && len(code) > mostInFence {
		return // some other file, as an example
	}
	fields := fieldsOfFence(name, code, strings.ToLower(fence[2]))
	if m.holdBy(name, fields) {
		m.Said = true
		m.Warnings = append(m.Warnings, Warningf(name, line, "front matter stands in a code fence at the top; of it counts only what it says against being published. "+
			"Take the lines of the fence away, or if it is an example, write a line of text above it"))
	}
}

// readSecond looks for front matter behind front matter, which begins on a line, as
// programs leave it that put their own before one that is there. It stays in the text.
func (m *Meta) readSecond(name, body string, line int) {
	rest := strings.TrimLeft(body, " \t\n")
	if !strings.HasPrefix(rest, "---\n") && !strings.HasPrefix(rest, "+++\n") {
		return
	}
	f, err := findFront(name, rest)
	if err != nil || f == nil || len(f.warnings) > 0 {
		return
	}
	if m.holdBy(name, f.fields) {
		m.Warnings = append(m.Warnings, Warningf(name, line+LineAt(body, len(body)-len(rest))-1,
			"front matter stands here a second time; of it counts only what it says against being published. Make one of the two"))
	}
}

// holdBy takes of some fields only what they say against being published, if they are
// front matter of an article, and reports whether they say anything.
func (m *Meta) holdBy(name string, fields []field) bool {
	if !slices.ContainsFunc(fields, func(f field) bool {
		return f.key == "title" || ruleOf(f.key) == heldIfDraft || ruleOf(f.key) == heldIfFalse
	}) {
		return false
	}
	var within Meta
	for _, f := range fields {
		within.set(name, f)
	}
	found, r := within.Publication.Release, &m.Publication.Release
	if found == (article.Release{}) {
		return false
	}
	r.Held, r.Until = cmp.Or(r.Held, found.Held), cmp.Or(r.Until, found.Until)
	r.From = cmp.Or(latest([]string{r.From, found.From, found.Date}), r.From, found.From, found.Date)
	return true
}

// mostInFence is how many bytes front matter may have in a fence that has no lines to
// open and close it.
const mostInFence = 1 << 16

// untilFence returns the lines before the one that closes a fence.
func untilFence(text, fence string) string {
	at := 0
	for line := range strings.Lines(text) {
		if s := strings.TrimSpace(line); len(s) >= len(fence) && strings.Trim(s, fence[:1]) == "" {
			break
		}
		at += len(line)
	}
	return text[:at]
}

// fieldsOfFence reads front matter with the lines that open and close it, or in a
// language that says what it is, without.
func fieldsOfFence(name, code, language string) []field {
	if f, err := findFront(name, code); f != nil && err == nil {
		return f.fields
	}
	read := yamlFields
	switch language {
	case "toml":
		read = tomlFields
	case "yaml", "yml", "frontmatter", "front-matter":
	default:
		return nil
	}
	fields, err := read(code, 1)
	if err != nil {
		return nil
	}
	return fields
}
