package syntax

import (
	"strings"
	"testing"
	"time"
)

// What is taken for a value of the date field is one in package time as well, and
// is written as filters have it.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2024", "2024-02", "2024年9月5日", "2023/2/29", "2024-9..2024-10-3", "..2024", "2024..", "..", "2024。。2023", "２０２４", "0000", "2024-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		value, ok := date(typed)
		if !ok {
			if value != "" {
				t.Fatalf("%q is no date and yet %q", typed, value)
			}
			return
		}
		if again, ok := date(value); !ok || again != value {
			t.Fatalf("%q is %q, which is %q, %v", typed, value, again, ok)
		}
		first, last, ok := Dates(value)
		if !ok {
			t.Fatalf("%q is %q, which has no days", typed, value)
		}
		for _, day := range []string{first, last} {
			if _, err := time.Parse(time.DateOnly, day); err != nil && day != "" {
				t.Fatalf("%q is from %q to %q", typed, first, last)
			}
		}
		from, to, two := strings.Cut(value, "..")
		if !two {
			to = from
		}
		if first != "" && last != "" && first > last || !strings.HasPrefix(first, from) || !strings.HasPrefix(last, to) ||
			(first == "") != (from == "") || (last == "") != (to == "") {
			t.Fatalf("%q is %q, from %q to %q", typed, value, first, last)
		}
	})
}
