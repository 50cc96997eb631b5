package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	dateParts = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日\d{1,2}[:：时點点]|日?(?:$|[T\s,，(（星周上下中凌早晚傍]))`)
	dateDigit = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:$|[T\s]|\d{4}$|\d{6}$)`)
)

// Date returns s, a date in one of the spellings in use (2024-09-05,
// 2024/9/5, 20240905, 2024年9月5日, 二〇二四年九月五日, 5 Sep 2024, Thu, Sep 5, 2024,
// each with or without a time behind it, or seconds since 1970), as YYYY-MM-DD.
func Date(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	d, ok := readDay(s)
	if !ok {
		return "", fmt.Errorf("date %q: not a date; write dates as YYYY-MM-DD", s)
	}
	date, wrong := calendar(d.year, d.month, d.day)
	if wrong != "" {
		return "", fmt.Errorf("date %q: %s; write dates as YYYY-MM-DD", s, wrong)
	}
	return date, nil
}

// calendar makes a date of year, month and day, or says what is wrong.
func calendar(year, month, day string) (date, wrong string) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if m < 1 || m > 12 {
		return "", "month out of range"
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if d < 1 || t.Day() != d {
		return "", "day out of range"
	}
	return t.Format(time.DateOnly), ""
}
