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
}

// Fold folds one line. White space at its ends is left out and a run of it
// within becomes one space; characters that do not show (zero width, soft
// hyphens, variation selectors) are left out.
func (f Folder) Fold(s string) Folded {
	out := Folded{Runes: make([]rune, 0, len(s)), Offsets: make([]int, 0, len(s)+1)}
	space := -1 // where a run of white space began, or -1
	for i, r := range s {
		if unicode.IsSpace(r) {
			if space < 0 {
				space = i
			}
			continue
		}
		if r = f.Rune(r); r < 0 {
			continue
		}
		if space >= 0 {
			if len(out.Runes) > 0 {
				out.Runes = append(out.Runes, ' ')
				out.Offsets = append(out.Offsets, space)
			}
			space = -1
		}
		out.Runes = append(out.Runes, r)
		out.Offsets = append(out.Offsets, i)
	}
	out.Offsets = append(out.Offsets, len(s))
	return out
}

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
	if r >= 0x4E00 && r <= 0x9FFF { // the common case: Han, of one width and no case
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
