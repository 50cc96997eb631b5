package peephole

import "github.com/kanbao/kanbao/wasm/opcode"

// A rule shortens the end of the code before it, if it can.
type rule func(code window) window

// A window is code that has been written so far.
type window []opcode.Instruction

// rewrite writes code anew, and has each rule look at its end after each instruction. An
// instruction that does nothing is left out.
func rewrite(code []opcode.Instruction, rules ...rule) []opcode.Instruction {
	out := make(window, 0, len(code))
	for _, in := range code {
		if in.Op == opcode.Nop {
			continue
		}
		out = append(out, in)
		for _, shorter := range rules {
			out = shorter(out)
		}
	}
	return out
}

// ends reports whether the last instructions are of these opcodes.
func (w window) ends(ops ...byte) bool {
	if len(w) < len(ops) {
		return false
	}
	for i, in := range w[len(w)-len(ops):] {
		if in.Op != ops[i] {
			return false
		}
	}
	return true
}

// back returns the n-th last instruction.
func (w window) back(n int) opcode.Instruction { return w[len(w)-n] }

// without returns the window without its last n instructions, and with others.
func (w window) without(n int, with ...opcode.Instruction) window {
	return append(w[:len(w)-n], with...)
}

// addAddress adds with 32 bits what is cut to 32 bits afterwards: the sum is the same.
func addAddress(code window) window {
	if code.ends(opcode.I64Const, opcode.I64Add, opcode.I32WrapI64) {
		n := int64(int32(code.back(3).N))
		code = wrapped(code.without(3, opcode.Plain(opcode.I32WrapI64)))
		code = append(code, opcode.Signed(opcode.I32Const, n), opcode.Plain(opcode.I32Add))
	}
	return wrapped(code)
}

// wrapped leaves out the cut of what has been stretched.
func wrapped(code window) window {
	if code.ends(opcode.I64ExtendI32U, opcode.I32WrapI64) {
		return code.without(2)
	}
	return code
}

// testOnce leaves out tests for zero that undo one another, where only it counts whether a
// value is zero.
func testOnce(code window) window {
	switch {
	case code.ends(opcode.I64ExtendI32U, opcode.I64Eqz):
		return testOnce(code.without(2, opcode.Plain(opcode.I32Eqz)))
	case code.ends(opcode.I32Eqz, opcode.I32Eqz, opcode.If), code.ends(opcode.I32Eqz, opcode.I32Eqz, opcode.BrIf):
		return code.without(3, code.back(1))
	}
	return code
}

// keepLocal keeps on the stack what would be fetched back at once.
func keepLocal(code window) window {
	if code.ends(opcode.LocalSet, opcode.LocalGet) && code.back(1).N == code.back(2).N {
		return code.without(2, opcode.Indexed(opcode.LocalTee, code.back(1).N))
	}
	return code
}

// growStackOnce gives back at once what a function has taken of Go's stack and its return
// address. Nothing reads the global of the stack's pointer between, nor the local that
// has it before the function returns.
func growStackOnce(code window) window {
	twice := []byte{opcode.I32Const, opcode.I32Add, opcode.LocalTee, opcode.GlobalSet, opcode.LocalGet, opcode.I32Const, opcode.I32Add, opcode.LocalTee, opcode.GlobalSet}
	if code.ends(twice...) && code.back(1).N == code.back(6).N &&
		code.back(2).N == code.back(5).N && code.back(2).N == code.back(7).N {
		sum := opcode.Signed(opcode.I32Const, int64(int32(code.back(9).N+code.back(4).N)))
		code = code.without(9, sum, opcode.Plain(opcode.I32Add), code.back(2), code.back(1))
	}
	if code.ends(opcode.LocalTee, opcode.GlobalSet, opcode.I32Const, opcode.Return) {
		code = code.without(4, code.back(3), code.back(2), code.back(1))
	}
	return code
}

// branchIf branches on a condition where a block on it does nothing else.
func branchIf(code window) window {
	if code.ends(opcode.If, opcode.Br, opcode.End) && code.back(3).Bytes[1] == opcode.NoResult && code.back(2).N > 0 {
		return code.without(3, opcode.Indexed(opcode.BrIf, code.back(2).N-1))
	}
	return code
}
