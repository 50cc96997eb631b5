package site

import (
	"net/url"
	"regexp"
	"strings"
)

// remote are the pictures that other hosts have.
type remote struct {
	shown  bool           // pages show them, and fetch them from there
	counts map[string]int // by origin, as a policy names it
}

// origin matches what may stand in a policy.
var origin = regexp.MustCompile(`^https?://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?$`)

// note takes note of a picture of another host and reports whether it is one.
func (r *remote) note(src string) (ok, shown bool) {
	u, err := url.Parse(strings.TrimSpace(src))
	if err != nil || u.Host == "" {
		return false, false
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme == "" {
		scheme = "https"
	}
	at := scheme + "://" + strings.ToLower(u.Host)
	if !origin.MatchString(at) || u.User != nil {
		return false, false
	}
	r.counts[at]++
	return true, r.shown
}
