package peephole

import "github.com/kanbao/kanbao/wasm/opcode"

// highest is the highest offset that is written into an access.
const highest = 1 << 30

// foldOffsets puts what is added to an address into the access to memory that it is for.
// A sum of more than 32 bits is another address then; but no pointer is so near to the
// end of memory that what lies some bytes behind it would be at its beginning.
func foldOffsets(code []opcode.Instruction) []opcode.Instruction {
	code = append([]opcode.Instruction{}, code...)
	kept := code[:0]
	for i := 0; i < len(code); i++ {
		if i+1 < len(code) && code[i].Op == opcode.I32Const && code[i+1].Op == opcode.I32Add && code[i].N >= 0 {
			if j := accessOf(code, i+2); j > 0 && code[j].N+code[i].N < highest {
				code[j] = code[j].At(code[j].N + code[i].N)
				i++
				continue
			}
		}
		kept = append(kept, code[i])
	}
	return kept
}

// accessOf returns which instruction from a place on accesses memory at the address that
// the stack has on top there, or 0. It looks no further than straight code goes.
func accessOf(code []opcode.Instruction, from int) int {
	above := 0 // values above the address
	for i := from; i < len(code); i++ {
		pops, pushes, known := code[i].Effect()
		switch {
		case !known:
			return 0
		case pops > above && (opcode.IsLoad(code[i].Op) || opcode.IsStore(code[i].Op) && above == 1):
			return i
		case pops > above:
			return 0
		}
		above += pushes - pops
	}
	return 0
}
