package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/kanbao/kanbao/wasm/patch"
)

// The table stands between these lines of wasm/README.md.
const (
	tableFile  = "wasm/README.md"
	tableBegin = "<!-- table: written by go run ./wasm/build table -->\n"
	tableEnd   = "<!-- end of table -->\n"
)

// A row is one line of the table: a program built with these options.
type row struct {
	name, why string
	program   string
	options   options
	before    string // a change that neither of the two that are compared has, or ""
}

func rows() []row {
	list := []row{
		{"stripped of traces (`wasm/strip`)", "A panic keeps its message; its stack trace would be lines of code that no reader has.", "engine", options{whole: true}, ""},
		{"code written shorter (`wasm/peephole`)", "It does the same, and faster.", "engine", options{long: true}, ""},
		{"the garbage collector of Go 1.25", "The newer one is for many cores.", "engine", options{collectors: true}, ""},
	}
	for _, c := range patch.Changes() {
		if c.Measure != "" {
			list = append(list, row{c.Name, c.Why, c.Measure, options{without: []string{c.Name}}, c.Before})
		}
	}
	return append(list,
		row{"all changes to Go's library", "This is what `-stock-std` leaves undone.", "engine", options{stockStd: true}, ""},
		row{"all of these", "", "engine", options{stock: true, collectors: true}, ""},
	)
}

// A size is that of a file, in bytes, plain and compressed as tools/precompress does
// with Go's own gzip.
type size struct{ raw, gzip, brotli int }

// table builds the programs without each change in turn and writes what each saves
// into wasm/README.md, line by line. It takes a quarter of an hour.
func (b builder) table() error {
	text, err := os.ReadFile(tableFile)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), tableBegin)
	_, after, ended := strings.Cut(rest, tableEnd)
	if !found || !ended {
		return fmt.Errorf("%s has no lines %q and %q", tableFile, tableBegin, tableEnd)
	}
	built := make(map[string]size)
	for _, p := range programs() {
		if built[p.name], err = b.measure(p.name, options{}); err != nil {
			return err
		}
	}
	var t strings.Builder
	fmt.Fprintf(&t, "Bytes, with %s, brotli at level 11, gzip by Go's own package.\n\n", b.toolchain)
	t.WriteString("| what | of | raw | gzip | brotli | why no reader misses it |\n| --- | --- | ---: | ---: | ---: | --- |\n")
	for _, p := range programs() {
		s := built[p.name]
		fmt.Fprintf(&t, "| **as built** | %s | %s | %s | %s | |\n", p.name, grouped(s.raw), grouped(s.gzip), grouped(s.brotli))
	}
	write := func() error {
		return os.WriteFile(tableFile, []byte(before+tableBegin+t.String()+tableEnd+after), 0o666)
	}
	for _, r := range rows() {
		fmt.Fprintln(os.Stderr, "without:", r.name)
		with := built[r.program]
		if r.before != "" {
			r.options.without = append(r.options.without, r.before)
			if with, err = b.measure(r.program, options{without: []string{r.before}}); err != nil {
				return fmt.Errorf("without %q: %w", r.before, err)
			}
		}
		without, err := b.measure(r.program, r.options)
		if err != nil {
			return fmt.Errorf("without %q: %w", r.name, err)
		}
		fmt.Fprintf(&t, "| %s | %s | %s | %s | %s | %s |\n", r.name, r.program,
			grouped(with.raw-without.raw), grouped(with.gzip-without.gzip), grouped(with.brotli-without.brotli), r.why)
		if err := write(); err != nil { // what is measured stays, if the rest takes too long
			return err
		}
	}
	return nil
}

// measure builds one program and returns its size.
func (b builder) measure(name string, o options) (size, error) {
	if err := b.workspace.Write(o.changes()); err != nil {
		return size{}, err
	}
	for _, p := range programs() {
		if p.name != name {
			continue
		}
		if o.without != nil && p.overlay == "page" {
			p.overlay = "test" // go-app's server asks for what only tests have
		}
		file := filepath.Join(b.workspace.Dir, "measured.wasm")
		if err := b.link(p, file, o); err != nil {
			return size{}, err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return size{}, err
		}
		return sizeOf(text)
	}
	return size{}, fmt.Errorf("there is no program %q", name)
}

func sizeOf(file []byte) (size, error) {
	var gz, br bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return size{}, err
	}
	for _, w := range []io.WriteCloser{zw, brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: 11, LGWin: 24})} {
		if _, err := w.Write(file); err != nil {
			return size{}, err
		}
		if err := w.Close(); err != nil {
			return size{}, err
		}
	}
	return size{len(file), gz.Len(), br.Len()}, nil
}

// grouped writes a number with commas between thousands, and a sign if it is less
// than zero.
func grouped(n int) string {
	if n < 0 {
		return "−" + grouped(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
