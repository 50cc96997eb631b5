package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
)

// What Go's runtime knows of each function lies in one table, the pclntab. Its
// header and the records of functions are laid out as runtime/symtab.go (pcHeader)
// and runtime/runtime2.go (_func) of Go 1.20 to 1.26 have them; which table is
// which is in internal/abi/symtab.go.
const (
	headerSize = 72 // magic, then nfunc, nfiles, an unused word and five offsets
	recordSize = 44

	// Offsets in a record.
	nameOff    = 4
	pcspOff    = 16
	pcfileOff  = 20
	pclnOff    = 24
	npcdataOff = 28
	unitOff    = 32
	lineOff    = 36
	nfuncOff   = 43

	// Tables by program counter and tables by function that only traces use.
	pcdataInlined  = 2
	pcdataLiveArgs = 3
	funcInlined    = 3
	funcArgs       = 5
	funcLiveArgs   = 6

	none = ^uint32(0)
)

// The magic number that Go 1.20 and later begin the table with, two zeros, the
// size of an instruction and that of a pointer on wasm.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// asked are the names that the runtime compares with: it walks the frames of two
// functions of reflect in another way (runtime/stkframe.go) and takes what begins
// with "runtime." for its own (isSystemGoroutine in runtime/traceback.go).
var asked = []string{"reflect.makeFuncStub", "reflect.methodValueCall"}

const ownPrefix = "runtime."

// A traceTable is the pclntab in a program's memory. All slices are parts of it.
type traceTable struct {
	names   []byte // of functions, each ended by a zero
	units   []byte // where each package's files begin in files
	files   []byte
	counts  []byte // program counter to value, for all tables that go by it
	records []byte // where each function begins and lies, then the records
	nfunc   int
	keep    []bool // which bytes of counts are still needed
}

// dropTraces takes what only stack traces need out of a program's memory, and
// puts zeros there.
func dropTraces(memory []byte) error {
	t, err := findTable(memory)
	if err != nil {
		return err
	}
	names, err := t.rename()
	if err != nil {
		return err
	}
	for i := range t.nfunc {
		if err := t.dropFunction(i); err != nil {
			return fmt.Errorf("function %d of %d: %w", i, t.nfunc, err)
		}
	}
	for i := range t.counts {
		if !t.keep[i] {
			t.counts[i] = 0
		}
	}
	clear(t.names)
	copy(t.names, names)
	clear(t.units)
	clear(t.files)
	return nil
}

func findTable(memory []byte) (*traceTable, error) {
	for at := 0; ; at += len(magic) {
		i := bytes.Index(memory[at:], magic)
		if i < 0 {
			return nil, errors.New("no table of functions as Go 1.20 to 1.26 write it; if Go is newer, compare runtime/symtab.go with wasm/strip/traces.go")
		}
		at += i
		if t := tableAt(memory[at:]); t != nil {
			return t, nil
		}
	}
}

// tableAt returns the table that b begins with, or nil if the magic number stands
// there by chance.
func tableAt(b []byte) *traceTable {
	if len(b) < headerSize {
		return nil
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(b[8*i:]) }
	nfunc := word(1)
	starts := []uint64{word(4), word(5), word(6), word(7), word(8), uint64(len(b))}
	if starts[0] != headerSize || nfunc == 0 || nfunc > uint64(len(b)/recordSize) {
		return nil
	}
	for i := range starts[1:] {
		if starts[i] > starts[i+1] {
			return nil
		}
	}
	part := func(i int) []byte { return b[starts[i]:starts[i+1]:starts[i+1]] }
	t := &traceTable{names: part(0), units: part(1), files: part(2), counts: part(3), records: part(4), nfunc: int(nfunc)}
	t.keep = make([]bool, len(t.counts))
	return t
}

// rename gives each function one of the few names that are left, and returns
// them as they will stand in names. The first is the empty one.
func (t *traceTable) rename() ([]byte, error) {
	left := []byte{0}
	place := make(map[string]uint32)
	for _, name := range append([]string{ownPrefix}, asked...) {
		place[name] = uint32(len(left))
		left = append(append(left, name...), 0)
	}
	if len(left) > len(t.names) {
		return nil, errors.New("no room for the names that the runtime asks for")
	}
	for i := range t.nfunc {
		r, err := t.record(i)
		if err != nil {
			return nil, err
		}
		name, err := t.name(binary.LittleEndian.Uint32(r[nameOff:]))
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(name, []byte(ownPrefix)) {
			name = []byte(ownPrefix)
		}
		binary.LittleEndian.PutUint32(r[nameOff:], place[string(name)])
	}
	return left, nil
}

func (t *traceTable) name(at uint32) ([]byte, error) {
	if int(at) >= len(t.names) {
		return nil, fmt.Errorf("a name at %d of %d bytes", at, len(t.names))
	}
	name, _, ended := bytes.Cut(t.names[at:], []byte{0})
	if !ended {
		return nil, fmt.Errorf("the name at %d does not end", at)
	}
	return name, nil
}

// record returns what is known of a function, from its record on.
func (t *traceTable) record(i int) ([]byte, error) {
	at := int(binary.LittleEndian.Uint32(t.records[8*i+4:]))
	if at+recordSize > len(t.records) {
		return nil, fmt.Errorf("its record at %d of %d bytes", at, len(t.records))
	}
	r := t.records[at:]
	if size := recordSize + 4*(npcdata(r)+nfuncdata(r)); size > len(r) {
		return nil, fmt.Errorf("its record of %d bytes at %d of %d", size, at, len(t.records))
	}
	return r, nil
}

func npcdata(r []byte) int   { return int(binary.LittleEndian.Uint32(r[npcdataOff:])) }
func nfuncdata(r []byte) int { return int(r[nfuncOff]) }

// dropFunction takes out of one record what only traces need, and marks which
// tables by program counter it still has.
func (t *traceTable) dropFunction(i int) error {
	r, err := t.record(i)
	if err != nil {
		return err
	}
	put := binary.LittleEndian.PutUint32
	for _, off := range []int{pcfileOff, pclnOff, unitOff, lineOff} {
		put(r[off:], 0)
	}
	byCounter := r[recordSize:][:4*npcdata(r)]
	for _, n := range []int{pcdataInlined, pcdataLiveArgs} {
		if 4*n < len(byCounter) {
			put(byCounter[4*n:], 0)
		}
	}
	byFunction := r[recordSize+len(byCounter):][:4*nfuncdata(r)]
	for _, n := range []int{funcInlined, funcArgs, funcLiveArgs} {
		if 4*n < len(byFunction) {
			put(byFunction[4*n:], none)
		}
	}
	if err := t.mark(binary.LittleEndian.Uint32(r[pcspOff:])); err != nil {
		return err
	}
	for ; len(byCounter) > 0; byCounter = byCounter[4:] {
		if err := t.mark(binary.LittleEndian.Uint32(byCounter)); err != nil {
			return err
		}
	}
	return nil
}

// mark says that the table by program counter that begins at at is needed. It is
// pairs of varints, a difference of values and one of counters, and ends with a
// difference of values of zero that is not the first (step in runtime/symtab.go).
func (t *traceTable) mark(at uint32) error {
	if at == 0 {
		return nil // there is none
	}
	r := module.NewReader(t.counts[min(int(at), len(t.counts)):])
	for first := true; ; first = false {
		if zero := r.SkipNumber(); zero && !first {
			break
		}
		r.SkipNumber()
	}
	if r.Short() {
		return fmt.Errorf("its table at %d does not end", at)
	}
	for i := int(at); i < len(t.counts)-r.Left(); i++ {
		t.keep[i] = true
	}
	return nil
}
