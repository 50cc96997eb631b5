package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/wasm/split"
)

//go:embed profile.js
var profileScript string

// deferredFile has the names of the functions that no first search calls, a line each. No
// search fails for a list that is old. A function that it does not name is fetched at first,
// and one that it names and a first search calls by now is waited for.
var deferredFile = filepath.Join("wasm", "engine", "deferred.txt")

// readDeferred tells which functions of the engine are deferred.
func readDeferred() (func(name string) bool, error) {
	list, err := os.ReadFile(deferredFile)
	if err != nil {
		return nil, fmt.Errorf("%w: go run ./wasm/build profile SITE writes it", err)
	}
	names := make(map[string]bool)
	for name := range strings.Lines(string(list)) {
		names[strings.TrimSuffix(name, "\n")] = true
	}
	return func(name string) bool { return names[name] }, nil
}

// profile has Node search sites by an engine that counts, and writes deferredFile.
func (b builder) profile(sites []string, o options) error {
	if err := b.workspace.Write(o.changes()); err != nil {
		return err
	}
	p, err := programNamed(engine)
	if err != nil {
		return err
	}
	file := filepath.Join(b.workspace.Dir, p.name+"-counted.wasm")
	if err := b.link(p, file, options{named: true, whole: true, long: true}); err != nil {
		return err
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	counted, names, err := split.Counted(whole)
	if err != nil {
		return err
	}
	script := filepath.Join(b.workspace.Dir, "profile.js")
	if err := errors.Join(os.WriteFile(file, counted, 0o666), os.WriteFile(script, []byte(profileScript), 0o666)); err != nil {
		return err
	}
	called := make(map[string]bool)
	for _, site := range sites {
		n := len(called)
		if err := b.search(site, script, file, names, called); err != nil {
			return fmt.Errorf("%s: %w", site, err)
		}
		fmt.Fprintf(os.Stderr, "%s: of %d functions %d more are called\n", site, len(names), len(called)-n)
	}
	return os.WriteFile(deferredFile, []byte(strings.Join(uncalled(names, called), "\n")+"\n"), 0o666)
}

// search has a script search one site, and notes the names of what is called.
func (b builder) search(site, script, file string, names []string, called map[string]bool) error {
	if _, err := os.Stat(filepath.Join(site, "index", "manifest.kb")); err != nil {
		return fmt.Errorf("%w: profile wants folders of sites that kanbao has built", err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer server.Close()
	out, err := output(exec.Command("node", script, file,
		filepath.Join(b.workspace.Goroot, "lib", "wasm", "wasm_exec.js"), server.URL+"/index/", fmt.Sprint(len(names))))
	if err != nil {
		return err
	}
	var numbers []int
	if err := json.Unmarshal(out, &numbers); err != nil {
		return err
	}
	for _, i := range numbers {
		called[names[i]] = true
	}
	return nil
}

// hangsOnTime reports whether a function is of those that call one another by what comes
// first, or by what memory is left, so that another run may call other ones.
func hangsOnTime(name string) bool {
	for _, prefix := range []string{
		"runtime.__timer", "runtime.__sema", "runtime.chan", "runtime.recv", "runtime.select", "runtime.runq", "runtime.globrunq", "runtime.gosched", "runtime.goyield",
		"runtime.inject", "sync.", "internal_sync.", "context.", "syscall_js.",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// uncalled returns the names, sorted, of functions that were not called, unless another of
// the same name was, and do not hang on time.
func uncalled(names []string, called map[string]bool) []string {
	list := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return called[name] || hangsOnTime(name) })
	slices.Sort(list)
	return slices.Compact(list)
}
