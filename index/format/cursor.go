package format

import (
	"encoding/binary"
	"fmt"
)

// A Cursor reads a section from front to back. It never reads past the end:
// the first thing that does not fit becomes its error, every later read
// answers zero, and the caller checks Err or Close once, at the end.
type Cursor struct {
	section string
	b       []byte
	off     int
	err     error
}

// NewCursor returns a cursor over b; section names it in errors.
func NewCursor(section string, b []byte) *Cursor { return &Cursor{section: section, b: b} }

// Fail makes reason the cursor's error unless it has one already.
func (c *Cursor) Fail(reason string, args ...any) {
	if c.err == nil {
		c.err = &CorruptError{Section: c.section, Offset: int64(c.off), Reason: fmt.Sprintf(reason, args...)}
	}
	c.off = len(c.b)
}

// Err returns the first error.
func (c *Cursor) Err() error { return c.err }

// Close returns the first error, or one if bytes are left over.
func (c *Cursor) Close() error {
	if c.err == nil && c.off != len(c.b) {
		c.Fail("%d bytes after the end", len(c.b)-c.off)
	}
	return c.err
}

// Len returns the number of bytes not read yet.
func (c *Cursor) Len() int { return len(c.b) - c.off }

// Offset returns the number of bytes read.
func (c *Cursor) Offset() int { return c.off }

// Byte reads one byte.
func (c *Cursor) Byte() byte {
	if c.off >= len(c.b) {
		c.Fail("ends where a byte is wanted")
		return 0
	}
	c.off++
	return c.b[c.off-1]
}

// Uvarint reads an unsigned integer of seven bits a byte, lowest first.
func (c *Cursor) Uvarint() uint64 {
	v, n := binary.Uvarint(c.b[c.off:])
	if n <= 0 {
		c.Fail("no whole number")
		return 0
	}
	c.off += n
	return v
}

// Varint reads a signed integer, zigzag coded.
func (c *Cursor) Varint() int64 {
	u := c.Uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// Int reads an unsigned integer of at most max. Where max is negative, as for the
// last of none, no integer is right.
func (c *Cursor) Int(max int) int {
	v := c.Uvarint()
	if max < 0 || v > uint64(max) {
		c.Fail("%d, want at most %d", v, max)
		return 0
	}
	return int(v)
}

// Count reads the number of elements that follow, each at least size bytes
// long, so that no count can ask for more memory than the section has bytes.
func (c *Cursor) Count(size int) int {
	v := c.Uvarint()
	if v > uint64(c.Len()/max(size, 1)) {
		c.Fail("count %d, but only %d bytes are left", v, c.Len())
		return 0
	}
	return int(v)
}

// Bytes reads n bytes. The slice is the section's own memory.
func (c *Cursor) Bytes(n int) []byte {
	if n < 0 || n > c.Len() {
		c.Fail("%d bytes wanted, %d are left", n, c.Len())
		return nil
	}
	c.off += n
	return c.b[c.off-n : c.off : c.off]
}

// Block reads a length and that many bytes.
func (c *Cursor) Block() []byte { return c.Bytes(c.Count(1)) }

// String reads a length and that many bytes as a string.
func (c *Cursor) String() string { return string(c.Block()) }

// AppendString writes what Cursor.String reads.
func AppendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendBlock writes what Cursor.Block reads.
func AppendBlock(b, block []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(block))), block...)
}

// AppendVarint writes what Cursor.Varint reads.
func AppendVarint(b []byte, v int64) []byte {
	return binary.AppendUvarint(b, uint64(v)<<1^uint64(v>>63))
}
