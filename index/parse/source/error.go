package source

import "fmt"

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
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// Errorf makes an Error that is a Fault.
func Errorf(file string, line int, format string, args ...any) *Error {
	return &Error{File: file, Line: line, Msg: fmt.Sprintf(format, args...)}
}

// Warningf makes an Error that is a Warning.
func Warningf(file string, line int, format string, args ...any) *Error {
	return &Error{File: file, Line: line, Msg: fmt.Sprintf(format, args...), Grade: Warning}
}
