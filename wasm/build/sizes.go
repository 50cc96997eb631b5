package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/wasm/module"
)

// sizes prints which packages the code of a program comes from, the largest first.
//
// Data (strings, type descriptions, unwinding tables) is one line, as the file does
// not tell whose it is. Bytes are before compression; brotli brings code and data to
// about a fifth, alike for all packages.
func (b builder) sizes(name string, o options) error {
	p, err := programNamed(name)
	if err != nil {
		return err
	}
	if err := b.workspace.Write(o.changes()); err != nil {
		return err
	}
	file := filepath.Join(b.workspace.Dir, p.name+"-named.wasm")
	if err := b.link(p, file, options{named: true, whole: true, long: true}); err != nil {
		return err
	}
	list := b.goCommand(p.overlay, "list", "-deps", p.pkg)
	list.Stderr = nil
	packages, err := output(list)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	m, err := module.Parse(text)
	if err != nil {
		return err
	}
	functions, err := m.Functions()
	if err != nil {
		return err
	}
	printSizes(os.Stdout, functions, m.DataSize(), strings.Fields(string(packages)))
	return nil
}

func printSizes(to io.Writer, functions []module.Function, data int, packages []string) {
	// The linker writes "/" as "_" in names.
	byPrefix := make(map[string]string)
	for _, p := range packages {
		byPrefix[strings.ReplaceAll(p, "/", "_")] = p
	}
	sizes := make(map[string]int)
	total := data
	for _, f := range functions {
		sizes[packageOf(f.Name, byPrefix)] += f.Size
		total += f.Size
	}
	line := func(size int, what string) {
		fmt.Fprintf(to, "%9d  %4.1f %%  %s\n", size, 100*float64(size)/float64(total), what)
	}
	line(total, "code and data")
	line(data, "data of all packages")
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(sizes[b]-sizes[a], strings.Compare(a, b)) })
	for _, name := range names {
		line(sizes[name], name)
	}
}

// packageOf returns the package of a function's symbol: what stands before one
// of its dots and is the prefix of a package.
func packageOf(symbol string, byPrefix map[string]string) string {
	for i, r := range symbol {
		if r == '.' {
			if p, ok := byPrefix[symbol[:i]]; ok {
				return p
			}
		}
	}
	return "(made by the compiler)"
}
