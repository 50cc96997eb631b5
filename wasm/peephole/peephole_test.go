package peephole

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/opcode"
)

// Instructions, as they stand in the files below.
var (
	add32, add64 = plain(opcode.I32Add), plain(opcode.I64Add)
	wrap         = plain(opcode.I32WrapI64)
	extend       = plain(opcode.I64ExtendI32U)
	eqz32, eqz64 = plain(opcode.I32Eqz), plain(opcode.I64Eqz)
	end          = plain(opcode.End)
	block        = "\x02\x40"
	loop         = "\x03\x40"
	when         = "\x04\x40" // if
)

func plain(op byte) string          { return string(opcode.Plain(op).Bytes) }
func const32(n int64) string        { return string(opcode.Signed(opcode.I32Const, n).Bytes) }
func const64(n int64) string        { return string(opcode.Signed(opcode.I64Const, n).Bytes) }
func local(op byte, n int64) string { return string(opcode.Indexed(op, n).Bytes) }
func get(n int64) string            { return local(opcode.LocalGet, n) }
func set(n int64) string            { return local(opcode.LocalSet, n) }
func tee(n int64) string            { return local(opcode.LocalTee, n) }
func global(n int64) string         { return local(opcode.GlobalSet, n) }
func branch(n int64) string         { return local(opcode.Br, n) }
func branchOn(n int64) string       { return local(opcode.BrIf, n) }
func load64(offset int64) string    { return access(0x29, offset) }
func store64(offset int64) string   { return access(0x37, offset) }
func access(op byte, off int64) string {
	return string(binary.AppendUvarint([]byte{op, 3}, uint64(off)))
}
func code(parts ...string) string { return strings.Join(parts, "") }

func TestRules(t *testing.T) {
	for name, test := range map[string]struct{ code, want string }{
		"an address of a load":          {code(get(1), extend, const64(88), add64, wrap, load64(0)), code(get(1), load64(88))},
		"… of a pointer":                {code(get(2), const64(16), add64, wrap, load64(8)), code(get(2), wrap, load64(24))},
		"… of a store":                  {code(get(1), extend, const64(8), add64, wrap, get(2), store64(0)), code(get(1), get(2), store64(8))},
		"… of a store of what is added": {code(get(1), extend, const64(8), add64, wrap, get(2), get(3), add64, store64(0)), code(get(1), get(2), get(3), add64, store64(8))},
		"… before the beginning":        {code(get(1), extend, const64(-8), add64, wrap, load64(0)), code(get(1), const32(-8), add32, load64(0))},
		"… for something else":          {code(get(1), extend, const64(8), add64, wrap, set(2)), code(get(1), const32(8), add32, set(2))},
		"… across a block":              {code(get(1), const32(8), add32, block, end, load64(0)), code(get(1), const32(8), add32, block, end, load64(0))},
		"… that would be too large":     {code(get(1), const32(1<<30), add32, load64(0)), code(get(1), const32(1<<30), add32, load64(0))},
		"what is stored, not where":     {code(get(2), get(1), const32(8), add32, extend, store64(0)), code(get(2), get(1), const32(8), add32, extend, store64(0))},
		"more than 32 bits":             {code(get(2), const64(1<<33+4), add64, wrap, set(1)), code(get(2), wrap, const32(4), add32, set(1))},
		"a test":                        {code(get(2), eqz64, extend, eqz64, eqz32, when, end), code(get(2), eqz64, when, end)},
		"a test that is kept":           {code(get(2), eqz64, extend, eqz64, set(1)), code(get(2), eqz64, eqz32, set(1))},
		"a local":                       {code(get(2), set(3), get(3), set(4)), code(get(2), tee(3), set(4))},
		"two locals":                    {code(get(2), set(3), get(4), set(4)), code(get(2), set(3), get(4), set(4))},
		"nothing":                       {code("\x01", get(1), "\x01", set(2)), code(get(1), set(2))},
		"a return": {
			code(get(1), const32(96), add32, tee(1), global(0), get(1), const32(8), add32, tee(1), global(0), const32(0), "\x0f"),
			code(get(1), const32(104), add32, global(0), const32(0), "\x0f"),
		},
		"a stack that is not the same": {
			code(get(1), const32(96), add32, tee(1), global(0), get(1), const32(8), add32, tee(1), global(1), end),
			code(get(1), const32(96), add32, tee(1), global(0), get(1), const32(8), add32, tee(1), global(1), end),
		},
		"a branch":             {code(get(1), when, branch(3), end), code(get(1), branchOn(2))},
		"a branch to itself":   {code(get(1), when, branch(0), end), code(get(1), when, branch(0), end)},
		"a branch with more":   {code(get(1), when, get(2), set(3), branch(3), end), code(get(1), when, get(2), set(3), branch(3), end)},
		"a block with results": {code(get(1), "\x04\x7f", branch(3), end), code(get(1), "\x04\x7f", branch(3), end)},
	} {
		if got := rewritten(t, test.code); got != test.want {
			t.Errorf("%s: %x becomes %x, want %x", name, test.code, got, test.want)
		}
	}
}

// goes is a function as Go's compiler writes it, that goes on at three places. What it
// does at each stands between.
func goes(first, second, third, fourth string) string {
	return code("\x23\x00", set(1), block, loop, block, block, block, get(0), "\x0e\x04\x00\x00\x01\x02\x02",
		end, first, end, second, end, third, end, fourth, end, const32(1), end)
}

func TestBranchesOfFunctionsThatGoOn(t *testing.T) {
	const unreachable = "\x00"
	wait := code(when, const32(1), "\x0f", end)
	jump := func(to, loop int64) string { return code(const32(to), set(0), branch(loop)) }
	for name, test := range map[string]struct{ code, want string }{
		"it waits": {
			goes(code(get(2), branchOn(3)), code(get(2), branchOn(2)), code(block, get(2), branchOn(2), end), unreachable),
			goes(code(get(2), wait), code(get(2), wait), code(block, get(2), wait, end), unreachable),
		},
		"a jump forward": {
			goes(jump(3, 2), "", "", unreachable),
			goes(branch(1), "", "", unreachable),
		},
		"a jump forward on a condition": {
			goes(code(get(2), when, jump(2, 3), end), "", "", unreachable),
			goes(code(get(2), branchOn(0)), "", "", unreachable),
		},
		"a jump back": {
			goes("", jump(1, 1), "", unreachable),
			goes("", jump(1, 1), "", unreachable),
		},
		"a jump to what the table does not have": { // it is where the last entry leads
			goes(jump(99, 2), "", "", unreachable),
			goes(branch(1), "", "", unreachable),
		},
		"where it goes on is read elsewhere": {
			goes(code(get(0), set(3), jump(3, 2)), "", "", unreachable),
			goes(code(get(0), set(3), jump(3, 2)), "", "", unreachable),
		},
		"a branch to the loop that says nothing": {
			goes(jump(3, 2), branch(1), "", unreachable),
			goes(jump(3, 2), branch(1), "", unreachable),
		},
		"another table": {
			goes(jump(3, 2), code(get(3), "\x0e\x00\x01"), "", unreachable),
			goes(jump(3, 2), code(get(3), "\x0e\x00\x01"), "", unreachable),
		},
		"an indirect call": { // whose function the parameter has meanwhile
			goes(code(get(4), set(0), const32(0), get(0), "\x11\x00\x00", branchOn(3), jump(3, 2)), "", "", unreachable),
			goes(code(get(4), set(0), const32(0), get(0), "\x11\x00\x00", wait, branch(1)), "", "", unreachable),
		},
	} {
		if got := rewritten(t, test.code); got != test.want {
			t.Errorf("%s:\n%x becomes\n%x, want\n%x", name, test.code, got, test.want)
		}
	}
	whole := goes(code(get(2), branchOn(3)), "", "", unreachable)
	for name, other := range map[string]string{
		"it returns something else": strings.TrimSuffix(whole, const32(1)+end) + const32(2) + end,
		"it ends otherwise":         strings.TrimSuffix(whole, end) + "\x1a" + end,
	} {
		if got := rewritten(t, other); got != other {
			t.Errorf("%s:\n%x becomes\n%x", name, other, got)
		}
	}
}

// rewritten returns what becomes of a function's instructions, and has them rewritten twice.
func rewritten(t *testing.T, instructions string) string {
	t.Helper()
	locals := "\x01\x08\x7e"
	once, err := Shorten([]byte(program(locals + instructions)))
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := Shorten(once); err != nil || !bytes.Equal(once, twice) {
		t.Errorf("%x is rewritten to %x, and that to %x, %v", instructions, once, twice, err)
	}
	_, body, found := bytes.Cut(once, []byte(locals))
	if !found {
		t.Fatalf("the locals are lost in %x", once)
	}
	return string(body)
}

// program returns a file of a function alone.
func program(body string) string {
	function := binary.AppendUvarint([]byte{1}, uint64(len(body)))
	section := string(function) + body
	return "\x00asm\x01\x00\x00\x00\x0a" + string(binary.AppendUvarint(nil, uint64(len(section)))) + section
}

func TestOtherFilesAreRefused(t *testing.T) {
	whole := program("\x00" + get(1) + end)
	for name, test := range map[string]struct {
		file   string
		layout bool
	}{
		"nothing":                 {"", false},
		"text":                    {"<!doctype html>", false},
		"cut off":                 {whole[:len(whole)-1], false},
		"a constant that is cut":  {program("\x00\x41\x80"), true},
		"an instruction of SIMD":  {program("\x00\xfd\x00"), true},
		"one of tables":           {program("\x00\xfc\x0c\x00\x00"), true},
		"locals without an end":   {program("\x05\x01\x7f"), true},
		"a label that is too big": {program("\x00\x0c\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), true},
	} {
		_, err := Shorten([]byte(test.file))
		if err == nil || errors.Is(err, module.ErrLayout) != test.layout {
			t.Errorf("%s: error %v; that it is one of layout: %t", name, err, test.layout)
		}
	}
}

func FuzzShorten(f *testing.F) {
	f.Add([]byte(goes(code(get(2), branchOn(3)), code(const32(1), set(0), branch(1)), "", "\x00")))
	f.Add([]byte(code(get(1), extend, const64(88), add64, wrap, load64(0))))
	f.Fuzz(func(t *testing.T, body []byte) {
		once, err := Shorten([]byte(program("\x00" + string(body))))
		if err != nil {
			return
		}
		if twice, err := Shorten(once); err != nil || len(twice) > len(once) {
			t.Errorf("%x is rewritten to %x, and that to %x, %v", body, once, twice, err)
		}
	})
}

// TestProgramsRunAsBefore has Node run programs that do much, as they were linked and
// shortened: that of package strip, which is hard for a runtime, and tests of Go's own
// library.
func TestProgramsRunAsBefore(t *testing.T) {
	packages := map[string]string{"../strip/testdata/program": "", "strconv": "test", "regexp": "test", "text/template": "test"}
	if testing.Short() {
		packages = map[string]string{"../strip/testdata/program": ""}
	}
	for pkg, kind := range packages {
		t.Run(filepath.Base(pkg), func(t *testing.T) {
			file := link(t, pkg, kind)
			before := inNode(t, file, kind, pkg)
			linked, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			shorter, err := Shorten(linked)
			if err != nil {
				t.Fatal(err)
			}
			if saved := len(linked) - len(shorter); saved < len(linked)/20 {
				t.Errorf("%d bytes of %d are saved", saved, len(linked))
			}
			if err := os.WriteFile(file, shorter, 0o644); err != nil {
				t.Fatal(err)
			}
			if after := inNode(t, file, kind, pkg); after != before {
				t.Errorf("it prints\n%s\nas it was linked\n%s", after, before)
			}
		})
	}
}

func link(t *testing.T, pkg, kind string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "a.wasm")
	args := []string{"build", "-trimpath", "-o", file, pkg}
	if kind == "test" {
		args = []string{"test", "-c", "-trimpath", "-o", file, pkg}
	}
	build := exec.Command("go", args...)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return file
}

var seconds = regexp.MustCompile(`\d+(\.\d+)?s`)

// inNode returns what a program prints, without how long it took. It must end well.
func inNode(t *testing.T, file, kind, pkg string) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("this test runs wasm and needs Node; ./build.sh test installs it, or see docs/developing.md")
	}
	run := exec.Command(node, "--stack-size=8192", filepath.Join(runtime.GOROOT(), "lib/wasm/wasm_exec_node.js"), file)
	if kind == "test" {
		run.Args = append(run.Args, "-test.short")
		run.Dir = filepath.Join(runtime.GOROOT(), "src", pkg)
	}
	run.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return seconds.ReplaceAllString(string(out), "")
}
