package newspaper

import (
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/parse/byline"
)

// A story is the pieces of one article: what its headline is made of, and the
// rest.
type story struct {
	line                    int
	kicker, title, subtitle string
	body                    []piece
}

// stories parts a page's pieces, the first of which is a heading, into articles.
// Headings of the headlines' level that follow each other are one headline's: 引题,
// 主题, 副题.
func stories(pieces []piece, level int) []story {
	var out []story
	kicker := piece{}
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && !(pieces[n].kind == heading && pieces[n].level <= level) {
			n++
		}
		group := pieces[:n]
		pieces = pieces[n:]
		// Nothing stands below the headline: it is part of the next.
		if n == 1 && len(pieces) > 0 && group[0].text != "" && kicker.text == "" && !isDash(pieces[0].text) {
			kicker = group[0]
			continue
		}
		if n == 1 && len(out) > 0 && kicker.text != "" && isDash(group[0].text) {
			kicker = piece{}
		}
		s := story{line: group[0].line, title: group[0].text, body: group[1:]}
		third := kicker.text != ""
		if third {
			s.kicker, s.line = kicker.text, kicker.line
			kicker = piece{}
		}
		if n == 1 && len(pieces) > 0 && (third || isDash(pieces[0].text)) {
			// The subtitle as a heading of its own; what follows it is the article.
			m := 1
			for m < len(pieces) && !(pieces[m].kind == heading && pieces[m].level <= level) {
				m++
			}
			s.subtitle, s.body, pieces = pieces[0].text, pieces[1:m], pieces[m:]
		}
		s.takeSubtitle(level)
		if len(pieces) > 0 {
			if last, ok := s.giveKicker(level); ok {
				kicker = last
			}
		}
		out = append(out, s)
	}
	return out
}

func isDash(text string) bool {
	for _, dash := range []string{"——", "──", "--", "― ―", "――", "—"} {
		if strings.HasPrefix(text, dash) {
			return true
		}
	}
	return false
}

// takeSubtitle takes the line below the title that is a part of the headline: one
// that begins with a dash, or one that the article's byline or dateline follows.
func (s *story) takeSubtitle(level int) {
	for range 2 {
		i := nextPiece(s.body)
		if i < 0 {
			return
		}
		p := s.body[i]
		n := utf8.RuneCountInString(p.text)
		isLower := p.kind == heading && p.level > level
		if !isLower && p.kind != prose || n > 50 || n < 2 {
			return
		}
		rest := s.body[i+1:]
		dash := isDash(p.text) && !strings.ContainsAny(p.text, "。；")
		if !dash && (s.subtitle != "" || clause.MatchString(p.text) || !isHeadline(p.text) || !opensArticle(rest)) {
			return
		}
		s.subtitle = strings.TrimSpace(s.subtitle + " " + p.text)
		s.body = append(append([]piece{}, s.body[:i]...), rest...)
	}
}

// giveKicker takes the line off the end of an article that belongs to the headline
// below it: a heading of a lower level that nothing stands under, or a line such
// as a headline has behind a finished paragraph.
func (s *story) giveKicker(level int) (piece, bool) {
	last := len(s.body) - 1
	if last < 0 {
		return piece{}, false
	}
	p := s.body[last]
	switch {
	case p.kind == heading && p.level > level:
	case p.kind == prose && last > 0 && !p.indent && isHeadline(p.text) && utf8.RuneCountInString(p.text) >= 8 &&
		s.body[last-1].kind == prose && finished(s.body[last-1].text):
		if _, ok := byline.Signature("(" + p.text + ")"); ok {
			return piece{}, false
		}
	default:
		return piece{}, false
	}
	s.body = s.body[:last]
	return p, true
}

// nextPiece returns the index of the first piece that is no running head, or -1.
func nextPiece(pieces []piece) int {
	for i, p := range pieces {
		if p.kind != running {
			return i
		}
	}
	return -1
}

// opensArticle reports whether the pieces begin as an article does below its
// headline.
func opensArticle(pieces []piece) bool {
	i := nextPiece(pieces)
	if i < 0 {
		return false
	}
	p := pieces[i]
	if p.kind == credit {
		return true
	}
	_, ok := byline.Dateline(p.text)
	return ok && p.kind == prose || isBare(pieces[i:])
}

// isBare reports whether the pieces begin with a name alone on its line and go on with
// a text.
func isBare(pieces []piece) bool {
	if len(pieces) < 2 || pieces[0].kind != prose || len(pieces[0].lines) > 1 || pieces[0].indent {
		return false
	}
	next := pieces[1]
	if next.kind != verse && (next.kind != prose || utf8.RuneCountInString(next.text) < 15 || !clause.MatchString(next.text)) {
		return false
	}
	_, ok := byline.Bare(pieces[0].text)
	return ok
}

// isHeadline reports whether a line has the shape of a headline: short, without
// the end of a sentence, a label, a date or a figure alone.
func isHeadline(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < 4 || n > 40 || strings.ContainsAny(text, "。；;：:") || isDate(text) || isAside(text) || pieceStart.MatchString(text) || nameList.MatchString(text) && !strings.Contains(text, "“") && n <= 12 {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("，、,", r) {
		return false
	}
	return han(text)*2 > n
}

func han(text string) (n int) {
	for _, r := range text {
		if allHan([]rune{r}) {
			n++
		}
	}
	return n
}

// markHeadlines makes headings of the lines that are headlines by their shape and
// by the byline or dateline below them, on a page that has no marks of its own.
func markHeadlines(pieces []piece) (found int) {
	open := true // nothing is unfinished above
	for i := range pieces {
		p := &pieces[i]
		if p.kind == prose && open && !p.indent && isHeadline(p.text) {
			below := pieces[i+1:]
			// A subtitle may stand between.
			if j := nextPiece(below); j >= 0 && below[j].kind == prose && (isDash(below[j].text) || isHeadline(below[j].text)) && !opensArticle(below) {
				below = below[j+1:]
			}
			if opensArticle(below) {
				p.kind, p.level = heading, 2
				found++
				open = false
				continue
			}
		}
		open = p.kind == running || p.kind == credit || p.kind == caption || finished(p.text)
	}
	return found
}
