package analyze

// compose returns the one character that a character and what follows it are, or
// 0 where they are two. It knows what Unicode's canonical composition (UAX #15)
// knows of kana and Hangul, and nothing of letters: their marks are left out.
func compose(r, next rune) rune {
	switch {
	case next == 0x3099 || next == 0x309A:
		return voiced(r, next-0x3099)
	case next >= 0x1161 && next <= 0x1175 && r >= 0x1100 && r <= 0x1112:
		return 0xAC00 + ((r-0x1100)*21+next-0x1161)*28
	case next > 0x11A7 && next <= 0x11C2 && r >= 0xAC00 && r <= 0xD7A3 && (r-0xAC00)%28 == 0:
		return r + next - 0x11A7
	}
	return 0
}

// voiced returns a kana with the voiced mark (0) or the semi-voiced one (1).
func voiced(r, mark rune) rune {
	h := r // as hiragana
	if r >= 0x30A1 && r <= 0x30FA {
		h -= 0x60
	}
	switch {
	case h >= 'は' && h <= 'ほ' && (h-'は')%3 == 0:
		return r + 1 + mark
	case mark > 0:
		return 0
	case h >= 'か' && h <= 'ち' && (h-'か')%2 == 0, h == 'つ', h == 'て', h == 'と':
		return r + 1
	case h == 'う':
		return r - 'う' + 'ゔ'
	}
	return 0
}

// expand returns the characters that look as one does: those of a ligature, of a
// Roman numeral or of a unit. For all others it returns nothing.
func expand(r rune) string {
	switch {
	case r >= 0xFB00 && r <= 0xFB06:
		return [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xFB00]
	case r >= 0x2170 && r <= 0x217B:
		return [...]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}[r-0x2170]
	case r == '㎎':
		return "mg"
	case r == '㎏':
		return "kg"
	case r == '㎜':
		return "mm"
	case r == '㎝':
		return "cm"
	case r == '㎞':
		return "km"
	case r == '℃':
		return "°c"
	}
	return ""
}
