package newspaper

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/article"
	"github.com/kanbao/kanbao/index/parse/byline"
	"github.com/kanbao/kanbao/index/parse/source"
)

var (
	folioDate = regexp.MustCompile(`\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?`)
	folioPage = regexp.MustCompile(`^(?:第?([A-Z]{0,2}\d{1,3})版[:：]?|([A-Z]{1,2}\d{1,3}))$`)
	// folioWord matches what a folio line has besides: the day of the week, the
	// day of the old calendar, the editors' desk.
	folioWord  = regexp.MustCompile(`^(?:星期[一二三四五六日天]|农历.{2,12}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年.{2,8}|第\d+期|总第\d+期|今日\d+版)$`)
	staffBegin = regexp.MustCompile(`(?:本版)?(?:责任编辑|责编|值班编辑|编辑|美编|版式|校对|组版|值班主任)`)
	folioPaper = regexp.MustCompile(`(?:报|周刊)$`)
)

// readFolio reads the line at the top of a page that says which page it is:
// 「江门日报 2024年9月5日 星期四 A05 江海新闻」. What it does not take for one, all
// of it or nothing, it returns.
func readFolio(head []piece) (e article.Edition, rest []piece) {
	for i, p := range head {
		got, ok := folioLine(p)
		if !ok && p.kind != running {
			return e, head[i:]
		}
		e = firstOf(e, got)
	}
	return e, nil
}

func folioLine(p piece) (e article.Edition, ok bool) {
	if p.kind != prose && p.kind != heading && p.kind != running || utf8.RuneCountInString(p.text) > 100 {
		return e, false
	}
	text := p.text
	// The page's number may stand behind all else.
	if words := strings.Fields(text); len(words) > 1 {
		if m := folioPage.FindStringSubmatch(words[len(words)-1]); m != nil {
			e.Page = m[1] + m[2]
			text = strings.TrimSpace(strings.TrimSuffix(strings.TrimRightFunc(text, unicode.IsSpace), words[len(words)-1]))
		}
	}
	// The editors' names come last: 「… A01 要闻 责编:钱某 美编:孙某」.
	if at := staffBegin.FindStringIndex(text); at != nil && byline.Staff(text[at[0]:]) {
		text = text[:at[0]]
	}
	if at := folioDate.FindStringIndex(text); at != nil {
		date, err := source.Date(text[at[0]:at[1]])
		if err != nil {
			return e, false
		}
		e.Date = date
		text = text[:at[0]] + " " + text[at[1]:]
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|｜丨·/", r) }) {
		m := folioPage.FindStringSubmatch(w)
		switch {
		case folioWord.MatchString(w):
		case m != nil && e.Page == "":
			e.Page = m[1] + m[2]
		case folioPaper.MatchString(w) && e.Paper == "":
			e.Paper = w
		case e.Name == "":
			e.Name = w
		default:
			return e, false
		}
	}
	return e, e.Date != "" || e.Page != ""
}
