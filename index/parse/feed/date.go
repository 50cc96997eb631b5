package feed

import (
	"net/url"
	"strings"

	"github.com/kanbao/kanbao/index/parse/source"
)

// dateOf returns the day of a moment, and the moment as package source reads it. The
// addresses of an item may say which day it was where it was written.
func dateOf(s string, addresses []string) (date, moment string, ok bool) {
	s = strings.TrimSpace(s)
	var named []string
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil {
			named = append(named, source.DateFromName(u.Path))
		}
	}
	date, err := source.DateShown(s, named...)
	return date, s, err == nil && date != ""
}
