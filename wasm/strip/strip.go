// Package strip makes the wasm files that Go's linker writes smaller by a fifth
// of what a reader fetches. It takes out what the Go runtime needs only to print
// where a program failed: the names of functions, source files, line numbers and
// what was inlined. And it writes the memory that a program starts with in a few
// long pieces; the linker cuts it at every eight zeros, so that sixty thousand
// addresses stand between things that were alike.
//
// It never changes code, what the garbage collector needs, or what panic and
// recover need. The message of a panic stays, its stack trace is empty.
package strip

import (
	"fmt"

	"github.com/kanbao/kanbao/wasm/module"
)

// Strip returns a wasm file without what only stack traces need. Stripping twice is
// the same as stripping once. A file that is not laid out as those of Go 1.20 to 1.26
// are is an error that wraps module.ErrLayout; so is one whose tables contradict
// themselves. A file that is not wasm or was cut off is another error.
func Strip(file []byte) ([]byte, error) {
	m, memory, err := parse(file)
	if err != nil {
		return nil, err
	}
	if err := dropTraces(memory); err != nil {
		return nil, fmt.Errorf("%w: %w", module.ErrLayout, err)
	}
	m.SetMemory(memory)
	return m.Bytes(), nil
}

// parse takes a file apart, and returns what memory holds at its start.
func parse(file []byte) (module.Module, []byte, error) {
	m, err := module.Parse(file)
	if err != nil {
		return nil, nil, err
	}
	memory, err := m.Memory()
	return m, memory, err
}
