// Command sizes prints which packages the code of a wasm program comes from. The
// program must have been linked without -s, so that it has the names of its
// functions; wasm/sizes.sh does that.
//
// Data (strings, type descriptions, unwinding tables) is one line, as the file
// does not tell whose it is. Bytes are before compression; brotli brings code and
// data to about a fifth, alike for all packages. The import paths of the
// program's packages come on standard input, one a line, because the linker
// writes "/" as "_" in names.
package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Sections of the wasm binary format that matter here.
const (
	custom        = 0
	imports       = 2
	code          = 10
	data          = 11
	functionNames = 1 // subsection of the custom section "name"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sizes FILE.wasm")
		os.Exit(2)
	}
	file, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = report(file, packagesOf(os.Stdin))
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "sizes: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

// A reader takes a wasm file apart. It panics past the end, as a file that the
// linker has just written does not end early.
type reader []byte

func (r *reader) number() int {
	n, size := binary.Uvarint(*r)
	*r = (*r)[size:]
	return int(n)
}

func (r *reader) take(n int) reader {
	part := (*r)[:n]
	*r = (*r)[n:]
	return part
}

// packagesOf returns the import paths by the prefix that their symbols have.
func packagesOf(list io.Reader) map[string]string {
	packages := make(map[string]string)
	for lines := bufio.NewScanner(list); lines.Scan(); {
		packages[strings.ReplaceAll(lines.Text(), "/", "_")] = lines.Text()
	}
	return packages
}

func report(file []byte, packages map[string]string) error {
	if len(file) < 8 || string(file[:4]) != "\x00asm" {
		return fmt.Errorf("not a wasm file")
	}
	var bodies []int
	var names map[int]string
	imported, dataSize := 0, 0
	for r := reader(file[8:]); len(r) > 0; {
		id := int(r.take(1)[0])
		section := r.take(r.number())
		switch id {
		case imports:
			imported = countFunctions(section)
		case code:
			for n := section.number(); n > 0; n-- {
				size := section.number()
				section.take(size)
				bodies = append(bodies, size)
			}
		case data:
			dataSize = len(section)
		case custom:
			if string(section.take(section.number())) == "name" {
				names = functionNamesOf(section)
			}
		}
	}
	if names == nil {
		return fmt.Errorf("no names: link without -s")
	}
	print(bodies, func(i int) string { return packageOf(names[imported+i], packages) }, dataSize)
	return nil
}

func countFunctions(r reader) int {
	functions := 0
	for n := r.number(); n > 0; n-- {
		r.take(r.number())
		r.take(r.number())
		if r.take(1)[0] == 0 {
			functions++
			r.number()
		}
	}
	return functions
}

func functionNamesOf(r reader) map[int]string {
	names := make(map[int]string)
	for len(r) > 0 {
		id := r.take(1)[0]
		part := r.take(r.number())
		if id != functionNames {
			continue
		}
		for n := part.number(); n > 0; n-- {
			index := part.number()
			names[index] = string(part.take(part.number()))
		}
	}
	return names
}

func print(bodies []int, packageAt func(i int) string, dataSize int) {
	sizes := make(map[string]int)
	total := dataSize
	for i, size := range bodies {
		sizes[packageAt(i)] += size
		total += size
	}
	packages := make([]string, 0, len(sizes))
	for p := range sizes {
		packages = append(packages, p)
	}
	slices.SortFunc(packages, func(a, b string) int { return cmp.Or(sizes[b]-sizes[a], strings.Compare(a, b)) })
	line := func(size int, what string) {
		fmt.Printf("%9d  %4.1f %%  %s\n", size, 100*float64(size)/float64(total), what)
	}
	line(total, "code and data")
	line(dataSize, "data of all packages")
	for _, p := range packages {
		line(sizes[p], p)
	}
}

// packageOf returns the package of a function's symbol: what stands before one
// of its dots and is the prefix of a package.
func packageOf(symbol string, packages map[string]string) string {
	for i, r := range symbol {
		if r == '.' {
			if p, ok := packages[symbol[:i]]; ok {
				return p
			}
		}
	}
	return "(made by the compiler)"
}
