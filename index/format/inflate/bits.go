package inflate

// bits takes bits from the front of bytes. Beyond their end there are zeros;
// whether any were taken is seen by read.
type bits struct {
	src    []byte
	at     int    // the next byte that is not yet in the window
	window uint64 // the next bits, the first one lowest
	n      uint   // how many they are
}

// fill makes it at least 57 bits.
func (b *bits) fill() {
	for b.n <= 56 {
		if b.at < len(b.src) {
			b.window |= uint64(b.src[b.at]) << b.n
		}
		b.at++
		b.n += 8
	}
}

// take takes n bits, at most 16.
func (b *bits) take(n uint) uint {
	b.fill()
	return b.more(uint8(n))
}

// more takes n bits of the window, which must have them.
func (b *bits) more(n uint8) uint {
	v := uint(b.window & (1<<n - 1))
	b.window >>= n
	b.n -= uint(n)
	return v
}

// symbol takes a symbol of a code, or none.
func (b *bits) symbol(c *code) uint {
	b.fill()
	e := c.short[b.window&(1<<shortBits-1)]
	if e == 0 {
		e = c.long(b.window)
	}
	b.more(uint8(e & 15))
	return uint(e >> 4)
}

// read returns how many bytes have been taken, the last one maybe in part.
func (b *bits) read() int { return b.at - int(b.n/8) }

// align leaves out what is left of a byte of which bits were taken.
func (b *bits) align() { b.more(uint8(b.n % 8)) }

// copy takes whole bytes, and reports whether there are so many.
func (b *bits) copy(to []byte) bool {
	from := b.read()
	if from > len(b.src) || len(to) > len(b.src)-from {
		return false
	}
	copy(to, b.src[from:])
	b.at, b.window, b.n = from+len(to), 0, 0
	return true
}
