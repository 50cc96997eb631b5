// Command strip makes the wasm files that Go's linker writes smaller by a fifth
// of what a reader fetches. It takes out of FILE.wasm what the Go runtime needs
// only to print where a program failed: the names of functions, source files,
// line numbers and what was inlined. And it writes the memory that a program
// starts with in a few long pieces; the linker cuts it at every eight zeros, so
// that sixty thousand addresses stand between things that were alike.
//
//	strip FILE.wasm...
//
// It never changes code, what the garbage collector needs, or what panic and
// recover need. The message of a panic stays, its stack trace is empty; to see
// one, build without strip (wasm/README.md says how).
//
// A file that is not laid out as those of Go 1.20 to 1.26 are is refused and
// stays as it was. Stripping twice is the same as stripping once.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: strip FILE.wasm...")
		os.Exit(2)
	}
	for _, name := range os.Args[1:] {
		if err := stripFile(name); err != nil {
			fmt.Fprintf(os.Stderr, "strip: %s: %v\n", name, err)
			os.Exit(1)
		}
	}
}

func stripFile(name string) error {
	file, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	stripped, err := strip(file)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d of %d bytes\n", name, len(stripped), len(file))
	return os.WriteFile(name, stripped, 0o755)
}

// strip returns a wasm file without what only stack traces need. A damaged file
// is an error, as is a layout that this program does not know.
func strip(file []byte) (stripped []byte, err error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	memory, err := m.memory()
	if err != nil {
		return nil, err
	}
	if err := dropTraces(memory); err != nil {
		return nil, err
	}
	m.setMemory(memory)
	return m.bytes(), nil
}
