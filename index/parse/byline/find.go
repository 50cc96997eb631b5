package byline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateline is how a report begins: 「江门日报讯」, 「本报北京9月3日电」, 「据新华社电」.
var dateline = regexp.MustCompile(`^\s*[【\[［]?据?(本报|本刊|本台|本网|本社|[\p{Han}A-Za-z]{1,10}?(?:日报|晚报|时报|早报|晨报|快报|商报|周报|报|社|网|电视台|电台|台|周刊|刊|客户端|云))?` +
	`(?:[\p{Han}]{2,8}?)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(讯|电|消息|综合消息|综合报道|专电)[】\]］]?`)

// Dateline reads what stands before the report itself at the beginning of a
// paragraph.
func Dateline(p string) (c Credit, ok bool) { return withSimple(p, readDateline) }

func readDateline(p string) (c Credit, ok bool) {
	m := dateline.FindStringSubmatchIndex(p)
	rest := p
	if m != nil {
		rest = p[m[1]:]
		if m[2] >= 0 {
			c.Source = p[m[2]:m[3]]
		}
	}
	in, bracketed := bracket(rest)
	switch {
	case bracketed:
		if got, found := Parse(in); found {
			c.Authors = got.Authors
			if c.Source == "" {
				c.Source = got.Source
			}
			return c, true
		}
		return c, c.Source != ""
	case m == nil:
		return Credit{}, false
	}
	if got, found := spoken(rest); found {
		c.Authors = got.Authors
		return c, true
	}
	// 「快讯」 and 「来电」 begin sentences too: without a paper or a person it takes
	// a space or a colon to tell.
	return c, c.Source != "" && (rest == "" || strings.IndexAny(rest, " \u3000\t:：,，") == 0 || p[m[4]:m[5]] == "讯" || hasDigit(p[:m[1]]))
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// spoken reads 「记者陈婵、通讯员何峰报道:」 and 「记者 陈婵」 at the beginning of s.
func spoken(s string) (Credit, bool) {
	if i := strings.Index(s, "报道"); i >= 0 && i < 150 {
		if c, ok := Parse(s[:i]); ok {
			return c, true
		}
	}
	// The longest run of words that is a byline.
	best, found := Credit{}, false
	end := 0
	for range 8 {
		end += len(s[end:]) - len(strings.TrimLeftFunc(s[end:], unicode.IsSpace))
		next := strings.IndexFunc(s[end:], unicode.IsSpace)
		if next < 0 {
			break
		}
		end += next
		if c, ok := Parse(s[:end]); ok {
			best, found = c, true
		}
	}
	return best, found
}

// bracket returns what is in the brackets that s begins with.
func bracket(s string) (in string, ok bool) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	open, size := utf8.DecodeRuneInString(s)
	if open != '(' && open != '（' {
		return "", false
	}
	end := strings.IndexAny(s, ")）")
	if end < 0 || end > 300 {
		return "", false
	}
	return s[size:end], true
}

// Tail reads the byline that a paragraph ends with, and returns where in p it
// begins. What is before it is a finished sentence, or it stands in brackets.
func Tail(p string) (c Credit, start int, ok bool) {
	c, ok = withSimple(p, func(s string) (c Credit, found bool) {
		c, start, found = readTail(s)
		return c, found
	})
	return c, start, ok
}

func readTail(p string) (c Credit, start int, ok bool) {
	s := strings.TrimRightFunc(p, unicode.IsSpace)
	if in, at, bracketed := lastBracket(s); bracketed {
		if c, ok = Parse(in); ok {
			return c, at, true
		}
	}
	at := strings.LastIndexAny(s, "。！？!?…”\"」』")
	if at < 0 {
		return Credit{}, 0, false
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	c, ok = Parse(s[at+size:])
	return c, at + size, ok
}

// lastBracket returns what is in the brackets that s ends with, and where they
// open.
func lastBracket(s string) (in string, at int, ok bool) {
	s = strings.TrimRight(s, "。")
	last, size := utf8.DecodeLastRuneInString(s)
	if last != ')' && last != '）' {
		return "", 0, false
	}
	at = strings.LastIndexAny(s, "(（")
	if at < 0 {
		return "", 0, false
	}
	_, opening := utf8.DecodeRuneInString(s[at:])
	return s[at+opening : len(s)-size], at, true
}

// Signature reads the brackets at the very end of an article: 「(江海区巡察办)」,
// 「(来源:新华社)」, 「(何榕)」. They hold one body or names, without a role.
func Signature(p string) (c Credit, ok bool) { return withSimple(p, readSignature) }

func readSignature(p string) (c Credit, ok bool) {
	in, _, ok := lastBracket(strings.TrimRightFunc(p, unicode.IsSpace))
	if !ok {
		return Credit{}, false
	}
	if strings.HasPrefix(in, "作者") && strings.ContainsAny(in, "单位系为是") {
		return Credit{}, false // where the author works is no source
	}
	for _, label := range []string{"来源", "供稿", "据", "转自", "摘自", "稿件来源"} {
		if rest, cut := strings.CutPrefix(in, label); cut {
			in = strings.TrimLeft(rest, ":： ")
			break
		}
	}
	in = strings.TrimSpace(strings.TrimSuffix(in, "供稿"))
	var r reading
	for _, w := range words(in) {
		switch {
		case isOffice(w) && utf8.RuneCountInString(w) > 2 && !notNames.MatchString(w):
			r.from(w)
		case isSurelyName(w):
			r.add(w)
		default:
			return Credit{}, false
		}
	}
	return r.Credit, r.Source != "" || len(r.Authors) > 0
}

// Signed reads a line that is nothing but names, as one under a headline may be:
// 「◎苏青禾」, 「何榕 陈婵」. They have no role.
func Signed(p string) (c Credit, ok bool) {
	var r reading
	all := words(p)
	mark := beginsMarked.MatchString(strings.TrimSpace(p))
	for _, w := range all {
		if !isSurelyName(w) && !(mark && isName(w)) {
			return Credit{}, false
		}
		r.add(w)
	}
	return r.Credit, len(all) > 0 && len(all) <= 4
}

// Bare reads a line that is nothing but one name of three characters, or of two with
// a space between them or a 某 in it, as under the headline of an essay: shorter words
// are often something else.
func Bare(p string) (c Credit, ok bool) {
	p = strings.TrimSpace(p)
	n := utf8.RuneCountInString(p)
	if n != 3 && !strings.Contains(p, "某") && len(strings.Fields(p)) < 2 || n > 7 {
		return Credit{}, false
	}
	last, _ := utf8.DecodeLastRuneInString(p)
	c, ok = Signed(p)
	return c, ok && len(c.Authors) == 1 && !strings.ContainsRune("省市县区镇乡村州港湾岛山河路街报刊社会局院校所站厂书版篇章节", last)
}

// beginsMarked matches a line that begins with the mark before an author's name.
var beginsMarked = regexp.MustCompile(`^[□■◇◆○●◎△▲☆★]\s*\p{Han}`)

// photo matches how the text under a picture ends, or begins.
var (
	photoEnd   = regexp.MustCompile(`(?:供图|资料图片?|资料照片|图片|(?:新华社|中新社)发|制图|漫画|视频截图|效果图|图源.{1,12})\s*[)）]?$|图片?由.{2,20}提供\s*[)）]?$`)
	photoName  = regexp.MustCompile(`[\s/／:：(（。](?:[\p{Han}·]{2,8}|[\p{Han}][ \x{3000}][\p{Han}]|[A-Z][A-Za-z .]+)\s*[/／]?\s*(?:摄|供图|图|摄影)\s*[)）]?$`)
	photoBegin = regexp.MustCompile(`^\s*(?:图为|图[①-⑳]|图\s?[一二三四五六七八九十\d]{1,2}\s?[:：、]|(?:[上下左右中题主配]{1,2}|大|小|组|首)图(?:[:：为]|[^\p{Han}]|[①-⑳])|(?:[①-⑳][、，,]?)+图?[:：为]|图片说明|图说|[▲▼◀▶►◄△▽↑↓←→↖↗↘↙])`)
)

// Photo reports whether p is the text under a picture, as its wording tells:
// 「图为…」, 「… 本报记者 何榕 摄」. The names in it are its photographers.
func Photo(p string) (c Credit, ok bool) { return withSimple(p, readPhoto) }

func readPhoto(p string) (c Credit, ok bool) {
	s := strings.TrimRightFunc(p, unicode.IsSpace)
	if utf8.RuneCountInString(s) > 160 {
		return Credit{}, false
	}
	ok = photoBegin.MatchString(s) || photoEnd.MatchString(s) || photoName.MatchString(s)
	if got, isCredit := Parse(s); isCredit && onlyPhotographers(got) {
		return got, true
	}
	if !ok {
		return Credit{}, false
	}
	if got, _, found := Tail(s); found {
		return got, true
	}
	// The credit follows the caption without a full stop: try ever shorter ends.
	fields := strings.FieldsFunc(s, unicode.IsSpace)
	for i := 1; i < len(fields); i++ {
		if got, found := Parse(strings.Join(fields[i:], " ")); found {
			return got, true
		}
	}
	return Credit{}, true
}

func onlyPhotographers(c Credit) bool {
	for _, a := range c.Authors {
		if a.Role != "摄影" {
			return false
		}
	}
	return true
}
