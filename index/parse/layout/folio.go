package layout

import (
	"regexp"
	"strings"
	"sync"
)

var (
	folioDate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:19|20)\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}|二[〇○零]\S{2}年`)
	})
	folioPage = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^第?[A-Z]{0,2}\d{1,3}版|^第?[A-Z]{1,2}\d{1,3}$|^第?\d{1,3}版?$|^第[一二三四五六七八九十]+版`)
	})
	// imprint matches what stands at the foot of a page, or beside the date.
	imprint = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:责任?编辑?|責任?編輯?|美术?编辑?|美術?編輯?|校[对對]|版式|组版|組版|编辑|值班|主编|本版)\s*[：:／/|｜ \x{3000}]\s*\p{Han}|新闻热线|新聞熱線|读者热线|讀者熱線|广告热线|廣告熱線|投稿邮箱|投稿郵箱|统一刊号|统一连续出版物号|統一連續出版物號|零售价|零售價|邮发代号|本报地址|社址|印刷[:：厂]`)
	})
)

// A folio stands within this part of the page's height from its top or foot.
const folioBand = 0.1

// takeFolio takes out the line that says which page it is, and the one with
// the editors' names. Both stand at the edge of the page, parted from the rest
// by a rule or by white.
func (p *page) takeFolio() {
	h, w := p.sheet.Height, p.sheet.Width
	top, foot := 0.0, h
	// The rule below the folio and the one above the foot.
	for _, r := range p.art.rules {
		if r.W() < 0.5*w {
			continue
		}
		if r.MidY() < folioBand*h && r.MidY() > top && p.says(func(l *line) bool { return l.box.MidY() < r.MidY() && isFolio(l.text) }) &&
			!p.says(func(l *line) bool {
				return l.box.MidY() < r.MidY() && len([]rune(l.text)) > 8 && !isFolio(l.text) && l.size > 1.6*p.body && l.box.W() > 0.4*w
			}) {
			top = r.MidY()
		}
	}
	for _, r := range p.art.rules {
		if r.W() >= 0.5*w && r.MidY() > (1-folioBand)*h && r.MidY() < foot && r.MidY() > top &&
			p.says(func(l *line) bool { return l.box.MidY() > r.MidY() && imprint().MatchString(l.text) }) {
			foot = r.MidY()
		}
	}
	keep := p.lines[:0:0]
	var folio, editors []*line
	for i := range p.lines {
		l := &p.lines[i]
		y := l.box.MidY()
		atEdge := y < folioBand*h || y > (1-folioBand)*h || l.box.MidX() < 0.04*w || l.box.MidX() > 0.96*w
		switch {
		case y < top, top == 0 && y < folioBand*h && isFolio(l.text) && len([]rune(l.text)) < 60:
			folio = append(folio, l)
		case y > foot, imprint().MatchString(l.text) && (atEdge && len([]rune(l.text)) < 120 || isEditors(l.text)):
			editors = append(editors, l)
		default:
			keep = append(keep, *l)
		}
	}
	for _, l := range folio {
		p.rest("folio", l)
	}
	for _, l := range editors {
		p.rest("editors", l)
	}
	// Rules that part them from the rest part nothing else.
	rules := p.art.rules[:0:0]
	for _, r := range p.art.rules {
		if r.MidY() > top+1 && r.MidY() < foot-1 {
			rules = append(rules, r)
		}
	}
	p.art.rules = rules
	p.lines = keep
}

func (p *page) says(f func(*line) bool) bool {
	for i := range p.lines {
		if f(&p.lines[i]) {
			return true
		}
	}
	return false
}

func isFolio(s string) bool {
	s = strings.TrimSpace(s)
	return folioDate().MatchString(s) || folioPage().MatchString(s)
}

var editorsOnly = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:(?:本版|执行|值班|责任?|責任?|见习|美术?|美術?|图片|视觉|版式|文字|首席)*(?:编辑|編輯|责编|責編|美编|美編|校对|校對|版式|组版|組版|主编|设计|設計|检校|審校|审校|编委)\s*[：:／/|｜ \x{3000}]\s*\p{Han}{1,4}(?:[ 、\x{3000}]\p{Han}{1,3})?[\s　]*){2,}$`)
})

// isEditors reports whether a line is nothing but names of the editors.
func isEditors(s string) bool { return editorsOnly().MatchString(s) }
