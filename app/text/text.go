package text

import (
	"strconv"
	"time"
	"unicode"
)

// The languages of the interface.
const (
	Hans    = "zh-Hans"
	Hant    = "zh-Hant"
	English = "en"
)

// Languages returns the languages that there are words in.
func Languages() []string { return []string{Hans, Hant, English} }

// For returns the words of a language, or the simplified Chinese ones where the
// language is not one of Languages.
func For(lang string) *Site {
	switch lang {
	case Hant:
		return siteHant()
	case English:
		return siteEnglish()
	}
	return siteHans()
}

// charactersPerMinute is how fast Chinese prose is read, as commonly measured
// for adults; a Latin word takes as long as two characters.
const charactersPerMinute = 400

// ReadingMinutes estimates how many minutes it takes to read the texts: at
// least one.
func ReadingMinutes(texts ...string) int {
	units := 0
	for _, t := range texts {
		word := false
		for _, r := range t {
			han := isHan(r)
			letter := !han && (unicode.IsLetter(r) || unicode.IsDigit(r))
			switch {
			case han:
				units++
			case letter && !word:
				units += 2
			}
			word = letter
		}
	}
	return max(1, (units+charactersPerMinute/2)/charactersPerMinute)
}

// isHan answers for the main block without looking into a table: every character
// of every article comes by in every build.
func isHan(r rune) bool { return '\u4e00' <= r && r <= '\u9fff' || unicode.Is(unicode.Han, r) }

// A day is a date taken apart.
type day struct {
	year, month, day int
	weekday          time.Weekday
}

// parseDay reads YYYY-MM-DD.
func parseDay(date string) (day, bool) {
	// time.Parse knows every layout, and is the largest function that the reader would
	// have compiled before it shows anything.
	if len(date) != len(time.DateOnly) || date[4] != '-' || date[7] != '-' {
		return day{}, false
	}
	var n [3]int
	for i, part := range []string{date[:4], date[5:7], date[8:]} {
		u, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return day{}, false
		}
		n[i] = int(u)
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	d := day{t.Year(), int(t.Month()), t.Day(), t.Weekday()}
	return d, d.month == n[1] && d.day == n[2] // time.Date takes June 31 for July 1
}

// chineseDate returns 2024年9月5日, or date itself if it is none.
func chineseDate(date string) string {
	d, ok := parseDay(date)
	if !ok {
		return date
	}
	return chineseMonth(d.year, d.month) + strconv.Itoa(d.day) + "日"
}

func chineseMonth(year, month int) string {
	return strconv.Itoa(year) + "年" + strconv.Itoa(month) + "月"
}

// chineseLongDate returns 2024年9月5日 星期四.
func chineseLongDate(date string) string {
	d, ok := parseDay(date)
	if !ok {
		return date
	}
	names := [...]string{"日", "一", "二", "三", "四", "五", "六"}
	return chineseDate(date) + " 星期" + names[d.weekday]
}

func englishDate(date string) string {
	d, ok := parseDay(date)
	if !ok {
		return date
	}
	return strconv.Itoa(d.day) + " " + englishMonth(d.year, d.month)
}

func englishMonth(year, month int) string {
	return time.Month(month).String() + " " + strconv.Itoa(year)
}

func englishLongDate(date string) string {
	d, ok := parseDay(date)
	if !ok {
		return date
	}
	return d.weekday.String() + ", " + englishDate(date)
}

// plural returns "1 article" or "2 articles".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
