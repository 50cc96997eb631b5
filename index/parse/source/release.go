package source

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kanbao/kanbao/index/article"
)

// setRelease reads the fields that say whether and when an article is published,
// and reports whether f is one of them. What cannot be read holds the article back:
// it was said for a reason.
func (m *Meta) setRelease(f field, warn func(format string, args ...any)) bool {
	r := &m.Publication.Release
	hold := func(format string, args ...any) { r.Held = fmt.Sprintf(format, args...) }
	unread := func(want string) {
		hold("%s: %s", f.key, describe(f.value))
		warn("found %s, want %s; the article is held back", describe(f.value), want)
	}
	switch f.key {
	case "draft":
		switch yes, ok := boolOf(f.value); {
		case f.fault != "" || !ok:
			unread("true or false")
		case yes:
			hold("draft")
		}
	case "published":
		if f.value == nil && f.fault == "" {
			return true
		}
		if s, _ := textOf(f.value); isMoment(s) {
			r.From = s
			return true
		}
		switch yes, ok := boolOf(f.value); {
		case f.fault != "" || !ok:
			unread("true, false or a date")
		case !yes:
			hold("published: false")
		}
	case "status", "visibility", "post_status":
		if s, ok := textOf(f.value); ok && isHeldStatus(s) {
			hold("%s: %s", f.key, s)
		}
	case "private", "password":
		// A password cannot be asked for by a site of files.
		if s, ok := textOf(f.value); !ok || s != "" && !slices.Contains([]string{"false", "no", "off"}, strings.ToLower(s)) {
			hold("%s", f.key)
		}
	case "publishdate", "publish_date", "pubdate", "expirydate", "expiry_date", "unpublishdate":
		s, ok := textOf(f.value)
		if s == "" && ok && f.fault == "" {
			return true
		}
		if !ok || !isMoment(s) {
			unread("a date such as 2024-09-05")
			return true
		}
		if strings.HasPrefix(f.key, "e") || strings.HasPrefix(f.key, "u") {
			r.Until = s
		} else {
			r.From = s
		}
	default:
		return false
	}
	return true
}

// isHeldStatus reports whether a status is one of what is not out.
func isHeldStatus(s string) bool {
	return slices.Contains([]string{
		"draft", "drafts", "auto-draft", "pending", "private", "hidden", "unpublished", "unlisted", "trash", "future", "scheduled",
		"wip", "in review", "in-review", "review", "embargo", "embargoed", "withdrawn", "retracted",
		"草稿", "未发布", "未发", "待发", "待发布", "未审", "待审", "审核中", "撤稿", "已撤", "已撤稿", "撤下", "下架", "隐藏", "私密", "不发布",
	}, strings.ToLower(strings.TrimSpace(s)))
}

// HeldBack says why an article is not to be published at a moment, or answers "". A
// date without a time begins in the zone of now.
func HeldBack(r article.Release, date string, now time.Time, drafts, future bool) string {
	if r.Held != "" && !drafts {
		return r.Held
	}
	if future {
		return ""
	}
	for _, from := range []string{r.From, r.Date, date} {
		if from == "" {
			continue
		}
		if t, ok := moment(from, now.Location()); ok && t.After(now) {
			return "not before " + from
		}
	}
	return Expired(r.Until, now)
}

// Expired says that the moment from which something is not to be published has come,
// or answers "".
func Expired(until string, now time.Time) string {
	if t, ok := moment(until, now.Location()); ok && !t.After(now) {
		return "expired " + until
	}
	return ""
}

func isMoment(s string) bool {
	_, ok := moment(s, time.UTC)
	return ok
}

// clock matches the time of day behind a date, and the zone behind that.
var clock = regexp.MustCompile(`^\D{0,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?`)

// moment reads a date with or without a time and a zone.
func moment(s string, zone *time.Location) (time.Time, bool) {
	date, err := Date(s)
	if err != nil || date == "" {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}, false
	}
	m := clock.FindStringSubmatch(afterDate(s))
	if m == nil {
		return t, true
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits, or nothing
	switch {
	case m[4] == "":
	case strings.EqualFold(m[4], "z"):
		zone = time.UTC
	default:
		if at, err := time.Parse("-0700", strings.ReplaceAll(m[4], ":", "")); err == nil {
			zone = at.Location()
		}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), number(m[1]), number(m[2]), number(m[3]), 0, zone), true
}

// afterDate returns what stands behind the date in s.
func afterDate(s string) string {
	s = strings.TrimSpace(s)
	if m := dateParts.FindStringSubmatchIndex(s); m != nil {
		return s[m[7]:]
	}
	if m := dateDigit.FindStringSubmatchIndex(s); m != nil {
		return s[m[7]:]
	}
	return ""
}
