package syntax

import "strings"

// Dates returns the first and the last day, as YYYY-MM-DD, of a value of the
// date field: a year, a month, a day, or two of them with ".." between. An end
// that is left open is "". It answers false for what is no such value.
func Dates(value string) (first, last string, ok bool) {
	from, to, span := strings.Cut(value, "..")
	if !span {
		to = from
	}
	from, fromOK := normal(from)
	to, toOK := normal(to)
	if !fromOK || !toOK || from == "" && to == "" {
		return "", "", false
	}
	if from != "" {
		first = (from + "-01-01")[:len("2006-01-02")]
	}
	switch len(to) {
	case len("2006"):
		last = to + "-12-31"
	case len("2006-01"):
		last = to + "-" + two(days(to))
	default:
		last = to
	}
	return first, last, true
}

// date returns a value of the date field as filters have it: digits alone,
// months and days of two, the earlier first.
func date(typed string) (string, bool) {
	typed = strings.ReplaceAll(narrow(typed), "。。", "..")
	from, to, span := strings.Cut(typed, "..")
	from, ok := normal(from)
	if !span {
		return from, ok && from != ""
	}
	to, toOK := normal(to)
	if !ok || !toOK || from == "" && to == "" {
		return "", false
	}
	if n := min(len(from), len(to)); from[:n] > to[:n] {
		from, to = to, from
	}
	return from + ".." + to, true
}

// normal returns a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD. It takes
// 2024-9-5, 2024/9/5 and 2024年9月5日, and nothing for an open end.
func normal(typed string) (string, bool) {
	if typed == "" {
		return "", true
	}
	typed = strings.NewReplacer("/", "-", "年", "-", "月", "-", "日", "-").Replace(typed)
	typed = strings.TrimSuffix(typed, "-")
	parts := strings.Split(typed, "-")
	if len(parts) > 3 || len(parts[0]) != 4 || number(parts[0]) < 1 {
		return "", false
	}
	out := parts[0]
	for i, part := range parts[1:] {
		n, most := number(part), 12
		if i == 1 {
			most = days(out)
		}
		if len(part) > 2 || n < 1 || n > most {
			return "", false
		}
		out += "-" + two(n)
	}
	return out, true
}

// days returns the number of days of a month, YYYY-MM.
func days(month string) int {
	year := number(month[:4])
	switch number(month[5:]) {
	case 2:
		if year%4 == 0 && year%100 != 0 || year%400 == 0 {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// number returns a decimal number of few digits, or -1.
func number(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || n > 9999 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
