package module

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The IDs of sections, from the WebAssembly core specification, 5.5; the instructions in
// the data section are in 5.4.
const (
	CustomSection   = 0
	TypeSection     = 1
	ImportSection   = 2
	FunctionSection = 3
	TableSection    = 4
	MemorySection   = 5
	GlobalSection   = 6
	ExportSection   = 7
	ElementSection  = 9
	CodeSection     = 10
	DataSection     = 11

	functionNames = 1 // subsection of the custom section "name"

	i32Const = 0x41
	end      = 0x0b
)

const header = "\x00asm\x01\x00\x00\x00"

// maxMemory is far above what a program of ours starts with; a damaged address
// must not make us ask for gigabytes.
const maxMemory = 64 << 20

// longZeros is how many zeros it takes to end a segment. A segment costs some
// six bytes, but bytes that differ each time, which zeros do not.
const longZeros = 64

// A Module is a wasm file taken apart into its sections.
type Module []Section

// A Section is one part of a file; Body is a slice of the file.
type Section struct {
	ID   byte
	Body []byte
}

// A Span is a part of memory, from an address to before another.
type Span struct{ From, To int }

// ErrLayout is what the errors wrap that say that a file is whole, but not laid out
// as those of the linkers that are known here.
var ErrLayout = errors.New("an unknown layout")

// Parse takes a file apart. One that is not wasm or was cut off is an error.
func Parse(file []byte) (Module, error) {
	if len(file) < len(header) || string(file[:len(header)]) != header {
		return nil, errors.New("not a wasm file of version 1")
	}
	var m Module
	for r := NewReader(file[len(header):]); r.More(); {
		id := r.Byte()
		body := r.Take(r.Number())
		if r.Short() {
			return nil, fmt.Errorf("section %d ends early: the file was cut off", id)
		}
		m = append(m, Section{id, body})
	}
	return m, nil
}

// Bytes returns the file that a module makes.
func (m Module) Bytes() []byte {
	file := []byte(header)
	for _, s := range m {
		file = append(file, s.ID)
		file = binary.AppendUvarint(file, uint64(len(s.Body)))
		file = append(file, s.Body...)
	}
	return file
}

// Memory returns what memory holds at the start, from address 0 on.
func (m Module) Memory() ([]byte, error) {
	var memory []byte
	for _, s := range m {
		if s.ID != DataSection {
			continue
		}
		r := NewReader(s.Body)
		for n := r.Number(); n > 0; n-- {
			kind, op, at, stop := r.Byte(), r.Byte(), int(r.Signed()), r.Byte()
			piece := r.Take(r.Number())
			switch {
			case r.Short():
				return nil, errors.New("the data section ends early: the file was cut off")
			case kind != 0 || op != i32Const || stop != end:
				return nil, fmt.Errorf("%w: a data segment that does not lie at a fixed address, as those of Go's linker do", ErrLayout)
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

// SetMemory writes the data section anew.
func (m Module) SetMemory(memory []byte) {
	for i := range m {
		if m[i].ID == DataSection {
			m[i].Body = Data(memory)
		}
	}
}

// Data returns the body of a data section that fills spans of memory, and writes nothing
// beside them, or all of it if there are none. Memory begins at address 0. What is to be
// zero is left as it is, or written if that is shorter.
func Data(memory []byte, spans ...Span) []byte {
	if len(spans) == 0 {
		spans = []Span{{0, len(memory)}}
	}
	var segments []byte
	count := 0
	for _, span := range joined(spans) {
		within := memory[:span.To]
		for at := skipZeros(within, span.From); at < len(within); count++ {
			to := pieceEnd(within, at)
			segments = append(segments, 0, i32Const)
			segments = AppendSigned(segments, int64(at))
			segments = append(segments, end)
			segments = binary.AppendUvarint(segments, uint64(to-at))
			segments = append(segments, within[at:to]...)
			at = skipZeros(within, to)
		}
	}
	return append(binary.AppendUvarint(nil, uint64(count)), segments...)
}

// joined returns spans in order, with those that touch as one.
func joined(spans []Span) []Span {
	var all []Span
	for _, s := range slices.SortedFunc(slices.Values(spans), func(a, b Span) int { return a.From - b.From }) {
		if last := len(all) - 1; last >= 0 && s.From <= all[last].To {
			all[last].To = max(all[last].To, s.To)
		} else {
			all = append(all, s)
		}
	}
	return all
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
