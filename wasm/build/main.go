package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "wasm/build:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	set := flag.NewFlagSet("build", flag.ExitOnError)
	set.Usage = func() {
		fmt.Fprintln(set.Output(), "usage: go run ./wasm/build [FLAGS] [sizes app|engine | go ARGS... | profile SITE... | table]")
		set.PrintDefaults()
	}
	to := set.String("o", filepath.Join("web", "built"), "the folder that the wasm files are written to")
	var o options
	set.BoolVar(&o.stockStd, "stock-std", false, "leave Go's own library as it is")
	set.BoolVar(&o.traces, "traces", false, "keep stack traces, to see where a panic was")
	overlay := set.String("overlay", "page", "page or engine: whose copy of Go's library the command go sees; tests see the page's and what more they link")
	if err := set.Parse(args); err != nil {
		return err
	}
	command, rest := set.Arg(0), set.Args()
	dir := filepath.Join("build", "wasm")
	if command == "table" {
		dir = filepath.Join("build", "wasm-table") // other builds go on meanwhile
	}
	b, err := newBuilder(dir)
	if err != nil {
		return err
	}
	switch {
	case command == "":
		return b.build(*to, o)
	case command == "sizes" && len(rest) == 2:
		return b.sizes(rest[1], o)
	case command == "go" && len(rest) > 1:
		return b.runGo(*overlay, rest[1:], o)
	case command == "profile" && len(rest) > 1:
		return b.profile(rest[1:], o)
	case command == "table" && len(rest) == 1:
		return b.table()
	}
	set.Usage()
	os.Exit(2)
	return nil
}

// runGo runs go with these arguments as the build does.
func (b builder) runGo(overlay string, args []string, o options) error {
	if args[0] == "test" || args[0] == "vet" {
		overlay = "test"
	}
	if err := b.workspace.Write(o.changes()); err != nil {
		return err
	}
	c := b.goCommand(overlay, args...)
	c.Stdin, c.Stdout = os.Stdin, os.Stdout
	err := c.Run()
	if exit, ok := err.(*exec.ExitError); ok {
		os.Exit(exit.ExitCode()) // go has said why
	}
	return err
}
