package entity

import (
	"strings"
	"unicode/utf8"
)

// longest is how many words, and characters, an organisation's name has.
const (
	longestOrg      = 9
	longestOrgRunes = 22
)

// findOrgs finds the organisations of the line, from left to right, the longest
// that end in one word.
func (r *extraction) findOrgs() {
	done := 0 // tokens that are part of a name already
	for i := 0; i < len(r.tokens); i++ {
		if r.tokens[i].place > 0 {
			continue
		}
		from, ok := r.orgEnding(i, done)
		if !ok {
			continue
		}
		// 江海区人民检察院党组: a longer name may end in the words after it.
		for i+1 < len(r.tokens) {
			longer, ok := r.orgEnding(i+1, done)
			if !ok || longer > from {
				break
			}
			from, i = longer, i+1
		}
		if r.dateline(i + 1) {
			continue
		}
		r.keepOrg(from, i+1)
		done = i + 1
	}
}

// orgEnding returns the token that the organisation begins with whose last
// token is i.
func (r *extraction) orgEnding(i, done int) (from int, ok bool) {
	t := &r.tokens[i]
	if t.is&org != 0 {
		return i, t.is&notOrg == 0
	}
	if from := r.listedOrg(i, done); from >= 0 {
		return from, true
	}
	if t.is&orgTail == 0 && !(t.pos == "nt" && r.tail(t.text)) {
		return 0, false
	}
	if t.pos == "nt" && t.runes() >= 4 && t.is&(notOrg|orgTail) == 0 {
		return r.orgStart(i, done, i), true
	}
	if from = r.orgStart(i, done, -1); from < 0 || from == i {
		return r.looseOrg(i, done)
	}
	return from, r.is[r.span(from, i+1)]&notOrg == 0 && !r.vague(from, i)
}

// listedOrg is for an organisation of the list that is several words.
func (r *extraction) listedOrg(i, done int) int {
	t := &r.tokens[i]
	if t.is&orgTail == 0 && t.pos != "nt" {
		return -1
	}
	for j := i - 1; j >= done && j >= i-5; j-- {
		if r.is[r.span(j, i+1)]&org != 0 {
			return j
		}
	}
	return -1
}

// looseOrg is for a school or company whose name begins with no place but with
// two to four single characters that are no words.
func (r *extraction) looseOrg(i, done int) (from int, ok bool) {
	if r.tokens[i].is&looseTail == 0 {
		return 0, false
	}
	runes := 0
	for from = i; from > done; from-- {
		t := &r.tokens[from-1]
		name := t.pos == "nz" || t.pos == "nr"
		if !allHan(t.text) || t.place > 0 || t.inName || t.runes() > 1 && (!name || t.is&(notStem|notPerson) != 0) || t.is&(notGiven|beforePlace|orgTail) != 0 {
			break
		}
		runes += t.runes()
	}
	before := r.peek(from - 1)
	return from, runes >= 2 && runes <= 4 && (before.mark() || before.is&beforePlace != 0 || before.pos == "v")
}

// tail reports whether a word of the dictionary ends as organisations do.
func (r *extraction) tail(word string) bool {
	for n := 4; n >= 2; n-- {
		if r.is[lastRunes(word, n)]&orgTail != 0 {
			return true
		}
	}
	switch lastRunes(word, 1) {
	case "局":
		return !strings.HasSuffix(word, "格局")
	case "署", "社", "院", "委":
		return true
	}
	return false
}

// orgStart walks left from the last word of a name and returns the furthest
// token at which the name can begin: a place, or a word such as 中国.
func (r *extraction) orgStart(i, done, start int) int {
	runes := r.tokens[i].runes()
	inPlace := false
	for j := i - 1; j >= done && i-j < longestOrg; j-- {
		t := &r.tokens[j]
		runes += t.runes()
		if runes > longestOrgRunes || !r.inOrg(j, t) {
			break
		}
		if start >= 0 && isAnd(t.text) {
			break
		}
		switch {
		case t.place > 0 && t.place <= i:
			start, inPlace = j, true
		case t.is&orgHead != 0, t.is&org != 0, t.pos == "nt" && t.runes() >= 4,
			r.placeLike(j) && (r.tokens[i].runes() > 2 || i-j > 1):
			start = j
		case t.text == "驻":
		default:
			if inPlace {
				return start
			}
		}
	}
	return start
}

// placeLike reports whether the dictionary has the token for a place, though it
// stands in no list, and the text does not speak against it.
func (r *extraction) placeLike(i int) bool {
	t, before := &r.tokens[i], r.peek(i-1)
	return t.pos == "ns" && t.runes() >= 2 && t.is&notPlace == 0 &&
		(t.runes() > 2 && strings.Contains("省市区县旗州镇乡村", lastRunes(t.text, 1)) || before.mark() || before.is&beforePlace != 0)
}

// inOrg reports whether a token can stand within an organisation's name.
func (r *extraction) inOrg(i int, t *token) bool {
	if t.is&(orgInner|orgHead|org|orgTail|anyPlace) != 0 {
		return t.is&notInOrg == 0
	}
	if t.is&(titleBefore|credit|speech|beforePlace|notInOrg) != 0 || t.mark() {
		return false
	}
	if t.runes() == 1 && t.is&notGiven != 0 {
		return false
	}
	switch t.pos {
	case "n", "ns", "nt", "nz", "nr", "nrt", "nrfg", "vn", "j", "b", "f", "s", "x", "ng", "zg", "g", "l":
		return t.pos != "vn" || t.runes() == 1
	}
	return t.runes() == 1 && (t.pos == "a" || t.pos == "q" || t.pos == "v" && t.is&surelySpeech == 0)
}

// vague reports whether a name says no more than 中国公司 or 上海医院 does.
func (r *extraction) vague(from, i int) bool {
	t, head := &r.tokens[i], &r.tokens[from]
	general := head.is&orgHead != 0 && head.is&anyPlace == 0 // 国家, 国际
	switch before := r.tokens[i-1].text; {
	case before == "一", isAnd(before), general && r.tokens[from+1].text == "驻":
		return true
	case from+1 < i && head.place != i: // there is something between
		return false
	case general && t.is&looseTail != 0:
		return true
	case head.is&(province|city) != 0 && (t.text == "博物馆" || t.text == "海关"), head.text == "中国" && t.text == "银行":
		return false
	}
	return t.is&vagueTail != 0 && head.is&(anyPlace|orgHead) != 0
}

// isAnd reports whether a word joins two nouns.
func isAnd(word string) bool { return word == "和" || word == "与" || word == "及" }

// dateline reports whether the text before token i is where a piece is from,
// not whom it is about: 新华社北京电, 某报讯, 央视网消息.
func (r *extraction) dateline(i int) bool {
	for j := i; j < len(r.tokens) && j < i+4; j++ {
		switch t := &r.tokens[j]; {
		case t.text == "讯" || t.text == "消息" || t.text == "电" || t.text == "报道" || t.is&credit != 0:
			return true
		case t.place == 0 && t.pos != "m" && t.pos != "x":
			return false
		case t.mark():
			return false
		}
	}
	return false
}

func (r *extraction) keepOrg(from, to int) {
	key := r.span(from, to)
	if n := utf8.RuneCountInString(key); n < 3 && r.tokens[from].is&org == 0 || n > longestOrgRunes || strings.ContainsAny(key, " ") {
		return
	}
	text := r.original(r.tokens[from].from, r.tokens[to-1].to)
	sure := r.is[key]&org != 0
	if use := r.same[key]; use != "" {
		key, text = use, use
	}
	n := r.orgs.add(key, text, r.at.Title)
	if first := &r.tokens[from]; sure || to == from+1 || first.place > 0 || first.is&(orgHead|org) != 0 || first.pos == "nt" || first.pos == "ns" {
		n.evidence |= listed
	}
	for i := from; i < to; i++ {
		r.tokens[i].inName = true
	}
}

// settleOrgs drops what is named too weakly.
func (r *extraction) settleOrgs() {
	for key, n := range r.orgs.names {
		if r.is[key]&notOrg != 0 || n.evidence&listed == 0 && n.n < 2 {
			delete(r.orgs.names, key)
		}
	}
}
