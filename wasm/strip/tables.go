package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
)

// A Table is a part of memory that few functions read.
type Table struct {
	Span module.Span
	// Readers are the functions that read it by themselves, by their names in the file. All
	// others have what they know of it from one of them.
	Readers []string
}

// Words of the runtime's moduledata (runtime/symtab.go of Go 1.26), from the one that
// points to the pclntab's header on.
const (
	namesWord   = 1
	countsWord  = 10
	recordsWord = 13
	findWord    = 19
	gofuncWord  = 40
	endWord     = 41
)

// Tables returns tables of a program that Go's runtime and library seldom read. The first is
// what the runtime knows of functions: the pclntab but for its header. It is read when a
// stack is walked, to grow it, to collect garbage, and to panic; findfunc tells which
// function has a program counter, and moduledataverify1 looks all of it through when a
// program starts (package patch takes that out). Another has the powers of ten that floating
// point numbers are written and read with, if they are linked.
//
// A program that is not laid out as those of Go 1.26 are is an error that wraps
// module.ErrLayout.
func Tables(file []byte) ([]Table, error) {
	m, err := module.Parse(file)
	if err != nil {
		return nil, err
	}
	memory, err := m.Memory()
	if err != nil {
		return nil, err
	}
	functions, err := functionTable(memory)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", module.ErrLayout, err)
	}
	tables := []Table{{functions, []string{"runtime.findfunc", "runtime.moduledataverify1"}}}
	if span, ok := powersOfTen(memory); ok {
		tables = append(tables, Table{span, []string{"internal_strconv.pow10"}})
	}
	return tables, nil
}

func functionTable(memory []byte) (module.Span, error) {
	for at := 0; ; at += len(magic) {
		i := bytes.Index(memory[at:], magic)
		if i < 0 {
			return module.Span{}, errors.New("nothing points to a table of functions as Go 1.26 has it; if Go is newer, compare moduledata in runtime/symtab.go with wasm/strip/tables.go")
		}
		at += i
		if span, ok := spanAt(memory, at); ok {
			return span, nil
		}
	}
}

// The powers of ten from 10**-348 to 10**347 (internal/strconv/pow10tab.go of Go 1.26): 128
// bits each, of which the first is set, in two words, the higher one first.
const powers = 348 + 347 + 1

var firstPower = []byte{0x88, 0x02, 0x1c, 0x08, 0xa0, 0xd5, 0x8f, 0xfa, 0x53, 0xe4, 0x60, 0xcd, 0x69, 0xc8, 0x32, 0x17}

func powersOfTen(memory []byte) (module.Span, bool) {
	from := bytes.Index(memory, firstPower)
	to := from + powers*len(firstPower)
	if from < 0 || to > len(memory) {
		return module.Span{}, false
	}
	for at := from; at < to; at += len(firstPower) {
		if memory[at+7]&0x80 == 0 {
			return module.Span{}, false
		}
	}
	return module.Span{From: from, To: to}, true
}

// spanAt returns the span of the table whose header is at header, if moduledata has one
// there.
func spanAt(memory []byte, header int) (module.Span, bool) {
	t := tableAt(memory[header:])
	if t == nil {
		return module.Span{}, false
	}
	pointer := binary.LittleEndian.AppendUint64(nil, uint64(header))
	for at := 0; ; at++ {
		i := bytes.Index(memory[at:], pointer)
		if i < 0 {
			return module.Span{}, false
		}
		at += i
		if end := t.endBy(memory[at:], header); end > 0 {
			return module.Span{From: header + headerSize, To: end}, true
		}
	}
}

// endBy returns where the table ends by the moduledata that b begins with, or 0 if that is
// another thing.
func (t *traceTable) endBy(b []byte, header int) int {
	if len(b) < 8*(endWord+1) {
		return 0
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(b[8*i:]) }
	names := uint64(header + headerSize)
	counts := names + uint64(len(t.names)+len(t.units)+len(t.files))
	records := counts + uint64(len(t.counts))
	inOrder := records < word(gofuncWord) && word(gofuncWord) <= word(findWord) && word(findWord) < word(endWord) && word(endWord) <= names+uint64(len(t.names)+len(t.units)+len(t.files)+len(t.counts)+len(t.records))
	if word(namesWord) != names || word(countsWord) != counts || word(recordsWord) != records || !inOrder {
		return 0
	}
	return int(word(endWord))
}
