package analyze

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Folded is a line of text with its characters folded.
type Folded struct {
	Runes []rune
	// Offsets has, for every rune, the byte at which the character that it was
	// folded from begins in the original, and at its end the original's length.
	Offsets []int

	text string // the original
}

// A Folder folds text. Its zero value folds width, case and white space.
type Folder struct {
	// Variants maps characters to the one that stands for them and their like:
	// traditional to simplified, variant to common. It may be nil.
	Variants map[rune]rune
	// varied are the common characters that Variants has, if that is known: most
	// have no variant, and finding that out in a map is most of folding.
	varied *[(lastHan-firstHan)/64 + 1]uint64
}

// NewFolder returns a Folder that folds faster than one that is only given the
// variants, which must not change any more.
func NewFolder(variants map[rune]rune) Folder {
	f := Folder{Variants: variants, varied: new([(lastHan-firstHan)/64 + 1]uint64)}
	for r := range variants {
		if common(r) {
			f.varied[(r-firstHan)/64] |= 1 << ((r - firstHan) % 64)
		}
	}
	return f
}

// Fold folds one line. White space at its ends is left out and a run of it within
// becomes one space, or none between two characters of East Asia: such text has no
// spaces between words, so one is there to set letters apart (王　明, 海 堤 工 程).
// Characters that do not show (zero width, soft hyphens, variation selectors) and
// marks above and below a letter are left out. What Unicode writes in several ways
// that look alike becomes one: kana and Hangul in parts, and ligatures.
func (f Folder) Fold(s string) Folded {
	return f.folded(s, false)
}

// Spaced is Fold with every run of white space within as one space. In what a
// reader types, spaces part words.
func (f Folder) Spaced(s string) Folded {
	return f.folded(s, true)
}

func (f Folder) folded(s string, spaced bool) Folded {
	n := len(s)/3 + 8
	out := Folded{Offsets: make([]int, 0, n+1), text: s}
	out.Runes = f.fold(s, make([]rune, 0, n), &out.Offsets, spaced)
	out.Offsets = append(out.Offsets, len(s))
	return out
}

// Runes is Fold for whoever does not ask where the characters are from. (Many
// do: as part of each of them it would cost the browser a kilobyte.)
//
//go:noinline
func (f Folder) Runes(s string) []rune {
	return f.fold(s, make([]rune, 0, len(s)/3+8), nil, false)
}

// fold appends the folded characters to runes and, if offsets are asked for,
// where they begin. With spaced, a space between two characters of East Asia stays.
func (f Folder) fold(s string, runes []rune, offsets *[]int, spaced bool) []rune {
	space := -1   // where a run of white space began, or -1
	wide := false // the character before it is of East Asia
	for i, next := 0, 0; next < len(s); {
		i = next
		r, size := han(s, i)
		if size == 0 {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		next += size
		isWide := common(r)
		if !isWide || !f.plain(r) {
			if unicode.IsSpace(r) {
				if space < 0 {
					space = i
				}
				continue
			}
			isWide = isWide || eastAsian(r)
			if r = f.Rune(r); r < 0 {
				continue
			}
			if space < 0 && len(runes) > 0 {
				if whole := compose(runes[len(runes)-1], r); whole > 0 {
					runes[len(runes)-1] = whole
					continue
				}
			}
		}
		if space >= 0 && len(runes) > 0 && (spaced || !(wide && isWide)) {
			runes = append(runes, ' ')
			if offsets != nil {
				*offsets = append(*offsets, space)
			}
		}
		space, wide = -1, isWide
		if r >= 0x2100 && !common(r) {
			if looks := expand(r); looks != "" {
				for _, r := range looks {
					runes = append(runes, r)
					if offsets != nil {
						*offsets = append(*offsets, i)
					}
				}
				continue
			}
		}
		runes = append(runes, r)
		if offsets != nil {
			*offsets = append(*offsets, i)
		}
	}
	return runes
}

// han decodes a character of the common case, which is three bytes, and answers 0
// for others. Most of a text are such, and no function is called for them.
func han(s string, i int) (r rune, size int) {
	if i+3 > len(s) || s[i] < 0xE4 || s[i] > 0xE9 || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
		return 0, 0
	}
	return rune(s[i]&0xF)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
}

// plain reports whether a common character is known to have no variant.
func (f Folder) plain(r rune) bool {
	return f.varied != nil && f.varied[uint(r-firstHan)/64]>>(uint(r-firstHan)%64)&1 == 0
}

// common reports whether r is of the common case: Han, of one width and no case.
func common(r rune) bool { return r >= firstHan && r <= lastHan }

const firstHan, lastHan = 0x4E00, 0x9FFF

// Rune folds one character that is not white space; it answers -1 for one that
// does not show.
func (f Folder) Rune(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}
	if common(r) {
		if len(f.Variants) == 0 || f.plain(r) {
			return r
		}
		if v, ok := f.Variants[r]; ok {
			return v
		}
		return r
	}
	if invisible(r) || mark(r) {
		return -1
	}
	if v, ok := f.Variants[r]; ok {
		return v
	}
	if w := width.LookupRune(r); w.Kind() == width.EastAsianFullwidth || w.Kind() == width.EastAsianHalfwidth {
		if folded := w.Folded(); folded != 0 {
			r = folded
		}
	}
	r = unicode.ToLower(r)
	if v, ok := f.Variants[r]; ok {
		return v
	}
	return r
}

// eastAsian reports whether r is of a script that is written without spaces
// between words, or a punctuation mark as wide as its characters. (Korean has
// spaces.)
func eastAsian(r rune) bool {
	return r >= 0x2E80 && r <= 0xA4CF && !(r >= 0x3130 && r <= 0x318F) || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF01 && r <= 0xFF9F || r >= 0x20000 && r <= 0x3FFFF
}

// mark reports whether r is set above, below or through the letter before it.
func mark(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x1AB0 && r <= 0x1AFF || r >= 0x1DC0 && r <= 0x1DFF || r >= 0x20D0 && r <= 0x20FF ||
		r >= 0xFE20 && r <= 0xFE2F
}

func invisible(r rune) bool {
	return r == 0xAD || r == 0xFEFF || r >= 0x200B && r <= 0x200F || r >= 0x2060 && r <= 0x2064 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r >= 0x202A && r <= 0x202E
}

// String returns the folded text.
func (f Folded) String() string { return string(f.Runes) }

// Span returns the bytes of the original that the runes from i up to j were
// folded from.
func (f Folded) Span(i, j int) (start, end int) {
	if i >= j {
		return f.Offsets[i], f.Offsets[i]
	}
	// A character that is folded to several ends where the last of them does.
	for j < len(f.Runes) && f.Offsets[j] == f.Offsets[j-1] {
		j++
	}
	start, end = f.Offsets[i], f.Offsets[j]
	if f.Runes[j-1] != ' ' {
		end = start + len(strings.TrimRightFunc(f.text[start:end], unicode.IsSpace)) // spaces that set letters apart
	}
	return start, end
}
