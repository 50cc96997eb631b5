package entity

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/analyze"
	"github.com/kanbao/kanbao/index/article"
)

// evidence is what speaks for a name.
type evidence uint16

const (
	listed    evidence = 1 << iota // stands in a list or in the dictionary
	titled                         // 区长X
	addressed                      // X先生
	speaks                         // X表示
	chained                        // stands in a row with names that are sure
	foreign                        // written with characters of foreign names
	dotted                         // X·Y
)

// findPersons finds what may be people's names and what speaks for it.
func (r *extraction) findPersons() {
	row := false // the token before stands in a row after a name with a title
	for i := 0; i < len(r.tokens); {
		t := &r.tokens[i]
		if t.inName || t.place > 0 {
			i, row = i+1, false
			continue
		}
		end, found := r.personAt(i)
		if end <= i {
			row = row && (t.text == "、" || t.text == "和" || t.text == " " || t.text == "及")
			i++
			continue
		}
		before, after := r.peek(i-1), r.peek(end)
		if before.text == " " || before.text == ":" || before.text == "：" {
			before = r.peek(i - 2)
		}
		if r.isCredit(before) {
			i, row = end, false
			continue
		}
		if r.isTitle(before) {
			found |= titled
		} else if row {
			found |= chained
		}
		if after.is&titleAfter != 0 {
			found |= addressed
		}
		if after.is&surelySpeech != 0 {
			found |= speaks
		}
		key := r.span(i, end)
		n := r.persons.add(key, r.original(t.from, r.tokens[end-1].to), r.at.Title)
		n.evidence |= found
		row = found&(titled|chained) != 0
		i = end
	}
}

// personAt returns the token after the name that may begin at i.
func (r *extraction) personAt(i int) (end int, found evidence) {
	if end = r.dottedAt(i); end > 0 {
		return end, foreign | dotted
	}
	end, found = r.chineseAt(i)
	// 雷东多 begins with a surname of the list too.
	if long := r.foreignAt(i); long > end && (end == 0 || foreignSounding(r.span(i, end))) {
		return long, foreign
	}
	return end, found
}

// chineseAt is for a surname of the list with one or two characters after it.
func (r *extraction) chineseAt(i int) (end int, found evidence) {
	t := &r.tokens[i]
	if t.is&notPerson != 0 {
		return 0, 0
	}
	n := t.runes()
	switch {
	case n == 1 && t.is&surname != 0, n == 2 && t.is&longSurname != 0:
		if t.is&doubtful != 0 && !(r.isTitle(r.peek(i-1)) && r.peek(i+1).runes() == 1 && r.peek(i+2).is&surelySpeech != 0) {
			return 0, 0
		}
		return r.given(i + 1), 0
	case n >= 2 && n <= 4 && len(t.pos) >= 2 && t.pos[:2] == "nr":
		first, size := utf8.DecodeRuneInString(t.text)
		long := r.is[firstRunes(t.text, 2)]&longSurname != 0
		is := r.is[string(first)]
		switch {
		case is&surname == 0 && !long, n == 4 && !long, size == len(t.text), notEnd(t.text), r.is[lastRunes(t.text, 2)]&(titleAfter|titleBefore) != 0:
			return 0, 0
		case is&doubtful != 0 && !long:
			if !r.closes(i + 1) {
				return 0, 0
			}
			return i + 1, 0
		}
		if n == 2 && !long && r.single(i+1) && r.closes(i+2) {
			return i + 2, 0
		}
		if n == 2 {
			return i + 1, 0
		}
		return i + 1, listed
	}
	return 0, 0
}

// notEnd reports whether a word of the dictionary ends as no name does.
func notEnd(word string) bool {
	return strings.Contains("化性州部型率者队市县区镇村路街日庙壳科山井节沟单电网园寺件物品学费险病症剂器机车船馆所处站社局产权量度式法", lastRunes(word, 1))
}

// given returns the token after the given name that begins at i, or 0.
func (r *extraction) given(i int) int {
	t := r.peek(i)
	switch {
	case t.is&notGiven != 0 && strings.Contains("一三四五千万", t.text) && r.single(i+1):
		return i + 2 // 一 is in many names, but does not end them
	case !allHan(t.text) || t.is&(notGiven|titleBefore|titleAfter|surelySpeech|credit|notPerson) != 0 || t.place > 0 || t.inName:
		return 0
	case t.runes() == 2:
		switch t.pos {
		case "v", "d", "c", "p", "r", "m", "t", "f", "u", "l", "i":
			return 0
		}
		if t.pos != "nr" && r.is[lastRunes(t.text, 1)]&notGiven != 0 {
			return 0
		}
		return i + 1
	case t.runes() > 2:
		return 0
	case r.single(i + 1):
		return i + 2
	}
	return i + 1
}

// single reports whether a single character that can end a given name stands
// at i.
func (r *extraction) single(i int) bool {
	t := r.peek(i)
	return t.runes() == 1 && allHan(t.text) && t.is&notGiven == 0 && t.place == 0 && !t.inName
}

// closes reports whether a name can end before token i.
func (r *extraction) closes(i int) bool {
	t := r.peek(i)
	if first, _ := utf8.DecodeRuneInString(t.text); !isHan(first) || t.is&(speech|titleAfter|titleBefore|notGiven|beforePlace) != 0 {
		return true
	}
	switch t.pos {
	case "v", "d", "p", "c", "r", "uj", "ul":
		return true
	case "t", "u", "f", "vn", "a", "i", "l":
		return t.runes() > 1
	}
	return false
}

// foreignAt is for words that are written with the characters of foreign names.
func (r *extraction) foreignAt(i int) int {
	if before := r.peek(i - 1); before.is&(titleBefore|beforePlace|speech) == 0 && before.pos != "v" && before.place == 0 && foreignSounding(before.text) {
		return 0 // begins within a name
	}
	runes, end := 0, i
	for end < len(r.tokens) && r.foreignToken(end) {
		runes += r.tokens[end].runes()
		end++
	}
	if runes < 2 || runes > 8 || !r.closes(end) && !isDot(r.peek(end).text) {
		return 0
	}
	return end
}

func (r *extraction) foreignToken(i int) bool {
	t := &r.tokens[i]
	if t.is&(anyPlace|notPerson|titleBefore|surelySpeech) != 0 || t.inName || t.place > 0 || !foreignSounding(t.text) {
		return false
	}
	if t.runes() == 1 {
		return true
	}
	switch t.pos {
	case "nr", "nrt", "nrfg", "ns", "nz", "x", "j", "q", "n":
		if t.pos == "n" && t.runes() == 2 { // 基里 is a word only here: 基里洛夫
			next := r.peek(i + 1)
			return len(next.pos) > 1 && next.pos[:2] == "nr" && foreignSounding(next.text)
		}
		return true
	}
	return false
}

// dottedAt is for names such as X·Y.
func (r *extraction) dottedAt(i int) int {
	end := r.foreignAt(i)
	dots := 0
	for end > 0 && isDot(r.peek(end).text) {
		next := r.foreignAt(end + 1)
		if next == 0 {
			break
		}
		end, dots = next, dots+1
	}
	if dots == 0 {
		return 0
	}
	return end
}

func isDot(s string) bool { return s == "·" || s == "•" || s == "・" || s == "‧" }

// isTitle reports whether a token is what stands before names: 区长, 副市长,
// 党总支书记.
func (r *extraction) isTitle(t *token) bool {
	if t.is&titleBefore != 0 {
		return true
	}
	if t.runes() < 3 || len(t.pos) == 0 || t.pos[0] != 'n' {
		return false
	}
	return r.is[lastRunes(t.text, 3)]&titleBefore != 0 || r.is[lastRunes(t.text, 2)]&titleBefore != 0
}

func (r *extraction) isCredit(t *token) bool {
	return t.is&credit != 0 || t.runes() > 2 && r.is[lastRunes(t.text, 2)]&credit != 0
}

// settlePersons keeps the names that enough speaks for, without the authors'.
func (r *extraction) settlePersons(authors []article.Author) {
	for _, author := range authors {
		delete(r.persons.names, analyze.Name(author.Name))
	}
	for key, n := range r.persons.names {
		if !n.sure() || n.evidence&(titled|addressed) == 0 && notEnd(key) || r.is[key]&(notPerson|anyPlace|titleBefore|org) != 0 {
			delete(r.persons.names, key)
		}
	}
	r.shortenForeign()
	r.mergeBeginnings()
}

// mergeBeginnings takes 李克 for 李克强 where the article has both: the words
// after the name were cut off wrongly.
func (r *extraction) mergeBeginnings() {
	for _, key := range slices.Sorted(maps.Keys(r.persons.names)) {
		n := r.persons.names[key]
		if n == nil || utf8.RuneCountInString(key) != 3 || n.evidence&foreign != 0 {
			continue
		}
		if short := r.persons.names[firstRunes(key, 2)]; short != nil && short.n < n.n {
			n.n += short.n
			n.title = n.title || short.title
			n.order = min(n.order, short.order)
			delete(r.persons.names, firstRunes(key, 2))
		}
	}
}

func (n *name) sure() bool {
	e := n.evidence
	switch {
	case e&(titled|addressed|dotted) != 0:
		return true
	case e&foreign != 0:
		return false
	}
	if e&chained != 0 && utf8.RuneCountInString(n.text) == 3 {
		return true
	}
	score := 0
	if e&listed != 0 {
		score++
	}
	if e&speaks != 0 {
		score++
	}
	if e&chained != 0 {
		score++
	}
	if n.n >= 2 {
		score++
	}
	return score >= 2
}

// shortenForeign makes one of X·Y and Y where the article has both.
func (r *extraction) shortenForeign() {
	for key, n := range r.persons.names {
		if n.evidence&dotted == 0 {
			continue
		}
		at := 0
		for i, c := range key {
			if isDot(string(c)) {
				at = i + utf8.RuneLen(c)
			}
		}
		if short := r.persons.names[key[at:]]; short != nil {
			short.n += n.n
			short.title = short.title || n.title
			short.order = min(short.order, n.order)
			delete(r.persons.names, key)
		}
	}
}
