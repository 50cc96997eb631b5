package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A day is the parts of a date as they are written, in digits.
type day struct {
	year, month, day string
	rest             string // what stands behind it, where the time of day may be
}

var (
	hanDate = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)
	// English names the month; the year may stand behind the time of day, as in the
	// output of date(1).
	dayFirst   = regexp.MustCompile(`^(?i:(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:$|\s))`)
	monthFirst = regexp.MustCompile(`^(?i:(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(\d{1,2}:\d{2}(?::\d{2})?)\s+(?:[a-z]{3,4}\s+)?)?(\d{4}))`)
	// sinceEpoch matches seconds or milliseconds since 1970, from 2001 on.
	sinceEpoch = regexp.MustCompile(`^([1-9]\d{9})(?:\.\d+|\d{3})?$`)
)

// readDay reads the date that s, without space around it, begins with.
func readDay(s string) (day, bool) {
	for _, form := range []*regexp.Regexp{dateParts, dateDigit} {
		if m := form.FindStringSubmatchIndex(s); m != nil {
			return day{s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]], s[m[7]:]}, true
		}
	}
	if m := hanDate.FindStringSubmatch(s); m != nil {
		return day{hanDigits(m[1]), hanNumber(m[2]), hanNumber(m[3]), s[len(m[0]):]}, true
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		if month := monthOf(m[2]); month != "" {
			if len(m[3]) == 2 { // as in RFC 822
				m[3] = "20" + m[3]
			}
			return day{m[3], month, m[1], s[len(m[0]):]}, true
		}
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		if month := monthOf(m[1]); month != "" {
			return day{m[4], month, m[2], m[3] + s[len(m[0]):]}, true
		}
	}
	if m := sinceEpoch.FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64) // ten digits
		t := time.Unix(n, 0).In(time.FixedZone("", 8*3600))
		return day{t.Format("2006"), t.Format("01"), t.Format("02"), t.Format("T15:04:05Z07:00")}, true
	}
	return day{}, false
}

// monthOf returns the number of an English month, whole or its first three letters,
// or "".
func monthOf(name string) string {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		if whole := strings.ToLower(m.String()); name == whole || name == whole[:3] || name == "sept" && m == time.September {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// hanDigits returns the digits that a year's numerals stand for.
func hanDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '〇' || r == '○' {
			r = '零'
		}
		fmt.Fprint(&b, strings.Index("零一二三四五六七八九", string(r))/len("零"))
	}
	return b.String()
}

// hanNumber returns a numeral below a hundred in digits: 二十一.
func hanNumber(s string) string {
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		return hanDigits(s)
	}
	if tens == "" {
		tens = "一"
	}
	if ones == "" {
		ones = "零"
	}
	return hanDigits(tens) + hanDigits(ones)
}

var (
	// vague matches dates that do not say which day they mean.
	vagueMonth = regexp.MustCompile(`^(\d{4})(?:\s*[-/.年]\s*(\d{1,2}))?\s*[年月]?$`)
	vagueOrder = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:$|[T\s])`)
)

// notBefore returns the moment that a date means or, of one that does not say which
// day it means (2024-09, 03/04/2024), the first day that it must not be shown before:
// of two readings the later.
func notBefore(s string, zone *time.Location) (time.Time, bool) {
	if t, ok := moment(s, zone); ok {
		return t, true
	}
	s = strings.TrimSpace(s)
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits, or nothing
	at := func(y, m, d string) time.Time {
		return time.Date(number(y), time.Month(number(m)), number(d), 0, 0, 0, 0, zone)
	}
	if m := vagueMonth.FindStringSubmatch(s); m != nil {
		if m[2] == "" {
			m[2] = "1"
		}
		return at(m[1], m[2], "1"), true
	}
	if m := vagueOrder.FindStringSubmatch(s); m != nil {
		var latest time.Time
		for _, t := range []time.Time{at(m[3], m[1], m[2]), at(m[3], m[2], m[1])} {
			if t.Year() == number(m[3]) && t.After(latest) {
				latest = t
			}
		}
		return latest, !latest.IsZero()
	}
	return time.Time{}, false
}
