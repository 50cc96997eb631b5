package serve

import (
	"strconv"
	"strings"
)

// An encoding is a way in which a file may lie compressed beside itself.
type encoding struct {
	name   string // as in Accept-Encoding
	suffix string
}

// encodings in the order in which we would rather send them.
var encodings = [...]encoding{{"br", ".br"}, {"gzip", ".gz"}}

// accepts reports whether an Accept-Encoding header allows the coding. A coding
// is allowed if it is named, or if "*" is and it is not, with a weight above 0.
func accepts(header, coding string) bool {
	any := false
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		switch name {
		case coding:
			return weight(params) > 0
		case "*":
			any = weight(params) > 0
		}
	}
	return any
}

func weight(params string) float64 {
	v, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return 0
	}
	return q
}
