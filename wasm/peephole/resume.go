package peephole

import "github.com/kanbao/kanbao/wasm/opcode"

// A function that can be resumed begins and ends as Go's compiler has it
// (cmd/internal/obj/wasm): in an outermost block, perhaps a loop, and one block for each
// place from which it goes on there is a table of them, by its first parameter, which is
// 0 when it is called. Behind the outermost block, it returns 1, which says that the
// goroutine waits and its callers have to return as well.
//
//	block  loop  block … block  local.get 0  br_table  … end  … end  unreachable  end  i32.const 1  end
type resumed struct {
	code   []opcode.Instruction
	table  int  // where the br_table stands
	places int  // how many blocks there are between it and the loop or the outermost block
	looped bool // there is a loop
	jumps  bool // what goes to the loop says just before by the parameter where to, and nothing else reads that
}

const parameter = 0 // the local that says where to go on

// parse returns how a function can be resumed, if it begins and ends like that.
func parse(code []opcode.Instruction) (resumed, bool) {
	f := resumed{code: code}
	for f.table < len(code) && code[f.table].Op != opcode.BrTable {
		f.table++
	}
	last := len(code) - 1
	if f.table == 0 || f.table == len(code) || !isGet(code[f.table-1]) ||
		last < f.table+3 || code[last].Op != opcode.End || code[last-1].Op != opcode.I32Const || code[last-1].N != 1 || code[last-2].Op != opcode.End {
		return f, false
	}
	first := f.table - 1 // of the blocks before
	for first > 0 && isBlock(code[first-1]) {
		first--
	}
	f.places = f.table - 1 - first
	if f.looped = first > 0 && code[first-1].Op == opcode.Loop; f.looped {
		first -= 2
	} else {
		f.places--
	}
	if first < 0 || f.places < 0 || !isBlock(code[first]) || closing(code, first) != last-2 {
		return f, false
	}
	f.jumps = f.jumpsSayWhere()
	return f, true
}

func isBlock(in opcode.Instruction) bool {
	return in.Op == opcode.Block && in.Bytes[1] == opcode.NoResult
}
func isGet(in opcode.Instruction) bool { return in.Op == opcode.LocalGet && in.N == parameter }

// opens returns by how much a function is nested deeper behind an instruction.
func opens(in opcode.Instruction) int {
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
		if depth += opens(code[i]); depth == 0 {
			return i
		}
	}
	return -1
}

// walk calls do with each instruction behind the table, with how many blocks of places
// have ended before it, and how many other ones have begun and not ended.
func (f resumed) walk(do func(i, ended, nested int)) {
	ended, nested := 0, 0
	for i := f.table + 1; i < len(f.code); i++ {
		do(i, ended, nested)
		if nested += opens(f.code[i]); nested < 0 {
			ended, nested = ended+1, 0
		}
	}
}

// toLoop reports whether an instruction branches to the loop.
func (f resumed) toLoop(in opcode.Instruction, ended, nested int) bool {
	return f.looped && (in.Op == opcode.Br || in.Op == opcode.BrIf) && int(in.N) == nested+f.places-ended
}

// outOf reports whether an instruction branches out of the outermost block.
func (f resumed) outOf(in opcode.Instruction, ended, nested int) bool {
	outermost := nested + f.places - ended
	if f.looped {
		outermost++
	}
	return in.Op == opcode.BrIf && int(in.N) == outermost
}

func (f resumed) jumpsSayWhere() bool {
	say := true
	f.walk(func(i, ended, nested int) {
		in, before := f.code[i], f.code[i-1]
		switch {
		case in.Op == opcode.BrTable:
			say = false
		case f.toLoop(in, ended, nested):
			say = say && before.Op == opcode.LocalSet && before.N == parameter
		case isGet(in): // an indirect call's function, which has been put there just before
			say = say && before.Op == opcode.I32Const && f.code[i-2].Op == opcode.LocalSet && f.code[i-2].N == parameter
		}
	})
	return say
}

// resumable writes branches shorter in a function that can be resumed.
//
// One that leaves the outermost block if the goroutine waits has another label at each
// depth. It is written as what is done there, which is the same everywhere.
//
// One to the loop, which goes on from the table to a place that has not been passed, is
// one to there.
func resumable(code []opcode.Instruction) []opcode.Instruction {
	f, ok := parse(code)
	if !ok {
		return code
	}
	out := append(make(window, 0, len(code)), code[:f.table+1]...)
	f.walk(func(i, ended, nested int) {
		in := code[i]
		if f.outOf(in, ended, nested) {
			out = append(out, opcode.Signed(opcode.If, -opcode.NoResult), opcode.Signed(opcode.I32Const, 1), opcode.Plain(opcode.Return), opcode.Plain(opcode.End))
			return
		}
		if f.jumps && in.Op == opcode.Br && f.toLoop(in, ended, nested) && out.ends(opcode.I32Const, opcode.LocalSet) {
			if place := f.placeOf(out.back(2).N); ended <= place && place < f.places {
				out = out.without(2, opcode.Indexed(opcode.Br, int64(place-ended+nested)))
				return
			}
		}
		out = append(out, in)
	})
	return out
}

// placeOf returns how many blocks of places end before the one that the table has for a
// value of the parameter.
func (f resumed) placeOf(value int64) int {
	table := f.code[f.table].Table
	if value < 0 || value >= int64(len(table)) {
		value = int64(len(table) - 1)
	}
	return table[value]
}
