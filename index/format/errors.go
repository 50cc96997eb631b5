package format

import (
	"errors"
	"fmt"
)

// ErrCorrupt is what every CorruptError is, for errors.Is.
var ErrCorrupt = errors.New("index file is damaged")

// A CorruptError says which bytes of which file are not what the format wants.
type CorruptError struct {
	File    string // as served, e.g. "k3v9q2m4d5aa7cfe.kb"; may be empty until the caller fills it in
	Section string // a name from docs/index-format.md
	Offset  int64  // byte offset in the section, after inflating
	Reason  string // what was found and what was wanted
}

func (e *CorruptError) Error() string {
	file := e.File
	if file == "" {
		file = "index"
	}
	return fmt.Sprintf("%s: %s at byte %d: %s", file, e.Section, e.Offset, e.Reason)
}

// Is reports that a CorruptError is ErrCorrupt.
func (e *CorruptError) Is(target error) bool { return target == ErrCorrupt }

// InFile returns err with the file named, if err is a CorruptError without one.
func InFile(err error, file string) error {
	var c *CorruptError
	if errors.As(err, &c) && c.File == "" {
		named := *c
		named.File = file
		return &named
	}
	return err
}

// A VersionError says that an index was written by another format than this
// engine reads. It is not damage: the page and the index are of two builds.
type VersionError struct {
	File  string
	Found int
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("%s: written by format %d, this engine reads %d: reload the page to update", e.File, e.Found, Version)
}
