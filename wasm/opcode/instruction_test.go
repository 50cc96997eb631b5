package opcode

import (
	"encoding/binary"
	"math"
	"testing"
)

func TestInstructionsAreWrittenAsTheyAreRead(t *testing.T) {
	var body []byte
	var want []Instruction
	add := func(in Instruction) { body, want = append(body, in.Bytes...), append(want, in) }
	for _, n := range []int64{0, 1, -1, 63, 64, -64, -65, 1 << 31, math.MaxInt64, math.MinInt64} {
		add(Signed(I64Const, n))
	}
	for _, n := range []int64{0, 127, 128, 1 << 20} {
		add(Indexed(Call, n))
	}
	add(Plain(I32Add))
	load := Instruction{Op: firstLoad, N: 1 << 31, align: 2, Bytes: binary.AppendUvarint([]byte{firstLoad, 2}, 1<<31)}
	add(load)
	add(load.At(7))
	locals, got, err := Decode(append([]byte{1, 3, 0x7f}, body...))
	if err != nil || locals != 3 || len(got) != len(want) {
		t.Fatalf("%d bytes of locals, %d instructions, %v; want 3 and %d", locals, len(got), err, len(want))
	}
	for i, in := range got {
		if in.Op != want[i].Op || in.N != want[i].N || string(in.Bytes) != string(want[i].Bytes) {
			t.Errorf("%x is read as %+v", want[i].Bytes, in)
		}
	}
}

func TestEffects(t *testing.T) {
	for op, want := range map[byte][2]int{
		LocalGet: {0, 1}, LocalSet: {1, 0}, LocalTee: {1, 1}, I64Const: {0, 1}, firstLoad: {1, 1}, lastStore: {2, 0},
		I32Eqz: {1, 1}, I32Add: {2, 1}, I64ExtendI32U: {1, 1}, Select: {3, 1}, Drop: {1, 0}, lastNumeric: {1, 1},
	} {
		if pops, pushes, known := (Instruction{Op: op}).Effect(); !known || pops != want[0] || pushes != want[1] {
			t.Errorf("%#x takes %d and gives %d, known %t; want %v", op, pops, pushes, known, want)
		}
	}
	for _, op := range []byte{Call, CallIndirect, Br, Block, End, Return} {
		if _, _, known := (Instruction{Op: op}).Effect(); known {
			t.Errorf("what %#x does is taken for known", op)
		}
	}
}
