package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ordinals are the characters that number a page, where others name it.
const ordinals = "〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸"

// isNamed reports whether a page is called by words that need no 版 behind them, nor
// "Page" before: 头版, 第一版, 增刊, and not A05 or 三.
func isNamed(page string) bool {
	last, _ := utf8.DecodeLastRuneInString(page)
	return unicode.Is(unicode.Han, last) && !strings.ContainsRune(ordinals, last)
}

// chinesePage names a page of a paper: 「A05版 江海新闻」, 「头版 要闻」.
func chinesePage(page, name string) string {
	if page != "" && !isNamed(page) {
		page += "版"
	}
	if page == name {
		return page
	}
	return strings.TrimSpace(page + " " + name)
}

// englishPage names a page of a paper: "Page A05, Local news".
func englishPage(page, name string) string {
	numbered := page
	if page != "" && !isNamed(page) {
		numbered = "Page " + page
	}
	switch {
	case page == "":
		return name
	case name == "" || name == page:
		return numbered
	}
	return numbered + ", " + name
}
