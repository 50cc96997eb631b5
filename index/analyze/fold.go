package analyze

import (
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

// Fold folds one line. White space at its ends is left out and a run of it
// within becomes one space; characters that do not show (zero width, soft
// hyphens, variation selectors) are left out.
func (f Folder) Fold(s string) Folded {
	n := len(s)/3 + 8
	out := Folded{Offsets: make([]int, 0, n+1)}
	out.Runes = f.fold(s, make([]rune, 0, n), &out.Offsets)
	out.Offsets = append(out.Offsets, len(s))
	return out
}

// Runes is Fold for whoever does not ask where the characters are from. (Many
// do: as part of each of them it would cost the browser a kilobyte.)
//
//go:noinline
func (f Folder) Runes(s string) []rune {
	return f.fold(s, make([]rune, 0, len(s)/3+8), nil)
}

// fold appends the folded characters to runes and, if offsets are asked for,
// where they begin.
func (f Folder) fold(s string, runes []rune, offsets *[]int) []rune {
	space := -1 // where a run of white space began, or -1
	for i, next := 0, 0; next < len(s); {
		i = next
		r, size := han(s, i)
		if size == 0 {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		next += size
		if !common(r) || !f.plain(r) {
			if unicode.IsSpace(r) {
				if space < 0 {
					space = i
				}
				continue
			}
			if r = f.Rune(r); r < 0 {
				continue
			}
		}
		if space >= 0 && len(runes) > 0 {
			runes = append(runes, ' ')
			if offsets != nil {
				*offsets = append(*offsets, space)
			}
		}
		space = -1
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
	if invisible(r) {
		return -1
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
	return f.Offsets[i], f.Offsets[j]
}
