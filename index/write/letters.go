package write

import "unicode/utf8"

// letterBits is the width of a letter in the key of a bigram or trigram, chosen so
// that a trigram and a document of a run fit into 64 bits.
const letterBits = 17

// letters numbers characters in the order in which they come. Letter 0 is the
// end of a line, and every character beyond those that there are numbers for;
// the alphabet has no room for half as many.
type letters struct {
	pages [utf8.MaxRune>>8 + 1]*[256]uint32
	runes []rune // by letter
}

func newLetters() *letters { return &letters{runes: []rune{0}} }

// of returns the letter of a character, a new one if it has none.
func (l *letters) of(r rune) uint64 {
	page := &l.pages[r>>8]
	if *page == nil {
		*page = new([256]uint32)
	}
	letter := &(*page)[r&255]
	if *letter == 0 && r != 0 && len(l.runes) < 1<<letterBits {
		*letter = uint32(len(l.runes))
		l.runes = append(l.runes, r)
	}
	return uint64(*letter)
}

// lookup returns the letter of a character, if it has one.
func (l *letters) lookup(r rune) (uint64, bool) {
	page := l.pages[r>>8]
	if page == nil || page[r&255] == 0 {
		return 0, false
	}
	return uint64(page[r&255]), true
}

// full reports whether a character that comes now may have none.
func (l *letters) full() bool { return len(l.runes) == 1<<letterBits }

// key returns the key of a bigram or trigram, if its characters have letters.
func (l *letters) key(runes ...rune) (key uint64, ok bool) {
	for _, r := range runes {
		letter, ok := l.lookup(r)
		if !ok {
			return 0, false
		}
		key = key<<letterBits | letter
	}
	return key, true
}

// split returns the letters of a trigram's key.
func split(key uint64) (a, b, c uint64) {
	const mask = 1<<letterBits - 1
	return key >> (2 * letterBits), key >> letterBits & mask, key & mask
}
