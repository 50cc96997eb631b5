package source

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Error is what there is to say of a content file to whoever edits it: most
// often a fault that costs an article, or something less, as its Grade says.
type Error struct {
	File  string // relative to the content folder
	Line  int    // from 1; 0 if it is about the file as a whole
	Msg   string
	Grade Grade
}

// A Grade says what an Error costs.
type Grade uint8

// The grades.
const (
	Fault   Grade = iota // the article, or the line of a settings file, is not there
	Warning              // the article is there, but something that was said of it is not
	Held                 // the article is not to be published (yet)
	Passed               // the file is no article, or of a kind that is not read
)

func (e *Error) Error() string {
	if e.Line == 0 {
		return visible(e.File) + ": " + visible(e.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", visible(e.File), e.Line, visible(e.Msg))
}

// visible writes text for a terminal, which acts upon control characters: names of files
// and what is in them may be anybody's.
func visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isUnseen) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case isUnseen(r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isUnseen reports whether r is a control character, or turns the direction of text.
func isUnseen(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

// Errorf makes an Error that is a Fault.
func Errorf(file string, line int, format string, args ...any) *Error {
	return &Error{File: file, Line: line, Msg: fmt.Sprintf(format, args...)}
}

// Warningf makes an Error that is a Warning.
func Warningf(file string, line int, format string, args ...any) *Error {
	return &Error{File: file, Line: line, Msg: fmt.Sprintf(format, args...), Grade: Warning}
}
