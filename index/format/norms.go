package format

import "math/bits"

// Length codes a field's length in a byte: lengths below 16 as they are, above
// that with 3 bits behind the leading one, so that a code stands for at most an
// eighth more than its least length. Codes keep the order of lengths.
func Length(n uint32) byte {
	if n < 16 {
		return byte(n)
	}
	exp := uint(bits.Len32(n)) - 4 // n has exp bits below its top four
	return byte(min(16+(exp-1)*8+uint(n>>exp)&7, 255))
}

// LengthOf returns the length that a code stands for, the middle of its range.
func LengthOf(code byte) float64 {
	if code < 16 {
		return float64(code)
	}
	exp := uint(code-16)/8 + 1
	least := uint64(8|(code-16)&7) << exp
	return float64(least) + float64(uint64(1)<<exp-1)/2
}
