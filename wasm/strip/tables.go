package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/kanbao/kanbao/wasm/module"
)

// A Table is what of memory few functions read.
type Table struct {
	Name  string // for errors
	Spans []module.Span
	// Readers are the functions that read it by themselves, by their names in the file. All
	// others have what they know of it from one of them.
	Readers []string
}

// Words of the runtime's moduledata (runtime/symtab.go of Go 1.26), from the one that
// points to the pclntab's header on.
const (
	namesWord    = 1
	countsWord   = 10
	recordsWord  = 13
	findWord     = 19
	typesWord    = 37
	endTypesWord = 38
	gofuncWord   = 40
	endWord      = 41
)

// Tables returns tables of a program that Go's runtime and library seldom read. The first is
// what the runtime knows of functions: the pclntab but for its header. It is read when a
// stack is walked, to grow it, to collect garbage, and to panic; findfunc tells which
// function has a program counter, and moduledataverify1 looks all of it through when a
// program starts (package patch takes that out). Another has the powers of ten that floating
// point numbers are written and read with, if they are linked. And there are the names of
// types, which nothing but String of a type reads.
//
// A program that is not laid out as those of Go 1.26 are is an error that wraps
// module.ErrLayout.
func Tables(file []byte) ([]Table, error) {
	_, memory, err := parse(file)
	if err != nil {
		return nil, err
	}
	functions, types, err := fromModuledata(memory)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", module.ErrLayout, err)
	}
	tables := []Table{
		{"of functions", []module.Span{functions}, []string{"runtime.findfunc", "runtime.moduledataverify1"}},
		{"of names of types", typeNames(memory, types), []string{"runtime.rtype.string", "reflect.__rtype_.String", "internal_reflectlite.rtype.String"}},
	}
	if span, ok := powersOfTen(memory); ok {
		tables = append(tables, Table{"of powers of ten", []module.Span{span}, []string{"internal_strconv.pow10"}})
	}
	return tables, nil
}

// fromModuledata returns where the table of functions and the types are.
func fromModuledata(memory []byte) (functions, types module.Span, err error) {
	for at := 0; ; at += len(magic) {
		i := bytes.Index(memory[at:], magic)
		if i < 0 {
			return module.Span{}, module.Span{}, errors.New("nothing points to a table of functions as Go 1.26 has it; if Go is newer, compare moduledata in runtime/symtab.go with wasm/strip/tables.go")
		}
		at += i
		if functions, types, ok := spansAt(memory, at); ok {
			return functions, types, nil
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

// spansAt returns the span of the table whose header is at header, and that of the types, if
// moduledata has one there.
func spansAt(memory []byte, header int) (functions, types module.Span, ok bool) {
	t := tableAt(memory[header:])
	if t == nil {
		return functions, types, false
	}
	pointer := binary.LittleEndian.AppendUint64(nil, uint64(header))
	for at := 0; ; at++ {
		i := bytes.Index(memory[at:], pointer)
		if i < 0 {
			return functions, types, false
		}
		at += i
		if data := memory[at:]; t.isIn(data, header) {
			word := func(i int) int { return int(binary.LittleEndian.Uint64(data[8*i:])) }
			types := module.Span{From: word(typesWord), To: word(endTypesWord)}
			if types.From < 0 || types.From > types.To || types.To > header {
				return functions, types, false
			}
			return module.Span{From: header + headerSize, To: word(endWord)}, types, true
		}
	}
}

// isIn reports whether what data begins with is the moduledata of the table.
func (t *traceTable) isIn(data []byte, header int) bool {
	if len(data) < 8*(endWord+1) {
		return false
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(data[8*i:]) }
	names := uint64(header + headerSize)
	counts := names + uint64(len(t.names)+len(t.units)+len(t.files))
	records := counts + uint64(len(t.counts))
	inOrder := records < word(gofuncWord) && word(gofuncWord) <= word(findWord) && word(findWord) < word(endWord) && word(endWord) <= records+uint64(len(t.records))
	return word(namesWord) == names && word(countsWord) == counts && word(recordsWord) == records && inOrder
}

// typeNames returns where the names of types are, without what stands before each: whether it
// is exported, and how long it is. Only the name of a type begins with a star
// (cmd/compile/internal/reflectdata), and each has the offset of its name in its description
// (internal/abi.Type).
func typeNames(memory []byte, types module.Span) []module.Span {
	offsets := make(map[uint32]bool)
	for at := types.From; at+4 <= types.To; at += 4 {
		offsets[binary.LittleEndian.Uint32(memory[at:])] = true
	}
	var spans []module.Span
	for at := types.From; at < types.To; at++ {
		length, n := binary.Uvarint(memory[at+1 : types.To])
		from := at + 1 + n
		if memory[at] > 1 || n <= 0 || length < 5 || length > uint64(types.To-from) || memory[from] != '*' || !offsets[uint32(at-types.From)] {
			continue
		}
		name := memory[from : from+int(length)]
		if !bytes.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) {
			spans = append(spans, module.Span{From: from, To: from + len(name)})
			at = from + len(name) - 1
		}
	}
	return spans
}
