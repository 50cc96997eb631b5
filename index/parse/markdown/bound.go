package markdown

import (
	"regexp"
	"strings"
)

// What one paragraph, and one article, may have at most. goldmark looks at every
// bracket that is open for each that closes, and at every footnote for each that
// is referred to.
const (
	mostBrackets  = 4000
	mostFootnotes = 4000
)

// checkSize refuses what would take more than a bound that grows with its size.
func checkSize(lines []line, refuse func(n int, format string, args ...any)) {
	brackets, footnotes := 0, 0
	for _, l := range lines {
		if l.code || isBlank(l.text) {
			brackets = 0
			continue
		}
		brackets += strings.Count(l.text, "[")
		if brackets > mostBrackets {
			refuse(l.n, "a paragraph with more than %d opening brackets; part it by blank lines", mostBrackets)
			return
		}
		if footnoteText.MatchString(l.text) {
			if footnotes++; footnotes > mostFootnotes {
				refuse(l.n, "more than %d footnotes in one file; part the file", mostFootnotes)
				return
			}
		}
	}
}

var (
	footnoteText = regexp.MustCompile(`^ {0,3}\[\^([^\]\s]+)\]:`)
	footnoteCall = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
)

// guardFootnotes makes text of the footnotes that nothing refers to, which would
// be lost.
func guardFootnotes(lines []line) []line {
	called := make(map[string]bool)
	var notes []int
	for i, l := range lines {
		if !strings.Contains(l.text, "[^") {
			continue
		}
		if remarkLine.MatchString(l.text) {
			lines[i].text = ""
			continue
		}
		text := l.text
		if m := footnoteText.FindStringSubmatch(text); m != nil {
			notes = append(notes, i)
			text = text[len(m[0]):]
		}
		for _, m := range footnoteCall.FindAllStringSubmatch(text, -1) {
			called[m[1]] = true
		}
	}
	for _, i := range notes {
		m := footnoteText.FindStringSubmatch(lines[i].text)
		if !called[m[1]] {
			lines[i].text = strings.Replace(lines[i].text, "[^", `\[^`, 1)
		}
	}
	return lines
}
