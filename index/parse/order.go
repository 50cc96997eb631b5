package parse

import (
	"fmt"
	"regexp"
	"strings"
)

// numbers matches the numbers in a name: digits, or Chinese numerals behind 第.
var numbers = regexp.MustCompile(`\d+|第[〇零一二三四五六七八九十百千两]+`)

// Natural returns a key by which names are in the order in which people count: 2
// before 10, 第九章 before 第十章.
func Natural(name string) string {
	return numbers.ReplaceAllStringFunc(strings.ToLower(name), func(n string) string {
		if rest, ok := strings.CutPrefix(n, "第"); ok {
			return "第" + counted(fmt.Sprint(chinese(rest)))
		}
		return counted(strings.TrimLeft(n, "0"))
	})
}

// counted puts before a number how many digits it has.
func counted(digits string) string {
	return fmt.Sprintf("0%03d%s", min(len(digits), 999), digits)
}

// chinese reads a numeral: 二十一, 一百零五, 二〇二四.
func chinese(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		switch i := strings.IndexRune("零一二三四五六七八九", r) / len("零"); {
		case r == '〇':
			digit *= 10
		case r == '两':
			digit = 2
		case i >= 0 && strings.ContainsRune("零一二三四五六七八九", r):
			if digit > 0 || !strings.ContainsAny(s, "十百千") {
				digit = min(digit*10+i, 1<<30)
			} else {
				digit = i
			}
		default:
			unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			total += max(digit, 1) * unit
			digit = 0
		}
	}
	return total + digit
}

// placeOf is where something stands among its siblings, as a key: what has a rank
// or a weight before what has none.
func placeOf(weight *float64, name string) string {
	if weight == nil {
		return "2" + Natural(name) + "\x00"
	}
	// Twelve digits before the point and three behind it, shifted so that no weight
	// is below zero.
	const most = 1e11
	w := min(max(*weight, -most), most) + most
	return fmt.Sprintf("1%016.3f", w) + Natural(name) + "\x00"
}
