package format

import "math/bits"

// Length codes a field's length in a byte: lengths below 16 as they are, above
// that with 2 bits behind the leading one, so that a code stands for less than a
// quarter more than its least length. Codes keep the order of lengths.
func Length(n uint32) byte {
	if n < 16 {
		return byte(n)
	}
	exp := uint(bits.Len32(n)) - 3 // n has exp bits below its top three
	return byte(16 + (exp-2)*4 + uint(n>>exp)&3)
}

// LengthOf returns the length that a code stands for, the middle of its range.
func LengthOf(code byte) float64 {
	if code < 16 {
		return float64(code)
	}
	exp := uint(code-16)/4 + 2
	least := uint64(4|(code-16)&3) << min(exp, 32)
	return float64(least) + float64(uint64(1)<<min(exp, 32)-1)/2
}
