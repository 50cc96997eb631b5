// Package opcode takes the code of wasm functions apart into instructions, and makes such. It
// knows what Go's compiler writes, and what none of it means.
package opcode

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
)

// Opcodes, from the WebAssembly core specification, 5.4.
const (
	Unreachable   = 0x00
	Nop           = 0x01
	Block         = 0x02
	Loop          = 0x03
	If            = 0x04
	Else          = 0x05
	End           = 0x0b
	Br            = 0x0c
	BrIf          = 0x0d
	BrTable       = 0x0e
	Return        = 0x0f
	Call          = 0x10
	CallIndirect  = 0x11
	Drop          = 0x1a
	Select        = 0x1b
	LocalGet      = 0x20
	LocalSet      = 0x21
	LocalTee      = 0x22
	GlobalGet     = 0x23
	GlobalSet     = 0x24
	firstLoad     = 0x28
	lastLoad      = 0x35
	firstStore    = 0x36
	lastStore     = 0x3e
	memorySize    = 0x3f
	memoryGrow    = 0x40
	I32Const      = 0x41
	I64Const      = 0x42
	f32Const      = 0x43
	f64Const      = 0x44
	I32Eqz        = 0x45
	I64Eqz        = 0x50
	I32Add        = 0x6a
	I64Add        = 0x7c
	I32WrapI64    = 0xa7
	I64ExtendI32U = 0xad
	lastNumeric   = 0xc4
	prefixed      = 0xfc

	lastTruncation = 7 // behind prefixed
	memoryCopy     = 10
	memoryFill     = 11

	NoResult = 0x40 // the type of a block
)

// An Instruction is one of a function.
type Instruction struct {
	Op    byte
	N     int64  // its constant, index or label, or the offset of an access to memory
	align int    // of an access to memory, as the file has it
	Table []int  // the labels of a br_table
	Bytes []byte // all of it, as a file has it
}

// Decode takes a function's body apart: how many of its bytes declare locals, and the
// instructions behind them. An instruction that is not known is an error.
func Decode(body []byte) (locals int, code []Instruction, err error) {
	r := module.NewReader(body)
	for n := r.Number(); n > 0 && !r.Short(); n-- {
		r.Number()
		r.Byte()
	}
	locals = len(body) - r.Left()
	for r.More() {
		start := len(body) - r.Left()
		in := Instruction{Op: r.Byte()}
		if err := in.operands(r); err != nil {
			return 0, nil, err
		}
		if !r.Short() {
			in.Bytes = body[start : len(body)-r.Left()]
			code = append(code, in)
		}
	}
	if r.Short() {
		return 0, nil, errors.New("it ends early")
	}
	return locals, code, nil
}

// operands reads what stands behind an opcode.
func (in *Instruction) operands(r *module.Reader) error {
	switch op := in.Op; {
	case op <= Nop, op == Else, op == End, op == Return, op == Drop, op == Select, I32Eqz <= op && op <= lastNumeric:
	case op == Block, op == Loop, op == If, op == I32Const, op == I64Const:
		in.N = r.Signed()
	case op == Br, op == BrIf, op == Call, LocalGet <= op && op <= GlobalSet:
		in.N = int64(r.Number())
	case op == BrTable:
		for n := r.Number(); n >= 0 && !r.Short(); n-- {
			in.Table = append(in.Table, r.Number())
		}
	case op == CallIndirect:
		in.N = int64(r.Number())
		r.Number()
	case isAccess(op):
		in.align, in.N = r.Number(), int64(r.Unsigned())
	case op == memorySize, op == memoryGrow:
		r.Byte()
	case op == f32Const:
		r.Take(4)
	case op == f64Const:
		r.Take(8)
	case op == prefixed:
		return in.prefixed(r)
	default:
		return fmt.Errorf("an instruction of opcode %#x", op)
	}
	return nil
}

func (in *Instruction) prefixed(r *module.Reader) error {
	switch in.N = int64(r.Number()); {
	case in.N <= lastTruncation:
	case in.N == memoryCopy:
		r.Take(2)
	case in.N == memoryFill:
		r.Byte()
	default:
		return fmt.Errorf("an instruction of opcode %#x %#x", prefixed, in.N)
	}
	return nil
}

// IsLoad and IsStore report whether an instruction reads or writes memory at an address.
func IsLoad(op byte) bool   { return firstLoad <= op && op <= lastLoad }
func IsStore(op byte) bool  { return firstStore <= op && op <= lastStore }
func isAccess(op byte) bool { return IsLoad(op) || IsStore(op) }

// Plain is an instruction of an opcode alone.
func Plain(op byte) Instruction { return Instruction{Op: op, Bytes: []byte{op}} }

// Signed is one with a constant or a block's type.
func Signed(op byte, n int64) Instruction {
	return Instruction{Op: op, N: n, Bytes: module.AppendSigned([]byte{op}, n)}
}

// Indexed is one with an index or a label.
func Indexed(op byte, n int64) Instruction {
	return Instruction{Op: op, N: n, Bytes: binary.AppendUvarint([]byte{op}, uint64(n))}
}

// At returns an access to memory with another offset.
func (in Instruction) At(offset int64) Instruction {
	head := binary.AppendUvarint([]byte{in.Op}, uint64(in.align))
	return Instruction{Op: in.Op, N: offset, align: in.align, Bytes: binary.AppendUvarint(head, uint64(offset))}
}

// Effect returns how many values an instruction takes from the stack and puts there. It
// is not known, or hangs on types, of those that are not straight code.
func (in Instruction) Effect() (pops, pushes int, known bool) {
	switch op := in.Op; {
	case op == LocalGet, op == GlobalGet, I32Const <= op && op <= f64Const, op == memorySize:
		return 0, 1, true
	case op == LocalSet, op == GlobalSet, op == Drop:
		return 1, 0, true
	case op == LocalTee, op == memoryGrow, IsLoad(op), isUnary(op), op == prefixed && in.N <= lastTruncation:
		return 1, 1, true
	case IsStore(op):
		return 2, 0, true
	case op == Select, op == prefixed:
		return 3, in.results(), true
	case I32Eqz <= op && op <= lastNumeric:
		return 2, 1, true
	}
	return 0, 0, false
}

func (in Instruction) results() int {
	if in.Op == Select {
		return 1
	}
	return 0 // memory.copy and memory.fill
}

// isUnary reports whether a numeric instruction has one operand: tests for zero, counts of
// bits, roots and roundings, and conversions.
func isUnary(op byte) bool {
	switch {
	case op == I32Eqz, op == I64Eqz, 0x67 <= op && op <= 0x69, 0x79 <= op && op <= 0x7b,
		0x8b <= op && op <= 0x91, 0x99 <= op && op <= 0x9f, I32WrapI64 <= op && op <= lastNumeric:
		return true
	}
	return false
}
