package feed

import (
	"strings"
	"time"

	"github.com/kanbao/kanbao/index/parse/source"
)

// layouts are how RSS writes a moment.
var layouts = []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", time.RFC822Z, time.RFC822}

// dateOf returns the day of a moment, and the moment as package source reads it.
func dateOf(s string) (date, moment string, ok bool) {
	s = strings.TrimSpace(s)
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t.Format(time.DateOnly), t.Format(time.RFC3339), true
		}
	}
	date, err := source.Date(s)
	return date, s, err == nil && date != ""
}
