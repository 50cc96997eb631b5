package peephole

import (
	"github.com/kanbao/kanbao/wasm/opcode"
	"github.com/kanbao/kanbao/wasm/resume"
)

// resumable writes branches shorter in a function that can be resumed.
//
// One that leaves the outermost block if the goroutine waits has another label at each
// depth. It is written as what is done there, which is the same everywhere.
//
// One to the loop, which goes on from the table to a place that has not been passed, is
// one to there.
func resumable(code []opcode.Instruction) []opcode.Instruction {
	f, ok := resume.Parse(code)
	if !ok {
		return code
	}
	out := append(make(window, 0, len(code)), code[:f.Table+1]...)
	f.Walk(func(i int, at resume.Spot) {
		in := code[i]
		if in.Op == opcode.BrIf && f.Leaves(in, at) {
			out = append(out, opcode.Signed(opcode.If, -opcode.NoResult), opcode.Signed(opcode.I32Const, 1), opcode.Plain(opcode.Return), opcode.Plain(opcode.End))
			return
		}
		if f.Told && in.Op == opcode.Br && f.ToLoop(in, at) && out.ends(opcode.I32Const, opcode.LocalSet) {
			if place := f.PlaceOf(out.back(2).N); at.Ended <= place && place < f.Places {
				out = out.without(2, opcode.Indexed(opcode.Br, int64(place-at.Ended+at.Nested)))
				return
			}
		}
		out = append(out, in)
	})
	return out
}
