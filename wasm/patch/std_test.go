package patch

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A program prints the same with our fmt as with Go's.
func TestFmtPrintsAsGos(t *testing.T) {
	dir := t.TempDir()
	program, err := os.ReadFile("testdata/print.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	main := filepath.Join(dir, "main.go")
	if err := os.WriteFile(main, program, 0o666); err != nil {
		t.Fatal(err)
	}
	want := run(t, main)
	got := run(t, "-overlay", overlay(t, dir, "fmt/fmt.go"), main)
	if got == want {
		return
	}
	lines := strings.Split(got, "\n")
	for i, line := range strings.Split(want, "\n") {
		if i >= len(lines) || lines[i] != line {
			t.Fatalf("line %d is\n%s\nwant\n%s\n\nall of it:\n%s", i+1, strings.Join(lines[i:min(i+1, len(lines))], ""), line, got)
		}
	}
}

// What the runtime does without is nothing that a program does: not its goroutines,
// its collections, its timers or its panics.
func TestProgramsRunAsWithGosRuntime(t *testing.T) {
	const program = "../strip/testdata/program"
	dir := t.TempDir()
	w := workspace(t, dir)
	if err := w.Write(Changes()); err != nil {
		t.Fatal(err)
	}
	whole, less := filepath.Join(dir, "whole.wasm"), filepath.Join(dir, "less.wasm")
	build(t, whole, program)
	build(t, less, "-overlay", w.Overlay("page"), program)

	want, _, exit := inNode(t, whole)
	if exit != 0 || !strings.Contains(want, "together") {
		t.Fatalf("with Go's runtime the program ends with %d and prints %s", exit, want)
	}
	if got, faults, exit := inNode(t, less); got != want || exit != 0 {
		t.Errorf("it prints\n%s%s(%d), with Go's runtime\n%s", got, faults, exit, want)
	}
	const message = "panic: runtime error: index out of range [0] with length 0"
	if _, faults, exit := inNode(t, less, "panic"); exit != 2 || !strings.Contains(faults, message) {
		t.Errorf("a panic ends it with %d and prints %s", exit, faults)
	}
	if size(t, whole)-size(t, less) < 200_000 {
		t.Errorf("it has %d bytes, with Go's runtime %d: what is left out?", size(t, less), size(t, whole))
	}
}

func build(t *testing.T, to string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"build", "-ldflags=-s -w", "-o", to}, args...)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// inNode runs a wasm file as Go's own runner does.
func inNode(t *testing.T, file string, args ...string) (out, faults string, exit int) {
	t.Helper()
	runner := filepath.Join(filepath.Dir(source(t)), "lib/wasm/wasm_exec_node.js")
	cmd := exec.Command("node", append([]string{runner, file}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatalf("this test runs wasm and needs Node; ./build.sh test installs it, or see docs/developing.md: %v", err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

func size(t *testing.T, file string) int64 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// workspace is one below dir, whose originals are this repository's and Go's.
func workspace(t *testing.T, dir string) Workspace {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return Workspace{Root: root, Dir: dir, Goroot: filepath.Dir(source(t)), GoVersion: "1.26.0", ModuleDir: moduleDir}
}

func moduleDir(module string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	return strings.TrimSpace(string(out)), err
}

// source is where the standard library lies.
func source(t *testing.T) string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(root)), "src")
}

// overlay writes an overlay in which our file stands for all of its package.
func overlay(t *testing.T, dir, file string) string {
	t.Helper()
	std := source(t)
	ours, err := filepath.Abs(filepath.Join("stub", "std", file+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	others, err := filepath.Glob(filepath.Join(std, filepath.Dir(file), "*.go"))
	if err != nil || len(others) == 0 {
		t.Fatalf("no files of %s in %s: %v", filepath.Dir(file), std, err)
	}
	for _, other := range others {
		if !strings.HasSuffix(other, "_test.go") {
			replace[other] = ""
		}
	}
	replace[filepath.Join(std, file)] = ours
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, b, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"run"}, args...)...)
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go run %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}
