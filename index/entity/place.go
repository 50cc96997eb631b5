package entity

import "strings"

// findPlaces marks where places stand in the line.
func (r *extraction) findPlaces() {
	for i := 0; i < len(r.tokens); {
		end := r.placeAt(i)
		if end <= i {
			i++
			continue
		}
		r.tokens[i].place = end
		r.tokens[i].wide = end == i+1 && r.widens(i)
		i = end
	}
}

// widens reports whether a place ends in the first character of the next word:
// 江海 of 江海区委 is 江海区.
func (r *extraction) widens(i int) bool {
	next := r.peek(i + 1)
	switch firstRunes(next.text, 2) {
	case "区委", "县委", "市委", "省委", "州委":
		return !strings.Contains("省市区县州", lastRunes(r.tokens[i].text, 1))
	}
	return false
}

// endsPlace reports whether a place ends right before token i.
func (r *extraction) endsPlace(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if r.tokens[j].place > 0 {
			return r.tokens[j].place == i
		}
	}
	return false
}

// placeAt returns the token after the place that begins at i, or 0.
func (r *extraction) placeAt(i int) int {
	t := &r.tokens[i]
	switch {
	case t.is&notPlace != 0 || r.midName(i):
		return 0
	case t.pos == "ns" && t.runes() >= 2 && t.is&anyPlace == 0 && r.widens(i):
		return i + 1
	case t.is&anyPlace != 0:
		return r.listedPlace(i)
	case t.runes() >= 3 && t.pos == "ns" && strings.Contains("省市区县旗州镇乡村盟岛", lastRunes(t.text, 1)) && !strings.HasSuffix(t.text, "地区") && !strings.HasSuffix(t.text, "山区"):
		return i + 1
	case t.pos == "ns" && t.runes() == 2 && r.endsPlace(i) && r.within(i):
		if end := r.smaller(i); end > 0 {
			return end
		}
	}
	return r.localPlace(i, r.endsPlace(i), true)
}

// midName reports whether token i goes on with a foreign name that is not known
// as a whole.
func (r *extraction) midName(i int) bool {
	before := r.peek(i - 1)
	return strings.HasPrefix(before.pos, "nr") && before.place == 0 && !r.endsPlace(i) && foreignSounding(before.text) && foreignSounding(firstRunes(r.tokens[i].text, 1))
}

// smaller is for a word of the dictionary after a province or city: 广东开平.
func (r *extraction) smaller(i int) int {
	next := r.peek(i + 1)
	switch next.text {
	case "县", "区", "市", "镇", "乡", "村":
		return i + 2
	}
	if next.mark() || r.localPlace(i+1, true, false) > 0 {
		return i + 1
	}
	switch next.pos {
	case "v", "p", "d", "c", "uj":
		return i + 1
	}
	return 0
}

// within reports whether the place before token i is a province or city, so
// that a smaller place can follow it.
func (r *extraction) within(i int) bool {
	before := r.peek(i - 1)
	return before.is&(province|city) != 0 || before.pos == "ns" && strings.Contains("省市区县", lastRunes(before.text, 1))
}

// listedPlace is for a place that stands in the list of places.
func (r *extraction) listedPlace(i int) int {
	t, next := &r.tokens[i], r.peek(i+1)
	if next.is&alone != 0 {
		return 0
	}
	if t.is&(province|city) != 0 {
		switch next.text {
		case "省", "市", "自治区", "特别行政区", "州", "地区", "自治州":
			return i + 2
		}
	}
	if t.is&doubtful != 0 && !(r.endsPlace(i) && r.within(i)) {
		return 0
	}
	return i + 1
}

// localPlace is for a small place that no list has: a stem of some characters
// before 镇, 村, 街道, 社区 and the like. It is chained if it follows a place. With
// look, what follows is looked at too, but no further than the next place: the
// time that a line takes must not grow faster than the line.
func (r *extraction) localPlace(i int, chained, look bool) int {
	if i >= len(r.tokens) {
		return 0
	}
	before := r.peek(i - 1)
	if !chained && before.is&beforePlace == 0 && !before.mark() && before.pos != "v" {
		return 0
	}
	runes := 0
	for j := i; j < len(r.tokens) && j < i+4; j++ {
		t := &r.tokens[j]
		if j > i && runes >= 1 && isLocal(t) {
			stem := r.span(i, j)
			last := firstRunes(t.text, t.runes()-localTail(t))
			if n := runes + t.runes() - localTail(t); n >= 2 && n <= 4 && t.is&notPlace == 0 && r.stem(i, j, stem+last, look) {
				return j + 1
			}
			return 0
		}
		runes += t.runes()
		if !allHan(t.text) || runes > 4 || t.is&(beforePlace|speech|titleBefore) != 0 || t.runes() > 1 && strings.Contains("vmril", t.pos) {
			return 0
		}
	}
	return 0
}

// localTail returns how many characters at a token's end say what it is.
func localTail(t *token) int {
	if t.text == "街道" || t.text == "社区" {
		return 2
	}
	return 1
}

func isLocal(t *token) bool {
	switch t.text {
	case "街道", "社区", "镇", "乡", "村", "县", "区":
		return true
	}
	return t.runes() == 2 && strings.Contains("村镇乡", lastRunes(t.text, 1)) && (t.pos == "ns" || t.pos == "n" || t.pos == "nr")
}

// stem reports whether the tokens from i up to j can name a small place.
func (r *extraction) stem(i, j int, stem string, look bool) bool {
	if r.is[stem]&notStem != 0 || strings.HasSuffix(stem, "族") || strings.HasSuffix(stem, "残运") {
		return false
	}
	for k := i; k < j; k++ {
		t := &r.tokens[k]
		if t.runes() > 1 && t.is&notStem != 0 || t.text == "军" || t.is&(orgTail|credit) != 0 || strings.Contains("的了是在各本该每某这那我他们个多些几全两", t.text) {
			return false
		}
		if t.runes() > 1 && r.tokens[j].text == "区" && t.pos != "ns" && t.pos != "nz" && t.pos != "nr" {
			return false
		}
	}
	return j-i > 1 || !look || !r.tokens[i].common() || r.endsPlace(i) ||
		r.peek(j+1).is&localSign != 0 || r.localPlace(j+1, true, false) > 0
}

// common reports whether a token is a word that is rather what a place is like
// than its name: 文化社区.
func (t *token) common() bool {
	switch t.pos {
	case "n", "vn", "v", "a", "b", "t", "d":
		return t.runes() > 1
	}
	return false
}

// keepPlaces takes the places that are no part of an organisation's name.
func (r *extraction) keepPlaces() {
	for i := 0; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		if t.place == 0 || t.inName && !t.wide {
			continue
		}
		from, to, key := t.from, r.tokens[t.place-1].to, r.span(i, t.place)
		if head := firstRunes(key, 2); r.is[head]&province != 0 && r.is[key[len(head):]]&city != 0 {
			from, key = from+2, key[len(head):] // the dictionary has 广东江门 as one word
		}
		if t.wide {
			to++
			key += firstRunes(r.tokens[t.place].text, 1)
		}
		short := r.shortPlace(key)
		n := r.places.add(firstRunes(key, to-from-short), r.original(from, to-short), r.at.Title)
		if t.is&anyPlace != 0 || t.place == i+1 {
			n.evidence |= listed
		}
		if r.endsPlace(i) || r.peek(t.place).place > 0 {
			n.evidence |= chained
		}
	}
}

// shortPlace returns how many characters at the end of a place's name are left
// out: 广东省 and 广东 are one place, 江门市 and 江门 too.
func (r *extraction) shortPlace(key string) int {
	for _, tail := range []string{"特别行政区", "特区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
		if stem, ok := strings.CutSuffix(key, tail); ok && r.is[stem]&(province|city) != 0 {
			return len([]rune(tail))
		}
	}
	return 0
}

// settlePlaces drops what is named too weakly to be worth a reader's click.
func (r *extraction) settlePlaces() {
	for key, n := range r.places.names {
		if !n.title && n.n < 2 && n.evidence&chained == 0 || n.evidence&(listed|chained) == 0 && n.n < 2 {
			delete(r.places.names, key)
		}
	}
}
