// Package peephole makes the code of a wasm program that Go's compiler wrote shorter and
// faster, a few neighbouring instructions at a time, and changes nothing that it does.
//
// The compiler counts addresses with 64 bits, though memory has 32; asks twice whether a
// condition is zero; and has each jump within a function go back to a table at its
// beginning, from which a goroutine is resumed. What is written out here takes a seventh
// less to fetch, and a jump forward is one.
//
// It does not look at what a function means, moves nothing, and renumbers no local: that
// makes a file shorter, but what is fetched of it longer, as then fewer places are alike
// (wasm/README.md has what Binaryen's wasm-opt does). It knows nothing of Go's runtime
// but how its functions begin and end (resume.go), and leaves alone those that do not.
package peephole

import (
	"encoding/binary"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
)

// Shorten returns a wasm file with the code of each function written shorter. A file with
// an instruction that Go's compiler does not write is an error that wraps
// module.ErrLayout; one that is not wasm or was cut off is another.
func Shorten(file []byte) ([]byte, error) {
	m, err := module.Parse(file)
	if err != nil {
		return nil, err
	}
	for i, s := range m {
		if s.ID == module.CodeSection {
			if m[i].Body, err = bodies(s.Body); err != nil {
				return nil, err
			}
		}
	}
	return m.Bytes(), nil
}

// bodies rewrites the code section.
func bodies(section []byte) ([]byte, error) {
	r := module.NewReader(section)
	n := r.Number()
	code := binary.AppendUvarint(nil, uint64(n))
	for i := range n {
		b, err := body(r.Take(r.Number()))
		if r.Short() {
			return nil, fmt.Errorf("function %d of %d ends early: the file was cut off", i, n)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: function %d of %d: %w", module.ErrLayout, i, n, err)
		}
		code = append(binary.AppendUvarint(code, uint64(len(b))), b...)
	}
	return code, nil
}

// body rewrites one function: its locals, which stay, and its instructions.
func body(b []byte) ([]byte, error) {
	locals, code, err := opcode.Decode(b)
	if err != nil {
		return nil, err
	}
	out := append([]byte{}, b[:locals]...)
	for _, in := range shorten(code) {
		out = append(out, in.Bytes...)
	}
	return out, nil
}

func shorten(code []opcode.Instruction) []opcode.Instruction {
	code = rewrite(code, addAddress)
	code = foldOffsets(code)
	code = rewrite(code, testOnce, keepLocal, growStackOnce)
	code = resumable(code)
	return rewrite(code, branchIf)
}
