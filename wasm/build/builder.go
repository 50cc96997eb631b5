package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/patch"
	"github.com/kanbao/kanbao/wasm/peephole"
	"github.com/kanbao/kanbao/wasm/split"
	"github.com/kanbao/kanbao/wasm/strip"
)

// A program is one wasm file and what it is built from.
type program struct {
	name    string // of the file, without .wasm
	pkg     string
	overlay string // as patch.Overlays has it
}

// engine is the program that is divided.
const engine = "engine"

func programs() []program {
	return []program{{"app", "./wasm/page", "page"}, {engine, "./wasm/engine", "engine"}}
}

func programNamed(name string) (program, error) {
	for _, p := range programs() {
		if p.name == name {
			return p, nil
		}
	}
	return program{}, fmt.Errorf("there is no program %q, but app and engine", name)
}

// experiment is the garbage collector of Go 1.25, which is smaller than the newer
// one for many cores, and not slower on one thread.
const experiment = "nogreenteagc"

// options say what of the build is left undone.
type options struct {
	stockStd bool     // no change to Go's own library
	traces   bool     // nothing that takes stack traces away
	stock    bool     // no change at all
	without  []string // names of changes that are not made

	named      bool // with the names of functions
	whole      bool // not stripped
	long       bool // not written shorter
	collectors bool // the garbage collector that Go has of itself
}

func (o options) changes() []patch.Change {
	var changes []patch.Change
	for _, c := range patch.Changes() {
		if o.stock || o.stockStd && c.Std || o.traces && c.Traces || slices.Contains(o.without, c.Name) {
			continue
		}
		changes = append(changes, c)
	}
	return changes
}

// A builder runs go for js/wasm in a workspace.
type builder struct {
	workspace patch.Workspace
	toolchain string   // that go.mod names
	env       []string // of go, without what is wasm's
}

// newBuilder finds out what Go there is. dir is the workspace's folder.
func newBuilder(dir string) (builder, error) {
	root, err := os.Getwd()
	if err != nil {
		return builder{}, err
	}
	b := builder{env: goEnvironment()}
	var mod struct{ Go, Toolchain string }
	if out, err := b.output("mod", "edit", "-json"); err != nil {
		return builder{}, fmt.Errorf("go.mod: %w (run this from the root of the repository)", err)
	} else if err := json.Unmarshal(out, &mod); err != nil {
		return builder{}, err
	}
	if mod.Toolchain == "" {
		return builder{}, errors.New("go.mod has no line toolchain, which says what Go the wasm is built with")
	}
	b.toolchain = mod.Toolchain
	if err := b.chooseGo(); err != nil {
		return builder{}, err
	}
	goroot, err := b.output("env", "GOROOT")
	if err != nil {
		return builder{}, err
	}
	b.workspace = patch.Workspace{
		Root: root, Dir: filepath.Join(root, dir), Goroot: strings.TrimSpace(string(goroot)), GoVersion: mod.Go, ModuleDir: b.moduleDir,
	}
	return b, nil
}

// chooseGo has go be the one that go.mod names, whatever is installed, unless
// GOTOOLCHAIN=local forbids to fetch another.
func (b *builder) chooseGo() error {
	out, err := b.output("env", "GOVERSION", "GOTOOLCHAIN")
	if err != nil {
		return err
	}
	version, setting, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if version == b.toolchain {
		return nil
	}
	if setting == "local" {
		fmt.Fprintf(os.Stderr, "wasm/build: warning: this is %s and GOTOOLCHAIN=local, but go.mod names %s: the files will not be those that others build. GOTOOLCHAIN=auto lets Go fetch the other.\n", version, b.toolchain)
		return nil
	}
	b.env = append(b.env, "GOTOOLCHAIN="+b.toolchain)
	if _, err := b.output("version"); err != nil {
		return fmt.Errorf("the wasm is built with %s, this is %s, and Go could not fetch the other: %w\nInstall it from https://go.dev/dl/, or set GOTOOLCHAIN=local to build other bytes with this one", b.toolchain, version, err)
	}
	return nil
}

// moduleDir returns where a module lies, which go fetches if it has to.
func (b builder) moduleDir(path string) (string, error) {
	if out, err := b.output("mod", "download", "-json", path); err != nil {
		return "", err
	} else {
		var found struct{ Dir string }
		err := json.Unmarshal(out, &found)
		return found.Dir, err
	}
}

// goEnvironment returns the variables that go needs. Go's runner of wasm refuses
// more than 8 kB of them, and no others may change what is built.
func goEnvironment() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case slices.Contains([]string{"GOFLAGS", "GOOS", "GOARCH", "GOEXPERIMENT", "GOWORK", "GOROOT", "GOWASM", "GOFIPS140", "GODEBUG"}, name):
		case strings.HasPrefix(name, "GO"), strings.HasSuffix(strings.ToUpper(name), "_PROXY"),
			name == "PATH", name == "HOME", name == "TMPDIR", name == "XDG_CACHE_HOME", name == "LANG":
			env = append(env, v)
		}
	}
	return append(env, "GOFLAGS=-mod=readonly", "GOWORK=off")
}

// output runs go natively in the module as it is, and returns what it prints.
func (b builder) output(args ...string) ([]byte, error) {
	c := exec.Command("go", args...)
	c.Env = b.env
	return output(c)
}

func output(c *exec.Cmd) ([]byte, error) {
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return out, err
}

// goCommand is go for js/wasm in the workspace, with a program's overlay. Tests run
// in Node. No state of a working copy gets into what is built.
func (b builder) goCommand(overlay string, args ...string) *exec.Cmd {
	w := b.workspace
	c := exec.Command("go", args...)
	c.Stderr = os.Stderr
	c.Env = append(b.env, "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT="+experiment, "GOWORK="+w.WorkFile(),
		"GOFLAGS=-mod=readonly -buildvcs=false -trimpath"+
			" '-overlay="+w.Overlay(overlay)+"'"+
			" '-exec="+filepath.Join(w.Goroot, "lib", "wasm", "go_js_wasm_exec")+"'")
	return c
}

// build leaves the programs, and the script that starts them, in a folder.
func (b builder) build(to string, o options) error {
	if err := b.workspace.Write(o.changes()); err != nil {
		if !o.stockStd {
			err = fmt.Errorf("%w\nThe rules are for %s; -stock-std builds without those for Go's own library", err, b.toolchain)
		}
		return err
	}
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	for _, p := range programs() {
		o.named = p.name == engine
		file := filepath.Join(to, p.name+".wasm")
		if err := b.link(p, file, o); err != nil {
			return err
		}
		if p.name == engine {
			if err := divide(file, filepath.Join(to, p.name+"-deferred.wasm")); err != nil {
				return err
			}
		}
	}
	script, err := os.ReadFile(filepath.Join(b.workspace.Goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "wasm_exec.js"), script, 0o666)
}

// link builds one program into a file.
func (b builder) link(p program, file string, o options) error {
	// go leaves a file alone that it has built of the same, and would take the stripped
	// one for the whole.
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	flags := "-ldflags=-s -w"
	if o.named {
		flags = "-ldflags=-w"
	}
	c := b.goCommand(p.overlay, "build", flags, "-o", file, p.pkg)
	if o.collectors {
		c.Env = append(c.Env, "GOEXPERIMENT=")
	}
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", p.pkg, err)
	}
	if !o.traces && !o.whole && !o.stock {
		if err := rewrite(file, strip.Strip); err != nil {
			return err
		}
	}
	if o.long || o.stock {
		return nil
	}
	return rewrite(file, peephole.Shorten)
}

// rewrite writes a smaller file in the place of one. One that is not laid out as is known
// stays as it is, with a warning.
func rewrite(name string, smaller func(file []byte) ([]byte, error)) error {
	file, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	written, err := smaller(file)
	if errors.Is(err, module.ErrLayout) {
		fmt.Fprintf(os.Stderr, "wasm/build: warning: %s stays larger by a tenth or more: %v\n", name, err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, written, 0o755)
}

// nothing is a module that has nothing.
const nothing = "\x00asm\x01\x00\x00\x00"

// divide leaves in a file what of it is called first, and puts the rest into another. One
// by a linker whose layout is not known stays whole, with a warning.
func divide(name, deferred string) error {
	chosen, err := readDeferred()
	if err != nil {
		return err
	}
	file, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	first, rest, err := halves(file, chosen)
	if errors.Is(err, module.ErrLayout) {
		fmt.Fprintf(os.Stderr, "wasm/build: warning: %s stays whole, a quarter larger: %v\n", name, err)
		return os.WriteFile(deferred, []byte(nothing), 0o666)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := os.WriteFile(name, first, 0o755); err != nil {
		return err
	}
	return os.WriteFile(deferred, rest, 0o666)
}

// halves divides a program, with the tables that no function of its first half reads in the
// second.
func halves(file []byte, chosen func(name string) split.Choice) (first, rest []byte, err error) {
	tables, err := strip.Tables(file)
	if err != nil {
		return nil, nil, err
	}
	m, err := module.Parse(file)
	if err != nil {
		return nil, nil, err
	}
	functions, err := m.Functions()
	if err != nil {
		return nil, nil, err
	}
	readers := make(map[string]bool)
	data, err := strip.Messages(file, func(name string) bool { return readsMessages(name) && chosen(name).All })
	if err != nil {
		return nil, nil, err
	}
	for _, table := range tables {
		there := slices.ContainsFunc(functions, func(f module.Function) bool { return slices.Contains(table.Readers, f.Name) })
		if !there {
			return nil, nil, fmt.Errorf("it has no function %s, so nothing would bring the table %s: the compiler has put them into others, unless package patch forbids it", strings.Join(table.Readers, " nor "), table.Name)
		}
		data = append(data, table.Spans...)
		for _, name := range table.Readers {
			readers[name] = true
		}
	}
	return split.Split(file, func(name string) split.Choice {
		if readers[name] {
			return split.Choice{All: true}
		}
		return chosen(name)
	}, data...)
}

// readsMessages reports whether a function alone reads the text that is its first argument.
func readsMessages(name string) bool {
	return slices.Contains([]string{"runtime.throw", "runtime.fatal", "runtime.printstring", "fmt.Errorf"}, name)
}
