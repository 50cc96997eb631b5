// Package resume knows how Go's compiler lays out a function in wasm that can be resumed
// (cmd/internal/obj/wasm). It knows instructions, and of Go's runtime no more than this.
//
// Such a function begins with an outermost block, perhaps a loop, and one block for each
// place from which it goes on. A table tells which by its first parameter, which is 0 when
// it is called. Behind the outermost block it returns 1, which says that the goroutine
// waits and its callers have to return as well.
//
//	block  loop  block … block  local.get 0  br_table  … end  … end  unreachable  end  i32.const 1  end
//
// What stands behind the end of the n-th of the blocks, up to the end of the next, is the
// n-th place, from 0.
package resume

import "github.com/kanbao/kanbao/wasm/opcode"

// Locals of every function that Go's compiler writes.
const (
	Parameter    = 0 // says where to go on
	StackPointer = 1 // has the pointer of Go's stack, which is a global
)

// A Function can be resumed.
type Function struct {
	Code   []opcode.Instruction
	Table  int  // where in Code its br_table stands
	Places int  // how many it has
	Looped bool // a branch to a loop goes on from the table
	// Told reports that before each branch to the loop the parameter is told where to go on,
	// and that nothing else reads it.
	Told bool
}

// Parse returns how a function can be resumed, if it is laid out so.
func Parse(code []opcode.Instruction) (Function, bool) {
	f := Function{Code: code}
	for f.Table < len(code) && code[f.Table].Op != opcode.BrTable {
		f.Table++
	}
	last := len(code) - 1
	if f.Table == 0 || f.Table == len(code) || !isGet(code[f.Table-1]) ||
		last < f.Table+3 || code[last].Op != opcode.End || code[last-1].Op != opcode.I32Const || code[last-1].N != 1 || code[last-2].Op != opcode.End {
		return f, false
	}
	first := f.Table - 1 // of the blocks before
	for first > 0 && isBlock(code[first-1]) {
		first--
	}
	f.Places = f.Table - 1 - first
	if f.Looped = first > 0 && code[first-1].Op == opcode.Loop; f.Looped {
		first -= 2
	} else {
		f.Places--
	}
	if first < 0 || f.Places < 0 || !isBlock(code[first]) || closing(code, first) != last-2 {
		return f, false
	}
	f.Told = f.told()
	return f, true
}

func isBlock(in opcode.Instruction) bool {
	return in.Op == opcode.Block && in.Bytes[1] == opcode.NoResult
}
func isGet(in opcode.Instruction) bool { return in.Op == opcode.LocalGet && in.N == Parameter }

// Opens returns by how much a function is nested deeper behind an instruction.
func Opens(in opcode.Instruction) int {
	switch in.Op {
	case opcode.Block, opcode.Loop, opcode.If:
		return 1
	case opcode.End:
		return -1
	}
	return 0
}

// closing returns where the block ends that begins at a place.
func closing(code []opcode.Instruction, from int) int {
	depth := 0
	for i := from; i < len(code); i++ {
		if depth += Opens(code[i]); depth == 0 {
			return i
		}
	}
	return -1
}

// A Spot is where an instruction stands: behind the ends of so many blocks of places, in
// so many other blocks that have begun since.
type Spot struct{ Ended, Nested int }

// Walk calls do with each instruction behind the table.
func (f Function) Walk(do func(i int, at Spot)) {
	var at Spot
	for i := f.Table + 1; i < len(f.Code); i++ {
		do(i, at)
		if at.Nested += Opens(f.Code[i]); at.Nested < 0 {
			at = Spot{Ended: at.Ended + 1}
		}
	}
}

// Target returns which place a label leads to. It is Places for the loop, and one more for
// what is behind the outermost block; where there is no loop, Places for that. A label of
// another block is none.
func (f Function) Target(label int64, at Spot) (place int, ok bool) {
	place = int(label) - at.Nested + at.Ended
	return place, int(label) >= at.Nested
}

// ToLoop reports whether an instruction branches to the loop.
func (f Function) ToLoop(in opcode.Instruction, at Spot) bool {
	place, ok := f.Target(in.N, at)
	return ok && f.Looped && isBranch(in) && place == f.Places
}

// Leaves reports whether an instruction branches out of the outermost block.
func (f Function) Leaves(in opcode.Instruction, at Spot) bool {
	outermost := f.Places
	if f.Looped {
		outermost++
	}
	place, ok := f.Target(in.N, at)
	return ok && isBranch(in) && place == outermost
}

func isBranch(in opcode.Instruction) bool { return in.Op == opcode.Br || in.Op == opcode.BrIf }

func (f Function) told() bool {
	told := true
	f.Walk(func(i int, at Spot) {
		in, before := f.Code[i], f.Code[i-1]
		switch {
		case in.Op == opcode.BrTable:
			told = false
		case f.ToLoop(in, at):
			told = told && before.Op == opcode.LocalSet && before.N == Parameter
		case isGet(in): // an indirect call's function, which has been put there just before
			told = told && before.Op == opcode.I32Const && f.Code[i-2].Op == opcode.LocalSet && f.Code[i-2].N == Parameter
		}
	})
	return told
}

// PlaceOf returns which place the table has for a value of the parameter.
func (f Function) PlaceOf(value int64) int {
	table := f.Code[f.Table].Table
	if value < 0 || value >= int64(len(table)) {
		value = int64(len(table) - 1)
	}
	return table[value]
}
