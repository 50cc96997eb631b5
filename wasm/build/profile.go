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
	"strconv"
	"strings"

	"github.com/kanbao/kanbao/wasm/split"
)

//go:embed profile.js
var profileScript string

// deferredFile says what no first search calls, a line each: the name of a function; or that
// and the numbers of places of it, if it is called but does not go there (split.Choice).
// No search fails for a list that is old. What it does not name is fetched at first, and
// what it names and a first search calls by now is waited for.
var deferredFile = filepath.Join("wasm", "engine", "deferred.txt")

// readDeferred tells what of the engine is deferred.
func readDeferred() (func(name string) split.Choice, error) {
	list, err := os.ReadFile(deferredFile)
	if err != nil {
		return nil, fmt.Errorf("%w: go run ./wasm/build profile SITE writes it", err)
	}
	choices := make(map[string]split.Choice)
	n := 0
	for line := range strings.Lines(string(list)) {
		n++
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		cold := make(map[int]bool)
		for _, word := range words[1:] {
			place, err := strconv.Atoi(word)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %q is no number of a place", deferredFile, n, word)
			}
			cold[place] = true
		}
		choice := split.Choice{All: len(cold) == 0}
		if !choice.All {
			choice.Cold = func(place int) bool { return cold[place] }
		}
		choices[words[0]] = choice
	}
	return func(name string) split.Choice { return choices[name] }, nil
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
	counted, err := split.Count(whole)
	if err != nil {
		return err
	}
	script := filepath.Join(b.workspace.Dir, "profile.js")
	if err := errors.Join(os.WriteFile(file, counted.File, 0o666), os.WriteFile(script, []byte(profileScript), 0o666)); err != nil {
		return err
	}
	called := make(map[string]bool)
	for _, site := range sites {
		n := len(called)
		if err := b.search(site, script, file, called); err != nil {
			return fmt.Errorf("%s: %w", site, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %d functions and places more are called\n", site, len(called)-n)
	}
	return os.WriteFile(deferredFile, []byte(strings.Join(uncalled(counted, called), "\n")+"\n"), 0o666)
}

// search has a script search one site, and notes what is called.
func (b builder) search(site, script, file string, called map[string]bool) error {
	if _, err := os.Stat(filepath.Join(site, "index", "manifest.kb")); err != nil {
		return fmt.Errorf("%w: profile wants folders of sites that kanbao has built", err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer server.Close()
	out, err := output(exec.Command("node", script, file,
		filepath.Join(b.workspace.Goroot, "lib", "wasm", "wasm_exec.js"), server.URL+"/index/"))
	if err != nil {
		return err
	}
	var names []string
	if err := json.Unmarshal(out, &names); err != nil {
		return err
	}
	for _, name := range names {
		called[name] = true
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

// uncalled returns the lines of deferredFile, sorted: what was not called, unless it was in
// another function of the same name, and does not hang on time.
func uncalled(c *split.Counted, called map[string]bool) []string {
	byName := make(map[string][]int)
	for i, name := range c.Names {
		if !hangsOnTime(name) {
			byName[name] = append(byName[name], i)
		}
	}
	var lines []string
	for name, functions := range byName {
		if !slices.ContainsFunc(functions, func(i int) bool { return called[split.Called(i)] }) {
			lines = append(lines, name)
			continue
		}
		if strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "internal_runtime_") {
			continue // where it goes hangs on the clock and on what memory is left
		}
		line := name
		for place := range c.Places[functions[0]] {
			if !slices.ContainsFunc(functions, func(i int) bool { return called[split.Gone(i, place)] }) {
				line += fmt.Sprint(" ", place)
			}
		}
		if line != name {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}
