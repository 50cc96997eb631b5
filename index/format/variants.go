package format

import (
	"encoding/binary"
	"sort"
	"unicode/utf8"
)

// AppendVariants appends a table of characters to the ones that they are folded
// to: how many there are, and two columns in the order of their code points, the
// distance of each from the one before and that of what it is folded to.
func AppendVariants(b []byte, table map[rune]rune) []byte {
	var keys, values []byte
	var key, value rune
	for _, r := range sortedRunes(table) {
		keys = binary.AppendUvarint(keys, uint64(r-key))
		values = AppendVarint(values, int64(table[r]-value))
		key, value = r, table[r]
	}
	b = binary.AppendUvarint(b, uint64(len(table)))
	return AppendBlock(AppendBlock(b, keys), values)
}

// ReadVariants reads what AppendVariants wrote.
func ReadVariants(c *Cursor) map[rune]rune {
	n := c.Count(2)
	keys, values := NewCursor(c.section, c.Block()), NewCursor(c.section, c.Block())
	table := make(map[rune]rune, n)
	key, value := 0, int64(0)
	for range n {
		step := keys.Int(utf8.MaxRune - key)
		key += step
		value += values.Varint()
		if step == 0 || value <= 0 || value > utf8.MaxRune {
			c.Fail("character %d is folded to %d", key, value)
			return nil
		}
		table[rune(key)] = rune(value)
	}
	if keys.Close() != nil || values.Close() != nil {
		c.Fail("columns that are no %d characters", n)
	}
	checkVariants(c, table)
	return table
}

// AppendVariants appends which of the alphabet's characters are folded to which
// others of it: their number, and a block of bits with their codes as a set and
// then the code that each is folded to, out of the alphabet.
func (a *Alphabet) AppendVariants(b []byte, table map[rune]rune) []byte {
	var codes []uint32
	for r := range table {
		codes = append(codes, a.codes[r])
	}
	sort.Slice(codes, func(i, j int) bool { return codes[i] < codes[j] })
	var w BitWriter
	w.WriteSet(codes, uint32(a.Len()))
	for _, code := range codes {
		w.bounded(a.codes[table[a.runes[code]]], uint32(a.Len()))
	}
	b = binary.AppendUvarint(b, uint64(len(codes)))
	return AppendBlock(b, w.Bytes())
}

// ReadVariants reads what the alphabet's AppendVariants wrote.
func (a *Alphabet) ReadVariants(c *Cursor) map[rune]rune {
	codes := make([]uint32, c.Int(a.Len()-1))
	r := NewBitReader(c.Block(), 0)
	r.ReadSet(codes, uint32(a.Len())) // there are not more than that
	table := make(map[rune]rune, len(codes))
	for _, code := range codes {
		to := r.bounded(uint32(a.Len()))
		if code == Escape || to == Escape {
			c.Fail("character %d is folded to %d", code, to)
			return nil
		}
		table[a.runes[code]] = a.runes[to]
	}
	if r.Err(c.section) != nil {
		c.Fail("ends within %d characters that are folded", len(codes))
	}
	checkVariants(c, table)
	return table
}

// checkVariants makes it the cursor's error if folding twice is not folding once.
func checkVariants(c *Cursor, table map[rune]rune) {
	for r, to := range table {
		if _, on := table[to]; on {
			c.Fail("character %d is folded to %d, and that again", r, to)
		}
	}
}

func sortedRunes(table map[rune]rune) []rune {
	runes := make([]rune, 0, len(table))
	for r := range table {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool { return runes[i] < runes[j] })
	return runes
}
