package main

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The section that says what memory holds at the start, and the instructions in
// it, from the WebAssembly core specification, 5.5.14 and 5.4.
const (
	dataSection = 11
	i32Const    = 0x41
	end         = 0x0b
)

const header = "\x00asm\x01\x00\x00\x00"

// maxMemory is far above what a program of ours starts with; a damaged address
// must not make us ask for gigabytes.
const maxMemory = 64 << 20

// longZeros is how many zeros it takes to end a segment. A segment costs some
// six bytes, but bytes that differ each time, which zeros do not.
const longZeros = 64

// A module is a wasm file taken apart into its sections.
type module []section

type section struct {
	id   byte
	body []byte
}

func parse(file []byte) (module, error) {
	if len(file) < len(header) || string(file[:len(header)]) != header {
		return nil, errors.New("not a wasm file of version 1")
	}
	var m module
	for r := (&reader{left: file[len(header):]}); len(r.left) > 0; {
		id := r.byte()
		body := r.take(r.number())
		if r.short {
			return nil, fmt.Errorf("section %d ends early: the file was cut off", id)
		}
		m = append(m, section{id, body})
	}
	return m, nil
}

func (m module) bytes() []byte {
	file := []byte(header)
	for _, s := range m {
		file = append(file, s.id)
		file = binary.AppendUvarint(file, uint64(len(s.body)))
		file = append(file, s.body...)
	}
	return file
}

// memory returns what memory holds at the start, from address 0 on.
func (m module) memory() ([]byte, error) {
	var memory []byte
	for _, s := range m {
		if s.id != dataSection {
			continue
		}
		r := &reader{left: s.body}
		for n := r.number(); n > 0; n-- {
			kind, op, at, stop := r.byte(), r.byte(), r.address(), r.byte()
			piece := r.take(r.number())
			switch {
			case r.short:
				return nil, errors.New("the data section ends early: the file was cut off")
			case kind != 0 || op != i32Const || stop != end:
				return nil, errors.New("a data segment that does not lie at a fixed address, as those of Go's linker do")
			case at < 0 || at+len(piece) > maxMemory:
				return nil, fmt.Errorf("a data segment of %d bytes at address %d, beyond %d", len(piece), at, maxMemory)
			}
			if grow := at + len(piece) - len(memory); grow > 0 {
				memory = append(memory, make([]byte, grow)...)
			}
			copy(memory[at:], piece)
		}
	}
	if memory == nil {
		return nil, errors.New("no data section, which every program of Go has")
	}
	return memory, nil
}

// setMemory writes the data section anew.
func (m module) setMemory(memory []byte) {
	var segments []byte
	count := 0
	for at := skipZeros(memory, 0); at < len(memory); count++ {
		to := pieceEnd(memory, at)
		segments = append(segments, 0, i32Const)
		segments = appendSigned(segments, at)
		segments = append(segments, end)
		segments = binary.AppendUvarint(segments, uint64(to-at))
		segments = append(segments, memory[at:to]...)
		at = skipZeros(memory, to)
	}
	body := append(binary.AppendUvarint(nil, uint64(count)), segments...)
	for i := range m {
		if m[i].id == dataSection {
			m[i].body = body
		}
	}
}

func skipZeros(memory []byte, at int) int {
	for at < len(memory) && memory[at] == 0 {
		at++
	}
	return at
}

// pieceEnd returns where the piece that begins at at ends: before many zeros or
// at the end.
func pieceEnd(memory []byte, at int) int {
	for {
		for at < len(memory) && memory[at] != 0 {
			at++
		}
		next := skipZeros(memory, at)
		if next-at >= longZeros || next == len(memory) {
			return at
		}
		at = next
	}
}

// A reader takes bytes from the front. Past the end it gives zeros and is short.
type reader struct {
	left  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.left) {
		r.short = true
		r.left = nil
		return nil
	}
	part := r.left[:n]
	r.left = r.left[n:]
	return part
}

func (r *reader) byte() byte {
	if b := r.take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// number reads an unsigned LEB128.
func (r *reader) number() int {
	n, size := binary.Uvarint(r.left)
	if size <= 0 || n > maxMemory {
		size = len(r.left) + 1
	}
	r.take(size)
	return int(n)
}

// skipNumber skips an unsigned LEB128 of any size and reports whether it is 0.
func (r *reader) skipNumber() bool {
	first := r.byte()
	for b := first; b&0x80 != 0; {
		b = r.byte()
	}
	return first == 0
}

// address reads a signed LEB128, as i32.const has it.
func (r *reader) address() int {
	var n, shift int
	for shift < 35 {
		b := r.byte()
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

// appendSigned appends n, which is not negative, as a signed LEB128.
func appendSigned(b []byte, n int) []byte {
	for n >= 0x40 {
		b = append(b, byte(n&0x7f)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}
