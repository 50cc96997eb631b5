package source

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// fewBad is of how many characters one may mean nothing in a text that is read as it is
// shown.
const fewBad = 50

// DecodeAsShown is Decode for a page that is read where it is: what stands for no character,
// as the half of one that was cut off by a program, is U+FFFD, as browsers show it, if there
// is little of it. The error is that of Decode.
func DecodeAsShown(name string, raw []byte, declared string) (string, error) {
	text, err := Decode(name, raw, declared)
	if err == nil {
		return text, nil
	}
	_, said := lookup(declared)
	best, least := "", -1
	for _, e := range []encoding.Encoding{markOf(raw), said, encoding.Nop, simplifiedchinese.GB18030} {
		if e == nil {
			continue
		}
		out, failed := e.NewDecoder().Bytes(raw)
		if failed != nil {
			continue
		}
		read := strings.ToValidUTF8(strings.TrimPrefix(string(out), "\uFEFF"), "\uFFFD")
		bad := strings.Count(read, "\uFFFD") + strings.Count(read, "\x00")
		if bad*fewBad <= utf8.RuneCountInString(read) && (least < 0 || bad < least) {
			best, least = read, bad
		}
	}
	if least < 0 {
		return "", err
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(best), nil
}
