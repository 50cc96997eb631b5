package inflate

import (
	"encoding/binary"
	"errors"
)

// What may be wrong with packed bytes.
var (
	ErrDamaged = errors.New("not what deflate writes")
	ErrShort   = errors.New("the packed bytes end early")
	ErrSize    = errors.New("the unpacked size is another one")
	ErrTail    = errors.New("there are bytes after the packed ones")
)

// Inflate unpacks src into dst, which becomes full. dict is what the packed bytes
// may refer back to before their beginning, or nil. src has to end where the
// packed bytes do.
func Inflate(dst, src, dict []byte) error {
	u := unpacker{in: bits{src: src}, dst: dst, dict: dict}
	for final := false; !final; {
		final = u.in.take(1) == 1
		if err := u.block(u.in.take(2)); err != nil {
			if u.in.read() > len(src) {
				return ErrShort // what was wrong stood beyond the end
			}
			return err
		}
	}
	switch read := u.in.read(); {
	case read > len(src):
		return ErrShort
	case u.at < len(dst):
		return ErrSize
	case read < len(src):
		return ErrTail
	}
	return nil
}

type unpacker struct {
	in        bits
	dst, dict []byte
	at        int // where in dst the next byte goes

	literals, distances code
	lengths             [maxLiterals + maxDistances]uint8
}

// How many codes there are at most, and what some of them mean (RFC 1951, 3.2.5).
const (
	maxLiterals  = 286
	maxDistances = 30
	endOfBlock   = 256
	firstLength  = 257
)

// block unpacks a block of one of the three kinds.
func (u *unpacker) block(kind uint) error {
	switch kind {
	case 0:
		return u.stored()
	case 1:
		u.setFixed()
	case 2:
		if !u.readCodes() {
			return ErrDamaged
		}
	default:
		return ErrDamaged
	}
	return u.coded()
}

func (u *unpacker) stored() error {
	u.in.align()
	size, check := u.in.take(16), u.in.take(16)
	if size != check^0xffff {
		return ErrDamaged
	}
	if int(size) > len(u.dst)-u.at {
		return ErrSize
	}
	if !u.in.copy(u.dst[u.at:][:size]) {
		return ErrShort
	}
	u.at += int(size)
	return nil
}

// setFixed sets the codes that a block may have without saying them
// (RFC 1951, 3.2.6).
func (u *unpacker) setFixed() {
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	u.literals.init(lengths[:])
	for i := range 32 {
		lengths[i] = 5
	}
	u.distances.init(lengths[:32])
}

// The lengths of the codes for lengths come in this order (RFC 1951, 3.2.7).
var order = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readCodes reads a block's own codes: their lengths, which are coded themselves.
func (u *unpacker) readCodes() bool {
	literals, distances, count := int(u.in.take(5))+firstLength, int(u.in.take(5))+1, int(u.in.take(4))+4
	if literals > maxLiterals || distances > maxDistances {
		return false
	}
	lengths := u.lengths[:literals+distances]
	first := u.lengths[:len(order)]
	clear(first)
	for _, which := range order[:count] {
		first[which] = uint8(u.in.take(3))
	}
	if !u.literals.init(first) {
		return false
	}
	clear(lengths)
	for i := 0; i < len(lengths); {
		value, times := uint8(0), 1
		switch symbol := u.in.symbol(&u.literals); {
		case symbol < 16:
			value = uint8(symbol)
		case symbol == 16 && i > 0:
			value, times = lengths[i-1], int(u.in.take(2))+3
		case symbol == 17:
			times = int(u.in.take(3)) + 3
		case symbol == 18:
			times = int(u.in.take(7)) + 11
		default:
			return false
		}
		if times > len(lengths)-i {
			return false
		}
		for ; times > 0; times-- {
			lengths[i] = value
			i++
		}
	}
	return u.literals.init(lengths[:literals]) && u.distances.init(lengths[literals:])
}

// What a length or distance begins at, and how many bits say how much more it is
// (RFC 1951, 3.2.5).
var (
	lengthBase   = [...]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthBits   = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = [...]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceBits = [...]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// coded unpacks bytes and repetitions until the block ends.
func (u *unpacker) coded() (err error) {
	u.in, u.at, err = u.repetitions(u.in, u.at)
	return err
}

// repetitions is the loop that all the time goes into. What it changes with every
// byte are variables of its own, not fields: the compiler keeps those in
// registers, which makes it twice as fast. In wasm a jump costs more than anything
// else, so four bytes that stand for themselves are taken in one go, and no shift
// is one that Go would have to ask about.
func (u *unpacker) repetitions(in bits, at int) (bits, int, error) {
	src, next, window, n := in.src, in.at, in.window, in.n
	dst := u.dst
	short, shortDistances := &u.literals.short, &u.distances.short
	for {
		var e uint16
		if next+8 <= len(src) && at+4 <= len(dst) {
			// As many bytes as there is room for, which makes it at least 56 bits. What
			// is above n is what comes next, so it may be there already.
			window |= binary.LittleEndian.Uint64(src[next:]) << (n & 63)
			next += int(63-n) >> 3
			n |= 56
			to := dst[at : at+4 : at+4]
			if e = short[window&(1<<shortBits-1)]; e-1 < endOfBlock<<4-1 {
				to[0] = byte(e >> 4)
				at, window, n = at+1, window>>(e&15), n-uint(e&15)
				if e = short[window&(1<<shortBits-1)]; e-1 < endOfBlock<<4-1 {
					to[1] = byte(e >> 4)
					at, window, n = at+1, window>>(e&15), n-uint(e&15)
					if e = short[window&(1<<shortBits-1)]; e-1 < endOfBlock<<4-1 {
						to[2] = byte(e >> 4)
						at, window, n = at+1, window>>(e&15), n-uint(e&15)
						if e = short[window&(1<<shortBits-1)]; e-1 < endOfBlock<<4-1 {
							to[3] = byte(e >> 4)
							at, window, n = at+1, window>>(e&15), n-uint(e&15)
							continue
						}
					}
				}
				if n < 48 { // a length and a distance may be as many
					continue
				}
			}
		} else {
			for n <= 56 {
				if next < len(src) {
					window |= uint64(src[next]) << (n & 63)
				}
				next++
				n += 8
			}
			e = short[window&(1<<shortBits-1)]
		}
		if e == 0 {
			e = u.literals.long(window)
		}
		window >>= e & 15
		n -= uint(e & 15)
		symbol := uint(e >> 4)
		if symbol < endOfBlock {
			if at >= len(dst) {
				return bits{src, next, window, n}, at, ErrSize
			}
			dst[at] = byte(symbol)
			at++
			continue
		}
		if symbol == endOfBlock {
			return bits{src, next, window, n}, at, nil
		}
		if symbol -= firstLength; symbol >= uint(len(lengthBase)) {
			return bits{src, next, window, n}, at, ErrDamaged
		}
		more := lengthBits[symbol] & 15
		length := int(lengthBase[symbol]) + int(window&(1<<more-1))
		window >>= more
		n -= uint(more)

		if e = shortDistances[window&(1<<shortBits-1)]; e == 0 {
			e = u.distances.long(window)
		}
		window >>= e & 15
		n -= uint(e & 15)
		if symbol = uint(e >> 4); symbol >= uint(len(distanceBase)) {
			return bits{src, next, window, n}, at, ErrDamaged
		}
		more = distanceBits[symbol] & 15
		distance := int(distanceBase[symbol]) + int(window&(1<<more-1))
		window >>= more
		n -= uint(more)

		if length > len(dst)-at {
			return bits{src, next, window, n}, at, ErrSize
		}
		if distance > at { // it begins in the dictionary
			from := len(u.dict) - (distance - at)
			if from < 0 {
				return bits{src, next, window, n}, at, ErrDamaged
			}
			c := copy(dst[at:at+length], u.dict[from:])
			at += c
			length -= c
		}
		if distance >= length && length > 0 {
			at += copy(dst[at:at+length], dst[at-distance:])
			continue
		}
		for ; length > 0; length-- { // it repeats what it writes
			dst[at] = dst[at-distance]
			at++
		}
	}
}
