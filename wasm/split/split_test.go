package split

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/peephole"
	"github.com/kanbao/kanbao/wasm/strip"
)

// program is that of package strip, which does what is hard for a runtime: it grows and
// scans stacks, panics and recovers, and calls through reflect.
var program = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kanbao-split")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-w", "-o", name, "../strip/testdata/program")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, errors.New(string(out))
	}
	return os.ReadFile(name)
})

func linked(t *testing.T) []byte {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// inNode runs a divided program and returns what it printed.
func inNode(t *testing.T, first, rest []byte, when string) (out, faults string) {
	t.Helper()
	dir := t.TempDir()
	for name, file := range map[string][]byte{"first.wasm": first, "rest.wasm": rest} {
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("this test runs wasm and needs Node; ./build.sh test installs it, or see docs/developing.md")
	}
	run := exec.Command(node, filepath.Join("testdata", "run.js"), filepath.Join(runtime.GOROOT(), "lib/wasm/wasm_exec_node.js"),
		filepath.Join(dir, "rest.wasm"), when, filepath.Join(dir, "first.wasm"))
	run.Env = []string{"PATH=" + os.Getenv("PATH")}
	var stdout, stderr strings.Builder
	run.Stdout, run.Stderr = &stdout, &stderr
	if err := run.Run(); err != nil && run.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String()
}

// functions chooses whole functions.
func functions(deferred func(name string) bool) func(name string) Choice {
	return func(name string) Choice { return Choice{All: deferred(name)} }
}

// somePlaces chooses places of functions.
func somePlaces(of func(name string) bool, cold func(place int) bool) func(name string) Choice {
	return func(name string) Choice {
		if !of(name) {
			return Choice{}
		}
		return Choice{Cold: cold}
	}
}

func all(string) bool { return true }

// Choices of what is deferred, which all make the same program.
var choices = map[string]func(name string) Choice{
	"nothing":         functions(func(string) bool { return false }),
	"all":             functions(all),
	"main":            functions(func(name string) bool { return strings.HasPrefix(name, "main.") }),
	"half":            functions(func(name string) bool { return len(name)%2 == 0 }),
	"runtime":         functions(func(name string) bool { return strings.HasPrefix(name, "runtime.") }),
	"all places":      somePlaces(all, func(int) bool { return true }),
	"all but one":     somePlaces(all, func(place int) bool { return place > 0 }),
	"every other one": somePlaces(all, func(place int) bool { return place%2 == 0 }),
	"some places":     somePlaces(func(name string) bool { return len(name)%3 > 0 }, func(place int) bool { return place%3 > 0 }),
}

func TestDividedProgramsRunAsBefore(t *testing.T) {
	for name, deferred := range choices {
		t.Run(name, func(t *testing.T) {
			first, rest, err := Split(linked(t), deferred)
			if err != nil {
				t.Fatal(err)
			}
			runsAsBefore(t, first, rest, name != "nothing")
		})
	}
}

func runsAsBefore(t *testing.T, first, rest []byte, needed bool) {
	t.Helper()
	for _, when := range []string{"first", "needed"} {
		brought := 1
		if when == "needed" && !needed {
			brought = 0
		}
		const want = "deep 20003\nrecovered 4 runtime error: integer divide by zerotrue\ndeferred first 210\nreflected abcde\ntogether 6225\ncollected true\nframes true\n"
		if out, faults := inNode(t, first, rest, when); out != fmt.Sprint(want, "brought ", brought, "\n") {
			t.Errorf("the deferred part %s: it prints\n%s%s\nwant\n%s", when, out, faults, want)
		}
	}
}

// The tables of functions are all that a stack is walked by, and come with what finds them.
func TestMemoryIsDeferredToo(t *testing.T) {
	tables, err := strip.Tables(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	table := tables[0]
	readers := func(name string) bool { return slices.Contains(table.Readers, name) }
	first, rest, err := Split(linked(t), functions(readers), table.Spans...)
	if err != nil {
		t.Fatal(err)
	}
	if size, saved := table.Spans[0].To-table.Spans[0].From, len(linked(t))-len(first); saved < size/2 {
		t.Errorf("%d bytes of memory are deferred, and the first file is %d smaller", size, saved)
	}
	runsAsBefore(t, first, rest, true)
	for _, wrong := range []module.Span{{From: -1, To: 5}, {From: 5, To: 4}, {From: 0, To: 1 << 30}} {
		if _, _, err := Split(linked(t), choices["nothing"], wrong); err == nil {
			t.Errorf("memory from %d to %d is deferred", wrong.From, wrong.To)
		}
	}
}

// What is deferred of memory may be named twice, and stand near to what is not.
func TestDividedMemoryIsAsBefore(t *testing.T) {
	file, err := peephole.Shorten(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	throws := func(name string) bool {
		return slices.Contains([]string{"runtime.throw", "runtime.printstring", "fmt.Errorf"}, name)
	}
	spans, err := strip.Messages(file, throws)
	if err != nil || len(spans) < 500 {
		t.Fatalf("%d messages, %v", len(spans), err)
	}
	tables, err := strip.Tables(file)
	if err != nil {
		t.Fatal(err)
	}
	readers := throws
	for _, table := range tables {
		spans = append(spans, table.Spans...)
		before := readers
		readers = func(name string) bool { return before(name) || slices.Contains(table.Readers, name) }
	}
	first, rest, err := Split(file, functions(readers), spans...)
	if err != nil {
		t.Fatal(err)
	}
	whole, early, late := memoryOf(t, file), memoryOf(t, first), memoryOf(t, rest)
	deferred := make([]bool, len(whole))
	for _, s := range spans {
		for at := s.From; at < s.To; at++ {
			deferred[at] = true
		}
	}
	at := func(memory []byte, i int) byte {
		if i < len(memory) {
			return memory[i]
		}
		return 0
	}
	for i, want := range whole {
		now, then := at(early, i), at(late, i)
		if deferred[i] && (now != 0 || then != want) || !deferred[i] && now != want {
			t.Fatalf("at %d stands %d, deferred %t: it is %d before and %d later", i, want, deferred[i], now, then)
		}
	}
	runsAsBefore(t, first, rest, true)
}

func memoryOf(t *testing.T, file []byte) []byte {
	t.Helper()
	m, err := module.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := m.Memory()
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

func TestWithoutItsDeferredPartAProgramRunsUntilItNeedsIt(t *testing.T) {
	first, rest, err := Split(linked(t), functions(func(name string) bool { return name == "main.frames" }))
	if err != nil {
		t.Fatal(err)
	}
	out, faults := inNode(t, first, rest, "never")
	if !strings.Contains(out, "collected true") || strings.Contains(out, "frames") || !strings.Contains(faults, "the deferred part was needed") {
		t.Errorf("it prints\n%s\n%s", out, faults)
	}
	whole := linked(t)
	if len(first)+len(rest) > len(whole)+len(whole)/10 || len(rest) > len(first)/5 {
		t.Errorf("%d bytes are divided into %d and %d", len(whole), len(first), len(rest))
	}
}

func TestCountedProgramsTellWhatWasCalled(t *testing.T) {
	counted, err := Count(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	script := `const fs = require("fs"), { instantiate } = WebAssembly;
		WebAssembly.instantiate = async (...args) => {
			const whole = await instantiate(...args);
			process.on("exit", () => { for (const n of process.env.ASKED.split(" ")) console.log(n, whole.instance.exports[n].value); });
			return whole;
		};
		process.argv.splice(2, 0);
		require(process.argv[1]);`
	dir := t.TempDir()
	file := filepath.Join(dir, "counted.wasm")
	if err := os.WriteFile(file, counted.File, 0o644); err != nil {
		t.Fatal(err)
	}
	var asked, want []string
	for i, name := range counted.Names {
		switch name {
		case "main.main", "main.divide", "runtime.gcStart":
			asked, want = append(asked, Called(i)), append(want, Called(i)+" 1")
		case "main.fall": // by another argument
			asked, want = append(asked, Called(i)), append(want, Called(i)+" 0")
		}
	}
	if len(asked) < 4 {
		t.Fatalf("of four functions the program has %d", len(asked))
	}
	run := exec.Command("node", "-e", script, filepath.Join(runtime.GOROOT(), "lib/wasm/wasm_exec_node.js"), file)
	run.Env = []string{"PATH=" + os.Getenv("PATH"), "ASKED=" + strings.Join(asked, " ")}
	out, err := run.CombinedOutput()
	if err != nil || !strings.HasSuffix(string(out), strings.Join(want, "\n")+"\n") {
		t.Errorf("%v: it prints\n%s\nwant at its end\n%s", err, out, strings.Join(want, "\n"))
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	whole := linked(t)
	for name, test := range map[string]struct {
		file   []byte
		layout bool
	}{
		"nothing":      {nil, false},
		"text":         {[]byte("<!doctype html>"), false},
		"no sections":  {whole[:8], false},
		"no functions": {[]byte("\x00asm\x01\x00\x00\x00\x00\x08\x04name\x01\x01\x00"), true},
		"a memory that is imported": {[]byte("\x00asm\x01\x00\x00\x00\x02\x08\x01\x01e\x01m\x02\x00\x01" +
			"\x00\x08\x04name\x01\x01\x00"), true},
	} {
		_, _, err := Split(test.file, choices["all"])
		if err == nil || errors.Is(err, module.ErrLayout) != test.layout {
			t.Errorf("%s: error %v; that it is one of layout: %t", name, err, test.layout)
		}
	}
	for _, n := range []int{9, 100, 1000, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
		if _, _, err := Split(whole[:n], choices["all"]); err == nil {
			t.Errorf("the first %d bytes of %d are taken for a whole file", n, len(whole))
		}
	}
}
