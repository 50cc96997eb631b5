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

// A rule is how a key says whether or when an article is published.
type rule int

const (
	heldIfTrue       rule = iota + 1 // hidden: true
	heldIfDraft                      // draft: true; what cannot be read holds the article back
	heldIfFalse                      // published: false; a date in its place is that of the release
	heldIfNo                         // visible: false; nothing but a plain no counts
	heldByWord                       // status: draft
	heldUnlessPublic                 // visibility: members
	heldIfNowhere                    // permalink: false; any other value is an address
	heldIfSaid                       // password: …
	heldByBuild                      // build: {render: never}
	released                         // publishDate: 2024-09-05
	expires                          // expiryDate: 2024-09-05
)

// spellings makes the spellings of a key one.
var spellings = strings.NewReplacer("_", "", "-", "", " ", "")

// ruleOf returns the rule of a key in lower case, or 0. Generators write one key in
// several ways (publishDate, publish_date), and tables have columns of the same.
func ruleOf(key string) rule {
	switch spellings.Replace(key) {
	case "draft", "isdraft", "草稿", "是否草稿":
		return heldIfDraft
	case "headless", "unlisted", "isunlisted", "hidden", "ishidden", "hide", "unpublished", "隐藏", "是否隐藏",
		"deleted", "isdeleted", "trashed", "istrashed", "nopublish", "donotpublish", "withdrawn", "retracted", "已删除", "是否删除", "不发布", "暂不发布":
		return heldIfTrue
	case "published", "ispublished", "publish", "public", "ispublic", "dgpublish", "已发布", "是否发布", "是否公开":
		return heldIfFalse
	case "visible", "isvisible", "isshow", "listed", "approved", "isapproved",
		"可见", "是否可见", "显示", "是否显示", "上线", "是否上线", "公开", "发布", "已审核", "是否审核":
		return heldIfNo
	case "status", "poststatus", "publishstatus", "publicationstatus", "articlestatus", "contentstatus", "reviewstatus", "workflowstatus", "state",
		"状态", "发布状态", "文章状态", "稿件状态", "审核状态", "审核":
		return heldByWord
	case "visibility", "可见性", "可见范围", "公开范围":
		return heldUnlessPublic
	case "permalink":
		return heldIfNowhere
	case "private", "isprivate", "password", "postpassword", "encrypt", "encrypted", "私密", "是否私密", "密码", "访问密码":
		return heldIfSaid
	case "build":
		return heldByBuild
	case "publishdate", "pubdate", "publisheddate", "datepublished", "publishedat", "publishat", "publishon", "embargo", "embargodate", "embargountil":
		return released
	case "expirydate", "expiry", "expires", "expiresat", "expiredate", "expirationdate", "unpublishdate", "unpublishat",
		"过期日期", "过期时间", "失效日期", "下线时间", "下架时间":
		return expires
	}
	return 0
}

// setRelease reads the fields that say whether and when an article is published,
// and reports whether f is one of them. What cannot be read holds the article back:
// it was said for a reason.
func (m *Meta) setRelease(f field, warn func(format string, args ...any)) bool {
	r := &m.Publication.Release
	hold := func(format string, args ...any) { r.Held = fmt.Sprintf(format, args...) }
	unread := func(want string) {
		found := describe(f.value)
		if f.fault != "" {
			found = "what " + f.fault
		}
		hold("%s: %s", f.key, found)
		warn("found %s, want %s; the article is held back", found, want)
	}
	rule := ruleOf(f.key)
	text, isText := textOf(f.value)
	yes, isBool := boolOf(f.value)
	switch rule {
	case heldIfTrue: // MkDocs lists under "hide" what a page hides
		if yes {
			hold("%s", f.key)
		}
	case heldIfDraft:
		switch {
		case f.fault != "" || !isBool:
			unread("true or false")
		case yes:
			hold("draft")
		}
	case heldIfFalse:
		switch {
		case f.value == nil && f.fault == "":
		case isMoment(text):
			r.From = text
		case f.fault != "" || !isBool:
			unread("true, false or a date")
		case !yes:
			hold("%s: false", f.key)
		}
	case heldIfNo:
		if f.value != nil && text != "" && isBool && !yes {
			hold("%s: %s", f.key, text)
		}
	case heldByWord:
		for _, word := range scalarsOf(f.value) {
			if no, ok := boolOf(word); isHeldStatus(word) || isText && word != "" && word != "0" && ok && !no {
				hold("%s: %s", f.key, word)
			}
		}
	case heldUnlessPublic:
		for _, word := range scalarsOf(f.value) {
			if !isPublic(word) {
				hold("%s: %s", f.key, word)
			}
		}
	case heldIfNowhere:
		if strings.EqualFold(text, "false") {
			hold("%s: %s", f.key, text)
			return true
		}
		return false
	case heldIfSaid: // a site of files cannot ask for a password
		if !isText || text != "" && (!isBool || yes) {
			hold("%s", f.key)
		}
	case heldByBuild:
		if of, ok := f.value.(map[string]any); ok && (isNever(of["render"]) || of["render"] == "link" || isNever(of["list"])) {
			hold("%s", f.key)
		}
	case released, expires:
		if text == "" && isText && f.fault == "" {
			return true
		}
		switch {
		case !isText || !isMoment(text):
			unread("a date such as 2024-09-05")
		case rule == expires:
			r.Until = text
		default:
			r.From = text
		}
	}
	return rule != 0
}

// A Cascade is a release that holds for pages below a folder: for those whose paths
// match Path, a pattern, or for all.
type Cascade struct {
	Path    string
	Release article.Release
}

// setCascade reads what Hugo's cascade says of releases, in one mapping or several. What
// is for another environment than that of a public site is left out.
func (m *Meta) setCascade(f field, warn func(format string, args ...any)) {
	several, ok := f.value.([]any)
	if !ok {
		several = []any{f.value}
	}
	for _, one := range several {
		keys, ok := one.(map[string]any)
		if !ok {
			warn("found %s, want keys below it", describe(one))
			continue
		}
		var below Meta
		for key, value := range keys {
			below.setRelease(field{key: key, line: f.line, value: value}, warn)
		}
		c := Cascade{Release: below.Publication.Release}
		target, _ := keys["target"].(map[string]any)
		if target == nil {
			target, _ = keys["_target"].(map[string]any)
		}
		c.Path, _ = textOf(target["path"])
		if env, _ := textOf(target["environment"]); env != "" && env != "production" || c.Release == (article.Release{}) {
			continue
		}
		m.Cascade = append(m.Cascade, c)
	}
}

// isNever reports whether a value below build: says never, or false, as it was
// written in earlier years.
func isNever(v any) bool {
	yes, ok := boolOf(v)
	return v == "never" || v != nil && ok && !yes
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
		if t, ok := notBefore(from, now.Location()); ok && t.After(now) {
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
var clock = regexp.MustCompile(`^\D{0,6}?([上下中]午|凌晨|早上|晚上|晚|傍晚)?\s*(\d{1,2})[:：时點点](?:(\d{1,2})分?)?(?:[:：]?(\d{2})(?:\.\d+|秒)?)?\s*(?i:([ap])\.?m\.?)?\s*(?:(Z|z)\b|(?i:GMT|UTC)?\s*([+-]\d{2}:?\d{2})|\(?([A-Z]{3,4})\b)?`)

// zones are those that are written as letters, in hours from Greenwich.
var zones = map[string]int{"GMT": 0, "UTC": 0, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8}

// DateShown is Date for a moment that a program has written and the dates that people read
// beside it. A moment in UTC may be one of the day before or after where it was written:
// the first that is shown and is at most a day away says which day it was.
func DateShown(s string, shown ...string) (string, error) {
	date, err := Date(s)
	if err != nil || date == "" || !inUTC(s) {
		return date, err
	}
	at, _ := time.Parse(time.DateOnly, date)
	for _, other := range shown {
		if other, err := Date(other); err == nil && other != "" {
			if day, err := time.Parse(time.DateOnly, other); err == nil && day.Sub(at).Abs() <= 24*time.Hour {
				return other, nil
			}
		}
	}
	return date, nil
}

// inUTC reports whether a date has a time of day, and that in UTC.
func inUTC(s string) bool {
	of, _ := readDay(strings.TrimSpace(s))
	m := clock.FindStringSubmatch(of.rest)
	return m != nil && (m[6] != "" || m[8] == "GMT" || m[8] == "UTC" || m[7] != "" && strings.Trim(m[7], "+-:0") == "")
}

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
	of, _ := readDay(strings.TrimSpace(s))
	m := clock.FindStringSubmatch(of.rest)
	if m == nil {
		return t, true
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits, or nothing
	hours, known := zones[m[8]]
	switch {
	case m[6] != "":
		zone = time.UTC
	case m[7] != "":
		if at, err := time.Parse("-0700", strings.ReplaceAll(m[7], ":", "")); err == nil {
			zone = at.Location()
		}
	case known:
		zone = time.FixedZone(m[8], hours*3600)
	}
	hour := number(m[2])
	afternoon := strings.EqualFold(m[5], "p") || slices.Contains([]string{"下午", "晚上", "晚", "傍晚"}, m[1]) || m[1] == "中午" && hour < 11
	switch {
	case afternoon && hour < 12:
		hour += 12
	case strings.EqualFold(m[5], "a") && hour == 12:
		hour = 0
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, number(m[3]), number(m[4]), 0, zone), true
}
