package feed

import (
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// dateOf returns the day of a moment, and the moment as package source reads it.
func dateOf(s string) (date, moment string, ok bool) {
	s = strings.TrimSpace(s)
	date, err := source.Date(s)
	return date, s, err == nil && date != ""
}
