package format

import (
	"encoding/binary"
	"time"
)

// Day returns the number of a date written YYYY-MM-DD: 1 for 1 January of the
// year 1, and 0 for what is no date.
func Day(date string) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return int(t.Unix()/86400) + unixDay
}

// unixDay is the number of 1970-01-01.
const unixDay = 719163

// Date returns the date of a day as YYYY-MM-DD, or "" for 0.
func Date(day int) string {
	if day <= 0 {
		return ""
	}
	return time.Unix(int64(day-unixDay)*86400, 0).UTC().Format(time.DateOnly)
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
