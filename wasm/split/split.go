// Package split divides the wasm file of a program in two: the functions that it calls
// first, and those that are compiled and fetched later. It knows wasm, and no layout of
// Go's runtime.
//
// The first file, the program, is the whole one but for the functions that are deferred.
// In the place of each stands a stub of the same index and type, so that no instruction of
// any other function changes. A stub calls through a place of its own at the end of the
// program's table. The second file, the deferred part, imports all that the program has by
// exports: its memory, table, globals and functions, which so have the same indices in
// both. When it is instantiated, it puts its functions into the places of the table.
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
)

// The names of what the program exports for its deferred part, beside its memory, which
// every program of Go exports. Globals are "g0" and so on, functions "0" and so on.
const (
	TableName   = "table"
	MissingName = "missing"
	memory      = "mem" // as Go's linker writes it
)

// Instructions and types, from the WebAssembly core specification, 5.3 and 5.4.
const (
	brIf         = 0x0d
	end          = 0x0b
	call         = 0x10
	callIndirect = 0x11
	localGet     = 0x20
	globalGet    = 0x23
	globalSet    = 0x24
	i32Const     = 0x41
	i32Eqz       = 0x45

	i32         = 0x7f
	functionRef = 0x70
	mutable     = 1
)

// Split returns the two files of a program that was linked with the names of its functions,
// which neither has any more. deferred says which functions are to be in the second.
func Split(file []byte, deferred func(name string) bool) (program, rest []byte, err error) {
	p, err := parse(file)
	if err != nil {
		return nil, nil, err
	}
	p.choose(deferred)
	return p.program(), p.rest(), nil
}

// program returns the file of what is called first.
func (p *parts) program() []byte {
	// The function that stubs call is the last one: none changes its index for it.
	ensure := len(p.imports) + len(p.bodies)
	missing := len(p.globals)
	place := p.table.min // of the function that brings the rest; those of the stubs follow
	plain := len(p.types)

	types := append(p.types[:plain:plain], []byte{0x60, 0, 0})
	functions := append(p.functions[:len(p.functions):len(p.functions)], plain)
	globals := append(p.globals[:missing:missing], append(append([]byte{i32, mutable, i32Const}, signed(place)...), end))
	bodies := make([][]byte, 0, len(p.bodies)+1)
	next := place + 1
	for i, body := range p.bodies {
		if p.deferred[i] {
			body = p.stub(p.functions[i], ensure, next)
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
	for i := range ensure {
		export(functionName(i), 0, i)
	}

	return p.with(map[byte][]byte{
		module.TypeSection:     vector(types),
		module.FunctionSection: numbers(functions),
		module.TableSection:    append(number(1), p.table.grown(next-place)...),
		module.GlobalSection:   vector(globals),
		module.ExportSection:   vector(exports),
		module.CodeSection:     code(bodies),
	})
}

// rest returns the file of what is deferred.
func (p *parts) rest() []byte {
	var imports, bodies [][]byte
	need := func(name string, kind byte, what ...byte) {
		imports = append(imports, append(append(append(number(0), text(name)...), kind), what...))
	}
	for i, t := range p.imports {
		need(functionName(i), 0, number(t)...)
	}
	for i, t := range p.functions {
		need(functionName(len(p.imports)+i), 0, number(t)...)
	}
	var functions, places []int
	for i, body := range p.bodies {
		if p.deferred[i] {
			places = append(places, len(p.imports)+len(p.bodies)+len(places))
			functions = append(functions, p.functions[i])
			bodies = append(bodies, body)
		}
	}
	need(TableName, 1, p.table.grown(len(places)+1)...)
	need(memory, 2, p.memory...)
	for i, g := range p.globals {
		need(globalName(i), 3, g[:2]...)
	}
	fill := append(number(1), 0, i32Const)
	fill = append(append(fill, signed(p.table.min+1)...), end)
	fill = append(fill, numbers(places)...)
	return module.Module{
		{ID: module.TypeSection, Body: vector(p.types)},
		{ID: module.ImportSection, Body: vector(imports)},
		{ID: module.FunctionSection, Body: numbers(functions)},
		{ID: module.ElementSection, Body: fill},
		{ID: module.CodeSection, Body: code(bodies)},
	}.Bytes()
}

// stub returns the body of a function of a type that has its deferred one, which is in a
// place of the table, do what is asked.
func (p *parts) stub(of, ensure, place int) []byte {
	body := append([]byte{0, call}, number(ensure)...) // no locals
	for i := range p.params[of] {
		body = append(append(body, localGet), number(i)...)
	}
	body = append(append(body, i32Const), signed(place)...)
	body = append(append(body, callIndirect), number(of)...)
	return append(body, 0, end)
}

// ensureBody returns the body of the function that has the deferred part brought, by a
// function in the place of the table that the global missing has, unless that is 0.
func ensureBody(missing, plain int) []byte {
	body := append([]byte{0, globalGet}, number(missing)...)
	body = append(body, i32Eqz, brIf, 0)
	body = append(append(body, globalGet), number(missing)...)
	body = append(append(body, callIndirect), number(plain)...)
	return append(body, 0, end)
}

func globalName(i int) string   { return fmt.Sprint("g", i) }
func functionName(i int) string { return fmt.Sprint(i) }

func number(n int) []byte  { return binary.AppendUvarint(nil, uint64(n)) }
func signed(n int) []byte  { return module.AppendAddress(nil, n) }
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
