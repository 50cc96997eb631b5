package split

import (
	"fmt"
	"slices"

	"github.com/kanbao/kanbao/wasm/opcode"
)

// calls are the instructions of a function that call another by its index, by where they
// begin and end in the function's body.
type calls []calling

type calling struct{ from, to, function int }

// callsOf returns the calls of a body, which are not nil.
func callsOf(body []byte) (calls, error) {
	at, code, err := opcode.Decode(body)
	if err != nil {
		return nil, err
	}
	list := make(calls, 0)
	for _, in := range code {
		if in.Op == opcode.Call {
			list = append(list, calling{at, at + len(in.Bytes), int(in.N)})
		}
		at += len(in.Bytes)
	}
	return list, nil
}

// calling returns a body that calls functions by other indices.
func (c calls) calling(body []byte, index func(function int) int) []byte {
	var out []byte
	at := 0
	for _, call := range c {
		out = append(out, body[at:call.from]...)
		out = append(out, opcode.Indexed(opcode.Call, int64(index(call.function))).Bytes...)
		at = call.to
	}
	return append(out, body[at:]...)
}

// choose notes which functions are deferred, and what of the others they call. Those of
// one name are alike.
func (p *parts) choose(choose func(name string) Choice) error {
	p.deferred = make([]calls, len(p.bodies))
	p.cold = make([]*divided, len(p.bodies))
	for i, name := range p.names {
		choice := choose(name)
		var err error
		if choice.Cold != nil && !choice.All {
			p.cold[i], err = divide(p.bodies[i], choice.Cold)
		}
		if err == nil && (choice.All || p.cold[i] != nil) {
			p.deferred[i], err = callsOf(p.bodies[i])
		}
		if err != nil {
			return fmt.Errorf("function %s: %w", name, err)
		}
	}
	for _, list := range p.deferred {
		for _, call := range list {
			if i := call.function - len(p.imports); i >= len(p.bodies) {
				return fmt.Errorf("a call of function %d of %d", call.function, len(p.imports)+len(p.bodies))
			} else if i < 0 || p.deferred[i] == nil {
				p.called = append(p.called, call.function)
			}
		}
	}
	slices.Sort(p.called)
	p.called = slices.Compact(p.called)
	return nil
}

// renumbered returns which index in the deferred part a function has that it calls: those
// of the program come first, which it imports, then its own.
func (p *parts) renumbered() func(function int) int {
	indices := make(map[int]int)
	for _, function := range p.called {
		indices[function] = len(indices)
	}
	for i, list := range p.deferred {
		if list != nil {
			indices[len(p.imports)+i] = len(indices)
		}
	}
	return func(function int) int { return indices[function] }
}

// typeOf returns the type of a function by its index.
func (p *parts) typeOf(function int) int {
	if function < len(p.imports) {
		return p.imports[function]
	}
	return p.functions[function-len(p.imports)]
}
