package split

import (
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
	"github.com/kanbao/kanbao/wasm/resume"
)

// A Counted program notes which of its functions have been called, and to which places of
// them it has gone (package resume). A global that it exports is 1 from then on.
type Counted struct {
	File  []byte
	Names []string // of its functions
	// Places has how many places each function has, by its number in Names, 0 if it cannot
	// be resumed.
	Places []int
}

// Called returns the name under which the program exports whether a function has been called.
func Called(function int) string { return fmt.Sprint("called", function) }

// Gone returns the name under which it exports whether a place has been gone to.
func Gone(function, place int) string { return fmt.Sprintf("called%d.%d", function, place) }

// Count returns a counted program. It must have been linked with the names of its functions.
func Count(file []byte) (*Counted, error) {
	p, err := parse(file)
	if err != nil {
		return nil, err
	}
	globals, exports := p.globals, p.exports
	note := func(name string) []byte {
		global := number(len(globals))
		globals = append(globals, []byte{i32, mutable, opcode.I32Const, 0, opcode.End})
		exports = append(exports, append(append(text(name), 3), global...))
		return append([]byte{opcode.I32Const, 1, opcode.GlobalSet}, global...)
	}
	c := &Counted{Names: p.names}
	var bodies [][]byte
	for i, body := range p.bodies {
		locals, list, err := opcode.Decode(body)
		if err != nil {
			return nil, fmt.Errorf("function %s: %w", p.names[i], err)
		}
		noted := append(append([]byte{}, body[:locals]...), note(Called(i))...)
		notes, n := placeNotes(list, func(place int) []byte { return note(Gone(i, place)) })
		for j, in := range list {
			noted = append(append(noted, notes[j]...), in.Bytes...)
		}
		bodies, c.Places = append(bodies, noted), append(c.Places, n)
	}
	c.File = p.with(map[byte][]byte{
		module.GlobalSection: vector(globals), module.ExportSection: vector(exports), module.CodeSection: code(bodies),
	})
	return c, nil
}

// placeNotes returns what is to stand before which instructions, and how many places a
// function has.
func placeNotes(list []opcode.Instruction, note func(place int) []byte) (notes map[int][]byte, n int) {
	f, ok := resume.Parse(list)
	if !ok {
		return nil, 0
	}
	notes = make(map[int][]byte)
	for n, place := range placesOf(f) {
		notes[place.from] = note(n)
	}
	return notes, f.Places
}
