package resume

import (
	"testing"

	"github.com/kanbao/kanbao/wasm/opcode"
)

// goes is a function that goes on at three places, as Go's compiler writes it. The places
// branch: out of all, to the loop with a value told, to the next but one.
const goes = "\x00" + // no locals
	"\x23\x00\x21\x01\x02\x40\x03\x40\x02\x40\x02\x40\x02\x40\x20\x00\x0e\x04\x00\x00\x01\x02\x02" +
	"\x0b" + "\x20\x02\x0d\x03" +
	"\x0b" + "\x41\x01\x21\x00\x0c\x01" +
	"\x0b" + "\x02\x40\x0c\x00\x0b\x00" +
	"\x0b\x0b\x41\x01\x0b"

func decoded(t *testing.T, body string) []opcode.Instruction {
	t.Helper()
	locals, code, err := opcode.Decode([]byte(body))
	if err != nil || locals != 1 {
		t.Fatal(locals, err)
	}
	return code
}

func TestFunctionsThatCanBeResumed(t *testing.T) {
	f, ok := Parse(decoded(t, goes))
	if !ok || f.Places != 3 || !f.Looped || !f.Told {
		t.Fatalf("it has %d places, a loop %t, told %t", f.Places, f.Looped, f.Told)
	}
	for value, want := range map[int64]int{0: 0, 1: 0, 2: 1, 3: 2, 4: 2, 99: 2, -1: 2} {
		if got := f.PlaceOf(value); got != want {
			t.Errorf("for %d it goes on at place %d, want %d", value, got, want)
		}
	}
	var leaves, loops, inner int
	f.Walk(func(i int, at Spot) {
		in := f.Code[i]
		if in.Op != opcode.Br && in.Op != opcode.BrIf {
			return
		}
		switch _, outer := f.Target(in.N, at); {
		case f.Leaves(in, at):
			leaves = at.Ended
		case f.ToLoop(in, at):
			loops = at.Ended
		case !outer:
			inner = at.Ended
		}
	})
	if leaves != 1 || loops != 2 || inner != 3 {
		t.Errorf("it leaves behind %d blocks, goes to the loop behind %d, and within a block behind %d; want 1, 2, 3", leaves, loops, inner)
	}
}

func TestOtherFunctionsAreNotTakenForSuch(t *testing.T) {
	for name, body := range map[string]string{
		"no table":           "\x00\x41\x01\x0b",
		"a table alone":      "\x00\x0e\x00\x00\x0b",
		"by another local":   "\x00\x02\x40\x02\x40\x20\x02\x0e\x00\x00\x0b\x00\x0b\x41\x01\x0b",
		"returns nothing":    "\x00\x02\x40\x02\x40\x20\x00\x0e\x00\x00\x0b\x00\x0b\x0b",
		"returns 0":          "\x00\x02\x40\x02\x40\x20\x00\x0e\x00\x00\x0b\x00\x0b\x41\x00\x0b",
		"more behind":        "\x00\x02\x40\x02\x40\x20\x00\x0e\x00\x00\x0b\x00\x0b\x02\x40\x0b\x41\x01\x0b",
		"blocks with result": "\x00\x02\x7f\x02\x7f\x20\x00\x0e\x00\x00\x0b\x00\x0b\x41\x01\x0b",
	} {
		if f, ok := Parse(decoded(t, body)); ok {
			t.Errorf("%s: it can be resumed at %d places", name, f.Places)
		}
	}
}
