package syntax

import "strings"

// Dates returns the first and the last day, as YYYY-MM-DD, of a value of the
// date field: a year, a month, a day, or two of them with ".." between. An end
// that is left open is "". It answers false for what is no such value.
func Dates(value string) (first, last string, ok bool) {
	from, to, _ := span(value)
	if from == "" && to == "" {
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
	from, to, two := span(strings.ReplaceAll(narrow(typed), "。。", ".."))
	if !two || from == "" && to == "" {
		return from, from != ""
	}
	if n := min(len(from), len(to)); from[:n] > to[:n] {
		from, to = to, from
	}
	return from + ".." + to, true
}

// span returns the ends of a value, and whether it has two. What is no such value
// has none.
func span(value string) (from, to string, two bool) {
	from, to, two = strings.Cut(value, "..")
	if !two {
		to = from
	}
	from, ok := normal(from)
	to, too := normal(to)
	if !ok || !too {
		return "", "", false
	}
	return from, to, two
}

// normal returns a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD. It takes
// 2024-9-5, 2024/9/5, 20240905 and 2024年9月5日, and nothing for an open end.
func normal(typed string) (string, bool) {
	if typed == "" {
		return "", true
	}
	if n := len(typed); (n == len("20240905") || n == len("202409")) && !strings.ContainsFunc(typed, func(r rune) bool { return r < '0' || r > '9' }) {
		typed = strings.TrimSuffix(typed[:4]+"-"+typed[4:6]+"-"+typed[6:], "-")
	}
	var parts [4]int // year, month, day, and what is one too many
	n, digits := 0, 0
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9' && digits < 4 && n < 3:
			parts[n] = parts[n]*10 + int(r-'0')
			digits++
		case digits > 0 && (n > 0 && digits <= 2 || digits == 4) && strings.ContainsRune("-/年月日", r):
			n, digits = n+1, 0
		default:
			return "", false
		}
	}
	if digits > 0 {
		if n == 0 && digits != 4 || n > 0 && digits > 2 {
			return "", false
		}
		n++
	}
	y, m, d := parts[0], parts[1], parts[2]
	out := two(y/100) + two(y%100)
	if y == 0 || n > 1 && (m < 1 || m > 12) {
		return "", false
	}
	if n > 1 {
		out += "-" + two(m)
	}
	if n > 2 {
		if d < 1 || d > days(out) {
			return "", false
		}
		out += "-" + two(d)
	}
	return out, true
}

// days returns the number of days of a month, YYYY-MM.
func days(month string) int {
	digit := func(i int) int { return int(month[i] - '0') }
	switch digit(5)*10 + digit(6) {
	case 2:
		century, year := digit(0)*10+digit(1), digit(2)*10+digit(3)
		if year == 0 && century%4 != 0 || year%4 != 0 {
			return 28
		}
		return 29
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
