package inflate

// shortBits is the length up to which a symbol is found in one step.
const shortBits = 10

const (
	maxBits = 15
	none    = 1<<12 - 1 // a symbol that no code has
)

// A code is a canonical Huffman code (RFC 1951, 3.2.2).
type code struct {
	// short has a symbol and the length of its bits, symbol<<4 | length, for all
	// bits that begin with those, or 0 if they are more than shortBits.
	short   [1 << shortBits]uint16
	count   [maxBits + 1]uint16 // of symbols by length
	symbols [288]uint16         // by length, then in order
}

// init makes the code of symbols whose bits are so long, 0 for those that it
// does not have. It reports whether they are a code: one in which every sequence
// of bits means something, or of one symbol of one bit, or empty.
func (c *code) init(lengths []uint8) bool {
	clear(c.short[:])
	clear(c.count[:])
	for _, l := range lengths {
		c.count[l]++
	}
	all := len(lengths) - int(c.count[0])
	c.count[0] = 0
	var next, place [maxBits + 2]int // of each length: its next bits, and where its next symbol goes
	left := 1                        // how many sequences of bits mean nothing yet
	for l := 1; l <= maxBits; l++ {
		n := int(c.count[l])
		left = left<<1 - n
		if left < 0 {
			return false
		}
		next[l+1] = (next[l] + n) << 1
		place[l+1] = place[l] + n
	}
	if left > 0 && all > 0 && !(all == 1 && c.count[1] == 1) {
		return false
	}
	for symbol, l := range lengths {
		if l == 0 {
			continue
		}
		c.symbols[place[l]] = uint16(symbol)
		place[l]++
		if l <= shortBits {
			c.fill(next[l], uint(l), uint16(symbol)<<4|uint16(l))
		}
		next[l]++
	}
	return true
}

// fill enters e for all that begins with the bits of a symbol, which come the
// highest first.
func (c *code) fill(bits int, length uint, e uint16) {
	first := 0
	for i := uint(0); i < length; i++ {
		first = first<<1 | bits>>i&1
	}
	for i := first; i < len(c.short); i += 1 << length {
		c.short[i] = e
	}
}

// long finds a symbol bit by bit, and gives it as short does.
func (c *code) long(window uint64) uint16 {
	bits, first, index := 0, 0, 0
	for length := 1; length <= maxBits; length++ {
		bits |= int(window & 1)
		window >>= 1
		n := int(c.count[length])
		if bits-first < n {
			return c.symbols[index+bits-first]<<4 | uint16(length)
		}
		index += n
		first = (first + n) << 1
		bits <<= 1
	}
	return none<<4 | maxBits
}
