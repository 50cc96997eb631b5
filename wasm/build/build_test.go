package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/wasm/module"
	"github.com/kanbao/kanbao/wasm/patch"
	"github.com/kanbao/kanbao/wasm/strip"
)

func TestOptionsChooseChanges(t *testing.T) {
	all := len(patch.Changes())
	for name, test := range map[string]struct {
		options options
		left    func(patch.Change) bool
	}{
		"all":        {options{}, func(patch.Change) bool { return true }},
		"-stock-std": {options{stockStd: true}, func(c patch.Change) bool { return !c.Std }},
		"-traces":    {options{traces: true}, func(c patch.Change) bool { return !c.Traces }},
		"none":       {options{stock: true}, func(patch.Change) bool { return false }},
		"without":    {options{without: []string{"uuid"}}, func(c patch.Change) bool { return c.Name != "uuid" }},
	} {
		got := test.options.changes()
		want := slices.DeleteFunc(patch.Changes(), func(c patch.Change) bool { return !test.left(c) })
		if len(got) != len(want) || name != "all" && len(got) == all {
			t.Errorf("%s: %d changes, want %d of %d", name, len(got), len(want), all)
		}
	}
}

// What a newer linker writes is left as it is; what is damaged is an error.
func TestFilesOfAnotherLinkerStayWhole(t *testing.T) {
	// One data segment at address 8, which no table of functions is in.
	other := "\x00asm\x01\x00\x00\x00" + "\x0b\x09\x01\x00\x41\x08\x0b\x03abc"
	for name, test := range map[string]struct {
		file  string
		fails bool
	}{
		"another layout": {other, false},
		"cut off":        {other[:len(other)-1], true},
		"no wasm":        {"<!doctype html>", true},
	} {
		file := filepath.Join(t.TempDir(), "a.wasm")
		if err := os.WriteFile(file, []byte(test.file), 0o666); err != nil {
			t.Fatal(err)
		}
		err := rewrite(file, strip.Strip)
		if (err != nil) != test.fails {
			t.Errorf("%s: error %v", name, err)
		}
		if after, err := os.ReadFile(file); err != nil || string(after) != test.file {
			t.Errorf("%s: the file is now %q, %v", name, after, err)
		}
	}
}

func TestGoSeesFewVariables(t *testing.T) {
	t.Setenv("GOFLAGS", "-tags=other")
	t.Setenv("GOEXPERIMENT", "other")
	t.Setenv("SOME_LONG_LIST", strings.Repeat("x", 9000))
	t.Setenv("GOPROXY", "https://proxy.example")
	env := goEnvironment()
	if all := strings.Join(env, "\n"); len(all) > 4000 || strings.Contains(all, "other") || !strings.Contains(all, "GOPROXY=https://proxy.example") {
		t.Errorf("go sees\n%s", all)
	}
}

func TestSizesAreByPackage(t *testing.T) {
	functions := []module.Function{
		{Name: "example.com_a_b.Run", Size: 30}, {Name: "example.com_a_b._Type_.Len", Size: 20},
		{Name: "fmt.Print", Size: 10}, {Name: "memcmp", Size: 5},
	}
	var out bytes.Buffer
	printSizes(&out, functions, 35, []string{"example.com/a/b", "fmt"})
	const want = `      100  100.0 %  code and data
       35  35.0 %  data of all packages
       50  50.0 %  example.com/a/b
       10  10.0 %  fmt
        5   5.0 %  (made by the compiler)
`
	if out.String() != want {
		t.Errorf("it prints\n%s, want\n%s", out.String(), want)
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 3745842: "3,745,842", -10001: "−10,001"} {
		if got := grouped(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}
