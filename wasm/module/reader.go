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

// Number reads an unsigned LEB128.
func (r *Reader) Number() int {
	n, size := binary.Uvarint(r.left)
	if size <= 0 || n > maxMemory {
		size = len(r.left) + 1
	}
	r.Take(size)
	return int(n)
}

// SkipNumber skips an unsigned LEB128 of any size and reports whether it is 0.
func (r *Reader) SkipNumber() bool {
	first := r.Byte()
	for b := first; b&0x80 != 0; {
		b = r.Byte()
	}
	return first == 0
}

// Address reads a signed LEB128, as i32.const has it.
func (r *Reader) Address() int {
	var n, shift int
	for shift < 35 {
		b := r.Byte()
		n |= int(b&0x7f) << shift
		shift += 7
		if b&0x80 == 0 {
			if b&0x40 != 0 {
				n -= 1 << shift
			}
			return n
		}
	}
	r.short = true
	return 0
}

// AppendAddress appends n, which is not negative, as i32.const has it: a signed LEB128.
func AppendAddress(b []byte, n int) []byte {
	for n >= 0x40 {
		b = append(b, byte(n&0x7f)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}
