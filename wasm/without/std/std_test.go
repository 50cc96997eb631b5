package std

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

// overlay writes an overlay in which our file stands for all of its package.
func overlay(t *testing.T, dir, file string) string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	std := filepath.Join(strings.TrimSpace(string(root)), "src")
	ours, err := filepath.Abs(file + ".txt")
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
