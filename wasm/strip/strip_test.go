package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kanbao/kanbao/wasm/module"
)

// program builds testdata/program once and returns the file as the linker left it.
var program = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kanbao-strip")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "program.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", name, "./testdata/program")
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
	return bytes.Clone(file)
}

// inNode runs a wasm file as Go's own runner does and returns what it printed.
func inNode(t *testing.T, file []byte, args ...string) (out, faults string, exit int) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(name, file, 0o644); err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("this test runs wasm and needs Node; ./build.sh test installs it, or see docs/developing.md")
	}
	run := exec.Command(node, append([]string{filepath.Join(runtime.GOROOT(), "lib/wasm/wasm_exec_node.js"), name}, args...)...)
	run.Env = []string{"PATH=" + os.Getenv("PATH")}
	var stdout, stderr strings.Builder
	run.Stdout, run.Stderr = &stdout, &stderr
	if err := run.Run(); err != nil && run.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), run.ProcessState.ExitCode()
}

func stripped(t *testing.T) []byte {
	t.Helper()
	file, err := Strip(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestProgramsRunAsBefore(t *testing.T) {
	before, faults, exit := inNode(t, linked(t))
	if exit != 0 || !strings.Contains(before, "together") {
		t.Fatalf("the program as it was linked ends with %d, %s%s", exit, before, faults)
	}
	after, faults, exit := inNode(t, stripped(t))
	if after != before || exit != 0 {
		t.Errorf("stripped it prints\n%s%s(%d), as linked\n%s", after, faults, exit, before)
	}
}

func TestPanicsSayWhatAndNotWhere(t *testing.T) {
	const message = "index out of range [0] with length 0"
	_, before, _ := inNode(t, linked(t), "panic")
	if !strings.Contains(before, message) || !strings.Contains(before, "main.fall") {
		t.Fatalf("the program as it was linked prints %s", before)
	}
	_, after, exit := inNode(t, stripped(t), "panic")
	if !strings.Contains(after, message) || strings.Contains(after, "main.fall") || exit != 2 {
		t.Errorf("stripped it ends with %d and prints %s", exit, after)
	}
}

func TestStrippedFilesHaveNoNamesOfFiles(t *testing.T) {
	if !bytes.Contains(linked(t), []byte("runtime/symtab.go")) {
		t.Fatal("what the linker wrote has none either")
	}
	for _, name := range []string{"runtime/symtab.go", "main.together", "runtime.gcStart"} {
		if bytes.Contains(stripped(t), []byte(name)) {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestTablesAreFoundAndLeadBackToTheirHeader(t *testing.T) {
	for name, file := range map[string][]byte{"linked": linked(t), "stripped": stripped(t)} {
		_, memory, err := parse(file)
		if err != nil {
			t.Fatal(err)
		}
		tables, err := Tables(file)
		if err != nil {
			t.Fatal(name, err)
		}
		if len(tables) != 3 {
			t.Fatalf("%s: %d tables, want those of functions, names of types and powers of ten", name, len(tables))
		}
		var names []string
		for _, span := range tables[1].Spans {
			names = append(names, string(memory[span.From:span.To]))
		}
		if len(names) < 200 || !slices.Contains(names, "*main.Bound") || !slices.Contains(names, "*errors.errorString") {
			t.Errorf("%s: %d names of types, %.200q", name, len(names), names)
		}
		// 10**347, the last of the powers.
		powers := memory[tables[2].Spans[0].From:tables[2].Spans[0].To]
		if last := binary.LittleEndian.Uint64(powers[len(powers)-16:]); last != 0xd13eb46469447567 {
			t.Errorf("%s: the last power begins with the bits %#x", name, last)
		}
		span := tables[0].Spans[0]
		if !bytes.HasPrefix(memory[span.From-headerSize:], magic) || span.To-span.From < 200_000 {
			t.Errorf("%s: tables from %d to %d, without their header before them", name, span.From, span.To)
		}
		// What they have of functions is in them, and what programs print is not.
		if name == "linked" && !bytes.Contains(memory[span.From:span.To], []byte("main.together")) {
			t.Error("the names of functions are not in the tables")
		}
		if bytes.Contains(memory[span.From:span.To], []byte("index out of range")) {
			t.Errorf("%s: the text of an error is in the tables", name)
		}
	}
	for name, file := range map[string][]byte{
		"another layout":     bytes.ReplaceAll(linked(t), magic, []byte{0xf2, 0xff, 0xff, 0xff, 0, 0, 1, 8}),
		"another moduledata": withoutPointers(t),
	} {
		if _, err := Tables(file); !errors.Is(err, module.ErrLayout) {
			t.Errorf("%s: error %v, want one of layout", name, err)
		}
	}
}

// withoutPointers returns a program in which nothing points to its table's header.
func withoutPointers(t *testing.T) []byte {
	t.Helper()
	m, memory, err := parse(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	header := binary.LittleEndian.AppendUint64(nil, uint64(bytes.Index(memory, magic)))
	m.SetMemory(bytes.ReplaceAll(memory, header, make([]byte, 8)))
	return m.Bytes()
}

func TestStrippingTwiceIsStrippingOnce(t *testing.T) {
	once := stripped(t)
	twice, err := Strip(bytes.Clone(once))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(once, twice) {
		t.Error("the second time changes more")
	}
}

func TestMemoryIsWhatItWas(t *testing.T) {
	m, err := module.Parse(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	before, err := m.Memory()
	if err != nil {
		t.Fatal(err)
	}
	m.SetMemory(before)
	again, err := module.Parse(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	after, err := again.Memory()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("written in longer pieces, memory holds something else")
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	whole := linked(t)
	otherGo := bytes.ReplaceAll(whole, magic, []byte{0xf2, 0xff, 0xff, 0xff, 0, 0, 1, 8})
	for name, test := range map[string]struct {
		file   []byte
		want   string
		layout bool
	}{
		"nothing":            {nil, "not a wasm file", false},
		"text":               {[]byte("<!doctype html>"), "not a wasm file", false},
		"no sections":        {whole[:8], "no data section", false},
		"cut off":            {whole[:len(whole)/2], "cut off", false},
		"a layout of others": {otherGo, "no table of functions", true},
		"wider records":      {widerRecords(t), "its record", true},
	} {
		_, err := Strip(bytes.Clone(test.file))
		if err == nil || !strings.Contains(err.Error(), test.want) || errors.Is(err, module.ErrLayout) != test.layout {
			t.Errorf("%s: error %v, want one with %q; that it is one of layout: %t", name, err, test.want, test.layout)
		}
	}
}

// widerRecords returns a program whose linker keeps its magic number and has wider
// records of functions, so that what is read as one is another thing.
func widerRecords(t *testing.T) []byte {
	t.Helper()
	m, memory, err := parse(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	table, err := findTable(memory)
	if err != nil {
		t.Fatal(err)
	}
	for i := range table.nfunc {
		at := table.records[8*i+4:]
		binary.LittleEndian.PutUint32(at, binary.LittleEndian.Uint32(at)+4)
	}
	m.SetMemory(memory)
	return m.Bytes()
}

// FuzzStrip damages a program's tables: whatever they say, strip must give an
// error or a file, and not panic.
func FuzzStrip(f *testing.F) {
	file, err := program()
	if err != nil {
		f.Fatal(err)
	}
	m, memory, err := parse(file)
	if err != nil {
		f.Fatal(err)
	}
	table := bytes.Index(memory, magic)
	f.Add(0, []byte{0})
	f.Add(8, []byte{0xff, 0xff, 0xff, 0xff})
	f.Add(32, []byte{0xff, 0xff, 0xff, 0x7f})
	f.Add(64, []byte{0xff, 0xff})
	f.Add(len(memory)-table-100, []byte{0xff})
	records := int(uint(memory[table+64]) | uint(memory[table+65])<<8 | uint(memory[table+66])<<16)
	for i := range 64 {
		f.Add(records+4*i, []byte{0xff, 0xff, 0xff, 0xff})
		f.Add(records+20000+4*i, []byte{0xff, 0xff, 0xff, 0xff})
	}
	f.Fuzz(func(t *testing.T, at int, damage []byte) {
		damaged := bytes.Clone(memory)
		if at < 0 || table+at+len(damage) > len(damaged) {
			return
		}
		copy(damaged[table+at:], damage)
		if err := dropTraces(damaged); err == nil {
			m.SetMemory(damaged)
		}
	})
}
