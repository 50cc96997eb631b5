package strip

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
	"github.com/kanbao/kanbao/wasm/resume"
)

// Messages returns where memory has texts that are read by some functions alone, which the
// program calls with such a text as their first argument: runtime.throw is one. Nothing
// else in code or memory may have an address in the text. The file has to be one by
// package peephole with the names of functions.
func Messages(file []byte, reads func(name string) bool) ([]module.Span, error) {
	m, memory, err := parse(file)
	if err != nil {
		return nil, err
	}
	functions, err := m.Functions()
	if err != nil {
		return nil, err
	}
	bodies, imported, err := m.Bodies()
	if err != nil {
		return nil, err
	}
	readers := make(map[int64]bool)
	for i, f := range functions {
		if reads(f.Name) {
			readers[int64(imported+i)] = true
		}
	}
	var texts []module.Span
	others := wordsOf(memory)
	for i, body := range bodies {
		_, code, err := opcode.Decode(body)
		if err != nil {
			return nil, fmt.Errorf("%w: function %s: %w", module.ErrLayout, functions[i].Name, err)
		}
		found, at := textsOf(code, readers)
		texts = append(texts, found...)
		others = append(others, numbersOf(code, at)...)
	}
	slices.Sort(others)
	return slices.DeleteFunc(texts, func(s module.Span) bool {
		i, _ := slices.BinarySearch(others, int64(s.From))
		return s.From >= s.To || s.To > len(memory) || i < len(others) && others[i] < int64(s.To)
	}), nil
}

// wordsOf returns what memory has where pointers can be.
func wordsOf(memory []byte) []int64 {
	var words []int64
	for at := 0; at+8 <= len(memory); at += 8 {
		if word := binary.LittleEndian.Uint64(memory[at:]); word < uint64(len(memory)) {
			words = append(words, int64(word))
		}
	}
	return words
}

// numbersOf returns the numbers in code that can be addresses, but for those at some of its
// instructions.
func numbersOf(code []opcode.Instruction, but map[int]bool) []int64 {
	var numbers []int64
	for i, in := range code {
		switch {
		case but[i]:
		case in.Op == opcode.I32Const, in.Op == opcode.I64Const, opcode.IsLoad(in.Op), opcode.IsStore(in.Op):
			numbers = append(numbers, in.N)
		}
	}
	return numbers
}

// textsOf returns the texts that code calls readers with, and at which instructions it has
// their addresses.
func textsOf(code []opcode.Instruction, readers map[int64]bool) (texts []module.Span, at map[int]bool) {
	at = make(map[int]bool)
	for i, in := range code {
		if in.Op != opcode.Call || !readers[in.N] {
			continue
		}
		address, length := argument(code[:i], 0), argument(code[:i], 8)
		if address > 0 && length > 0 {
			at[address] = true
			from := int(code[address].N)
			texts = append(texts, module.Span{From: from, To: from + int(code[length].N)})
		}
	}
	return texts, at
}

// argument returns which instruction has the constant that an argument of a call is, by its
// offset on Go's stack, or 0. Code ends before the call.
func argument(code []opcode.Instruction, offset int64) int {
	const call = 9 // instructions that make room for the address to return to, and put it there
	for i := len(code) - call - 1; i >= 2 && straight(code[i].Op); i-- {
		if opcode.IsStore(code[i].Op) && code[i].N == offset && code[i-1].Op == opcode.I64Const && code[i-2].Op == opcode.LocalGet && code[i-2].N == resume.StackPointer {
			return i - 1
		}
	}
	return 0
}

// straight reports whether an instruction neither goes elsewhere nor calls.
func straight(op byte) bool { return op > opcode.CallIndirect }
