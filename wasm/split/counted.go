package split

import (
	"errors"
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
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
		locals, err := localsSize(body)
		if err != nil {
			return nil, nil, fmt.Errorf("function %s: %w", p.names[i], err)
		}
		global := number(len(globals))
		globals = append(globals, []byte{i32, mutable, i32Const, 0, end})
		exports = append(exports, append(append(text(Called(i)), 3), global...))
		noted := append([]byte{}, body[:locals]...)
		noted = append(append(noted, i32Const, 1, globalSet), global...)
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

// localsSize returns how many bytes at the beginning of a body declare its locals.
func localsSize(body []byte) (int, error) {
	r := module.NewReader(body)
	for n := r.Number(); n > 0 && !r.Short(); n-- {
		r.Number()
		r.Byte()
	}
	if r.Short() {
		return 0, errors.New("its locals end early")
	}
	return len(body) - r.Left(), nil
}
