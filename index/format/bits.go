package format

import "math/bits"

// A BitWriter packs codes into bytes, the first code in the lowest bits.
type BitWriter struct {
	b   []byte
	acc uint64
	n   uint
}

// Write appends the low width bits of v; width is at most 32.
func (w *BitWriter) Write(v uint32, width uint) {
	w.acc |= uint64(v) << w.n
	w.n += width
	for w.n >= 8 {
		w.b = append(w.b, byte(w.acc))
		w.acc >>= 8
		w.n -= 8
	}
}

// Len returns the number of bits written.
func (w *BitWriter) Len() int { return len(w.b)*8 + int(w.n) }

// Bytes returns what was written, the last byte filled with zeros.
func (w *BitWriter) Bytes() []byte {
	if w.n == 0 {
		return w.b
	}
	return append(w.b[:len(w.b):len(w.b)], byte(w.acc))
}

// bounded writes v, 0 <= v < size, in a code that is one bit shorter for the
// values in the middle of the range than for its ends (a centred minimal
// binary code): in a posting list the middle element is likeliest there.
func (w *BitWriter) bounded(v, size uint32) {
	if size <= 1 {
		return
	}
	k := uint(bits.Len32(size - 1))
	short := uint32(1<<k - uint64(size)) // values that get k-1 bits
	v = rotate(v, size, short)
	if v < short {
		w.Write(v, k-1)
		return
	}
	// The long codes share a prefix of k-1 bits, at least short; the last bit
	// follows it, so a reader knows after k-1 bits whether to read one more.
	v += short
	w.Write(v>>1, k-1)
	w.Write(v&1, 1)
}

// rotate and unrotate never add what a size of nearly 2³² has no room for.
func rotate(v, size, short uint32) uint32 {
	half := (size - short) / 2
	if v < half {
		return v + (size - half)
	}
	return v - half
}

func unrotate(v, size, short uint32) uint32 {
	half := (size - short) / 2
	if v >= size-half {
		return v - (size - half)
	}
	return v + half
}

// Gamma writes v >= 1 in Elias' gamma code.
func (w *BitWriter) Gamma(v uint32) {
	n := uint(bits.Len32(v)) - 1
	for range n {
		w.Write(0, 1)
	}
	w.Write(1, 1)
	w.Write(v&(1<<n-1), n)
}

// A BitReader reads what a BitWriter wrote. Past the end it reads zeros and
// remembers that it did.
type BitReader struct {
	b    []byte
	off  int // next byte to load
	acc  uint64
	n    uint
	past int // zero bits that were made up
}

// NewBitReader returns a reader that starts at the given bit of b.
func NewBitReader(b []byte, bit int) *BitReader {
	r := &BitReader{b: b}
	if bit < 0 || bit > len(b)*8 {
		r.past = 1
		return r
	}
	r.off = bit / 8
	r.Read(uint(bit % 8))
	return r
}

func (r *BitReader) fill() {
	for r.n <= 56 {
		if r.off < len(r.b) {
			r.acc |= uint64(r.b[r.off]) << r.n
		} else {
			r.past += 8
		}
		r.off++
		r.n += 8
	}
}

// Read returns the next width bits; width is at most 32.
func (r *BitReader) Read(width uint) uint32 {
	if r.n < width {
		r.fill()
	}
	v := uint32(r.acc & (1<<width - 1))
	r.acc >>= width
	r.n -= width
	return v
}

func (r *BitReader) bounded(size uint32) uint32 {
	if size <= 1 {
		return 0
	}
	k := uint(bits.Len32(size - 1))
	short := uint32(1<<k - uint64(size))
	v := r.Read(k - 1)
	if v >= short {
		v = v<<1 | r.Read(1)
		v -= short
	}
	return unrotate(v, size, short)
}

// Gamma reads a number in Elias' gamma code; damage answers 0.
func (r *BitReader) Gamma() uint32 {
	n := uint(0)
	for r.Read(1) == 0 {
		if n++; n > 31 {
			r.past = len(r.b)*8 + 64
			return 0
		}
	}
	return 1<<n | r.Read(n)
}

// Err returns a CorruptError if bits past the end were asked for.
func (r *BitReader) Err(section string) error {
	// Bits that were made up lie at the top of acc until they are read.
	if r.past > int(r.n) {
		return &CorruptError{Section: section, Offset: int64(len(r.b)), Reason: "ends within a posting list"}
	}
	return nil
}
