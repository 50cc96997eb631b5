package format

// Posting lists are coded by binary interpolation (Moffat and Stuiver, 2000):
// the middle element of a sorted list is written in just the bits that the
// room between its neighbours calls for, then the two halves likewise. Lists
// whose elements lie in clusters, as a week's news does in articles sorted by
// date, come out below the entropy of random sets. The number of elements and
// the size of the universe are known from elsewhere and take no bits.

// WriteSet writes a strictly increasing list out of [0, universe).
func (w *BitWriter) WriteSet(list []uint32, universe uint32) {
	w.interpolate(list, 0, universe-1)
}

func (w *BitWriter) interpolate(list []uint32, lo, hi uint32) {
	for len(list) > 0 && hi-lo+1 != uint32(len(list)) {
		m := len(list) / 2
		first := lo + uint32(m)
		last := hi - uint32(len(list)-1-m)
		w.bounded(list[m]-first, last-first+1)
		if m > 0 {
			w.interpolate(list[:m], lo, list[m]-1)
		}
		lo, list = list[m]+1, list[m+1:]
	}
}

// ReadSet fills list with what WriteSet wrote of len(list) elements. A list
// longer than the universe is answered by false, as damage.
func (r *BitReader) ReadSet(list []uint32, universe uint32) bool {
	if uint64(len(list)) > uint64(universe) {
		return false
	}
	if len(list) > 0 {
		r.interpolate(list, 0, universe-1)
	}
	return true
}

func (r *BitReader) interpolate(list []uint32, lo, hi uint32) {
	for len(list) > 0 {
		if hi-lo+1 == uint32(len(list)) {
			for i := range list {
				list[i] = lo + uint32(i)
			}
			return
		}
		m := len(list) / 2
		first := lo + uint32(m)
		last := hi - uint32(len(list)-1-m)
		list[m] = first + r.bounded(last-first+1)
		if m > 0 {
			r.interpolate(list[:m], lo, list[m]-1)
		}
		lo, list = list[m]+1, list[m+1:]
	}
}

// MaxFreq is the largest frequency that a posting carries; more is as good as it.
const MaxFreq = 255

// WriteFreqs writes the frequencies of a list's elements, each from 1 to
// MaxFreq: how much more than 1 each they are together, then where each one's
// share of the sum ends, as a set. A list of ones takes a single bit.
func (w *BitWriter) WriteFreqs(freqs []uint8) {
	sum := uint32(0)
	for _, f := range freqs {
		sum += uint32(f)
	}
	w.Gamma(sum - uint32(len(freqs)) + 1)
	ends := make([]uint32, 0, len(freqs))
	end := uint32(0)
	for _, f := range freqs {
		end += uint32(f)
		ends = append(ends, end-1)
	}
	// The last end is the sum itself.
	w.WriteSet(ends[:len(ends)-1], sum-1)
}

// ReadFreqs fills freqs with what WriteFreqs wrote of len(freqs) elements;
// ends is scratch space. It answers false if the numbers cannot be right.
func (r *BitReader) ReadFreqs(freqs []uint8, ends []uint32) ([]uint32, bool) {
	extra := r.Gamma()
	if extra == 0 || uint64(extra-1) > uint64(len(freqs))*(MaxFreq-1) {
		return ends, false
	}
	if extra == 1 {
		for i := range freqs {
			freqs[i] = 1
		}
		return ends, true
	}
	sum := extra - 1 + uint32(len(freqs))
	ends = append(ends[:0], make([]uint32, len(freqs))...)
	if !r.ReadSet(ends[:len(ends)-1], sum-1) {
		return ends, false
	}
	ends[len(ends)-1] = sum - 1
	prev := uint32(0)
	for i, e := range ends {
		f := e + 1 - prev
		if f > MaxFreq {
			return ends, false
		}
		freqs[i] = uint8(f)
		prev = e + 1
	}
	return ends, true
}
