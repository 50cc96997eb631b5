package module

import "encoding/binary"

// A Reader takes bytes from the front. Past the end it gives zeros and is short.
type Reader struct {
	left  []byte
	short bool
}

// NewReader returns a reader of b.
func NewReader(b []byte) *Reader { return &Reader{left: b} }

// More reports whether there is anything left.
func (r *Reader) More() bool { return len(r.left) > 0 }

// Left returns how many bytes are left.
func (r *Reader) Left() int { return len(r.left) }

// Short reports whether more was asked for than there was.
func (r *Reader) Short() bool { return r.short }

// Take returns the next n bytes, or nil if there are fewer.
func (r *Reader) Take(n int) []byte {
	if n < 0 || n > len(r.left) {
		r.short = true
		r.left = nil
		return nil
	}
	part := r.left[:n]
	r.left = r.left[n:]
	return part
}

// Byte returns the next byte.
func (r *Reader) Byte() byte {
	if b := r.Take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// Number reads an unsigned LEB128 of something that there are so many of.
func (r *Reader) Number() int {
	n := r.Unsigned()
	if n > maxMemory {
		r.Take(len(r.left) + 1)
	}
	return int(n)
}

// Unsigned reads an unsigned LEB128 of up to 64 bits.
func (r *Reader) Unsigned() uint64 {
	n, size := binary.Uvarint(r.left)
	if size <= 0 {
		size = len(r.left) + 1
	}
	r.Take(size)
	return n
}

// SkipNumber skips an unsigned LEB128 of any size and reports whether it is 0.
func (r *Reader) SkipNumber() bool {
	first := r.Byte()
	for b := first; b&0x80 != 0; {
		b = r.Byte()
	}
	return first == 0
}

// Signed reads a signed LEB128 of up to 64 bits.
func (r *Reader) Signed() int64 {
	var n int64
	for shift := 0; shift < 70; shift += 7 {
		b := r.Byte()
		n |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if b&0x40 != 0 && shift < 57 {
				n |= -1 << (shift + 7)
			}
			return n
		}
	}
	r.short = true
	return 0
}

// AppendSigned appends a signed LEB128.
func AppendSigned(b []byte, n int64) []byte {
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}
