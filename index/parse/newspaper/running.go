package newspaper

import (
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// isRunning reports whether a line is what the head or foot of every page of a
// paper has, and no text of an article: 「2024年9月5日 星期四 A01 要闻 责编:钱某」,
// 「本版责编 钱某 版式 孙某」, 「新闻热线:0000-1234567」. Such a line says which page it
// is, or who made it; nobody has written it. Names that are links are those of a
// translation's makers.
func isRunning(text string) bool {
	if n := utf8.RuneCountInString(text); n < 4 || n > 100 {
		return false
	}
	if strings.Contains(text, "](") || strings.Contains(text, "][") {
		return false
	}
	if byline.Staff(text) || byline.Contact(text) {
		return true
	}
	// The names and, behind them, where to call: 「本版责编 钱某 电话:0000-1234567」.
	named := staffBegin.MatchString(text)
	for i := range text {
		if named && i > 0 && byline.Contact(text[i:]) && byline.Staff(strings.TrimRight(text[:i], " \u3000|｜;；,，")) {
			return true
		}
	}
	e, ok := folioLine(piece{kind: prose, text: text})
	return ok && e.Date != "" && (e.Page != "" || folioDate.FindString(text) != strings.TrimSpace(text) && e.Name == "")
}
