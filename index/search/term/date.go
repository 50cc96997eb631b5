package term

import "strconv"

// A datePart is a year, a month or a day in a folded line.
type datePart struct {
	from, to int // of the numeral; what it counts follows it
	value    int
	unit     rune // 年, 月, 日 or 号
}

// dateAt returns the parts of the date that begins at a place in a line: a year,
// a month, a day, or those of them that follow each other. Numerals are Arabic
// or Chinese; years have four digits, for with fewer they may be a span of time.
func dateAt(line []rune, at int) []datePart {
	var parts []datePart
	for {
		p, ok := datePartAt(line, at)
		if !ok || len(parts) > 0 && rank(p.unit) != rank(parts[len(parts)-1].unit)+1 {
			return parts
		}
		parts = append(parts, p)
		at = p.to + 1
	}
}

// rank returns the rank of a part in a date: years stand before months, and those before days.
func rank(unit rune) int {
	switch unit {
	case '年':
		return 0
	case '月':
		return 1
	}
	return 2
}

// SplitDate returns the words of the date that begins at a place in a line, and
// where it ends: the year, and the month with the day. A month or a day alone in
// Chinese numerals may be part of a name, so words decide about it.
func SplitDate(line []rune, at int) (units [][]rune, to int) {
	parts := dateAt(line, at)
	if len(parts) == 0 || len(parts) == 1 && parts[0].unit != '年' && !Digit(line[at]) {
		return nil, at
	}
	from := at
	for i, p := range parts {
		to = p.to + 1
		if i+1 == len(parts) || p.unit == '年' {
			units = append(units, line[from:to])
			from = to
		}
	}
	return units, to
}

// datePartAt reads a whole numeral and what it counts.
func datePartAt(line []rune, at int) (datePart, bool) {
	is := Digit
	if at < len(line) && !Digit(line[at]) {
		is = hanNumeral
	}
	if at > 0 && is(line[at-1]) {
		return datePart{}, false
	}
	to := at
	for to < len(line) && is(line[to]) {
		to++
	}
	if to == at || to == len(line) {
		return datePart{}, false
	}
	p := datePart{from: at, to: to, unit: line[to]}
	least, most := 1, 31
	switch p.unit {
	case '年':
		p.value = digits(line[at:to])
		least, most = 1000, 2999
	case '月':
		p.value, most = below100(line[at:to]), 12
	case '日', '号':
		p.value = below100(line[at:to])
	}
	return p, p.value >= least && p.value <= most
}

// DateForms returns the ways of writing a folded text in which the dates have
// other numerals: 9月3日 and 九月三日, 二〇二四年, 二零二四年 and 2024年. Behind a month
// 日 and 号 are the same. The text as it is comes first, and alone if it has no
// date.
func DateForms(text []rune) [][]rune {
	forms := [][]rune{text}
	for _, write := range []func(datePart) string{arabic, han('〇'), han('零'), han('○')} {
		for _, day := range "日号" {
			if form, dates := rewrite(text, write, day); dates {
				forms = append(forms, form)
			}
		}
	}
	return Unique(forms)
}

// rewrite writes a text with all its dates in one way, and reports whether it
// has one.
func rewrite(text []rune, write func(datePart) string, day rune) (form []rune, dates bool) {
	for at := 0; at < len(text); {
		parts := dateAt(text, at)
		if len(parts) == 0 {
			form = append(form, text[at])
			at++
			continue
		}
		for i, p := range parts {
			form = append(form, []rune(write(p))...)
			if i > 0 && rank(p.unit) == rank(day) {
				form = append(form, day)
			} else {
				form = append(form, p.unit)
			}
			at = p.to + 1
		}
		dates = true
	}
	return form, dates
}

func arabic(p datePart) string { return strconv.Itoa(p.value) }

// han returns what writes a part in Chinese: a year Digit by Digit with one of
// the characters that are in use for zero.
func han(zero rune) func(datePart) string {
	return func(p datePart) string {
		if p.unit != '年' {
			return tens(p.value)
		}
		var year []rune
		for _, d := range strconv.Itoa(p.value) {
			if d == '0' {
				year = append(year, zero)
			} else {
				year = append(year, hanDigits[d-'0'])
			}
		}
		return string(year)
	}
}

var hanDigits = []rune("〇一二三四五六七八九")

func tens(n int) string {
	s := ""
	switch {
	case n >= 20:
		s = string(hanDigits[n/10]) + "十"
	case n >= 10:
		s = "十"
	}
	if n%10 > 0 {
		s += string(hanDigits[n%10])
	}
	return s
}

// hanDigit returns the value of a Chinese Digit, or -1.
func hanDigit(r rune) int {
	if r == '零' || r == '○' {
		return 0
	}
	for i, d := range hanDigits {
		if r == d {
			return i
		}
	}
	return -1
}

// hanNumeral reports whether r can be part of a Chinese numeral.
func hanNumeral(r rune) bool {
	switch r {
	case '十', '百', '千', '万', '亿':
		return true
	}
	return hanDigit(r) >= 0
}

// Digit reports whether r is an Arabic digit.
func Digit(r rune) bool { return r >= '0' && r <= '9' }

// digits returns the value of digits in a row, Arabic or Chinese, or -1.
func digits(numeral []rune) int {
	if len(numeral) != 4 {
		return -1
	}
	n := 0
	for _, r := range numeral {
		d := hanDigit(r)
		if Digit(r) {
			d = int(r - '0')
		}
		if d < 0 {
			return -1
		}
		n = n*10 + d
	}
	return n
}

// below100 returns the value of a numeral of at most two digits, as 7, 07, 七,
// 十七 or 二十七, or -1.
func below100(numeral []rune) int {
	n, ones := 0, 0
	for i, r := range numeral {
		switch d := hanDigit(r); {
		case i > 2:
			return -1
		case Digit(r):
			if i > 1 {
				return -1
			}
			ones = ones*10 + int(r-'0')
		case r == '十' && n == 0 && i < 2:
			n, ones = 10*max(ones, 1), 0
		case d > 0 && ones == 0:
			ones = d
		default:
			return -1
		}
	}
	return n + ones
}
