package words

// A stem is the beginning of a word, or a whole one.
type stem struct {
	word string
	hash hash
	bits float32 // the logarithm of how often it was counted
	pos  uint8   // the number of its part of speech, 0 if it is not a whole word
}

// A table has stems by what they are. The dictionary is a hundred thousand of
// them, so one with nothing in it takes no room.
type table struct {
	slots []stem // empty ones have no word; a power of two
	n     int
}

// A hash is of the bytes that were added to it, by FNV-1a.
type hash uint32

const noBytes hash = 2166136261

func hashed[T string | []byte](h hash, text T) hash {
	for i := range len(text) {
		h = (h ^ hash(text[i])) * 16777619
	}
	return h
}

// spread has every bit of the hash tell in the lowest ones.
func (h hash) spread() uint32 {
	n := uint32(h) * 0x9e3779b1
	return n ^ n>>15
}

// find returns the stem that is just this text, or nil.
func find[T string | []byte](t *table, text T, h hash) *stem {
	if t.n == 0 {
		return nil
	}
	mask := uint32(len(t.slots) - 1)
	for at := h.spread() & mask; t.slots[at].word != ""; at = (at + 1) & mask {
		if s := &t.slots[at]; s.hash == h && s.word == string(text) {
			return s
		}
	}
	return nil
}

// add adds a stem that is not there.
func (t *table) add(s stem) {
	if t.n++; 4*t.n > 3*len(t.slots) {
		old := t.slots
		t.slots = make([]stem, max(4, 2*len(old)))
		for _, s := range old {
			if s.word != "" {
				t.put(s)
			}
		}
	}
	t.put(s)
}

func (t *table) put(s stem) {
	mask := uint32(len(t.slots) - 1)
	at := s.hash.spread() & mask
	for t.slots[at].word != "" {
		at = (at + 1) & mask
	}
	t.slots[at] = s
}
