package format

import (
	"encoding/binary"
	"sort"
	"unicode/utf8"
)

// An Alphabet numbers the characters of a segment by how often they occur, the
// commonest first. Stored text is written in these numbers, in one byte for the
// commonest 200 or so and two for the others, before it is deflated: that costs
// a tenth less than UTF-8 does. The term dictionary has them as its letters.
type Alphabet struct {
	runes []rune          // by number
	codes map[rune]uint32 // the reverse
	short uint32          // numbers below take one byte in text
}

// Escape is the number that stands before a character that has none; its code
// point follows as three bytes in text. It has the alphabet's first place.
const Escape = 0

// maxAlphabet is how many numbers one or two bytes can tell apart.
const maxAlphabet = 60000

// NewAlphabet returns the alphabet of the characters counted, of which the
// rarest stay without a number if there are more than fit.
func NewAlphabet(count map[rune]int) *Alphabet {
	runes := make([]rune, 0, len(count)+1)
	for r := range count {
		if r > 0 {
			runes = append(runes, r)
		}
	}
	sort.Slice(runes, func(i, j int) bool {
		if a, b := count[runes[i]], count[runes[j]]; a != b {
			return a > b
		}
		return runes[i] < runes[j]
	})
	if len(runes) > maxAlphabet-1 {
		runes = runes[:maxAlphabet-1]
	}
	return newAlphabet(append([]rune{0}, runes...))
}

func newAlphabet(runes []rune) *Alphabet {
	a := &Alphabet{runes: runes, codes: make(map[rune]uint32, len(runes))}
	for i, r := range runes {
		a.codes[r] = uint32(i)
	}
	// As many one-byte codes as leave enough lead bytes for all the others.
	a.short = 255
	for a.short > 0 && int(a.short)+int(256-a.short)*256 < len(runes) {
		a.short--
	}
	return a
}

// Len returns the number of numbers.
func (a *Alphabet) Len() int { return len(a.runes) }

// Code returns the number of a character and whether it has one.
func (a *Alphabet) Code(r rune) (uint32, bool) {
	c, ok := a.codes[r]
	return c, ok && c != Escape
}

// Rune returns the character of a number, or 0.
func (a *Alphabet) Rune(code uint32) rune {
	if int(code) < len(a.runes) {
		return a.runes[code]
	}
	return 0
}

// AppendText appends s in the alphabet's codes to b. A byte that is not UTF-8
// becomes U+FFFD; parsers let none through.
func (a *Alphabet) AppendText(b []byte, s string) []byte {
	for _, r := range s {
		c, ok := a.Code(r)
		if !ok {
			b = a.appendCode(b, Escape)
			b = append(b, byte(r>>16), byte(r>>8), byte(r))
			continue
		}
		b = a.appendCode(b, c)
	}
	return b
}

func (a *Alphabet) appendCode(b []byte, c uint32) []byte {
	if c < a.short {
		return append(b, byte(c))
	}
	c -= a.short
	return append(b, byte(a.short+c>>8), byte(c))
}

// Text returns the string of which b holds the codes, or false if it has a
// number without a character or ends within a character.
func (a *Alphabet) Text(b []byte) (string, bool) {
	out := make([]byte, 0, len(b)*3)
	for i := 0; i < len(b); {
		c := uint32(b[i])
		i++
		if c >= a.short {
			if i >= len(b) {
				return "", false
			}
			c = a.short + (c-a.short)<<8 + uint32(b[i])
			i++
		}
		if c == Escape {
			if i+3 > len(b) {
				return "", false
			}
			out = utf8.AppendRune(out, rune(b[i])<<16|rune(b[i+1])<<8|rune(b[i+2]))
			i += 3
			continue
		}
		if int(c) >= len(a.runes) {
			return "", false
		}
		if r := a.runes[c]; r >= 0x800 && r < 0xD800 { // three bytes, as most of a text is
			out = append(out, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return string(out), true
}

// Append appends the alphabet itself to b: the number of characters, then each
// one's distance from the one before.
func (a *Alphabet) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(a.runes)-1))
	prev := rune(0)
	for _, r := range a.runes[1:] {
		b = AppendVarint(b, int64(r-prev))
		prev = r
	}
	return b
}

// ReadAlphabet reads what Append wrote.
func ReadAlphabet(c *Cursor) *Alphabet {
	n := c.Count(1)
	if n >= maxAlphabet {
		c.Fail("alphabet of %d characters, want fewer than %d", n, maxAlphabet)
		n = 0
	}
	runes := make([]rune, 1, n+1)
	seen := make(map[rune]bool, n)
	prev := int64(0)
	for range n {
		prev += c.Varint()
		if prev <= 0 || prev > utf8.MaxRune || !utf8.ValidRune(rune(prev)) || seen[rune(prev)] {
			c.Fail("character %d is not one, or stands there twice", prev)
			break
		}
		seen[rune(prev)] = true
		runes = append(runes, rune(prev))
	}
	return newAlphabet(runes)
}
