// Package split divides the wasm file of a program in two: the functions that it calls
// first, and those that are compiled and fetched later. It knows wasm, and no layout of
// Go's runtime.
//
// The first file, the program, is the whole one but for the functions that are deferred.
// In the place of each stands a stub of the same index and type, so that no instruction of
// any other function changes. A stub calls through a place of its own at the end of the
// program's table. What of memory only deferred functions read may be deferred too, and is
// zero until then. The second file, the deferred part, imports the program's memory, table
// and globals, and those of its functions that it calls. When it is instantiated, it puts its
// functions into the places of the table, and fills its part of memory.
//
// Of a function from which goroutines are resumed (package resume) the program may have a
// part. At the places that it lacks, the whole of the function goes on, which is deferred.
//
// The program exports as TableName its table, and as MissingName a global. Whoever runs it
// puts, before it starts, a function that brings the deferred part into the table's place
// that the global names. A stub calls that function, once, unless the global has been set
// to 0, which says that the deferred part is there.
package split

import (
	"encoding/binary"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
)

// The names of what the program exports for its deferred part, beside its memory, which
// every program of Go exports. Globals are "g0" and so on, functions by their indices.
const (
	TableName   = "table"
	MissingName = "missing"
	memory      = "mem" // as Go's linker writes it
)

// Types, from the WebAssembly core specification, 5.3.
const (
	i32         = 0x7f
	functionRef = 0x70
	mutable     = 1
)

// A Choice says what of a function is deferred.
type Choice struct {
	All bool
	// Cold reports whether a place of a function that can be resumed (package resume) is
	// seldom gone to; nil if none is. What is not reached but from there is deferred.
	Cold func(place int) bool
}

// Split returns the two files of a program that was linked with the names of its functions,
// which neither has any more. choose says what of which function is to be in the second, and
// data what of memory is: it must be read by no other functions.
func Split(file []byte, choose func(name string) Choice, data ...module.Span) (program, rest []byte, err error) {
	p, err := parse(file)
	if err != nil {
		return nil, nil, err
	}
	if err := p.choose(choose); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", module.ErrLayout, err)
	}
	filled, later, err := p.dataSections(data)
	if err != nil {
		return nil, nil, err
	}
	return p.program(filled), p.rest(later), nil
}

// dataSections returns those of the two files, nil if nothing of memory is deferred.
func (p *parts) dataSections(data []module.Span) (filled, later []byte, err error) {
	if len(data) == 0 {
		return nil, nil, nil
	}
	memory, err := p.module.Memory()
	if err != nil {
		return nil, nil, err
	}
	for _, span := range data {
		if span.From < 0 || span.From > span.To || span.To > len(memory) {
			return nil, nil, fmt.Errorf("memory from %d to %d is to be deferred, of %d bytes", span.From, span.To, len(memory))
		}
	}
	later = module.Data(memory, data...)
	for _, span := range data {
		clear(memory[span.From:span.To])
	}
	return module.Data(memory), later, nil
}

// program returns the file of what is called first, with a data section if that is another.
func (p *parts) program(filled []byte) []byte {
	// The function that stubs call is the last one: none changes its index for it.
	ensure := len(p.imports) + len(p.bodies)
	missing := len(p.globals)
	place := p.table.min // of the function that brings the rest; those of the stubs follow
	plain := len(p.types)

	types := append(p.types[:plain:plain], []byte{0x60, 0, 0})
	functions := append(p.functions[:len(p.functions):len(p.functions)], plain)
	globals := append(p.globals[:missing:missing], append(append([]byte{i32, mutable, opcode.I32Const}, signed(place)...), opcode.End))
	bodies := make([][]byte, 0, len(p.bodies)+1)
	next := place + 1
	for i, body := range p.bodies {
		if p.deferred[i] != nil {
			if cold := p.cold[i]; cold != nil {
				body = cold.without(func(parameter opcode.Instruction) []byte { return p.bail(p.functions[i], ensure, next, parameter) })
			} else {
				body = p.stub(p.functions[i], ensure, next)
			}
			next++
		}
		bodies = append(bodies, body)
	}
	bodies = append(bodies, ensureBody(missing, plain))

	exports := p.exports
	export := func(name string, kind byte, index int) {
		exports = append(exports, append(append(text(name), kind), number(index)...))
	}
	export(TableName, 1, 0)
	export(MissingName, 3, missing)
	for i := range p.globals {
		export(globalName(i), 3, i)
	}
	for _, i := range p.called {
		export(functionName(i), 0, i)
	}

	sections := map[byte][]byte{
		module.TypeSection:     vector(types),
		module.FunctionSection: numbers(functions),
		module.TableSection:    append(number(1), p.table.grown(next-place)...),
		module.GlobalSection:   vector(globals),
		module.ExportSection:   vector(exports),
		module.CodeSection:     code(bodies),
	}
	if filled != nil {
		sections[module.DataSection] = filled
	}
	return p.with(sections)
}

// rest returns the file of what is deferred, with its data section if it has one.
func (p *parts) rest(later []byte) []byte {
	var imports, bodies [][]byte
	need := func(name string, kind byte, what ...byte) {
		imports = append(imports, append(append(append(number(0), text(name)...), kind), what...))
	}
	for _, i := range p.called {
		need(functionName(i), 0, number(p.typeOf(i))...)
	}
	var functions, places []int
	for i, list := range p.deferred {
		if list != nil {
			places = append(places, len(p.called)+len(places))
			functions = append(functions, p.functions[i])
		}
	}
	index := p.renumbered()
	for i, list := range p.deferred {
		if list != nil {
			bodies = append(bodies, list.calling(p.bodies[i], index))
		}
	}
	need(TableName, 1, p.table.grown(len(places)+1)...)
	need(memory, 2, p.memory...)
	for i, g := range p.globals {
		need(globalName(i), 3, g[:2]...)
	}
	fill := append(number(1), 0, opcode.I32Const)
	fill = append(append(fill, signed(p.table.min+1)...), opcode.End)
	fill = append(fill, numbers(places)...)
	m := module.Module{
		{ID: module.TypeSection, Body: vector(p.types)},
		{ID: module.ImportSection, Body: vector(imports)},
		{ID: module.FunctionSection, Body: numbers(functions)},
		{ID: module.ElementSection, Body: fill},
		{ID: module.CodeSection, Body: code(bodies)},
	}
	if later != nil {
		m = append(m, module.Section{ID: module.DataSection, Body: later})
	}
	return m.Bytes()
}

// stub returns the body of a function of a type that has its deferred one, which is in a
// place of the table, do what is asked.
func (p *parts) stub(of, ensure, place int) []byte {
	body := append([]byte{0, opcode.Call}, number(ensure)...) // no locals
	for i := range p.params[of] {
		body = append(append(body, opcode.LocalGet), number(i)...)
	}
	body = append(append(body, opcode.I32Const), signed(place)...)
	body = append(append(body, opcode.CallIndirect), number(of)...)
	return append(body, 0, opcode.End)
}

// bail returns the code of a place that is deferred: the whole of its function, in a place of
// the table, goes on there.
func (p *parts) bail(of, ensure, place int, parameter opcode.Instruction) []byte {
	code := append([]byte{opcode.Call}, number(ensure)...)
	code = append(code, parameter.Bytes...)
	code = append(append(code, opcode.I32Const), signed(place)...)
	code = append(append(code, opcode.CallIndirect), number(of)...)
	return append(code, 0, opcode.Return)
}

// ensureBody returns the body of the function that has the deferred part brought, by a
// function in the place of the table that the global missing has, unless that is 0.
func ensureBody(missing, plain int) []byte {
	body := append([]byte{0, opcode.GlobalGet}, number(missing)...)
	body = append(body, opcode.I32Eqz, opcode.BrIf, 0)
	body = append(append(body, opcode.GlobalGet), number(missing)...)
	body = append(append(body, opcode.CallIndirect), number(plain)...)
	return append(body, 0, opcode.End)
}

func globalName(i int) string   { return fmt.Sprint("g", i) }
func functionName(i int) string { return fmt.Sprint(i) }

func number(n int) []byte  { return binary.AppendUvarint(nil, uint64(n)) }
func signed(n int) []byte  { return module.AppendSigned(nil, int64(n)) }
func text(s string) []byte { return append(number(len(s)), s...) }

func vector(entries [][]byte) []byte {
	body := number(len(entries))
	for _, e := range entries {
		body = append(body, e...)
	}
	return body
}

func numbers(list []int) []byte {
	body := number(len(list))
	for _, n := range list {
		body = binary.AppendUvarint(body, uint64(n))
	}
	return body
}

func code(bodies [][]byte) []byte {
	body := number(len(bodies))
	for _, b := range bodies {
		body = append(binary.AppendUvarint(body, uint64(len(b))), b...)
	}
	return body
}
