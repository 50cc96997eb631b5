package format

import "encoding/binary"

// Day returns the number of a date written YYYY-MM-DD: 1 for 1 January of the
// year 1, and 0 for what is no date. It goes by the civil calendar of Howard
// Hinnant's days_from_civil, as package time would cost the browser more.
func Day(date string) int {
	if len(date) != len("2006-01-02") || date[4] != '-' || date[7] != '-' {
		return 0
	}
	y, m, d := number(date[:4]), number(date[5:7]), number(date[8:])
	if y < 1 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	if day := dayOf(y, m, d); Date(day) == date {
		return day
	}
	return 0 // 31 April and the like
}

// number returns a decimal number, or -1.
func number(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// Years are counted from March here, so that a leap day ends one.
func dayOf(y, m, d int) int {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - toMarch
}

// toMarch is what makes 1 January of the year 1 the first day.
const toMarch = 305

// Date returns the date of a day as YYYY-MM-DD, or "" for 0.
func Date(day int) string {
	if day <= 0 {
		return ""
	}
	day += toMarch
	era, rest := day/146097, day%146097
	year := (rest - rest/1460 + rest/36524 - rest/146096) / 365
	rest -= 365*year + year/4 - year/100
	month := (5*rest + 2) / 153
	d := rest - (153*month+2)/5 + 1
	y, m := year+400*era, month+3
	if m > 12 {
		y, m = y+1, m-12
	}
	digits := func(n, width int) string {
		b := make([]byte, width)
		for i := range b {
			b[width-1-i] = byte('0' + n%10)
			n /= 10
		}
		return string(b)
	}
	return digits(y, 4) + "-" + digits(m, 2) + "-" + digits(d, 2)
}

// ReadDays reads n days, each as its distance from the one before.
func ReadDays(c *Cursor, n int) []int32 {
	days := make([]int32, 0, min(n, c.Len()))
	day := int64(0)
	for range n {
		if day += c.Varint(); day < 0 || day > 1<<24 {
			c.Fail("day %d", day)
		}
		if c.Err() != nil {
			return nil
		}
		days = append(days, int32(day))
	}
	return days
}

// AppendShared appends s as the number of bytes that it shares with prev and
// the rest of it.
func AppendShared(b []byte, prev, s string) []byte {
	n := 0
	for n < min(len(prev), len(s)) && prev[n] == s[n] {
		n++
	}
	return AppendString(binary.AppendUvarint(b, uint64(n)), s[n:])
}

// ReadShared reads n strings that AppendShared wrote.
func ReadShared(c *Cursor, n int) []string {
	all := make([]string, 0, min(n, c.Len()))
	prev := ""
	for range n {
		shared := c.Int(len(prev))
		prev = prev[:shared] + c.String()
		if c.Err() != nil {
			return nil
		}
		all = append(all, prev)
	}
	return all
}
