package split

import (
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
)

// Counted returns a program that notes which of its functions have been called: the global
// that it exports as the name that Called returns for a function is 1 from then on. The
// functions have the order of names.
func Counted(file []byte) (counted []byte, names []string, err error) {
	p, err := parse(file)
	if err != nil {
		return nil, nil, err
	}
	globals, exports := p.globals, p.exports
	bodies := make([][]byte, 0, len(p.bodies))
	for i, body := range p.bodies {
		locals, _, err := opcode.Decode(body)
		if err != nil {
			return nil, nil, fmt.Errorf("function %s: %w", p.names[i], err)
		}
		global := number(len(globals))
		globals = append(globals, []byte{i32, mutable, opcode.I32Const, 0, opcode.End})
		exports = append(exports, append(append(text(Called(i)), 3), global...))
		noted := append([]byte{}, body[:locals]...)
		noted = append(append(noted, opcode.I32Const, 1, opcode.GlobalSet), global...)
		bodies = append(bodies, append(noted, body[locals:]...))
	}
	counted = p.with(map[byte][]byte{
		module.GlobalSection: vector(globals), module.ExportSection: vector(exports), module.CodeSection: code(bodies),
	})
	return counted, p.names, nil
}

// Called returns the name under which a program of Counted exports whether its function of
// that number has been called.
func Called(function int) string { return fmt.Sprint("called", function) }
