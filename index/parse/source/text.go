package source

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Text reads all of r as text: UTF-8, UTF-16 with a byte order mark, or
// GB18030 (of which GBK and GB2312 are parts). Line ends become "\n".
func Text(name string, r io.Reader) (string, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return "", Errorf(name, 0, "cannot be read: %v", err)
	}
	text, err := decode(name, raw)
	if err != nil {
		return "", err
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", Errorf(name, LineAt(text, i), "NUL byte: this is not a text file; save it as UTF-8 text")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

// LineAt returns the number of the line, from 1, that the byte at offset is on.
func LineAt(text string, offset int) int {
	return 1 + strings.Count(text[:offset], "\n")
}

func decode(name string, raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return decodeWith(name, raw, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM))
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	at, bad, good := invalid(raw)
	// GB18030 gives a meaning to nearly every pair of bytes, so UTF-8 with a
	// damaged character would also pass for it, as gibberish. Text that is for
	// the most part good UTF-8 is taken for damaged UTF-8.
	if good <= 4*bad {
		if s, err := decodeWith(name, raw, simplifiedchinese.GB18030); err == nil && !strings.ContainsRune(s, utf8.RuneError) {
			return s, nil
		}
	}
	return "", Errorf(name, 1+bytes.Count(raw[:at], []byte("\n")),
		"byte 0x%02X is not UTF-8; save the file as UTF-8", raw[at])
}

func decodeWith(name string, raw []byte, e encoding.Encoding) (string, error) {
	s, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", Errorf(name, 0, "cannot be decoded: %v; save the file as UTF-8", err)
	}
	return string(s), nil
}

// invalid returns the offset of the first byte that is not UTF-8, how many such
// bytes there are, and how many characters of several bytes are good.
func invalid(raw []byte) (at, bad, good int) {
	at = -1
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if at < 0 {
				at = i
			}
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return at, bad, good
}
