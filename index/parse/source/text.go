package source

import (
	"io"
	"strings"
)

// Text reads all of r as text, in whichever charset Decode finds. Line ends
// become "\n".
func Text(name string, r io.Reader) (string, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return "", Errorf(name, 0, "cannot be read: %v", err)
	}
	return Decode(name, raw, "")
}

// LineAt returns the number of the line, from 1, that the byte at offset is on.
func LineAt(text string, offset int) int {
	return 1 + strings.Count(text[:offset], "\n")
}

// Decode turns the bytes of a file into text with "\n" at the ends of lines.
// declared is the charset that the file says it is in, by any of its labels, or
// empty. A byte order mark comes before what is declared, and so does UTF-8
// where the bytes are that. Without a declaration that the bytes bear out, the
// charset is the one in which they read as text that people write. Text that
// cannot be told from gibberish is an error.
func Decode(name string, raw []byte, declared string) (string, error) {
	text, err := decode(name, raw, declared)
	if err != nil {
		return "", err
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", Errorf(name, LineAt(text, i), "NUL byte: this is not a text file; save it as UTF-8 text")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}
